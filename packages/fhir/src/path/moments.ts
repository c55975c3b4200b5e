/**
 * Dates and times as FHIRPath compares them: as far as both tell, and unknown where one tells less.
 *
 * @see http://hl7.org/fhirpath/N1/#comparison
 */
const MOMENT =
  /^(?:(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?)?(?:T?(\d{2})(?::(\d{2})(?::(\d{2}(?:\.\d+)?))?)?)?(Z|[+-]\d{2}:\d{2})?$/

/** Year, month, day, hour, minute, seconds with their fraction; as many as are told. */
type Parts = readonly number[]

const OPEN_DAY = [0, 1, 1, 0, 0, 0]

function partsOf(text: string): { parts: Parts; zone: string | undefined } | undefined {
  const match = MOMENT.exec(text)
  if (!match) return undefined
  const [, ...found] = match
  const zone = found.pop()
  const told = found.filter((part) => part !== undefined).map(Number)
  return {
    parts: text.includes('-') || /^\d{4}/.test(text) ? told : [...OPEN_DAY.slice(0, 3), ...told],
    zone,
  }
}

function minutesOf(zone: string): number {
  if (zone === 'Z') return 0
  const minutes = Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4))
  return zone.startsWith('-') ? -minutes : minutes
}

/** The same moment in Greenwich; what tells no hour stays as it is. */
function inUtc(parts: Parts, zone: string): Parts {
  const [year = 0, month = 1, day = 1, hour, minute = 0, second = 0] = parts
  if (hour === undefined) return parts
  const whole = Math.floor(second)
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute - minutesOf(zone), whole))
  const all = [
    at.getUTCFullYear(),
    at.getUTCMonth() + 1,
    at.getUTCDate(),
    at.getUTCHours(),
    at.getUTCMinutes(),
    at.getUTCSeconds() + (second - whole),
  ]
  return all.slice(0, parts.length)
}

/** Up to the second or its fraction, with a zone: the commonest form of all. */
const isInstant = (text: string): boolean => text.length > 19 && text.charCodeAt(10) === 0x54

const zoneOf = (text: string): string => (text.endsWith('Z') ? 'Z' : text.slice(-6))

/**
 * Written alike, to the same precision and in the same zone, moments stand in the order of their letters.
 * Nothing is said of those that are no moments.
 */
function areAlike(a: string, b: string): boolean {
  if (a.length !== b.length || a.charCodeAt(4) !== b.charCodeAt(4)) return false
  if (!isInstant(a)) return a.length <= 10 && a.charCodeAt(4) === 0x2d
  return isInstant(b) && a.charCodeAt(19) === b.charCodeAt(19) && zoneOf(a) === zoneOf(b)
}

/** For instants to the millisecond at most: longer fractions are read part by part. */
const millisecondsOf = (text: string): number =>
  isInstant(text) && text.length <= 29 ? Date.parse(text) : Number.NaN

/** Whether a text is a moment, of any precision. */
export const isMoment = (text: string): boolean => partsOf(text) !== undefined

/** @returns below 0, 0, above 0; undefined where one of them tells too little, or is no moment */
export function compareMoments(a: string, b: string): number | undefined {
  if (areAlike(a, b)) return a === b ? 0 : a < b ? -1 : 1
  const order = millisecondsOf(a) - millisecondsOf(b)
  return Number.isNaN(order) ? compareParts(a, b) : order
}

function compareParts(a: string, b: string): number | undefined {
  const [left, right] = [partsOf(a), partsOf(b)]
  if (!left || !right) return undefined
  const zoned = left.zone !== undefined && right.zone !== undefined
  const x = zoned ? inUtc(left.parts, left.zone ?? 'Z') : left.parts
  const y = zoned ? inUtc(right.parts, right.zone ?? 'Z') : right.parts
  const shared = Math.min(x.length, y.length)
  for (let i = 0; i < shared; i += 1) {
    const [p = 0, q = 0] = [x[i], y[i]]
    if (p !== q) return p - q
  }
  return x.length === y.length ? 0 : undefined
}

/** Milliseconds in units of one length; months and years have none. */
const LENGTHS: ReadonlyMap<string, number> = new Map([
  ['ms', 1],
  ['s', 1000],
  ['min', 60_000],
  ['h', 3_600_000],
  ['d', 86_400_000],
  ['wk', 7 * 86_400_000],
])

const MONTHS: ReadonlyMap<string, number> = new Map([
  ['mo', 1],
  ['a', 12],
])

/** 31 January and a month is the last day of February. */
function plusMonths(at: Date, months: number): void {
  const day = at.getUTCDate()
  at.setUTCDate(1)
  at.setUTCMonth(at.getUTCMonth() + months)
  const last = new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + 1, 0)).getUTCDate()
  at.setUTCDate(Math.min(day, last))
}

/**
 * Adds a length of time, keeping how much the moment tells and its zone.
 *
 * @param unit a UCUM code of time: ms s min h d wk mo a
 * @returns undefined for what is no moment or no length of time
 */
export function plus(moment: string, amount: number, unit: string): string | undefined {
  const read = partsOf(moment)
  const months = MONTHS.get(unit)
  const length = LENGTHS.get(unit)
  if (!read || /^T?\d{2}:/.test(moment) || (months === undefined && length === undefined)) return undefined
  const [year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0] = read.parts
  const at = new Date(Date.UTC(year, month - 1, day, hour, minute, 0, Math.round(second * 1000)))
  if (months === undefined) at.setTime(at.getTime() + Math.trunc(amount) * (length ?? 0))
  else plusMonths(at, Math.trunc(amount) * months)
  if (Number.isNaN(at.getTime())) return undefined
  const ends = [4, 7, 10, 13, 16, moment.includes('.') ? 23 : 19]
  return at.toISOString().slice(0, ends[read.parts.length - 1]) + (read.zone ?? '')
}
