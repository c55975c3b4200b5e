/**
 * Calendar dates as people and cards write them, and as FHIR keeps them: a day 'YYYY-MM-DD', a month
 * 'YYYY-MM' or a year 'YYYY', never more precise than what was said.
 */

export type DateReading =
  | { readonly ok: true; readonly date: string }
  | { readonly ok: false; readonly reason: 'empty' | 'malformed' | 'impossible' }

/** Below 1800 nobody has a card; the floor also keeps ddMMyyyy and yyyyMMdd apart without guessing. */
const YEARS = { first: 1800, last: 2999 } as const

const SHAPES: readonly RegExp[] = [
  /^(?<y>\d{4})$/,
  /^(?<m>\d{1,2})[/.\- ](?<y>\d{4})$/,
  /^(?<m>\d{2})(?<y>\d{4})$/,
  /^(?<y>\d{4})-(?<m>\d{1,2})$/,
  /^(?<d>\d{1,2})[/.\- ](?<m>\d{1,2})[/.\- ](?<y>\d{4})$/,
  /^(?<y>\d{4})[/.-](?<m>\d{1,2})[/.-](?<d>\d{1,2})$/,
  /^(?<d>\d{2})(?<m>\d{2})(?<y>\d{4})$/,
  /^(?<y>\d{4})(?<m>\d{2})(?<d>\d{2})$/,
]

/** How many days the month has; 0 where there is no such month. */
export function daysInMonth(year: number, month: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return [31, 0, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1] ?? 0
}

function isReal(year: number, month: number, day: number): boolean {
  return (
    year >= YEARS.first && year <= YEARS.last && month >= 1 && day >= 1 && day <= daysInMonth(year, month)
  )
}

function fromShape(shape: RegExp, text: string): string | null | undefined {
  const parts = shape.exec(text)?.groups
  if (!parts) return undefined
  const { y = '', m, d } = parts
  if (!isReal(Number(y), Number(m ?? 1), Number(d ?? 1))) return null
  return [y, ...[m, d].filter((part) => part !== undefined).map((part) => part.padStart(2, '0'))].join('-')
}

/**
 * Reads a date in any of the ways cards and people write it: ddMMyyyy, dd/MM/yyyy, d/M/yyyy, MMyyyy,
 * MM/yyyy, yyyy, ISO 8601 and yyyyMMdd, also with dots, dashes or full-width digits.
 *
 * @returns the date with the precision it was written in; 'impossible' for a well-formed date that no
 *   calendar has, such as 31/02/2001, or outside the years 1800 to 2999
 */
export function readDate(text: string): DateReading {
  const bare = text
    .slice(0, 64)
    .normalize('NFKC')
    .trim()
    .replace(/\s*([/.-])\s*/g, '$1')
  if (bare === '') return { ok: false, reason: 'empty' }
  const readings = SHAPES.map((shape) => fromShape(shape, bare)).filter((reading) => reading !== undefined)
  const date = readings.find((reading) => reading !== null)
  if (date) return { ok: true, date }
  return { ok: false, reason: readings.length > 0 ? 'impossible' : 'malformed' }
}

/** Is this a real FHIR date of any precision, written as FHIR writes it? */
export function isDate(text: string): boolean {
  if (!/^\d{4}(-\d{2}){0,2}$/.test(text)) return false
  const reading = readDate(text)
  return reading.ok && reading.date === text
}

const partsOf = (date: string) => {
  const [year = '', month, day] = date.split('-')
  return { year, month, day }
}

/** The first and the last day that a date of any precision may mean. */
export function daysOf(date: string): { first: string; last: string } {
  const { year, month, day } = partsOf(date)
  const lastMonth = month ?? '12'
  const lastDay = day ?? String(daysInMonth(Number(year), Number(lastMonth))).padStart(2, '0')
  return { first: `${year}-${month ?? '01'}-${day ?? '01'}`, last: `${year}-${lastMonth}-${lastDay}` }
}

/** The date as Vietnamese screens and cards show it: dd/MM/yyyy, MM/yyyy or yyyy. */
export const sayDate = (date: string): string => date.split('-').reverse().join('/')

/** The date as identity cards print it in their code: ddMMyyyy, MMyyyy or yyyy. */
export const packDate = (date: string): string => date.split('-').reverse().join('')

/** Vietnam has kept UTC+7 without summer time since 1975. */
const VIETNAM_OFFSET_MS = 7 * 3_600_000

/**
 * The calendar day of an instant in Ho Chi Minh City, 'YYYY-MM-DD'.
 * @throws {RangeError} not an instant
 */
export function dayInVietnam(instant: Date | string): string {
  const time = new Date(instant).getTime()
  return new Date(time + VIETNAM_OFFSET_MS).toISOString().slice(0, 10)
}

function yearsBetween(birth: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(birth.slice(0, 4))
  return day.slice(5) < birth.slice(5) ? years - 1 : years
}

/**
 * The age in completed years on a day of the Vietnamese calendar.
 *
 * Somebody born on 29 February completes a year on 1 March of common years.
 *
 * @param birth FHIR date of any precision
 * @param day 'YYYY-MM-DD'
 * @returns both ends of what the precision allows, equal for a full birth date; null before birth
 */
export function ageOn(birth: string, day: string): { min: number; max: number } | null {
  const { first, last } = daysOf(birth)
  if (first > day) return null
  return { min: Math.max(0, yearsBetween(last, day)), max: yearsBetween(first, day) }
}
