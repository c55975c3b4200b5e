/** Answers to a form, as FHIR R4 QuestionnaireResponse: reading and changing them without ever mutating one. */

import {
  type AnswerOption,
  type Coding,
  type EnableWhen,
  isExclusive,
  type Part,
  placesOf,
  type Questionnaire,
  type QuestionnaireItem,
} from './form-item.ts'

/** A number as parsed: plain, or kept as it was written (`JSON.rawJSON`), so that 70.50 stays 70.50. */
export type WrittenNumber = number | { readonly rawJSON: string }

export type Answer = {
  readonly valueBoolean?: boolean
  readonly valueDecimal?: WrittenNumber
  readonly valueInteger?: WrittenNumber
  readonly valueDate?: string
  readonly valueString?: string
  readonly valueCoding?: Coding
}

export type ResponseItem = {
  readonly linkId: string
  readonly answer?: readonly Answer[]
  readonly item?: readonly ResponseItem[]
}

export type QuestionnaireResponse = {
  readonly resourceType: 'QuestionnaireResponse'
  readonly id?: string
  readonly questionnaire?: string
  readonly status: 'in-progress' | 'completed' | 'amended'
  readonly authored?: string
  readonly item?: readonly ResponseItem[]
}

type Holder = { readonly item?: readonly ResponseItem[] }

/** The numeric value of a number in either form; NaN where it is none. */
export const numberOf = (value: WrittenNumber | undefined): number =>
  value === undefined ? Number.NaN : Number(typeof value === 'number' ? value : value.rawJSON)

/** A response to this very version of the form with nothing answered yet. */
export const emptyResponse = (form: Questionnaire): QuestionnaireResponse => ({
  resourceType: 'QuestionnaireResponse',
  questionnaire: `${form.url}|${form.version}`,
  status: 'in-progress',
  item: [],
})

/** Where each linkId stands under a holder: responses are never mutated, so it is worked out once for each. */
const indexes = new WeakMap<Holder, Map<string, ResponseItem[]>>()

function addTo(index: Map<string, ResponseItem[]>, { item = [] }: Holder): void {
  for (const one of item) {
    const known = index.get(one.linkId)
    if (known) known.push(one)
    else index.set(one.linkId, [one])
    addTo(index, one)
  }
}

function indexOf(holder: Holder): ReadonlyMap<string, readonly ResponseItem[]> {
  const known = indexes.get(holder)
  if (known) return known
  const index = new Map<string, ResponseItem[]>()
  addTo(index, holder)
  indexes.set(holder, index)
  return index
}

const NOWHERE: readonly ResponseItem[] = []

/** Every item of that linkId under the holder, in the order written, however its groups are nested. */
export const itemsOf = (holder: Holder, linkId: string): readonly ResponseItem[] =>
  indexOf(holder).get(linkId) ?? NOWHERE

/** All answers to a question; inside a repeating group pass one instance of it as the holder. */
export const answersOf = (holder: Holder, linkId: string): Answer[] =>
  itemsOf(holder, linkId).flatMap((item) => item.answer ?? [])

/** The codes chosen for a choice, in the order chosen. */
export const codesOf = (holder: Holder, linkId: string): string[] =>
  answersOf(holder, linkId).flatMap(({ valueCoding }) => (valueCoding?.code ? [valueCoding.code] : []))

/** The instances of a repeating group, in order. */
export const instancesOf = (response: QuestionnaireResponse, group: string): readonly ResponseItem[] =>
  itemsOf(response, group)

function holds(when: EnableWhen, response: QuestionnaireResponse): boolean {
  const answers = answersOf(response, when.question)
  if (when.operator === 'exists') return answers.length > 0 === (when.answerBoolean ?? true)
  const met = answers.some((answer) =>
    when.answerCoding
      ? answer.valueCoding?.code === when.answerCoding.code
      : answer.valueBoolean === when.answerBoolean,
  )
  return when.operator === '=' ? met : !met
}

const isOpen = (item: QuestionnaireItem, response: QuestionnaireResponse): boolean => {
  const conditions = item.enableWhen ?? []
  if (conditions.length === 0) return true
  const met = (when: EnableWhen) => holds(when, response)
  return item.enableBehavior === 'any' ? conditions.some(met) : conditions.every(met)
}

/** The linkIds that are asked, given the answers so far: an item is asked when it and all its groups are. */
export function enabled(form: Questionnaire, response: QuestionnaireResponse): ReadonlySet<string> {
  const open = new Set<string>()
  for (const [linkId, { item, path }] of placesOf(form)) {
    const parent = path.at(-1)
    if ((!parent || open.has(parent.linkId)) && isOpen(item, response)) open.add(linkId)
  }
  return open
}

/**
 * How far a part is. A question counts once; a repeating group counts as one question.
 *
 * @returns questions that are asked now, and how many of them have an answer
 */
