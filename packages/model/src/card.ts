/**
 * The QR codes of the chip identity card and of the health insurance card. Strict where a slip would
 * make somebody somebody else, lenient about what scanners do to a string on its way.
 */
import type { CardWarning, IdCard, InsuranceCard } from './cardschema.ts'
import { daysOf, packDate, readDate, sayDate } from './dates.ts'
import { INVISIBLE, otherReadings, repairText } from './encodings.ts'
import { readIdNumber, readInsuranceNumber, readOldIdNumber, type Sex } from './identifiers.ts'
import { asciiKey, normaliseName } from './names.ts'

type DateField = 'birth-date' | 'issue-date' | 'valid-from' | 'valid-to' | 'five-years-date'

export type CardRefusal =
  | 'empty'
  | 'too-long'
  | 'not-a-card'
  | 'too-few-fields'
  | 'id-number-malformed'
  | 'old-id-number-malformed'
  | 'card-number-malformed'
  | 'name-missing'
  | 'name-malformed'
  | 'birth-date-missing'
  | 'birth-date-in-future'
  | `${DateField}-malformed`
  | `${DateField}-impossible`
  | 'sex-unknown'
  | 'hex-malformed'
  | 'text-not-utf8'

export type CardReading =
  | {
      readonly ok: true
      readonly card: IdCard | InsuranceCard
      /** What newer identity cards carry after the seventh field, as written. */
      readonly extras: readonly string[]
    }
  | { readonly ok: false; readonly reason: CardRefusal }

export interface CardOptions {
  /** Today in Vietnam, 'YYYY-MM-DD': with it, a birth in the future is refused. */
  readonly today?: string
}

const LONGEST_CARD = 4096
const LONGEST_NAME = 255
const MOST_EXTRAS = 4

type Part<T> =
  | { readonly ok: true; readonly value: T; readonly warnings: readonly CardWarning[] }
  | { readonly ok: false; readonly reason: CardRefusal }

const took = <T>(value: T, ...warnings: CardWarning[]): Part<T> => ({ ok: true, value, warnings })
const refuse = (reason: CardRefusal): { ok: false; reason: CardRefusal } => ({ ok: false, reason })

/** All parts together, or the first refusal in their order. */
function together<T extends object>(parts: { readonly [K in keyof T]: Part<T[K]> }): Part<T> {
  const named = Object.entries<Part<unknown>>(parts)
  const values: [string, unknown][] = []
  const warnings: CardWarning[] = []
  for (const [name, part] of named) {
    if (!part.ok) return part
    values.push([name, part.value])
    warnings.push(...part.warnings)
  }
  return { ok: true, value: Object.fromEntries(values) as T, warnings }
}

const isAbsent = (text: string): boolean => /^[-‐-―\s]*$/.test(text)

function readDay(field: DateField, text: string): Part<string | null> {
  if (isAbsent(text)) return took(null)
  const reading = readDate(text)
  if (reading.ok) return took(reading.date)
  return refuse(`${field}-${reading.reason === 'impossible' ? 'impossible' : 'malformed'}`)
}

function readBirth(text: string, today: string | undefined): Part<string> {
  const birth = readDay('birth-date', text)
  if (!birth.ok) return birth
  if (birth.value === null) return refuse('birth-date-missing')
  if (today !== undefined && daysOf(birth.value).first > today) return refuse('birth-date-in-future')
  return took(birth.value)
}

const SEXES: ReadonlyMap<string, Sex> = new Map([
  ['nam', 'male'],
  ['male', 'male'],
  ['nu', 'female'],
  ['female', 'female'],
])

/** 'Nam' or 'Nữ', also bare of diacritics or through a wrong code page. */
function readSex(text: string): Part<Sex> {
  const short = text.slice(0, 16)
  const said = [short, ...otherReadings(short)].map((reading) => SEXES.get(asciiKey(reading))).find(Boolean)
  return said ? took(said) : refuse('sex-unknown')
}

