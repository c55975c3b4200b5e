/** Two prepared records side by side: one level a field, and how rare the values are on which they agree. */
import { compareBirthDays } from '@sokhoe/model/datelikeness'
import { isOneSlip, likeness } from '@sokhoe/model/likeness'
import {
  compareWords,
  isFamilyName,
  isFiller,
  type NameWord,
  type WordLikeness,
} from '@sokhoe/model/namewords'
import { type Compiled, type Frequencies, rarity } from './compiled.ts'
import { compareDoors } from './door.ts'
import { FIELD, FIELD_NAMES, type Field, levelIndex, MISSING } from './fields.ts'
import { compareMiddles } from './middle.ts'
import { hashOf } from './model.ts'
import { compareNumbers } from './numbers.ts'
import type { Prepared, PreparedName } from './prepare.ts'

/** One array each a field, in the order of FIELD_NAMES; reused from call to call. */
export interface Comparison {
  readonly levels: Int8Array
  /** Bits to add to the weight of the level, because the value is rarer or more common than the mean. */
  readonly rarities: Float64Array
}

export const newComparison = (): Comparison => ({
  levels: new Int8Array(FIELD_NAMES.length),
  rarities: new Float64Array(FIELD_NAMES.length),
})

const INDEX = Object.fromEntries(FIELD_NAMES.map((field) => [field, levelIndex(field)])) as Record<
  Field,
  ReadonlyMap<string, number>
>

function put(into: Comparison, field: Field, level: string | undefined, rare = 0): void {
  const at = FIELD[field]
  into.levels[at] = level === undefined ? MISSING : (INDEX[field].get(level) ?? MISSING)
  into.rarities[at] = rare
}

/** A value of an unlike spelling tells less than one of the same. */
const SLIP_SHARE = 0.6
const within = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

const has = (words: readonly NameWord[], word: NameWord, but: NameWord | undefined): boolean => {
  for (const other of words) if (other !== but && other.ascii === word.ascii) return true
  return false
}

const isClose = (a: NameWord | undefined, b: NameWord | undefined): boolean =>
  a !== undefined && b !== undefined && (a.dialect === b.dialect || isOneSlip(a.ascii, b.ascii))

/** Văn and Thị are dropped and added anywhere: only the other words have a place, and one that is a given name. */
function placed({ words, given }: PreparedName): readonly NameWord[] {
  if (given === undefined || !words.some(isFiller)) return words
  const isNamed = words.indexOf(given) === words.lastIndexOf(given)
  return words.filter((word) => !isFiller(word) || (isNamed && word === given))
}

/**
 * Does it begin with the given and the family name of the other, or end with them, in that order? A name that begins
 * with the name of a family is as it should be.
 */
function isTurnOf(name: PreparedName, { given, family }: PreparedName): boolean {
  const words = placed(name)
  const [first, end] = [words[0], words.length - 1]
  if (!first || end < 1 || isFamilyName(first)) return false
  return (
    (isClose(first, given) && isClose(words[1], family)) ||
    (isClose(words[end], family) && isClose(words[end - 1], given))
  )
}

/** One name in another order: Lan Nguyễn Thị, Thị Lan Nguyễn. */
const areTurned = (a: PreparedName, b: PreparedName): boolean =>
  a.family?.ascii !== b.family?.ascii && (a.bag === b.bag || isTurnOf(a, b) || isTurnOf(b, a))

/**
 * Is the word of one name to be found in the other, though in another place? A Vietnamese name must be turned round as
 * a whole: Mai in the middle of Lâm Mai Khôi is not Mai his twin sister.
 */
function isElsewhere(a: NameWord, b: NameWord, left: PreparedName, right: PreparedName): boolean {
  if (a.vietnamese && b.vietnamese) return areTurned(left, right)
  return (a.ascii.length > 1 && has(right.words, a, b)) || (b.ascii.length > 1 && has(left.words, b, a))
}

/** So much rarer than the name it comes from is a slip that many make. */
const SLIPS_SHARE = 0.04

/**
 * Do people bear both names, so that neither is a slip of the other? A table that lists few names gives the others the
 * benefit of the doubt.
 */
function areKnown(frequencies: Frequencies | undefined, a: NameWord, b: NameWord): boolean {
  if (frequencies === undefined) return false
  const one = frequencies.of.get(a.ascii) ?? frequencies.rest
  const other = frequencies.of.get(b.ascii) ?? frequencies.rest
  return (
    Math.min(one, other) > SLIPS_SHARE * Math.max(one, other) &&
    (isListed(frequencies, a, b) || isPlain(a, b))
  )
}

const isListed = ({ of }: Frequencies, a: NameWord, b: NameWord): boolean =>
  of.has(a.ascii) && of.has(b.ascii)
const isPlain = (a: NameWord, b: NameWord): boolean => a.vietnamese && b.vietnamese

