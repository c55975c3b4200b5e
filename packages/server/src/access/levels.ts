import type { Level } from '@sokhoe/model/levels'

/** Whose word something is, as far as it matters to how sure a book must be. */
export type Word =
  /** Her own, or that of whoever acts for her. */
  | 'own'
  /** What a station measured and wrote while she stood before it. */
  | 'present'
  /** What facilities have sent of somebody by that number. */
  | 'sent'

interface Sees {
  /** Words that are open to whoever holds the book. */
  readonly open: readonly Word[]
  /** Words of which also that is open which may be shown only with a grant of its own (VN-46). */
  readonly restricted: readonly Word[]
  /** What is done with the book as a whole: printed, shared, kept by a proxy. It reaches as far as what is open. */
  readonly deeds: boolean
}

/**
 * What each level may see of a book, the only place where that stands.
 *
 * A telephone and a scanned card are claims: a card can be photographed, a number can be known. So neither ever shows
 * what facilities have sent for that number, until somebody has seen her, or the State's own service says who she is.
 * 'named': there is no book that anybody claims; a token was made for this very person.
 */
const SEES: Readonly<Record<Level | 'named', Sees>> = {
  phone: { open: ['own', 'present'], restricted: ['own'], deeds: true },
  card: { open: ['own', 'present'], restricted: ['own', 'present'], deeds: true },
  verified: { open: ['own', 'present', 'sent'], restricted: ['own', 'present', 'sent'], deeds: true },
  national: { open: ['own', 'present', 'sent'], restricted: ['own', 'present', 'sent'], deeds: true },
  named: { open: ['own', 'present', 'sent'], restricted: ['own', 'present', 'sent'], deeds: true },
}

/** A level that nobody knows sees nothing. */
const NOTHING: Sees = { open: [], restricted: [], deeds: false }

const seesAt = (level: string): Sees => (Object.hasOwn(SEES, level) ? SEES[level as Level] : NOTHING)

const STATION = /^TYT-\d+$/

/** @param beside it lies in the home of a book: a station wrote it there, or the book's own holder */
export function wordOf(source: string, beside: boolean): Word {
  if (source === 'self') return 'own'
  return beside && STATION.test(source) ? 'present' : 'sent'
}

/** Whether a book of this level shows its holder somebody's word. */
export const levelShows = (level: string, word: Word, restricted = false): boolean =>
  seesAt(level)[restricted ? 'restricted' : 'open'].includes(word)

/** Whether anything is done with a book of this level as a whole. */
export const levelLets = (level: string): boolean => seesAt(level).deeds