/** 1 or 2 on the insurance card. */
function readCodedSex(text: string): Part<Sex> {
  const code = text.trim()
  if (code === '1') return took('male')
  return code === '2' ? took('female') : readSex(text)
}

/** A '?' or a replacement character stands for a letter that was lost: the name is not to be trusted. */
const LOST_LETTER = /[?\uFFFD]/
const LETTERS_ONLY = /^[\p{L}\p{M}'’ʼ.,\- ()/]+$/u

function readName(text: string): Part<string> {
  if (isAbsent(text)) return refuse('name-missing')
  const repaired = repairText(text, true)
  const name = normaliseName(repaired?.text ?? text)
  if (!/\p{L}/u.test(name) || LOST_LETTER.test(name) || name.length > LONGEST_NAME)
    return refuse('name-malformed')
  if (repaired) return took(name, 'name-repaired')
  return LETTERS_ONLY.test(name) ? took(name) : took(name, 'name-odd')
}

const readParentName = (text: string): Part<string | null> => (isAbsent(text) ? took(null) : readName(text))

function readAddress(text: string): Part<string | null> {
  if (isAbsent(text)) return took(null)
  const repaired = repairText(text, false)
  const address = normaliseName(repaired?.text ?? text)
  if (repaired) return took(address, 'address-repaired')
  return address.includes('\uFFFD') ? took(address, 'address-damaged') : took(address)
}

/** Numbers cancelled since 2016 have 12 digits, older ones 9. */
function readFormerNumber(text: string): Part<string | null> {
  if (isAbsent(text)) return took(null)
  const reading = [readOldIdNumber(text), readIdNumber(text)].find((found) => found.ok)
  return reading?.ok ? took(reading.number) : refuse('old-id-number-malformed')
}

function readNumber(text: string, sex: Part<Sex>, birth: Part<string>): Part<string> {
  const reading = readIdNumber(text, {
    sex: sex.ok ? sex.value : null,
    birthDate: birth.ok ? birth.value : null,
  })
  return reading.ok ? took(reading.number, ...reading.warnings) : refuse('id-number-malformed')
}

const issuedTooEarly = (issued: string | null, birth: string): CardWarning[] =>
  issued !== null && daysOf(issued).last < daysOf(birth).first ? ['issued-before-birth'] : []

function readIdCard(fields: readonly string[], { today }: CardOptions): CardReading {
  if (fields.length < 7) return refuse('too-few-fields')
  const [number = '', former = '', name = '', birth = '', sex = '', address = '', issued = ''] = fields
  const birthDate = readBirth(birth, today)
  const saidSex = readSex(sex)
  const parts = together({
    idNumber: readNumber(number, saidSex, birthDate),
    oldIdNumber: readFormerNumber(former),
    name: readName(name),
    birthDate,
    sex: saidSex,
    address: readAddress(address),
    issuedOn: readDay('issue-date', issued),
  })
  if (!parts.ok) return parts
  const extras = fields.slice(7).map(normaliseName)
  const warnings = [...parts.warnings, ...issuedTooEarly(parts.value.issuedOn, parts.value.birthDate)]
  if (extras.slice(MOST_EXTRAS).some((extra) => extra !== '')) warnings.push('extra-fields')
  return { ok: true, card: { kind: 'cccd', ...parts.value, warnings: [...new Set(warnings)] }, extras }
}

const utf8 = new TextDecoder('utf-8', { fatal: true })

/** Text as the insurance card carries it: the UTF-8 bytes in hexadecimal, or '-' for none. */
function readHex(hex: string): Part<string> {
  const bare = hex.replace(/\s+/g, '')
  if (isAbsent(bare)) return took('')
  if (bare.length % 2 !== 0 || !/^[0-9a-f]+$/i.test(bare)) return refuse('hex-malformed')
  const bytes = (bare.match(/../g) ?? []).map((pair) => Number.parseInt(pair, 16))
  try {
    return took(utf8.decode(Uint8Array.from(bytes)))
  } catch {
    return refuse('text-not-utf8')
  }
}

function readHexAs<T>(hex: string, read: (text: string) => Part<T>): Part<T> {
  const text = readHex(hex)
  return text.ok ? read(text.value) : text
}

/** '79 - 034', with any dash or a blank between → '79034'. */
function readFacility(text: string): Part<string | null> {
  if (isAbsent(text)) return took(null)
  const [, province, serial] = /^(\d{2})\s*[-‐-―−]?\s*(\d{3})$/.exec(text.normalize('NFKC').trim()) ?? []
  return province && serial ? took(province + serial) : took(null, 'facility-unreadable')
}

/** Coded 1 to 3, or written out; 4 is none. */
function readArea(text: string): Part<'K1' | 'K2' | 'K3' | null> {
  if (isAbsent(text) || text.trim() === '4') return took(null)
  const [, number] = /^K?([123])$/i.exec(text.trim()) ?? []
  if (number === '1') return took('K1')
  if (number === '2') return took('K2')
  return number === '3' ? took('K3') : took(null, 'residence-area-unknown')
}

function readCheck(text: string): Part<string | null> {
  if (isAbsent(text)) return took(null)
  const check = text.trim()
  return /^[0-9a-f]{16}-\d{4}$/i.test(check) ? took(check) : took(check, 'check-odd')
}

type NumberParts = Pick<
  InsuranceCard,
  'cardNumber' | 'objectCode' | 'benefitLevel' | 'provinceCode' | 'socialInsuranceNumber'
>

function readCardNumber(text: string): Part<NumberParts> {
  const reading = readInsuranceNumber(text)
  if (!reading.ok) return refuse('card-number-malformed')
  const { number, objectCode, benefitLevel, provinceCode, socialInsuranceNumber } = reading
  const parts = { cardNumber: number, objectCode, benefitLevel, provinceCode, socialInsuranceNumber }
  return took(parts, ...reading.warnings)
}

const validityReversed = (from: string | null, to: string | null): CardWarning[] =>
  from !== null && to !== null && daysOf(to).last < daysOf(from).first ? ['validity-reversed'] : []

function readInsuranceCard(fields: readonly string[], { today }: CardOptions): CardReading {
  if (fields.length < 14) return refuse('too-few-fields')
  const [number = '', name = '', birth = '', sex = '', address = '', facility = '', from = ''] = fields
  const [to = '', issued = '', managed = '', parent = '', area = '', fiveYears = '', check = ''] =
    fields.slice(7)
  const numbers = readCardNumber(number)
  if (!numbers.ok) return numbers
  const parts = together({
    name: readHexAs(name, readName),
    birthDate: readBirth(birth, today),
    sex: readCodedSex(sex),
    address: readHexAs(address, readAddress),
    facility: readFacility(facility),
    validFrom: readDay('valid-from', from),
    validTo: readDay('valid-to', to),
    issuedOn: readDay('issue-date', issued),
    managedBy: took(isAbsent(managed) ? null : normaliseName(managed)),
    parentName: readHexAs(parent, readParentName),
    residenceArea: readArea(area),
    fiveYearsFrom: readDay('five-years-date', fiveYears),
    check: readCheck(check),
  })
  if (!parts.ok) return parts
  const { issuedOn, birthDate, validFrom, validTo } = parts.value
  const warnings = new Set([
    ...numbers.warnings,
    ...parts.warnings,
    ...issuedTooEarly(issuedOn, birthDate),
    ...validityReversed(validFrom, validTo),
  ])
  if (fields.slice(14).some((extra) => extra.trim() !== '')) warnings.add('extra-fields')
  const card: InsuranceCard = { kind: 'bhyt', ...numbers.value, ...parts.value, warnings: [...warnings] }
  return { ok: true, card, extras: [] }
}

/** Bytes 0x80 to 0x9F stay: they belong to letters of a wrong code page. */
const CONTROL = /(?![\u0080-\u009F])\p{Cc}/gu

/** Scanners put an AIM prefix such as ]Q3, a byte order mark or control characters around the code. */
const scanned = (text: string): string =>
  text
    .replace(INVISIBLE, '')
    .replace(CONTROL, ' ')
    .trim()
    .replace(/^\][A-Za-z]\d\s*/, '')

