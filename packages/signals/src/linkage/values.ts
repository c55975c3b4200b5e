/** How often values occur: 31 % are Nguyễn, and half of those whose day is unknown were born on 1 January. */
import { hashOf, type Model, type Valued, type Values } from './model.ts'
import type { Prepared } from './prepare.ts'

/** What a record says in a valued field; undefined where it says nothing. */
const VALUE_OF: Readonly<Record<Valued, (p: Prepared) => string | undefined>> = {
  family: (p) => p.name.family?.exact,
  familyFolded: (p) => p.name.family?.ascii,
  given: (p) => p.name.given?.exact,
  givenFolded: (p) => p.name.given?.ascii,
  middle: (p) => (p.name.middle.length > 0 ? p.name.middle.map((word) => word.exact).join(' ') : undefined),
  whole: (p) => (p.name.words.length > 1 ? p.name.whole : undefined),
  birthDate: (p) =>
    p.birth && !p.birth.yearOnly
      ? String(p.birth.year * 10_000 + p.birth.month * 100 + p.birth.day)
      : undefined,
  birthYear: (p) => p.birth && String(p.birth.year),
  ward: (p) => p.wards[0],
  city: (p) => p.city?.ascii,
  postcode: (p) => p.postcode,
  occupation: (p) => p.occupation?.ascii,
}
const VALUED = Object.keys(VALUE_OF) as readonly Valued[]

/** A name stands in the table from three bearers on; more than this many values no table keeps. */
const LEAST = 3
const MOST = 6000

function count(records: readonly Prepared[], of: (p: Prepared) => string | undefined): Map<string, number> {
  const counts = new Map<string, number>()
  for (const record of records) {
    const value = of(record)
    if (value !== undefined) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

/**
 * One human being stands in a file several times, and so does her name: a value that `copies` records bear may be hers
 * alone. Frequencies are of people, so the table begins above that.
 */
function valuesOf(counts: ReadonlyMap<string, number>, copies: number): Values | undefined {
  const total = [...counts.values()].reduce((sum, n) => sum + n, 0)
  if (total < 20) return undefined
  const least = Math.max(LEAST, Math.ceil(copies * 1.5))
  const frequent = [...counts]
    .filter(([, n]) => n >= least)
    .sort(([a, n], [b, k]) => k - n || (a < b ? -1 : 1))
    .slice(0, MOST)
  const listed = frequent.reduce((sum, [, n]) => sum + n, 0)
  const others = Math.max(1, counts.size - frequent.length)
  const rest = Math.max((total - listed) / total / others, 0.5 / total)
  const agree = frequent.reduce((sum, [, n]) => sum + (n / total) ** 2, 0) + others * rest ** 2
  return { frequent: Object.fromEntries(frequent.map(([value, n]) => [value, n / total])), rest, agree }
}

/** @param copies how many records one human being has, about */
export function learnValues(records: readonly Prepared[], copies: number): Model['values'] {
  return Object.fromEntries(
    VALUED.map((field) => [field, valuesOf(count(records, VALUE_OF[field]), copies)] as const).filter(
      ([, values]) => values !== undefined,
    ),
  )
}

/** Numbers and phones that so many records bear are nobody's own. */
const SHARED_FROM = 5

export function learnShared(records: readonly Prepared[], copies: number): Model['shared'] {
  const bearers = new Map<string, number>()
  const add = (value: string) => bearers.set(value, (bearers.get(value) ?? 0) + 1)
  for (const { phones, numbers } of records) {
    for (const phone of phones) add(phone)
    for (const { value } of numbers) add(value)
  }
  const least = SHARED_FROM * copies
  return Object.fromEntries(
    [...bearers]
      .filter(([, n]) => n >= least)
      .sort(([, n], [, k]) => k - n)
      .slice(0, MOST)
      .map(([value, n]) => [hashOf(value), Math.round(n / copies)]),
  )
}
