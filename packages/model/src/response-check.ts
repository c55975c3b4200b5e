/** One rule for what a response to a form may hold; the app asks it while typing, the server before keeping. */

import { isDate } from './dates.ts'
import {
  EXT,
  extensionOf,
  hardRangeOf,
  isExclusive,
  type Place,
  placesOf,
  type Questionnaire,
  type QuestionnaireItem,
} from './form-item.ts'
import {
  type Answer,
  answersOf,
  enabled,
  hasAnswer,
  itemsOf,
  numberOf,
  type QuestionnaireResponse,
  type ResponseItem,
  type WrittenNumber,
} from './response.ts'

export const RESPONSE_RULES = [
  'not-a-response',
  'wrong-form',
  'too-deep',
  'too-many',
  'unknown-item',
  'wrong-place',
  'not-enabled',
  'repeats',
  'wrong-type',
  'not-an-option',
  'exclusive',
  'out-of-range',
  'too-long',
  'malformed',
  'future-date',
  'required',
] as const
export type ResponseRule = (typeof RESPONSE_RULES)[number]
export type ResponseFault = { readonly linkId: string; readonly rule: ResponseRule }

export type CheckOptions = {
  /** The day of the declaration in Vietnam, YYYY-MM-DD: no answer may lie after it. */
  readonly day: string
  /** For codes that stand in a list outside the form (wards); without it any short code passes. */
  readonly hasCode?: (valueSet: string, code: string) => boolean
  /** A response that holds only some parts: a required question is missed only in a part that is there. */
  readonly partial?: boolean
}

const LIMIT = { depth: 8, items: 600, answers: 60, string: 250, text: 2000, code: 64, linkId: 64 }
const VALUE_OF = {
  boolean: 'valueBoolean',
  decimal: 'valueDecimal',
  integer: 'valueInteger',
  date: 'valueDate',
  string: 'valueString',
  text: 'valueString',
  choice: 'valueCoding',
} as const

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)

const NUMBER = /^-?(0|[1-9]\d{0,17})(\.\d{1,18})?$/

function isNumber(value: unknown, whole: boolean): value is WrittenNumber {
  const text = isRecord(value) ? value['rawJSON'] : typeof value === 'number' ? String(value) : undefined
  return typeof text === 'string' && NUMBER.test(text) && !(whole && text.includes('.'))
}

function textFault(item: QuestionnaireItem, value: string): ResponseRule | undefined {
  const limit = item.maxLength ?? (item.type === 'text' ? LIMIT.text : LIMIT.string)
  if (value.length > limit) return 'too-long'
  const pattern = extensionOf(item, EXT.regex)?.valueString
  if (value.trim() === '' || (pattern && !new RegExp(`^(?:${pattern})$`, 'u').test(value))) return 'malformed'
  return undefined
}

function dateFault(value: string, day: string): ResponseRule | undefined {
  if (value > day.slice(0, value.length)) return 'future-date'
  return value < '1900' ? 'out-of-range' : undefined
}

function numberFault(item: QuestionnaireItem, value: WrittenNumber, day: string): ResponseRule | undefined {
  const { low, high } = hardRangeOf(item)
  const number = numberOf(value)
  if (!(number >= low && number <= high)) return 'out-of-range'
  const inFuture = extensionOf(item, EXT.year)?.valueBoolean && number > Number(day.slice(0, 4))
  return inFuture ? 'future-date' : undefined
}

function codeFault(
  item: QuestionnaireItem,
  coding: unknown,
  options: CheckOptions,
): ResponseRule | undefined {
  if (!isRecord(coding)) return 'wrong-type'
  const { code, system, display } = coding
  if (typeof code !== 'string' || code.length > LIMIT.code) return 'not-an-option'
  if (typeof display === 'string' && display.length > LIMIT.string) return 'too-long'
  if (item.answerValueSet)
    return options.hasCode?.(item.answerValueSet, code) === false ? 'not-an-option' : undefined
  const option = item.answerOption?.find((one) => one.valueCoding.code === code)?.valueCoding
  return option && (system === undefined || system === option.system) ? undefined : 'not-an-option'
}

function valueFault(
  item: QuestionnaireItem,
  value: unknown,
  options: CheckOptions,
): ResponseRule | undefined {
  switch (item.type) {
    case 'boolean':
      return typeof value === 'boolean' ? undefined : 'wrong-type'
    case 'decimal':
    case 'integer':
      return isNumber(value, item.type === 'integer') ? numberFault(item, value, options.day) : 'wrong-type'
    case 'date':
      return typeof value === 'string' && isDate(value) ? dateFault(value, options.day) : 'wrong-type'
    case 'choice':
      return codeFault(item, value, options)
    default:
      return typeof value === 'string' ? textFault(item, value) : 'wrong-type'
  }
}

function answerFault(
  item: QuestionnaireItem,
  answer: unknown,
  options: CheckOptions,
): ResponseRule | undefined {
  if (item.type === 'group' || item.type === 'display' || !isRecord(answer)) return 'wrong-type'
  const key = VALUE_OF[item.type]
  const values = Object.keys(answer).filter((name) => name.startsWith('value'))
  if (values.length !== 1 || values[0] !== key || answer['item'] !== undefined) return 'wrong-type'
  return valueFault(item, answer[key], options)
}