function fieldsOf(text: string): { fields: readonly string[]; terminated: boolean } {
  const end = text.lastIndexOf('$')
  const terminated = end >= 0 && /^[\s|]*$/.test(text.slice(end + 1))
  const body = terminated ? text.slice(0, end).trimEnd().replace(/\|$/, '') : text
  return { fields: body.split('|'), terminated }
}

const looksLikeNumber = (text: string): boolean =>
  /^[A-Z]{0,2}[0-9A-Z ]{6,20}$/i.test(text) && /\d{4}/.test(text)

function isInsurance(fields: readonly string[], terminated: boolean): boolean {
  const [number = '', , , sex = '', idSex = ''] = fields
  if (terminated || /^\s*[A-Z]{2}\d/i.test(number) || /^[12]$/.test(sex.trim())) return true
  return /^\d{10}$/.test(number.trim()) && !readSex(idSex).ok
}

/**
 * Reads one scanned string: the identity card of 2021 and its successor of 2024, or the health
 * insurance card.
 *
 * @param text as the scanner gave it; at most 4,096 characters
 * @returns the card, with what is odd but readable in `warnings`; or one named reason, which never
 *   repeats anything of the string. Never throws.
 */
export function readCard(text: string, options: CardOptions = {}): CardReading {
  if (text.length > LONGEST_CARD) return refuse('too-long')
  const bare = scanned(text)
  if (bare === '') return refuse('empty')
  const { fields, terminated } = fieldsOf(bare)
  const [number = ''] = fields
  if (fields.length < 7 && !looksLikeNumber(number.trim())) return refuse('not-a-card')
  return isInsurance(fields, terminated) ? readInsuranceCard(fields, options) : readIdCard(fields, options)
}

