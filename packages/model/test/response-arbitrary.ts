import fc from 'fast-check'
import {
  EXT,
  extensionOf,
  hardRangeOf,
  isExclusive,
  placesOf,
  type Questionnaire,
  type QuestionnaireItem,
} from '../src/form-item.ts'
import {
  type Answer,
  chosen,
  emptyResponse,
  enabled,
  type QuestionnaireResponse,
  withAnswer,
} from '../src/response.ts'

/** For tests: any answer a resident may give to this question, on any day up to 2026-11-20. */
function anyAnswer(item: QuestionnaireItem): fc.Arbitrary<Answer> {
  const { low, high } = hardRangeOf(item)
  const year = extensionOf(item, EXT.year)?.valueBoolean === true
  const pattern = extensionOf(item, EXT.regex)?.valueString
  const bounded = Number.isFinite(low) && Number.isFinite(high)
  const whole = fc.integer(bounded ? { min: Math.ceil(low), max: year ? 2026 : Math.floor(high) } : {})
  const text = pattern
    ? fc.stringMatching(new RegExp(`^(?:${pattern})$`)).filter((one) => one.length <= (item.maxLength ?? 99))
    : fc.string({ minLength: 1, maxLength: 40, unit: 'grapheme' }).map((one) => `t${one.trim()}`)
  switch (item.type) {
    case 'boolean':
      return fc.boolean().map((valueBoolean) => ({ valueBoolean }))
    case 'integer':
      return whole.map((valueInteger) => ({ valueInteger }))
    case 'decimal':
      return whole
        .filter((value) => value < high)
        .chain((value) =>
          fc.constantFrom<Answer>({ valueDecimal: value }, { valueDecimal: { rawJSON: `${value}.50` } }),
        )
    case 'date':
      return fc
        .integer({ min: 1930, max: 2025 })
        .chain((at) => fc.constantFrom(`${at}`, `${at}-03`, `${at}-03-09`))
        .map((valueDate) => ({ valueDate }))
    case 'choice':
      return fc.constantFrom(...(item.answerOption ?? [{ valueCoding: { code: '26911' } }])).map(chosen)
    default:
      return text.map((valueString) => ({ valueString }))
  }
}

function anyAnswers(item: QuestionnaireItem): fc.Arbitrary<readonly Answer[]> {
  const one = anyAnswer(item)
  if (!item.repeats) return one.map((answer) => [answer])
  const alone = new Set(item.answerOption?.filter(isExclusive).map(({ valueCoding }) => valueCoding.code))
  return fc
    .uniqueArray(one, {
      minLength: 1,
      maxLength: 4,
      selector: (answer) => answer.valueCoding?.code ?? answer.valueString,
    })
    .map((answers) => {
      const exclusive = answers.find(({ valueCoding }) => alone.has(valueCoding?.code))
      return exclusive ? [exclusive] : answers
    })
}

/** Fills the repeating group with up to two instances. */
function instances(form: Questionnaire, before: QuestionnaireResponse, group: QuestionnaireItem, draw: Draw) {
  let response = before
  const many = draw(fc.nat, { max: 2 })
  for (let at = 0; at < many; at += 1) {
    for (const child of group.item ?? []) {
      const wanted = child.required || draw(fc.boolean)
      if (wanted) response = withAnswer(form, response, child.linkId, draw(anyAnswers, child), at)
    }
  }
  return response
}

type Draw = fc.GeneratorValue

/** Answers one question, or leaves it open; `share` of three is how many are answered. */
function answeredOrNot(
  form: Questionnaire,
  before: QuestionnaireResponse,
  item: QuestionnaireItem,
  draw: Draw,
  share: number,
): QuestionnaireResponse {
  if (!enabled(form, before).has(item.linkId)) return before
  if (item.type === 'group') return item.repeats ? instances(form, before, item, draw) : before
  const wanted = item.required || draw(fc.nat, { max: 3 }) < share
  return wanted ? withAnswer(form, before, item.linkId, draw(anyAnswers, item)) : before
}

/** For tests: any response to the form that a resident may send, with any part of the questions answered. */
export const anyResponse = (form: Questionnaire): fc.Arbitrary<QuestionnaireResponse> =>
  fc.gen().map((draw) => {
    const share = draw(fc.nat, { max: 4 })
    const questions = [...placesOf(form).values()].filter(
      ({ item, inRepeating }) => !inRepeating && item.type !== 'display',
    )
    return questions.reduce<QuestionnaireResponse>(
      (response, { item }) => answeredOrNot(form, response, item, draw, share),
      { ...emptyResponse(form), status: 'completed' },
    )
  })
