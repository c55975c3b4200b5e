/**
 * Two who told of the same person without knowing of one another: what differs, question by question, and the answers
 * once somebody has chosen. Runs in the browser and on the server.
 */
import {
  type Answer,
  answersOf,
  instancesOf,
  itemsOf,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
  type ResponseItem,
  sensitivityOf,
  tidied,
  withAnswer,
  withoutInstance,
} from './questionnaire.ts'

/** Answers that were kept, and the server's time at which they were. */
export interface KeptAnswers {
  readonly response: QuestionnaireResponse
  /** Instant, ISO 8601 with Z. */
  readonly at: string
}

/** A question, or a repeating group as a whole, that the book answers otherwise since the visit was prepared. */
export interface FieldConflict {
  readonly linkId: string
  readonly visit: readonly ResponseItem[]
  /** None where it is withheld. */
  readonly book: readonly ResponseItem[]
  /** When the book's answer was kept. */
  readonly at: string
  /** The book's answer is not for a worker's eyes: she asks the person which one stands. */
  readonly withheld: boolean
}

export type Choice = 'visit' | 'book'

/** Questions outside repeating groups, and repeating groups as wholes: what is compared and chosen as one. */
function fieldsOf(form: Questionnaire): string[] {
  return [...placesOf(form)].flatMap(([linkId, { item, inRepeating }]) => {
    if (inRepeating || item.type === 'display') return []
    return item.type !== 'group' || item.repeats ? [linkId] : []
  })
}

const said = (response: QuestionnaireResponse, linkId: string): readonly ResponseItem[] =>
  itemsOf(response, linkId).filter((item) => item.answer || item.item)

function meaningOf({ valueCoding, valueDecimal, valueInteger, valueString, ...rest }: Answer): unknown {
  const number = valueDecimal ?? valueInteger
  if (valueCoding) return valueCoding.code
  if (number !== undefined) return typeof number === 'number' ? String(number) : number.rawJSON
  return valueString === undefined ? rest : valueString.normalize('NFC').trim()
}

/** What items say, as text to compare: in which order choices were tapped, and how they are shown, is no difference. */
function meaning(items: readonly ResponseItem[]): string {
  const one = ({ linkId, answer = [], item = [] }: ResponseItem): string =>
    JSON.stringify([
      linkId,
      answer
        .map(meaningOf)
        .map((each) => JSON.stringify(each))
        .toSorted(),
      meaning(item),
    ])
  return items.map(one).join()
}

/** Reproductive health and drugs: told once, never read out by the book to somebody at work. */
function isWithheld(form: Questionnaire, linkId: string): boolean {
  const place = placesOf(form).get(linkId)
  return place !== undefined && place.part !== 'first' && sensitivityOf(place.item) !== undefined
}

const last = (kept: readonly KeptAnswers[], linkId: string) =>
  kept.findLast(({ response }) => said(response, linkId).length > 0)

/**
 * What the book has come to answer otherwise since `base`, among the questions that a visit answers. Answers that agree
 * and questions that only one side touched are no conflict.
 *
 * @param kept of the person, oldest first
 * @param base server's time at which the visit was prepared; undefined when nothing of the book was known
 */
export function conflictsOf(
  form: Questionnaire,
  visit: QuestionnaireResponse,
  kept: readonly KeptAnswers[],
  base: string | undefined,
): FieldConflict[] {
  const isLater = ({ at }: KeptAnswers) => base === undefined || at > base
  const earlier = kept.filter((one) => !isLater(one))
  const later = kept.filter(isLater)
  return fieldsOf(form).flatMap((linkId) => {
    const mine = said(visit, linkId)
    const other = last(later, linkId)
    if (mine.length === 0 || !other) return []
    const theirs = said(other.response, linkId)
    const before = last(earlier, linkId)
    const same = [mine, before ? said(before.response, linkId) : []].map(meaning).includes(meaning(theirs))
    const withheld = isWithheld(form, linkId)
    return same ? [] : [{ linkId, visit: mine, book: withheld ? [] : theirs, at: other.at, withheld }]
  })
}

/** Every question that opens or closes with this one, and theirs in turn. */
function dependents(form: Questionnaire, linkId: string, found = new Set<string>()): Set<string> {
  for (const [other, { item, path }] of placesOf(form)) {
    const asks = [item, ...path].some((each) => each.enableWhen?.some(({ question }) => question === linkId))
    if (!asks || found.has(other)) continue
    found.add(other)
    dependents(form, other, found)
  }
  return found
}

function withInstances(
  form: Questionnaire,
  response: QuestionnaireResponse,
  group: string,
  instances: readonly ResponseItem[],
): QuestionnaireResponse {
  let next = response
  for (const _ of instancesOf(response, group)) next = withoutInstance(form, next, group, 0)
  const leaves = [...placesOf(form)].filter(
    ([, { item, inRepeating }]) => inRepeating === group && !item.item,
  )
  instances.forEach((instance, at) => {
    for (const [leaf] of leaves) {
      const answers = answersOf(instance, leaf)
      if (answers.length > 0) next = withAnswer(form, next, leaf, answers, at)
    }
  })
  return next
}

function withField(
  form: Questionnaire,
  response: QuestionnaireResponse,
  linkId: string,
  items: readonly ResponseItem[],
): QuestionnaireResponse {
  const { item } = placesOf(form).get(linkId) ?? {}
  if (item?.type === 'group') return withInstances(form, response, linkId, items)
  return withAnswer(
    form,
    response,
    linkId,
    items.flatMap(({ answer = [] }) => answer),
  )
}

/**
 * The visit's answers once somebody has chosen: where she took the book's, the book's stand here too, with the
 * follow-up questions that belong to them. What she did not choose about stays the visit's.
 */
export function settled(
  form: Questionnaire,
  visit: QuestionnaireResponse,
  kept: readonly KeptAnswers[],
  choices: Readonly<Record<string, Choice>>,
): QuestionnaireResponse {
  const fields = new Set(fieldsOf(form))
  const asBook = fieldsOf(form).filter((linkId) => choices[linkId] === 'book')
  let next = visit
  for (const linkId of asBook) {
    const along = [...dependents(form, linkId)].filter(
      (other) => fields.has(other) && choices[other] !== 'visit',
    )
    for (const each of [linkId, ...along]) {
      const book = last(kept, each)
      next = withField(form, next, each, book ? said(book.response, each) : [])
    }
  }
  return tidied(form, next)
}

/** The visit's answers that were given up for the book's: nothing that was said is forgotten. */
export const givenUp = (
  form: Questionnaire,
  visit: QuestionnaireResponse,
  taken: QuestionnaireResponse,
): ResponseItem[] =>
  fieldsOf(form).flatMap((linkId) => {
    const before = said(visit, linkId)
    return before.length > 0 && meaning(before) !== meaning(said(taken, linkId)) ? before : []
  })
