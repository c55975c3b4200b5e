/**
 * By which words two records find each other: whoever shares a key is compared, whoever shares none never is. A key
 * proposes and decides nothing.
 */
import type { NameWord } from '@sokhoe/model/namewords'
import { type Prepared, tellingWords } from './prepare.ts'

const MOST_KEYS = 12

const two = (n: number): string => String(n).padStart(2, '0')

/** The day in either order of day and month. */
const anyOrder = (month: number, day: number): string =>
  month < day ? two(month) + two(day) : two(day) + two(month)

const soundsSorted = (words: readonly NameWord[]): string =>
  words
    .map((word) => word.dialect)
    .sort()
    .join(' ')

interface Parts {
  readonly whole: string
  readonly family: string | undefined
  readonly given: string | undefined
  readonly year: string | undefined
  /** Undefined where the day is not known. */
  readonly day: string | undefined
  readonly date: string | undefined
}

function partsOf({ name, birth }: Prepared): Parts {
  const year = birth && String(birth.year)
  const day = birth && !birth.yearOnly ? anyOrder(birth.month, birth.day) : undefined
  return {
    whole: soundsSorted(tellingWords(name)),
    family: name.family?.formal && name.family.dialect,
    given: name.given && (name.given.formal === name.given.ascii ? name.given.dialect : name.given.formal),
    ...{ year, day },
    date: year && day && `${year}${day}`,
  }
}

/** The key where every part of it is known. */
const key = (kind: string, ...parts: readonly (string | undefined)[]): string[] =>
  parts.every((part) => part !== undefined && part !== '') ? [`${kind}|${parts.join('|')}`] : []

const numberKeys = ({ numbers }: Prepared): string[] => numbers.slice(0, 4).map(({ value }) => `n|${value}`)

/**
 * For a register of millions: at most 12 texts, of which two records of one person share one with near certainty and
 * few strangers do. To be hashed under a key before they are kept.
 */
export function candidateKeys(p: Prepared): readonly string[] {
  const { whole, family, given, year, day, date } = partsOf(p)
  const [ward] = p.wards
  return [
    ...numberKeys(p),
    ...key('wy', whole, year),
    ...key('gd', given, date),
    ...key('fd', family, date && p.door?.house ? date : undefined, p.door?.house),
    ...key('wd', whole, day),
    ...p.phones.slice(0, 2).flatMap((phone) => key('pg', phone, given)),
    ...key('dw', date, ward ?? p.postcode),
    ...key('wh', whole, p.door?.house || p.postcode || p.city?.ascii),
    ...key('e', p.email),
  ].slice(0, MOST_KEYS)
}

/** For one file in memory, whose blocks can be counted and the big ones left out: also keys that many strangers share. */
export function fileKeys(p: Prepared): readonly string[] {
  const { whole, family, given, year, date } = partsOf(p)
  const street = p.door?.street
  const city = p.city?.dialect
  const middles = p.name.middle.map((word) => word.dialect)
  return [
    ...new Set([
      ...candidateKeys(p),
      ...key('w', whole),
      ...key('pc-d', p.postcode, date),
      ...key('pc-g', p.postcode, given),
      ...key('pc-f', p.postcode, family),
      ...key('f-d', family, date),
      ...key('f-g', ...[family, given].sort()),
      ...key('f-s', family, street),
      ...key('g-s', given, street),
      ...key('d-s', date, street),
      ...key('d-h', date, p.door?.house),
      ...key('d-c', date, city),
      ...key('f-c', family, city),
      ...key('g-c', given, city),
      ...key('f-y', family, year),
      ...key('g-y', given, year),
      ...middles.flatMap((middle) => [...key('m-d', middle, date), ...key('m-g', middle, given)]),
      ...p.phones.flatMap((phone) => key('p', phone)),
    ]),
  ]
}
