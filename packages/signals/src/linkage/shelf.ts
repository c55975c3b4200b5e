/**
 * Millions of prepared records in little memory: some hundred bytes each in pages outside the heap, where nothing has to
 * be visited when memory is swept. Words of names and wards are kept once for all who bear them.
 */
import type { NameWord } from '@sokhoe/model/namewords'
import type { Door } from './door.ts'
import { type Prepared, type PreparedName, type PreparedNumber, tellingWords } from './prepare.ts'

export interface Shelf {
  /** @returns where it lies */
  readonly put: (prepared: Prepared) => number
  /** The same record again: an object of its own each time. */
  readonly at: (place: number) => Prepared
}

const PAGE = 2 ** 22

/** Values that many records share, each by its number from 1 on; 0 stands for none. */
interface Shared<T> {
  readonly numberOf: (value: T | undefined) => number
  readonly of: (number: number) => T | undefined
}

function shared<T>(): Shared<T> {
  const [numbers, values] = [new Map<T, number>(), [] as T[]]
  const add = (value: T): number => {
    const number = values.push(value)
    numbers.set(value, number)
    return number
  }
  return {
    numberOf: (value) => (value === undefined ? 0 : (numbers.get(value) ?? add(value))),
    of: (number) => values[number - 1],
  }
}

/** A place in a page, moved on by whoever writes or reads there. */
interface Pen {
  page: Buffer
  at: number
}

/** Whole numbers from 0 on, seven bits a byte. */
function putNumber(pen: Pen, number: number): void {
  let left = number
  while (left > 127) {
    pen.page[pen.at++] = (left & 127) | 128
    left >>>= 7
  }
  pen.page[pen.at++] = left
}

function getNumber(pen: Pen): number {
  let [number, shift] = [0, 0]
  for (;;) {
    const byte = pen.page[pen.at++] ?? 0
    number |= (byte & 127) << shift
    if (byte < 128) return number >>> 0
    shift += 7
  }
}

const PLAIN = /^[ -~]*$/

/** Plain letters as they are, anything else in UTF-16, so that each text comes back to the unit. */
function putText(pen: Pen, text: string): void {
  const isPlain = PLAIN.test(text)
  const bytes = isPlain ? text.length : text.length * 2
  putNumber(pen, bytes * 2 + Number(!isPlain))
  if (isPlain) pen.page.write(text, pen.at, 'latin1')
  else pen.page.write(text, pen.at, 'utf16le')
  pen.at += bytes
}

function getText(pen: Pen): string {
  const said = getNumber(pen)
  const from = pen.at
  pen.at += said >>> 1
  return pen.page.toString(said % 2 === 0 ? 'latin1' : 'utf16le', from, pen.at)
}

const NONE: readonly never[] = []

function putAll<T>(pen: Pen, values: readonly T[], put: (value: T) => void): void {
  putNumber(pen, values.length)
  for (const value of values) put(value)
}

function getAll<T>(pen: Pen, get: () => T): readonly T[] {
  const count = getNumber(pen)
  return count === 0 ? NONE : Array.from({ length: count }, get)
}

const KINDS: readonly PreparedNumber['kind'][] = ['personal', 'old', 'passport', 'other', 'insurance']
const SEXES: readonly Prepared['sex'][] = [undefined, 'male', 'female']

const bits = (...flags: readonly boolean[]): number =>
  flags.reduce((sum, flag, at) => sum + (flag ? 2 ** at : 0), 0)
const bit = (sum: number, at: number): boolean => ((sum >>> at) & 1) === 1

function putNumbers(pen: Pen, numbers: Prepared['numbers']): void {
  putAll(pen, numbers, ({ kind, value, verified, ended, foreign }) => {
    putNumber(pen, KINDS.indexOf(kind) * 8 + bits(verified, ended, foreign))
    putText(pen, value)
  })
}

const getNumbers = (pen: Pen): Prepared['numbers'] =>
  getAll(pen, () => {
    const sum = getNumber(pen)
    const kind = KINDS[sum >>> 3] ?? 'other'
    const states = { verified: bit(sum, 0), ended: bit(sum, 1), foreign: bit(sum, 2) }
    return { kind, value: getText(pen), ...states }
  })

function putDoor(pen: Pen, door: Door | undefined): void {
  putNumber(pen, Number(door !== undefined))
  if (!door) return
  putText(pen, door.house)
  putText(pen, door.street)
  putAll(pen, door.words, (word) => putText(pen, word))
}