function rarer(frequencies: Frequencies | undefined, a: NameWord, b: NameWord): number {
  return Math.min(rarity(frequencies, a.ascii), rarity(frequencies, b.ascii))
}

/** The one word of a slot whose partner is missing: does it stand somewhere else in the other name? */
function loneWord(
  into: Comparison,
  field: 'family' | 'given',
  left: PreparedName,
  right: PreparedName,
): void {
  const lone = left[field] ?? right[field]
  const others = left[field] ? right.words : left.words
  put(into, field, lone !== undefined && has(others, lone, undefined) ? 'elsewhere' : undefined)
}

type SlotLevel = WordLikeness | 'broken'

/** What stands elsewhere in the name, or is what a wrong code page left of it, is no other name. */
function elsewhereOr(
  level: WordLikeness,
  a: NameWord,
  b: NameWord,
  left: PreparedName,
  right: PreparedName,
  { crowded }: Compiled['model'],
): SlotLevel | 'elsewhere' {
  if (level !== 'dialect' && isElsewhere(a, b, left, right)) return 'elsewhere'
  return level === 'different' && crowded && a.vietnamese !== b.vietnamese ? 'broken' : level
}

const ELSEWHERE = INDEX.given.get('elsewhere')
const FAMILY_ELSEWHERE = INDEX.family.get('elsewhere')

/** Levels at which a rare value says no more than a common one. */
const WHATEVER_THE_VALUE: ReadonlySet<string> = new Set(['different', 'broken', 'initial', 'elsewhere'])

function unlikeWords(
  into: Comparison,
  field: 'family' | 'given',
  level: SlotLevel | 'elsewhere',
  a: NameWord,
  b: NameWord,
  folded: Frequencies | undefined,
): void {
  if (WHATEVER_THE_VALUE.has(level)) put(into, field, level)
  else {
    const known = level === 'one-slip' && areKnown(folded, a, b)
    put(into, field, known ? 'known-slip' : level, within(-2, rarer(folded, a, b) * SLIP_SHARE, 5))
  }
}

function compareSlot(
  into: Comparison,
  field: 'family' | 'given',
  left: PreparedName,
  right: PreparedName,
  { names, model }: Compiled,
): void {
  const [a, b] = [left[field], right[field]]
  if (!a || !b) loneWord(into, field, left, right)
  else {
    const { exact, folded } = names[field]
    const level = compareWords(a, b, !left.marked || !right.marked)
    if (level === 'exact') put(into, field, level, rarity(exact, a.exact))
    else if (a.ascii === b.ascii) put(into, field, level, rarity(folded, a.ascii))
    else unlikeWords(into, field, elsewhereOr(level, a, b, left, right, model), a, b, folded)
  }
}

/** Of a name turned round nobody can say which words are its middle, unless the words are all there. */
function middleLevel({ levels }: Comparison, a: PreparedName, b: PreparedName): string | undefined {
  const turned = levels[FIELD.given] === ELSEWHERE && levels[FIELD.family] === FAMILY_ELSEWHERE
  if (turned && a.bag !== b.bag) return undefined
  return compareMiddles(a, b)
}

function compareNames(into: Comparison, a: Prepared, b: Prepared, compiled: Compiled): void {
  // A child named by its mother has no name yet: hers says nothing of whose name the other is.
  if (a.name.byMother !== b.name.byMother) {
    put(into, 'family', undefined)
    put(into, 'middle', undefined)
    put(into, 'given', undefined)
  } else {
    compareSlot(into, 'family', a.name, b.name, compiled)
    compareSlot(into, 'given', a.name, b.name, compiled)
    put(into, 'middle', middleLevel(into, a.name, b.name))
  }
}

/** A number that many records bear says less: two bearers are nobody's habit, twenty are the station's own phone. */
function sharing({ shared }: Compiled, value: string): number {
  const bearers = shared.size === 0 ? undefined : shared.get(hashOf(value))
  return bearers === undefined ? 0 : -Math.log2(bearers / 2)
}

const dayNumber = ({ year, month, day }: { year: number; month: number; day: number }): number =>
  year * 10_000 + month * 100 + day

function compareBirths(into: Comparison, a: Prepared, b: Prepared, { values, days }: Compiled): void {
  const level = a.birth && b.birth && compareBirthDays(a.birth, b.birth)
  put(into, 'birthDate', level)
  if (!a.birth || level === undefined) return
  if (level === 'exact') {
    const bits = days.get(dayNumber(a.birth)) ?? values.birthDate?.restBits ?? 0
    into.rarities[FIELD.birthDate] = within(-6, bits, 2)
  } else if (level === 'year-habit' || level === 'year-only')
    into.rarities[FIELD.birthDate] = within(-3, rarity(values.birthYear, String(a.birth.year)), 3)
}

const DIFFERENT_GIVEN = INDEX.given.get('different')
const KNOWN_SLIP = INDEX.given.get('known-slip')

