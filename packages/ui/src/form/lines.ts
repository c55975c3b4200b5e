import {
  type Answer,
  displayOf,
  numberOf,
  placesOf,
  type Questionnaire,
  type QuestionnaireItem,
  type QuestionnaireResponse,
  type ResponseItem,
  textOf,
  unitOf,
} from '@sokhoe/model/questionnaire'
import { sayDay, sayQuantity } from '../format.ts'
import { say } from '../say.ts'
import { currentLanguage } from '../speech.ts'

const writtenOf = (value: Answer['valueDecimal']): string =>
  typeof value === 'object' ? value.rawJSON : String(numberOf(value))

/** One answer in words, numbers as written and with their unit. */
function sayAnswer(item: QuestionnaireItem, answer: Answer): string {
  if (answer.valueCoding) {
    const { code } = answer.valueCoding
    const option = item.answerOption?.find((one) => one.valueCoding.code === code)?.valueCoding
    return displayOf(option ?? answer.valueCoding, currentLanguage()) || (code ?? '')
  }
  if (answer.valueBoolean !== undefined) return answer.valueBoolean ? say('yes') : say('no')
  if (answer.valueDate) return sayDay(answer.valueDate)
  if (answer.valueString !== undefined) return answer.valueString
  return sayQuantity(writtenOf(answer.valueDecimal ?? answer.valueInteger), unitOf(item)?.display ?? '')
}

export type Line = {
  readonly key: string
  readonly linkId: string
  readonly question: string
  readonly answer: string
}

/** Everything answered, a line a question, in the order of the form. */
export function linesOf(form: Questionnaire, response: QuestionnaireResponse): Line[] {
  const lines: Line[] = []
  const visit = (items: readonly ResponseItem[], above: string): void => {
    for (const [n, { linkId, answer = [], item = [] }] of items.entries()) {
      const asked = placesOf(form).get(linkId)?.item
      const key = `${above}/${linkId}.${n}`
      if (asked && answer.length > 0)
        lines.push({
          key,
          linkId,
          question: textOf(asked, currentLanguage()),
          answer: answer.map((one) => sayAnswer(asked, one)).join(', '),
        })
      visit(item, key)
    }
  }
  visit(response.item ?? [], '')
  return lines
}