const getDoor = (pen: Pen): Door | undefined =>
  getNumber(pen) === 0
    ? undefined
    : { house: getText(pen), street: getText(pen), words: getAll(pen, () => getText(pen)) }

function putBirth(pen: Pen, birth: Prepared['birth']): void {
  putNumber(pen, birth ? birth.year + 1 : 0)
  if (birth) putNumber(pen, (birth.month * 100 + birth.day) * 2 + Number(birth.yearOnly))
}

function getBirth(pen: Pen): Prepared['birth'] {
  const year = getNumber(pen) - 1
  if (year < 0) return undefined
  const rest = getNumber(pen)
  const day = rest >>> 1
  return { year, month: Math.floor(day / 100), day: day % 100, yearOnly: rest % 2 === 1 }
}

/** Texts of a record that few have. */
function putRest(pen: Pen, text: string | undefined): void {
  putNumber(pen, Number(text !== undefined))
  if (text !== undefined) putText(pen, text)
}

const getRest = (pen: Pen): string | undefined => (getNumber(pen) === 0 ? undefined : getText(pen))

function putName(pen: Pen, name: PreparedName, words: Shared<NameWord>): void {
  const put = (word: NameWord | undefined) => putNumber(pen, words.numberOf(word))
  put(name.family)
  put(name.given)
  putAll(pen, name.middle, put)
  putAll(pen, name.words, put)
}

function getName(pen: Pen, words: Shared<NameWord>, marked: boolean, byMother: boolean): PreparedName {
  const get = () => words.of(getNumber(pen))
  const [family, given] = [get(), get()]
  const known = () => getAll(pen, get).filter((word) => word !== undefined)
  const [middle, all] = [known(), known()]
  const telling = tellingWords({ family, given, middle }).map((word) => word.ascii)
  const whole = telling.join(' ')
  return { family, given, middle, words: all, whole, bag: telling.sort().join(' '), marked, byMother }
}

/** More bytes a number never takes. */
const NUMBER = 5

/** More bytes than the record can take, whatever its source wrote. */
function mostBytes({ name, phones, numbers, wards, door, postcode = '', email = '' }: Prepared): number {
  const texts = [...phones, ...numbers.map(({ value }) => value), ...(door?.words ?? NONE), postcode, email]
  if (door) texts.push(door.house, door.street)
  const counted = texts.length + numbers.length + wards.length + name.words.length + name.middle.length
  return texts.reduce((sum, text) => sum + text.length * 2, 0) + NUMBER * (counted + 16)
}

export function shelf(): Shelf {
  const [words, wards] = [shared<NameWord>(), shared<string>()]
  const pages: Buffer[] = []
  const pen: Pen = { page: Buffer.alloc(0), at: 0 }
  const room = (bytes: number) => {
    if (pen.at < PAGE && pen.at + bytes <= pen.page.length) return
    pen.page = Buffer.allocUnsafeSlow(Math.max(PAGE, bytes))
    pen.at = 0
    pages.push(pen.page)
  }
  const put = (p: Prepared): number => {
    room(mostBytes(p))
    const place = (pages.length - 1) * PAGE + pen.at
    putNumber(pen, SEXES.indexOf(p.sex) * 8 + bits(p.name.marked, p.name.byMother, p.multipleBirth))
    putName(pen, p.name, words)
    putBirth(pen, p.birth)
    putAll(pen, p.phones, (phone) => putText(pen, phone))
    putNumbers(pen, p.numbers)
    putAll(pen, p.wards, (ward) => putNumber(pen, wards.numberOf(ward)))
    putDoor(pen, p.door)
    putNumber(pen, words.numberOf(p.city))
    putNumber(pen, words.numberOf(p.occupation))
    putRest(pen, p.postcode)
    putRest(pen, p.email)
    return place
  }
  const at = (place: number): Prepared => {
    const from: Pen = { page: pages[Math.floor(place / PAGE)] ?? pen.page, at: place % PAGE }
    const sum = getNumber(from)
    return {
      name: getName(from, words, bit(sum, 0), bit(sum, 1)),
      birth: getBirth(from),
      sex: SEXES[sum >>> 3],
      multipleBirth: bit(sum, 2),
      phones: getAll(from, () => getText(from)),
      numbers: getNumbers(from),
      wards: getAll(from, () => wards.of(getNumber(from)) ?? ''),
      door: getDoor(from),
      city: words.of(getNumber(from)),
      occupation: words.of(getNumber(from)),
      postcode: getRest(from),
      email: getRest(from),
    }
  }
  return { put, at }
}
