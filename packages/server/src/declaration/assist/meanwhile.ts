import { formOf } from '@sokhoe/codes'
import { type FhirResource, parseJson } from '@sokhoe/fhir'
import {
  type Choice,
  conflictsOf,
  type FieldConflict,
  itemsOf,
  type KeptAnswers,
  type QuestionnaireResponse,
  settled,
} from '@sokhoe/model'
import type { Context } from '../../platform/context.ts'
import { bytesOf, type Entry, read } from '../../record/index.ts'

/** What a book says, as far as a visit may differ from it. */
export interface BookSays {
  /** Every declaration that was kept, oldest first. */
  readonly declared: readonly KeptAnswers[]
  /** What she stated one by one besides, and which question it answers. */
  readonly stated: readonly { readonly linkId: string; readonly words: string; readonly at: string }[]
}

/** The question of the form under which a visit would say anew what was stated one by one. */
const QUESTIONS: Readonly<Record<string, string>> = {
  Condition: 'B3.2.1',
  AllergyIntolerance: 'allergy',
  MedicationStatement: 'medicine',
  FamilyMemberHistory: 'B6.2.1',
  Procedure: 'surgery.any',
}

const textIn = (value: unknown): string | undefined => {
  const { text } = (value ?? {}) as { text?: unknown }
  return typeof text === 'string' ? text : undefined
}

function wordsOf({ code, medicationCodeableConcept, condition }: FhirResource): string {
  const [first] = Array.isArray(condition) ? condition : []
  return textIn(code) ?? textIn(medicationCodeableConcept) ?? textIn(first?.code) ?? ''
}

const resourceOf = (entry: Entry): FhirResource => parseJson(bytesOf(entry).toString()) as FhirResource
const instantOf = ({ at }: Entry): string => new Date(at).toISOString()

export async function bookSays(ctx: Context, patientId: number): Promise<BookSays> {
  const entries = (await read(ctx, [patientId], { restricted: true })).toSorted((a, b) => a.at - b.at)
  const declared = entries
    .filter(({ type }) => type === 'QuestionnaireResponse')
    .map((entry) => ({
      response: resourceOf(entry) as unknown as QuestionnaireResponse,
      at: instantOf(entry),
    }))
  const stated = entries.flatMap((entry) => {
    const linkId = QUESTIONS[entry.type]
    if (linkId === undefined || entry.kind !== 'statement' || entry.restricted) return []
    return [{ linkId, words: wordsOf(resourceOf(entry)), at: instantOf(entry) }]
  })
  return { declared, stated }
}

/** What was stated one by one since, under a question that the visit answers for good. */
function statedSince(
  visit: QuestionnaireResponse,
  { stated }: BookSays,
  base: string | undefined,
): FieldConflict[] {
  const later = stated.filter(({ at }) => base === undefined || at > base)
  return [...Map.groupBy(later, ({ linkId }) => linkId)].flatMap(([linkId, list]) => {
    const mine = itemsOf(visit, linkId).filter(({ answer }) => answer)
    if (mine.length === 0) return []
    const answer = list.map(({ words }) => ({ valueString: words }))
    return [{ linkId, visit: mine, book: [{ linkId, answer }], at: list.at(-1)?.at ?? '', withheld: false }]
  })
}

/**
 * Where a visit and the book differ, question by question.
 * @param base our time at which the visit was prepared; undefined when nothing of the book was known
 */
export function differences(
  day: string,
  visit: QuestionnaireResponse,
  book: BookSays,
  base: string | undefined,
): FieldConflict[] {
  const since = statedSince(visit, book, base)
  const named = new Set(since.map(({ linkId }) => linkId))
  const declared = conflictsOf(formOf(day), visit, book.declared, base)
  return [...declared.filter(({ linkId }) => !named.has(linkId)), ...since]
}

/** The visit as it is kept once all is chosen: what she stated one by one stands, where she took it, by not being asked. */
export function asChosen(
  day: string,
  visit: QuestionnaireResponse,
  book: BookSays,
  found: readonly FieldConflict[],
  choices: Readonly<Record<string, Choice>>,
): QuestionnaireResponse {
  if (found.length === 0) return visit
  const stated = new Set(book.stated.map(({ linkId }) => linkId))
  const [asked, left] = [true, false].map((kept) =>
    Object.fromEntries(Object.entries(choices).filter(([linkId]) => stated.has(linkId) !== kept)),
  )
  const form = formOf(day)
  return settled(form, settled(form, visit, [], left ?? {}), book.declared, asked ?? {})
}
