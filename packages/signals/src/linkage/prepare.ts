/** What one source says of a person, folded once so that it can be compared thousands of times. */
import { type BirthDay, birthDay } from '@sokhoe/model/datelikeness'
import { readIdNumber } from '@sokhoe/model/identifiers'
import { namesBaby, namesNobody } from '@sokhoe/model/nameless'
import { asciiKey } from '@sokhoe/model/names'
import {
  isFamilyName,
  isFiller,
  isNoFamilyName,
  mayBeFamilyName,
  type NameWord,
  nameWord,
  wordsOfName,
} from '@sokhoe/model/namewords'
import { readPhone } from '@sokhoe/model/phone'
import { type Door, doorOf } from './door.ts'
import type { Said } from './said.ts'

export interface PreparedName {
  readonly family: NameWord | undefined
  readonly given: NameWord | undefined
  /** Everything between, fillers (Văn, Thị) too, in order. */
  readonly middle: readonly NameWord[]
  /** All of it in order. */
  readonly words: readonly NameWord[]
  /** The words that tell people apart, without marks, in one; empty for no name. */
  readonly whole: string
  /** The same words in the order of the alphabet: a name turned round is the same bag. */
  readonly bag: string
  /** Does it bear any mark? Names in bare letters say nothing of tones. */
  readonly marked: boolean
  /** Named by the mother until the birth certificate is there: 'CB Nguyễn Thị Lan'. */
  readonly byMother: boolean
}

/** One number, brought to one form; insurance cards by their ten last digits. */
export interface PreparedNumber {
  readonly kind: 'personal' | 'old' | 'passport' | 'other' | 'insurance'
  readonly value: string
  readonly verified: boolean
  readonly ended: boolean
  /** A 12-digit number tells a year of birth: this one was given a generation before or after whoever states it. */
  readonly foreign: boolean
}

/** Folded, immutable; texts are shared between records where they can be. */
export interface Prepared {
  readonly name: PreparedName
  readonly birth: BirthDay | undefined
  readonly sex: 'male' | 'female' | undefined
  readonly phones: readonly string[]
  readonly numbers: readonly PreparedNumber[]
  readonly wards: readonly string[]
  readonly door: Door | undefined
  readonly city: NameWord | undefined
  readonly postcode: string | undefined
  readonly email: string | undefined
  readonly occupation: NameWord | undefined
  readonly multipleBirth: boolean
}

const NONE: readonly never[] = []
const NEWBORN = /^\s*(?:cb\d?|con\s+b[àa]|b[ée]\s+con|tr[ẻe]\s+ss|tss)\b[\s.:-]*/iu

/** Words of a part as one word: mc carthy and mccarthy are one. */
const joined = (words: readonly NameWord[]): NameWord | undefined =>
  words.length < 2 ? words[0] : nameWord(words.map((word) => word.exact).join(''))

type Parts = Pick<PreparedName, 'family' | 'given' | 'middle'>

const orNone = <T>(list: readonly T[]): readonly T[] => (list.length > 0 ? list : NONE)

/** Ê Đê and Gia Rai: Y Moan Êban, H'Hen Niê bear the family name last. */
const familyComesLast = (words: readonly NameWord[]): boolean =>
  /^h'/.test(words[0]?.exact ?? '') || (words.length > 2 && /^[hy]$/.test(words[0]?.ascii ?? ''))

/** Lan Nguyễn Thị, Lan Nguyễn Thị Ngọc: the given name was taken from the end and put in front. */
function isTurned([first, second, ...rest]: readonly NameWord[]): boolean {
  const last = rest.at(-1)
  if (!first || !second || !last) return false
  if (isFiller(last)) return mayBeFamilyName(second)
  return isFamilyName(second) && isNoFamilyName(first)
}

/** Thanh Linh Võ, as forms of other countries write it. */
const isWestern = (words: readonly NameWord[]): boolean => {
  const [first, last] = [words[0], words.at(-1)]
  if (first === undefined || last === undefined) return false
  // Thị Hợp Lâm: no family is called Thị
  return first.ascii === 'thi' ? mayBeFamilyName(last) : isFamilyName(last) && isNoFamilyName(first)
}

/** The name is family, middle, given: as Vietnamese write it. */
function inOrder(words: readonly NameWord[]): Parts {
  const [first, last] = [words[0], words.at(-1)]
  if (words.length < 2) return { family: undefined, given: first, middle: NONE }
  if (familyComesLast(words)) return { family: last, given: first, middle: orNone(words.slice(1, -1)) }
  if (isTurned(words)) return { family: words[1], given: first, middle: orNone(words.slice(2)) }
  if (isWestern(words)) return { family: last, given: words.at(-2), middle: orNone(words.slice(0, -2)) }
  return { family: first, given: last, middle: orNone(words.slice(1, -1)) }
}

/** Several words of a given name: the last one calls a Vietnamese, the first one everybody else. */
function calling(given: readonly NameWord[]): { given: NameWord | undefined; others: readonly NameWord[] } {
  if (given.length < 2) return { given: given[0], others: NONE }
  return given.every((word) => word.vietnamese)
    ? { given: given.at(-1), others: given.slice(0, -1) }
    : { given: given[0], others: given.slice(1) }
}

