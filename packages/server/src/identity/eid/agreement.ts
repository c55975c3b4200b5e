import { asciiKey } from '@sokhoe/model/names'
import { datesDiffer } from '../people/agreement.ts'
import type { Demographics } from '../people/demographics.ts'
import type { EidSaid } from './tables.ts'

/** Dropped and added at will by whoever writes a name. */
const FILLERS = ['van', 'thi']

const partsOf = (name: string): string =>
  asciiKey(name)
    .split(' ')
    .filter((part) => part !== '' && !FILLERS.includes(part))
    .toSorted()
    .join(' ')

const SEXES: readonly string[] = ['male', 'female']

/**
 * Whether the national service speaks of somebody else than the book does. Nobody looks at both here, so that every part
 * has to agree: the number with the one that the book bears, if it bears any; the whole name but for tones, Văn and Thị
 * and order; the birth date as far as the book knows it; the sex where both say it.
 */
export function speaksOfAnother(book: Demographics, said: EidSaid): boolean {
  const bare = (value: string): string => value.replaceAll(/[\s.-]/g, '')
  const numbers = book.identifiers.filter(({ system }) => system === 'cccd').map(({ value }) => bare(value))
  const ended = (book.ended ?? []).map(({ value }) => bare(value))
  const otherSex = said.sex !== undefined && SEXES.includes(book.sex) && book.sex !== said.sex
  return (
    (numbers.length > 0 && !numbers.includes(said.number)) ||
    // cancelled: the authority may have given it to somebody else since
    ended.includes(said.number) ||
    partsOf(book.name) !== partsOf(said.name) ||
    book.birthDate === '' ||
    datesDiffer(book.birthDate, said.birthDate) ||
    otherSex
  )
}