/** Has the insurance card run out by this day? False where it names no end. */
export const insuranceExpired = (card: InsuranceCard, day: string): boolean =>
  card.validTo !== null && daysOf(card.validTo).last < day

const plain = (text: string | null): string => (text ?? '').replaceAll('|', ' ')

/** The string in the QR code of an identity card; the first seven fields and, of a card of 2024, the rest. */
export function writeIdCard(card: Omit<IdCard, 'kind' | 'warnings'>, extras: readonly string[] = []): string {
  return [
    card.idNumber,
    plain(card.oldIdNumber),
    plain(card.name),
    packDate(card.birthDate),
    card.sex === 'male' ? 'Nam' : 'Nữ',
    plain(card.address),
    packDate(card.issuedOn ?? ''),
    ...extras.map(plain),
  ].join('|')
}

const toHex = (text: string | null): string =>
  text === null
    ? '-'
    : [...new TextEncoder().encode(text)].map((byte) => byte.toString(16).padStart(2, '0')).join('')

const toDay = (date: string | null): string => (date === null ? '-' : sayDate(date))

/** The string in the QR code of a health insurance card. */
export function writeInsuranceCard(card: Omit<InsuranceCard, 'kind' | 'warnings'>): string {
  return [
    card.cardNumber,
    toHex(card.name),
    sayDate(card.birthDate),
    card.sex === 'male' ? '1' : '2',
    toHex(card.address),
    card.facility === null ? '-' : `${card.facility.slice(0, 2)} - ${card.facility.slice(2)}`,
    toDay(card.validFrom),
    toDay(card.validTo),
    toDay(card.issuedOn),
    plain(card.managedBy ?? '-'),
    toHex(card.parentName),
    card.residenceArea?.slice(1) ?? '4',
    toDay(card.fiveYearsFrom),
    plain(card.check ?? '-'),
    '$',
  ].join('|')
}
