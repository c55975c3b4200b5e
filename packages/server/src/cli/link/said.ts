import { fullName, successors, unitAt, wardsOn } from '@sokhoe/codes'
import { asciiKey, daysInMonth, readDate } from '@sokhoe/model'
import type { Number as IdNumber, NumberSystem, Said } from '@sokhoe/signals/linkage'
import type { Field } from './columns.ts'
import type { Row, Table } from './reading.ts'

const SEXES: Readonly<Record<string, 'male' | 'female'>> = {
  ...{ m: 'male', male: 'male', man: 'male', nam: 'male', boy: 'male', '1': 'male', trai: 'male' },
  ...{
    f: 'female',
    female: 'female',
    woman: 'female',
    nu: 'female',
    girl: 'female',
    '2': 'female',
    gai: 'female',
  },
}

/** Files of history know years of which no card speaks. */
function readOldDate(text: string): string | undefined {
  const [, year = '', month = '', day = ''] = /^(1[0-7]\d{2})(?:-?(\d{2})-?(\d{2}))?$/.exec(text) ?? []
  if (year === '') return undefined
  if (month === '') return year
  const real = Number(day) >= 1 && Number(day) <= daysInMonth(Number(year), Number(month))
  return real ? `${year}-${month}-${day}` : undefined
}

/** A date that no calendar has comes as it is written: its digits still tell something. */
function readBirth(text: string): string | undefined {
  // registers keep an unknown day or month as zeros, and the time of day behind the date
  const day = text.replace(/[T ]\d{2}:\d{2}.*$/, '').replace(/^(\d{8})\d{4}(?:\d{2})?$/, '$1')
  const bare = day.replace(/^(\d{4})(?:0000|-00-00)$/, '$1').replace(/^0{1,2}\/0{1,2}\/(?=\d{4}$)/, '')
  const reading = readDate(bare)
  return reading.ok ? reading.date : (readOldDate(bare) ?? (/\d/.test(bare) ? bare.slice(0, 30) : undefined))
}

function birthDateOf({ texts }: Row): string | undefined {
  const [whole] = texts('birthDate')
  if (whole !== undefined) return readBirth(whole)
  const [[year = ''], [month = ''], [day = '']] = [texts('birthYear'), texts('birthMonth'), texts('birthDay')]
  if (year !== '' && month !== '' && day !== '') return readBirth(`${day}/${month}/${year}`)
  return readBirth(year)
}

/** Whether a column holds Vietnamese numbers at all: seven digits of another country's are no card of ours. */
function isVietnamese(rows: readonly Row[], field: Field): boolean {
  let ours = 0
  let all = 0
  for (const { texts } of rows)
    for (const text of texts(field)) {
      all += 1
      if (/^(?:0\d{11}|\d{9})$/.test(text.replaceAll(/[\s.-]/g, ''))) ours += 1
    }
  return all > 0 && ours / all >= 0.5
}

function identitySystem(number: string): NumberSystem {
  if (/^[A-Z]\d{6,8}$/.test(number)) return 'passport'
  if (/^\d{11,13}$/.test(number)) return 'cccd'
  return /^\d{8,10}$/.test(number) ? 'cmnd' : 'id'
}

