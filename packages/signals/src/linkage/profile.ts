/**
 * What several rows say together of one person: the name that most of them bear, the days of birth they give, every
 * number, telephone, ward and door. Two groups are compared by what they say as a whole, so that one badly written row
 * parts nobody and one borrowed number joins nobody.
 */
import type { BirthDay } from '@sokhoe/model/datelikeness'
import type { Model } from './model.ts'
import type { Prepared, PreparedName, PreparedNumber } from './prepare.ts'

/** So many days of birth and doors of a group are looked at. */
const MOST_DAYS = 2
const MOST_DOORS = 3

interface Counted<T> {
  readonly key: string
  readonly value: T
  count: number
}

/** Most frequent first, equal ones in the order of their keys. */
function counted<T>(values: Iterable<readonly [string, T]>): Counted<T>[] {
  const found = new Map<string, Counted<T>>()
  for (const [key, value] of values) {
    const known = found.get(key)
    if (known) known.count += 1
    else found.set(key, { key, value, count: 1 })
  }
  return [...found.values()].sort((one, other) => other.count - one.count || (one.key < other.key ? -1 : 1))
}

const exactOf = ({ words }: PreparedName): string => words.map((word) => word.exact).join(' ')

/** How well a name stands for all: how many bear its given and family name, then how common it is, then its marks. */
function standing(name: PreparedName, all: readonly PreparedName[], { values }: Model): readonly number[] {
  const sharing = (of: (one: PreparedName) => string | undefined): number =>
    all.filter((one) => of(one) !== undefined && of(one) === of(name)).length
  const ascii = name.given?.ascii ?? ''
  return [
    sharing((one) => one.given?.ascii) + sharing((one) => one.family?.ascii),
    name.words.every(({ vietnamese }) => vietnamese) ? 1 : 0,
    values.givenFolded?.frequent[ascii] ?? 0,
    name.marked ? 1 : 0,
    sharing(({ marked, given }) => (marked ? given?.exact : undefined)),
    sharing((one) => one.whole),
    name.words.length,
  ]
}

function isHigher(one: readonly number[], other: readonly number[]): boolean {
  const at = one.findIndex((value, place) => value !== other[place])
  return at >= 0 && (one[at] ?? 0) > (other[at] ?? 0)
}

/** The name that stands for a group; of equal ones the first by the alphabet. */
function nameOf(rows: readonly Prepared[], model: Model): PreparedName | undefined {
  const named = rows.map(({ name }) => name).filter(({ words, byMother }) => words.length > 0 && !byMother)
  const all = named.length > 0 ? named : rows.map(({ name }) => name)
  const [first, ...others] = counted(all.map((name) => [exactOf(name), name]))
  if (!first) return undefined
  let best = { name: first.value, rank: standing(first.value, all, model) }
  for (const { value } of others) {
    const rank = standing(value, all, model)
    if (isHigher(rank, best.rank)) best = { name: value, rank }
  }
  return best.name
}

const dayOf = ({ year, month, day }: BirthDay): string => `${year}-${month}-${day}`

/** The days that most rows give; a year alone only where nobody knows more. */
function birthsOf(rows: readonly Prepared[]): readonly (BirthDay | undefined)[] {
  const all = rows.flatMap(({ birth }) => birth ?? [])
  const whole = all.filter(({ yearOnly }) => !yearOnly)
  const days = counted((whole.length > 0 ? whole : all).map((birth) => [dayOf(birth), birth]))
  const most = days[0]?.count ?? 0
  const kept = days.filter(({ count }) => 2 * count > most).slice(0, MOST_DAYS)
  return kept.length > 0 ? kept.map(({ value }) => value) : [undefined]
}

const sexOf = (rows: readonly Prepared[]): Prepared['sex'] => {
  const [first, second] = counted(rows.flatMap(({ sex }) => (sex ? [[sex, sex]] : [])))
  return first?.count === second?.count ? undefined : first?.value
}

/** A number is somebody else's only where every row says so. */
function numbersOf(rows: readonly Prepared[]): PreparedNumber[] {
  const kept = new Map<string, PreparedNumber>()
  for (const { numbers } of rows)
    for (const number of numbers) {
      const key = `${number.kind} ${number.value}`
      const known = kept.get(key)
      if (!known || (known.foreign && !number.foreign) || number.verified) kept.set(key, number)
    }
  return [...kept.values()]
}

const distinct = (texts: Iterable<string>): readonly string[] => [...new Set(texts)]

/**
 * @param rows of one group, in order
 * @returns the group as records that can be compared; several where its rows differ in birth date or door
 */
export function profileOf(rows: readonly Prepared[], model: Model): readonly Prepared[] {
  const [only] = rows
  if (!only || rows.length === 1) return rows
  const name = nameOf(rows, model) ?? only.name
  const doors = counted(rows.flatMap(({ door }) => (door ? [[`${door.house} ${door.street}`, door]] : [])))
  const common = {
    ...only,
    name,
    sex: sexOf(rows),
    phones: distinct(rows.flatMap(({ phones }) => phones)),
    numbers: numbersOf(rows),
    wards: distinct(rows.flatMap(({ wards }) => wards)),
    multipleBirth: rows.some(({ multipleBirth }) => multipleBirth),
  }
  const places = doors.length > 0 ? doors.slice(0, MOST_DOORS).map(({ value }) => value) : [undefined]
  return birthsOf(rows).flatMap((birth) => places.map((door) => ({ ...common, birth, door })))
}
