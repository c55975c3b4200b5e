import {
  checkResponse,
  hardRangeOf,
  likelyRangeOf,
  numberOf,
  placesOf,
  type Questionnaire,
  type QuestionnaireItem,
  type QuestionnaireResponse,
  type ResponseFault,
  type ResponseItem,
  type ResponseRule,
  unitOf,
} from '@sokhoe/model/questionnaire'
import { sayNumber } from '../format.ts'
import { say } from '../say.ts'
import { keyOf } from './context.ts'
import { readTypedDate, readTypedNumber } from './typed.ts'

/** Every value of the response with where it stands, instances of repeating groups counted. */
function* valuesOf(
  form: Questionnaire,
  items: readonly ResponseItem[],
  index = 0,
): Generator<{ item: QuestionnaireItem; key: string; value: number }> {
  const seen = new Map<string, number>()
  for (const one of items) {
    const item = placesOf(form).get(one.linkId)?.item
    const nth = seen.get(one.linkId) ?? 0
    seen.set(one.linkId, nth + 1)
    const [answer] = one.answer ?? []
    const value = numberOf(answer?.valueDecimal ?? answer?.valueInteger)
    if (item && !Number.isNaN(value)) yield { item, key: keyOf(one.linkId, index), value }
    yield* valuesOf(form, one.item ?? [], item?.repeats ? nth : index)
  }
}

/** Answers that can be true but seldom are, and were not yet said to stand; key to the sentence that confirms it. */
export function unusualIn(
  form: Questionnaire,
  response: QuestionnaireResponse,
  linkIds: readonly string[],
  confirmed: readonly string[],
): Map<string, string> {
  const found = new Map<string, string>()
  for (const { item, key, value } of valuesOf(form, response.item ?? [])) {
    const likely = likelyRangeOf(item)
    const { low, high } = hardRangeOf(item)
    if (!likely || !linkIds.includes(item.linkId) || value < low || value > high) continue
    const name = `${key}=${value}`
    if ((value < likely.low || value > likely.high) && !confirmed.includes(name)) found.set(key, name)
  }
  return found
}

function rangeWords(item: QuestionnaireItem, day: string): string {
  const { low, high } = hardRangeOf(item)
  if (item.extension?.some((one) => one.url === 'urn:sokhoe:ext:year'))
    return say('fault.year', { low, high: day.slice(0, 4) })
  const unit = unitOf(item)?.display ?? ''
  return say('fault.range', { low: sayNumber(low), high: sayNumber(high), unit }).trim()
}

function faultWords(form: Questionnaire, { linkId, rule }: ResponseFault, day: string): string {
  const item = placesOf(form).get(linkId)?.item
  if (rule === 'out-of-range' && item && item.type !== 'date') return rangeWords(item, day)
  return FAULTS[rule]?.() ?? say('fault.other')
}

const FAULTS: Partial<Record<ResponseRule, () => string>> = {
  required: () => say('fault.required'),
  malformed: () => say('fault.malformed'),
  'too-long': () => say('fault.too-long'),
  'future-date': () => say('fault.future'),
  'out-of-range': () => say('fault.date'),
}

/** Text that is no answer: letters where a number belongs, a date that is not in the calendar. */
function typedFault(item: QuestionnaireItem | undefined, text: string): string | undefined {
  if (item?.type === 'date') {
    const read = readTypedDate(JSON.parse(text))
    if (read.ok || read.reason === 'empty') return undefined
    return read.reason === 'gap' ? say('date.gap') : say('date.impossible')
  }
  if (text.trim() === '' || (item?.type !== 'integer' && item?.type !== 'decimal')) return undefined
  if (readTypedNumber(text, item.type === 'integer').ok) return undefined
  return item.type === 'integer' ? say('fault.whole') : say('fault.number')
}

/** What is wrong on a step, by field; empty when it may be left. */
export function errorsOf(
  form: Questionnaire,
  response: QuestionnaireResponse,
  linkIds: readonly string[],
  typed: ReadonlyMap<string, string>,
  day: string,
): Map<string, string> {
  const errors = new Map<string, string>()
  for (const [key, text] of typed) {
    const fault = typedFault(placesOf(form).get(key.replace(/\.\d+$/, ''))?.item, text)
    if (fault) errors.set(key, fault)
  }
  for (const fault of checkResponse(form, response, { day }))
    if (linkIds.includes(fault.linkId) && fault.rule !== 'not-enabled') {
      const key = keyOf(fault.linkId)
      if (!errors.has(key)) errors.set(key, faultWords(form, fault, day))
    }
  for (const [key, text] of missingIn(form, response, linkIds)) errors.set(key, text)
  return errors
}

/** Required questions of a repeating group, in each instance that was begun. */
function* missingIn(
  form: Questionnaire,
  response: QuestionnaireResponse,
  linkIds: readonly string[],
): Generator<[string, string]> {
  for (const linkId of linkIds) {
    const place = placesOf(form).get(linkId)
    if (!place?.item.required || !place.inRepeating) continue
    const group = place.inRepeating
    const instances = instancesIn(response.item ?? [], group)
    for (const [index, instance] of instances.entries())
      if (instance.item?.some(hasOwn) && !instance.item.some((one) => one.linkId === linkId && hasOwn(one)))
        yield [keyOf(linkId, index), say('fault.required')]
  }
}

const hasOwn = (item: ResponseItem): boolean => (item.answer?.length ?? 0) > 0

const instancesIn = (items: readonly ResponseItem[], group: string): ResponseItem[] =>
  items.flatMap((item) => (item.linkId === group ? [item] : instancesIn(item.item ?? [], group)))