const bareNumber = (text: string): string =>
  text
    .normalize('NFKC')
    .toUpperCase()
    .replaceAll(/[\s.\-'/]/g, '')

function numbersOf({ texts }: Row, vietnamese: boolean): IdNumber[] {
  const identity = texts('idNumber')
    .map(bareNumber)
    .map((value) => ({ system: vietnamese ? identitySystem(value) : ('id' as const), value }))
  const insurance = texts('insuranceNumber')
    .map(bareNumber)
    .map((value) => ({ system: /^\d{10}$/.test(value) ? ('bhxh' as const) : ('bhyt' as const), value }))
  return [...identity, ...insurance].filter(({ value }) => value !== '')
}

const DAYS = ['2020-12-31', '2024-12-31', '2025-06-30', '2026-01-01']

const placeKey = (text: string): string =>
  asciiKey(text)
    .replaceAll(
      /\b(?:thanh pho|tp|tinh|quan|huyen|thi xa|tx|q|h|phuong|xa|thi tran|tt|p|x|dac khu)\b\.?/g,
      ' ',
    )
    .replaceAll(/[^a-z0-9]+/g, ' ')
    .replaceAll(/\b0+(?=\d)/g, '')
    .trim()

type Places = ReadonlyMap<string, readonly string[]>

/** Every name and code that a ward carried since 2021 → the wards of today on its ground. */
function placesByName(): Places {
  const places = new Map<string, Set<string>>()
  const add = (key: string, codes: readonly string[]): void => {
    const known = places.get(key) ?? new Set()
    for (const code of codes) known.add(code)
    places.set(key, known)
  }
  for (const day of DAYS)
    for (const unit of wardsOn(day)) {
      const codes = successors(unit.code, day).map(({ ward }) => ward.code)
      const above = unit.parent === null ? undefined : unitAt(unit.parent, day)
      add(placeKey(unit.name), codes)
      add(unit.code, codes)
      if (above) add(`${placeKey(unit.name)}|${placeKey(above.name)}`, codes)
      if (above) add(placeKey(fullName(unit, day)), codes)
    }
  return new Map([...places].map(([key, codes]) => [key, [...codes].sort()]))
}

/** A name that too many wards carried, such as Phường 1 without its district, tells no place. */
const MOST_WARDS = 12

function wardsOf({ texts }: Row, places: Places): readonly string[] {
  const [ward = ''] = texts('ward')
  if (ward === '') return []
  const [district = ''] = texts('district')
  const code = /^\d{4,5}$/.test(ward) ? ward.padStart(5, '0') : undefined
  const [name = '', named = ''] = ward.split(',')
  const within = placeKey(district || named)
  const found =
    places.get(code ?? '') ??
    places.get(`${placeKey(name)}|${within}`) ??
    places.get(placeKey(ward)) ??
    places.get(placeKey(name))
  return found && found.length <= MOST_WARDS ? found : []
}

function nameOf({ texts }: Row): Pick<Said, 'name' | 'familyName' | 'middleName' | 'givenName'> {
  const [whole] = texts('fullName')
  const [family] = texts('familyName')
  const [middle] = texts('middleName')
  const [given] = texts('givenName')
  const [familyMiddle] = texts('familyMiddle')
  const together = familyMiddle === undefined ? undefined : [familyMiddle, given].filter(Boolean).join(' ')
  // a column 'tên' alone holds the whole name
  const alone = family === undefined && middle === undefined && given?.includes(' ') ? given : undefined
  const name = whole ?? together ?? alone
  return {
    ...(name === undefined ? {} : { name }),
    ...(family === undefined ? {} : { familyName: family }),
    ...(middle === undefined ? {} : { middleName: middle }),
    ...(given === undefined || together !== undefined || alone !== undefined ? {} : { givenName: given }),
  }
}

/** House number and street stand in one part, what follows in the next. */
function addressOf({ texts }: Row): string {
  const [first = '', ...others] = texts('address')
  const numbered = /^\d{1,6}[a-z]?(?:[/-]\w{1,6}){0,4}$/i.test(first)
  return (numbered ? [[first, others[0]].filter(Boolean).join(' '), ...others.slice(1)] : [first, ...others])
    .concat(texts('state'))
    .filter(Boolean)
    .join(', ')
}

const given = <K extends keyof Said>(key: K, value: Said[K] | undefined): Pick<Said, K> | object =>
  value === undefined || value === '' || (Array.isArray(value) && value.length === 0) ? {} : { [key]: value }

/** What every row says of who somebody is, in the engine's words; what cannot be read is left unknown. */
export function saidOf({ rows }: Table): Said[] {
  const vietnamese = isVietnamese(rows, 'idNumber')
  const places = placesByName()
  return rows.map((row) => ({
    ...nameOf(row),
    ...given('birthDate', birthDateOf(row)),
    ...given('sex', SEXES[asciiKey(row.texts('sex')[0] ?? '')]),
    ...given('phones', row.texts('phone')),
    ...given('numbers', numbersOf(row, vietnamese)),
    ...given('wards', wardsOf(row, places)),
    ...given('address', addressOf(row)),
    ...given('city', row.texts('city')[0]),
    ...given('postcode', row.texts('postcode')[0]),
    ...given('email', row.texts('email')[0]),
    ...given('occupation', row.texts('occupation')[0]),
  }))
}