const isOtherGiven = ({ levels }: Comparison): boolean =>
  levels[FIELD.given] === DIFFERENT_GIVEN || levels[FIELD.given] === KNOWN_SLIP

/** The rarest phone that both have; undefined for none. */
function commonPhone(a: readonly string[], b: readonly string[], compiled: Compiled): number | undefined {
  let best: number | undefined
  for (const phone of a) if (b.includes(phone)) best = Math.max(best ?? -Infinity, sharing(compiled, phone))
  return best
}

const isSlipOfAny = (a: readonly string[], b: readonly string[]): boolean =>
  a.some((one) => b.some((other) => isOneSlip(one, other)))

function comparePhones(into: Comparison, a: Prepared, b: Prepared, compiled: Compiled): void {
  const common = commonPhone(a.phones, b.phones, compiled)
  if (a.phones.length === 0 || b.phones.length === 0) put(into, 'phone', undefined)
  else if (common === undefined)
    put(into, 'phone', isSlipOfAny(a.phones, b.phones) ? 'one-slip' : 'different')
  else put(into, 'phone', isOtherGiven(into) ? 'shared' : 'equal', common)
}

function compareWards(into: Comparison, a: Prepared, b: Prepared, { values }: Compiled): void {
  if (a.wards.length === 0 || b.wards.length === 0) put(into, 'ward', undefined)
  else {
    let best = -Infinity
    for (const ward of a.wards)
      if (b.wards.includes(ward)) best = Math.max(best, within(-2, rarity(values.ward, ward), 2))
    put(into, 'ward', best === -Infinity ? 'different' : 'equal', Math.max(best, -2))
  }
}

const NEAR = 0.85

function textLevel(field: 'city' | 'occupation', a: string, b: string): string {
  if (a === b) return 'exact'
  if (field === 'city' && isOneSlip(a, b)) return 'one-slip'
  return a.startsWith(b) || b.startsWith(a) || likeness(a, b) >= NEAR ? 'near' : 'different'
}

function compareText(
  into: Comparison,
  field: 'city' | 'occupation',
  a: NameWord | undefined,
  b: NameWord | undefined,
  { values }: Compiled,
): void {
  if (!a || !b) put(into, field, undefined)
  else {
    const level = textLevel(field, a.ascii, b.ascii)
    put(into, field, level, level === 'exact' ? rarity(values[field], a.ascii) : 0)
  }
}

function postcodeLevel(a: string, b: string): string {
  if (a === b) return 'exact'
  if (isOneSlip(a, b)) return 'one-slip'
  // All but what tells the last street: TQ13 8DF and TQ13 9XY, 70000 and 70900.
  const area = Math.max(2, Math.max(a.length, b.length) - 3)
  return a.slice(0, area) === b.slice(0, area) ? 'same-start' : 'different'
}

function comparePostcodes(into: Comparison, a: Prepared, b: Prepared, { values }: Compiled): void {
  const level = a.postcode && b.postcode && postcodeLevel(a.postcode, b.postcode)
  put(into, 'postcode', level, a.postcode && level === 'exact' ? rarity(values.postcode, a.postcode) : 0)
}

function mailLevel(a: string, b: string): string {
  if (a === b) return 'equal'
  return isOneSlip(a, b) ? 'one-slip' : 'different'
}

function compareAllNumbers(into: Comparison, a: Prepared, b: Prepared, compiled: Compiled): void {
  const weighed = (value: string) => sharing(compiled, value)
  const found = compareNumbers(a.numbers, b.numbers, weighed)
  put(into, 'identity', found.identity, found.identityRarity)
  put(into, 'insurance', found.insurance, found.insuranceRarity)
}

/** Who they are: fills `into` for name, birth, sex, phone and numbers; symmetric in a and b. */
export function compareSelves(a: Prepared, b: Prepared, compiled: Compiled, into: Comparison): void {
  compareNames(into, a, b, compiled)
  compareBirths(into, a, b, compiled)
  put(into, 'sex', a.sex && b.sex && (a.sex === b.sex ? 'equal' : 'different'))
  comparePhones(into, a, b, compiled)
  compareAllNumbers(into, a, b, compiled)
}

/** Where they live and what they do: the other fields of `into`. */
export function compareLives(a: Prepared, b: Prepared, compiled: Compiled, into: Comparison): void {
  compareWards(into, a, b, compiled)
  compareText(into, 'city', a.city, b.city, compiled)
  comparePostcodes(into, a, b, compiled)
  put(into, 'address', a.door && b.door && compareDoors(a.door, b.door))
  put(into, 'email', a.email && b.email && mailLevel(a.email, b.email))
  compareText(into, 'occupation', a.occupation, b.occupation, compiled)
}

/** Fills `into`; symmetric in a and b. */
export function compare(a: Prepared, b: Prepared, compiled: Compiled, into: Comparison): void {
  compareSelves(a, b, compiled, into)
  compareLives(a, b, compiled, into)
}
