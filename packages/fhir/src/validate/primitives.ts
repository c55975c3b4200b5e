import { isWrittenNumber } from '../json.ts'

/**
 * What each primitive type of R4 allows.
 *
 * @see https://hl7.org/fhir/R4/datatypes.html#primitive
 */

/** @returns what is wrong, as a sentence that says what to do; undefined for a value that fits */
export type Rule = (value: unknown) => string | undefined

/** "Note that strings SHALL NOT exceed 1MB (1024*1024 characters) in size". */
const MOST_CHARACTERS = 1_048_576

/** A tab, a line feed and a carriage return are the only control characters of a string. */
function hasControl(text: string): boolean {
  for (let at = 0; at < text.length; at += 1) {
    const c = text.charCodeAt(at)
    if (c < 32 && c !== 9 && c !== 10 && c !== 13) return true
  }
  return false
}

const WANTS_TEXT = 'Send a JSON string here, not empty'

function textFault(text: unknown): string | undefined {
  if (typeof text !== 'string' || text === '') return WANTS_TEXT
  if (text.length > MOST_CHARACTERS) return 'Send at most 1,048,576 characters here'
  return hasControl(text)
    ? 'Take the control characters out: only tab, line feed and carriage return may stand here'
    : undefined
}

/** A string of one form. */
const like =
  (form: RegExp, sentence: string): Rule =>
  (value) => {
    if (typeof value !== 'string' || value === '') return WANTS_TEXT
    return form.test(value) && value.length <= MOST_CHARACTERS ? undefined : sentence
  }

const WHOLE = /^-?(?:0|[1-9][0-9]*)$/

/** A whole number as it was written: 1.0 is none. */
const wholeBetween =
  (least: number, most: number, sentence: string): Rule =>
  (value) => {
    const number = isWrittenNumber(value) && WHOLE.test(value.rawJSON) ? Number(value.rawJSON) : value
    return typeof number === 'number' && Number.isInteger(number) && number >= least && number <= most
      ? undefined
      : sentence
  }

function decimalFault(value: unknown): string | undefined {
  const number = isWrittenNumber(value) ? Number(value.rawJSON) : value
  return typeof number === 'number' && Number.isFinite(number)
    ? undefined
    : 'Send a JSON number here, without quotes'
}

const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

/** The two digits from `at` on. */
const digits = (text: string, at: number): number => text.charCodeAt(at) * 10 + text.charCodeAt(at + 1) - 528

/** Whether a day of this form, also one of year or month alone, stands in the calendar. */
function isInCalendar(text: string): boolean {
  const year = digits(text, 0) * 100 + digits(text, 2)
  if (text.length === 4) return year > 0
  const month = digits(text, 5)
  if (year === 0 || month < 1 || month > 12) return false
  if (text.length === 7) return true
  const day = digits(text, 8)
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return day >= 1 && day <= (DAYS[month - 1] ?? 0) && (month !== 2 || day < 29 || leap)
}

const DATE = /^\d{4}(?:-\d\d(?:-\d\d)?)?$/
const CLOCK = '(?:[01]\\d|2[0-3]):[0-5]\\d:(?:[0-5]\\d|60)(?:\\.\\d+)?'
const ZONE = '(?:Z|[+-](?:(?:0\\d|1[0-3]):[0-5]\\d|14:00))'
const DATE_TIME = new RegExp(`^\\d{4}(?:-\\d\\d(?:-\\d\\d(?:T${CLOCK}${ZONE})?)?)?$`)
const INSTANT = new RegExp(`^\\d{4}-\\d\\d-\\d\\dT${CLOCK}${ZONE}$`)
const TIME = new RegExp(`^${CLOCK}$`)

const inCalendar =
  (form: RegExp, sentence: string): Rule =>
  (value) =>
    typeof value === 'string' && form.test(value) && isInCalendar(value) ? undefined : sentence

const BASE64 = /^[A-Za-z0-9+/]+={0,2}$/

function base64Fault(value: unknown): string | undefined {
  if (typeof value !== 'string' || value === '') return WANTS_TEXT
  const packed = /\s/.test(value) ? value.replaceAll(/\s/g, '') : value
  return packed.length % 4 === 0 && BASE64.test(packed)
    ? undefined
    : 'Send base64 here: letters, digits, + and /, filled up with = to a multiple of four'
}

const CODE = /^\S+(?:\s\S+)*$/

const UNSPACED = like(/^\S+$/, 'Send an address here, without any space')

const RULES: Readonly<Record<string, Rule>> = {
  boolean: (value) => (typeof value === 'boolean' ? undefined : 'Send true or false here, without quotes'),
  integer: wholeBetween(-2_147_483_648, 2_147_483_647, 'Send a whole number of 32 bits here, without quotes'),
  unsignedInt: wholeBetween(0, 2_147_483_647, 'Send a whole number from 0 to 2,147,483,647 here'),
  positiveInt: wholeBetween(1, 2_147_483_647, 'Send a whole number from 1 to 2,147,483,647 here'),
  decimal: decimalFault,
  string: textFault,
  markdown: textFault,
  // its length is not limited: only that of a string is
  xhtml: (value) => (typeof value === 'string' && value !== '' ? undefined : WANTS_TEXT),
  code: (value) =>
    textFault(value) ??
    (CODE.test(String(value)) ? undefined : 'Send a code here: no space before, after, or twice within'),
  uri: UNSPACED,
  url: UNSPACED,
  canonical: UNSPACED,
  oid: like(/^urn:oid:[0-2](?:\.(?:0|[1-9][0-9]*))+$/, 'Send an OID here, such as urn:oid:1.2.3'),
  uuid: like(
    /^urn:uuid:[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/,
    'Send a UUID here in small letters: urn:uuid:…',
  ),
  id: like(/^[A-Za-z0-9.-]{1,64}$/, 'Send an id here: 1 to 64 letters, digits, hyphens and dots'),
  date: inCalendar(DATE, 'Send a day of the calendar here: YYYY, YYYY-MM or YYYY-MM-DD'),
  dateTime: inCalendar(
    DATE_TIME,
    'Send a date here, or a date with time, seconds and zone: 2026-01-31T08:30:00+07:00',
  ),
  instant: inCalendar(INSTANT, 'Send a moment here, with seconds and zone: 2026-01-31T08:30:00+07:00'),
  time: like(TIME, 'Send a time of day here: hh:mm:ss'),
  base64Binary: base64Fault,
}

/** @throws {RangeError} for what is no primitive type of R4 */
export function ruleOf(type: string): Rule {
  const rule = RULES[type]
  if (rule === undefined) throw new RangeError('no such primitive type')
  return rule
}