function answersFault(
  item: QuestionnaireItem,
  answers: readonly unknown[],
  options: CheckOptions,
): ResponseRule | undefined {
  if (answers.length > LIMIT.answers) return 'too-many'
  if (answers.length > 1 && !item.repeats) return 'repeats'
  for (const answer of answers) {
    const fault = answerFault(item, answer, options)
    if (fault) return fault
  }
  const codes = answers.map((answer) => (answer as Answer).valueCoding?.code)
  const alone = item.answerOption?.some((one) => isExclusive(one) && codes.includes(one.valueCoding.code))
  return alone && codes.length > 1 ? 'exclusive' : undefined
}

type Shape = { readonly rule?: ResponseRule; readonly count: number }

const isItem = (item: unknown): item is Record<string, unknown> =>
  isRecord(item) &&
  typeof item['linkId'] === 'string' &&
  item['linkId'].length <= LIMIT.linkId &&
  (item['answer'] === undefined || (Array.isArray(item['answer']) && item['answer'].every(isRecord)))

/** Whether the tree is one at all, and not too big: looked at before anything else reads it. */
function shapeOf(items: unknown, depth: number): Shape {
  if (items === undefined) return { count: 0 }
  if (!Array.isArray(items) || !items.every(isItem)) return { rule: 'not-a-response', count: 0 }
  if (depth > LIMIT.depth) return { rule: 'too-deep', count: 0 }
  let count = items.length
  for (const item of items) {
    const below = shapeOf(item['item'], depth + 1)
    count += below.count
    if (below.rule) return { rule: below.rule, count }
    if (count > LIMIT.items) return { rule: 'too-many', count }
  }
  return { count }
}

function outerFault(form: Questionnaire, response: unknown): ResponseRule | undefined {
  if (!isRecord(response) || response['resourceType'] !== 'QuestionnaireResponse') return 'not-a-response'
  if (!['in-progress', 'completed', 'amended'].includes(String(response['status']))) return 'not-a-response'
  const answers = response['questionnaire']
  if (answers !== undefined && answers !== form.url && answers !== `${form.url}|${form.version}`)
    return 'wrong-form'
  return shapeOf(response['item'], 1).rule
}

/** Items with the linkIds above them, so that an item's place can be compared with the form's. */
function* flat(
  items: readonly ResponseItem[] | undefined,
  above: readonly string[] = [],
): Generator<{ item: ResponseItem; above: readonly string[] }> {
  for (const item of items ?? []) {
    yield { item, above }
    yield* flat(item.item, [...above, item.linkId])
  }
}

/** Groups may be left out around an item, since they add nothing to it; a repeating group may not. */
function isInPlace({ path, inRepeating }: Place, above: readonly string[]): boolean {
  const allowed = path.map((group) => group.linkId)
  return above.every((linkId) => allowed.includes(linkId)) && (!inRepeating || above.includes(inRepeating))
}

function itemFault(
  place: Place | undefined,
  item: ResponseItem,
  above: readonly string[],
  open: ReadonlySet<string>,
  options: CheckOptions,
): ResponseRule | undefined {
  if (!place) return 'unknown-item'
  if (!isInPlace(place, above)) return 'wrong-place'
  if (!open.has(item.linkId)) return item.answer?.length ? 'not-enabled' : undefined
  return answersFault(place.item, item.answer ?? [], options)
}

/** Questions answered in two places, and groups that stand twice, though the form has them once. */
function* doubled(form: Questionnaire, response: QuestionnaireResponse): Generator<ResponseFault> {
  const places = placesOf(form)
  const seen = new Set<string>()
  for (const { item } of flat(response.item)) {
    const place = places.get(item.linkId)
    const many = place?.inRepeating || (place?.item.type === 'group' && place.item.repeats)
    if (seen.has(item.linkId) && !many) yield { linkId: item.linkId, rule: 'repeats' }
    seen.add(item.linkId)
  }
}

/** Where a question must be answered: once in the response, or once in every instance of its group. */
const holdersOf = (response: QuestionnaireResponse, inRepeating: string | undefined) =>
  inRepeating ? itemsOf(response, inRepeating).filter(hasAnswer) : [response]

function* missing(
  form: Questionnaire,
  response: QuestionnaireResponse,
  open: ReadonlySet<string>,
  partial: boolean,
): Generator<ResponseFault> {
  const present = new Set([...flat(response.item)].map(({ item }) => placesOf(form).get(item.linkId)?.part))
  for (const [linkId, { item, part, inRepeating }] of placesOf(form)) {
    if (!item.required || !open.has(linkId) || (partial && !present.has(part))) continue
    const holders = holdersOf(response, inRepeating)
    if (holders.some((holder) => answersOf(holder, linkId).length === 0)) yield { linkId, rule: 'required' }
  }
}

/**
 * Everything that is wrong with a response to this form.
 *
 * Takes any parsed JSON, so that the server may pass what arrived. Names places and rules, never values.
 *
 * @param response plain JSON; numbers may be `JSON.rawJSON` objects
 * @returns at most one fault an item, in the order of the response; empty when it may be kept
 */
export function checkResponse(
  form: Questionnaire,
  response: unknown,
  options: CheckOptions,
): ResponseFault[] {
  const outer = outerFault(form, response)
  if (outer) return [{ linkId: '', rule: outer }]
  const answered = response as QuestionnaireResponse
  const places = placesOf(form)
  const open = enabled(form, answered)
  const faults: ResponseFault[] = []
  for (const { item, above } of flat(answered.item)) {
    const rule = itemFault(places.get(item.linkId), item, above, open, options)
    if (rule) faults.push({ linkId: item.linkId, rule })
  }
  return [...faults, ...doubled(form, answered), ...missing(form, answered, open, options.partial === true)]
}