function inParts(said: Said, whole: readonly NameWord[]): Parts {
  const familyWords = wordsOfName(said.familyName ?? '')
  const { given, others } = calling(wordsOfName(said.givenName ?? ''))
  const stated = [...others, ...wordsOfName(said.middleName ?? '')]
  const placed = new Set([...familyWords, ...stated, given])
  const rest = whole.filter((word) => !placed.has(word))
  const middle = [...stated, ...rest]
  return { family: joined(familyWords), given, middle: middle.length > 0 ? middle : NONE }
}

/** The words of a name that tell people apart: family, middle without Văn and Thị, given, in that order. */
export const tellingWords = ({ family, middle, given }: Parts): readonly NameWord[] =>
  [family, ...middle.filter((word) => !isFiller(word)), given].filter((word) => word !== undefined)

/** 'Không rõ tên', 'BN vô danh 3': whoever is called so is not called anything; Võ with its tone is a family's name. */
const isNobody = (named: readonly NameWord[]): boolean =>
  (named.length > 0 && !named.some(({ ascii }) => /\p{L}/u.test(ascii))) ||
  (named[0]?.exact !== 'võ' && namesNobody(named.map((word) => word.ascii).join(' ')))

function prepareName(said: Said): PreparedName {
  const text = said.name ?? ''
  const named = wordsOfName(text.replace(NEWBORN, ''))
  const byMother =
    NEWBORN.test(text) ||
    NEWBORN.test(said.givenName ?? '') ||
    namesBaby(named.map(({ ascii }) => ascii).join(' '))
  const written = isNobody(named) ? NONE : named
  const apart = Boolean(said.familyName?.trim() || said.givenName?.trim()) && !byMother
  const parts = apart ? inParts(said, written) : inOrder(written)
  const words = apart
    ? [parts.family, ...parts.middle, parts.given].filter((word) => word !== undefined)
    : written
  const told = tellingWords(parts).map((word) => word.ascii)
  const whole = told.join(' ')
  const bag = told.toSorted().join(' ')
  // The two are mostly one text: kept once.
  return {
    ...{ ...parts, words, whole, bag: bag === whole ? whole : bag },
    ...{ marked: words.some((word) => word.marked), byMother },
  }
}

const ROW = '01234567890123456789'

const bare = (value: string): string =>
  value
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[^A-Z0-9]+/g, '')

const KINDS = {
  cccd: 'personal',
  cmnd: 'old',
  passport: 'passport',
  id: 'other',
  bhxh: 'insurance',
  bhyt: 'insurance',
} as const

/** So far apart are the years of parents and children. */
const GENERATION = 12

/** Clerks copy the number of a parent: it tells a year of birth, and that is another one. */
function isForeign(number: string, birth: BirthDay | undefined): boolean {
  if (birth === undefined) return false
  const reading = readIdNumber(number)
  return reading.ok && Math.abs(reading.birthYear - birth.year) >= GENERATION
}

function prepareNumber(
  { system, value, verified, ended }: NonNullable<Said['numbers']>[number],
  birth: BirthDay | undefined,
): PreparedNumber[] {
  const number = bare(value)
  // A number of one digit over and over, a row of the keyboard, or a stub was typed to get past a form: it names nobody.
  if (number.length < 5 || /^(.)\1*$/.test(number) || !/\d/.test(number) || ROW.includes(number)) return []
  const states = { verified: verified === true, ended: ended === true, foreign: false }
  // The kind follows the shape where the shape tells: old numbers stand in the field of new ones, and insurance
  // numbers are the personal number since 2025.
  if (/^0\d{11}$/.test(number) && system !== 'passport')
    return [
      { kind: 'personal', value: number, ...states, foreign: verified !== true && isForeign(number, birth) },
    ]
  if (system === 'cccd' && /^\d{9}$/.test(number)) return [{ kind: 'old', value: number, ...states }]
  const kind = KINDS[system]
  return [{ kind, value: kind === 'insurance' ? number.slice(-10) : number, ...states }]
}

function preparePhone(written: string): string {
  const reading = readPhone(written, { synthetic: true })
  return reading.ok ? reading.national : written.replace(/\D+/g, '')
}

const PLAIN = /^[ -~]*$/

const folded = (text: string | undefined): NameWord | undefined => {
  if (text === undefined) return undefined
  const ascii = PLAIN.test(text) ? text.toLowerCase() : asciiKey(text.slice(0, 80))
  const key = ascii.replaceAll(/[^\p{L}\p{N}]+/gu, '')
  return key === '' ? undefined : nameWord(key)
}

/** Folds what a source says; never throws, whatever is written. 20 µs on a quiet core. */
export function prepare(said: Said): Prepared {
  const birth = said.birthDate === undefined ? undefined : birthDay(said.birthDate)
  return {
    name: prepareName(said),
    birth,
    sex: said.sex,
    phones: orNone([...new Set(said.phones?.map(preparePhone))].filter((phone) => phone.length >= 8)),
    numbers: orNone((said.numbers ?? NONE).flatMap((number) => prepareNumber(number, birth))),
    wards: orNone(said.wards ?? NONE),
    door: doorOf(said.address),
    city: folded(said.city),
    postcode: bare(said.postcode ?? '') || undefined,
    email: said.email?.trim().toLowerCase() || undefined,
    occupation: folded(said.occupation),
    multipleBirth: said.multipleBirth === true,
  }
}
