import { facilityOf } from '@sokhoe/codes'
import { isConfirmed, type Level } from '@sokhoe/model/levels'
import type { Decision } from '@sokhoe/signals/linkage'

/** A side of a comparison, as far as it matters who may be joined. */
export interface Side {
  /** The person to whom the Patient belongs, by her home. */
  readonly person: number
  readonly status: string
  readonly level: Level
  readonly ward: string | null
}

/** What becomes of two Patients: joined by the engine, kept until a book is confirmed, asked of the station, nothing. */
export type Outcome = 'linked' | 'waits' | 'open' | 'none'

const isBookless = ({ status }: Pick<Side, 'status'>): boolean => status === 'stated'
/** A closed book takes nothing more; who died keeps her book, and late reports come to it. */
const isOver = ({ status }: Side): boolean => status === 'closed' || status === 'joined'

function joining(a: Side, b: Side): Outcome {
  if (isBookless(a) && isBookless(b)) return 'linked'
  // two books are joined by people alone, however sure it looks
  if (!isBookless(a) && !isBookless(b)) return 'open'
  const book = isBookless(a) ? b : a
  // what somebody merely says of herself never receives what facilities have sent
  return isConfirmed(book.level) ? 'linked' : 'waits'
}

/**
 * What follows from a comparison. Above all never two persons in one book: only Patients of facilities are joined, with
 * one another or to a confirmed book.
 * @param sharesNumber whether both state one active number: two people can not, so that somebody is asked at least
 */
export function policyFor(
  { verdict }: Pick<Decision, 'verdict'>,
  a: Side,
  b: Side,
  sharesNumber = false,
): Outcome {
  if (a.person === b.person || isOver(a) || isOver(b)) return 'none'
  if (verdict === 'different') return sharesNumber ? 'open' : 'none'
  return verdict === 'review' ? 'open' : joining(a, b)
}

/** The ward of whoever states a Patient: a station's is its own; where a hospital's patients live nobody can tell. */
export const wardOfSource = (source: string): string | null => facilityOf(source)?.ward ?? null

/** A side, and who states it where that is known. */
export type Stating = Pick<Side, 'status' | 'ward'> & { readonly source?: string }

const wardOf = ({ ward, source }: Stating): string | null => ward ?? (source ? wardOfSource(source) : null)

/**
 * The station that is asked about two: a book's, else the one of the ward that a facility states, else the station that
 * states her itself; null where nobody knows.
 */
export function wardAsked(a: Stating, b: Stating): string | null {
  const [first, second] = isBookless(a) && !isBookless(b) ? [b, a] : [a, b]
  return wardOf(first) ?? wardOf(second)
}