export function progress(
  form: Questionnaire,
  response: QuestionnaireResponse,
  part: Part,
): { answered: number; asked: number } {
  const open = enabled(form, response)
  let answered = 0
  let asked = 0
  for (const [linkId, place] of placesOf(form)) {
    const counts = place.item.type === 'group' ? place.item.repeats : place.item.type !== 'display'
    if (place.part !== part || !counts || place.inRepeating || !open.has(linkId)) continue
    asked += 1
    if (itemsOf(response, linkId).some(hasAnswer)) answered += 1
  }
  return { answered, asked }
}

/** Whether anything is answered in this item or below it. */
export const hasAnswer = (item: ResponseItem): boolean =>
  (item.answer?.length ?? 0) > 0 || (item.item ?? []).some(hasAnswer)

/** An option as an answer: its code and Vietnamese words, without translations. */
export function chosen({ valueCoding: { system, code, display } }: AnswerOption): Answer {
  return {
    valueCoding: {
      ...(system !== undefined && { system }),
      ...(code !== undefined && { code }),
      ...(display !== undefined && { display }),
    },
  }
}

/** What the resident has after tapping an option: single choices replace, exclusive options stand alone. */
export function toggled(item: QuestionnaireItem, answers: readonly Answer[], option: AnswerOption): Answer[] {
  const { code } = option.valueCoding
  const without = answers.filter((answer) => answer.valueCoding?.code !== code)
  if (without.length < answers.length) return without
  if (!item.repeats || isExclusive(option)) return [chosen(option)]
  const exclusive = new Set(item.answerOption?.filter(isExclusive).map((one) => one.valueCoding.code))
  return [...without.filter((answer) => !exclusive.has(answer.valueCoding?.code)), chosen(option)]
}

/** Puts items of one holder into the order of the form; unknown ones stay last. */
function inFormOrder(form: Questionnaire, items: readonly ResponseItem[]): ResponseItem[] {
  const order = [...placesOf(form).keys()]
  const rank = (item: ResponseItem) =>
    order.includes(item.linkId) ? order.indexOf(item.linkId) : order.length
  return items.toSorted((a, b) => rank(a) - rank(b))
}

function withItems<T extends Holder>(form: Questionnaire, holder: T, items: readonly ResponseItem[]): T {
  const { item: _, ...rest } = holder
  return (items.length > 0 ? { ...rest, item: inFormOrder(form, items) } : rest) as T
}

type Step = { readonly linkId: string; readonly index: number; readonly keepEmpty: boolean }

function setAt<T extends Holder>(
  form: Questionnaire,
  holder: T,
  [step, ...rest]: readonly Step[],
  answers: readonly Answer[],
): T {
  if (!step) return holder
  const items = holder.item ?? []
  const same = items.filter((item) => item.linkId === step.linkId)
  const others = items.filter((item) => item.linkId !== step.linkId)
  const old: ResponseItem = same[step.index] ?? { linkId: step.linkId }
  const { answer: _, ...bare } = old
  const leaf: ResponseItem = answers.length > 0 ? { ...bare, answer: answers } : bare
  const next: ResponseItem = rest.length > 0 ? setAt(form, old, rest, answers) : leaf
  const list = step.index >= same.length ? [...same, next] : same.with(step.index, next)
  const kept = list.filter((item) => step.keepEmpty || item.answer || item.item)
  return withItems(form, holder, [...others, ...kept])
}

/**
 * The response with this question answered anew; with no answers the question becomes unanswered.
 *
 * Groups on the way are made where missing, and the order of the form is kept.
 *
 * @param at inside a repeating group, which instance (from 0); the number of instances makes a new one
 */
export function withAnswer(
  form: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  answers: readonly Answer[],
  at = 0,
): QuestionnaireResponse {
  const place = placesOf(form).get(linkId)
  if (!place) return response
  const steps = [...place.path, place.item].map((item) => ({
    linkId: item.linkId,
    index: item.linkId === place.inRepeating ? at : 0,
    keepEmpty: item.linkId === place.inRepeating,
  }))
  return setAt(form, response, steps, answers)
}

/** The response without one instance of a repeating group. */
export function withoutInstance(
  form: Questionnaire,
  response: QuestionnaireResponse,
  group: string,
  index: number,
): QuestionnaireResponse {
  const gone = instancesOf(response, group)[index]
  const prune = <T extends Holder>(holder: T): T =>
    withItems(form, holder, (holder.item ?? []).filter((item) => item !== gone).map(prune))
  return gone ? prune(response) : response
}

/** The response as it is sent: without answers to questions that are not asked, and without empty items. */
export function tidied(form: Questionnaire, response: QuestionnaireResponse): QuestionnaireResponse {
  const open = enabled(form, response)
  const prune = <T extends Holder>(holder: T): T =>
    withItems(
      form,
      holder,
      (holder.item ?? []).filter((item) => open.has(item.linkId) && hasAnswer(item)).map(prune),
    )
  const next = prune(response)
  return JSON.stringify([...enabled(form, next)]) === JSON.stringify([...open]) ? next : tidied(form, next)
}
