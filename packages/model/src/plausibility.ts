/** Answers that can be, but rarely are: the app asks back "Có đúng không?" and then believes the person. */

import { likelyRangeOf, placesOf, type Questionnaire } from './form-item.ts'
import { answersOf, enabled, numberOf, type QuestionnaireResponse } from './response.ts'

export type Doubt = {
  readonly linkId: string
  readonly reason: 'unlikely' | 'pressure-order' | 'height-and-weight'
}

const numberAt = (response: QuestionnaireResponse, linkId: string): number => {
  const answer = answersOf(response, linkId)[0]
  return numberOf(answer?.valueDecimal ?? answer?.valueInteger)
}

/** BMI below 12 or above 60 kg/m² is more often two numbers exchanged than a person. */
function isOddTogether(height: number, weight: number): boolean {
  const bmi = weight / (height / 100) ** 2
  return bmi < 12 || bmi > 60
}

function unlikely(form: Questionnaire, response: QuestionnaireResponse, linkId: string): boolean {
  const item = placesOf(form).get(linkId)?.item
  const range = item && likelyRangeOf(item)
  if (!range) return false
  return answersOf(response, linkId).some((answer) => {
    const value = numberOf(answer.valueDecimal ?? answer.valueInteger)
    return value < range.low || value > range.high
  })
}

/**
 * What to ask back before sending. A doubt never refuses anything: hard limits do, in `checkResponse`.
 *
 * @returns in form order, at most one doubt a question
 */
export function doubtsOf(form: Questionnaire, response: QuestionnaireResponse): Doubt[] {
  const doubts: Doubt[] = []
  for (const linkId of enabled(form, response)) {
    if (unlikely(form, response, linkId)) doubts.push({ linkId, reason: 'unlikely' })
  }
  if (numberAt(response, 'D2.1.4') >= numberAt(response, 'D2.1.3')) {
    doubts.push({ linkId: 'D2.1.4', reason: 'pressure-order' })
  }
  if (isOddTogether(numberAt(response, 'D2.1.6'), numberAt(response, 'D2.1.7'))) {
    doubts.push({ linkId: 'D2.1.7', reason: 'height-and-weight' })
  }
  return doubts.filter((doubt, at) => doubts.findIndex((one) => one.linkId === doubt.linkId) === at)
}
