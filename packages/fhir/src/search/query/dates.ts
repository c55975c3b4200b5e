import { bad, type Found, good, isRecord, listOf, type Matcher, type Read, type Tools } from './types.ts'
import { type Prefix, prefixed } from './written.ts'

/**
 * Dates are ranges: what is written with less precision may mean any instant of its year, month or day. A date without
 * an offset is one of Ho Chi Minh City (UTC+7, no summer time since 1975).
 *
 * @see https://hl7.org/fhir/R4/search.html#date
 */
export interface Span {
  /** ms since 1970, the first that is meant. */
  readonly from: number
  /** ms since 1970, the first that is no longer meant. */
  readonly to: number
}

const HERE_MS = 7 * 3_600_000
const [MINUTE_MS, DAY_MS] = [60_000, 86_400_000]

const DATE =
  /^(\d{4})(?:-(\d{2})(?:-(\d{2})(?:T(\d{2}):(\d{2})(?::(\d{2})(?:\.(\d{1,9}))?)?(Z|[+-]\d{2}:\d{2})?)?)?)?$/

const offsetMs = (zone: string | undefined): number => {
  if (zone === undefined) return HERE_MS
  if (zone === 'Z') return 0
  const ms = (Number(zone.slice(1, 3)) * 60 + Number(zone.slice(4, 6))) * MINUTE_MS
  return zone.startsWith('-') ? -ms : ms
}

/** Years below 100 are years of their own, which Date.UTC alone would move to the last century. */
function instant(year: number, month: number, ...rest: readonly number[]): number {
  const [day = 1, hour = 0, minute = 0, second = 0] = rest
  const date = new Date(0)
  date.setUTCFullYear(year, month - 1, day)
  date.setUTCHours(hour, minute, second)
  return date.getTime()
}

const daysIn = (year: number, month: number): number =>
  Math.round((instant(year, month + 1) - instant(year, month)) / DAY_MS)

const within = (value: number | undefined, low: number, high: number): boolean =>
  value === undefined || (value >= low && value <= high)

const numberAt = (parts: readonly (string | undefined)[], at: number): number | undefined => {
  const part = parts[at]
  return part === undefined ? undefined : Number(part)
}

/** A day, a month or a year, by how much of it is written. */
function dayTo(year: number, month: number | undefined, day: number | undefined): number {
  if (month === undefined) return instant(year + 1, 1)
  return day === undefined ? instant(year, month + 1) : instant(year, month, day) + DAY_MS
}

type Parts = readonly (number | undefined)[]

const isReal = ([year = 0, month, day, hour, minute, second]: Parts): boolean =>
  within(month, 1, 12) &&
  within(day, 1, daysIn(year, month ?? 1)) &&
  within(hour, 0, 23) &&
  within(minute, 0, 59) &&
  within(second, 0, 60)

/** As written, were it in Greenwich. */
function spanOfParts([year = 0, month, day, hour, minute, second]: Parts, fraction: string): Span {
  const from = instant(year, month ?? 1, day ?? 1, hour ?? 0, minute ?? 0, second ?? 0)
  if (hour === undefined) return { from, to: dayTo(year, month, day) }
  if (second === undefined) return { from, to: from + MINUTE_MS }
  const exact = from + Number(`0.${fraction}0`) * 1000
  return { from: exact, to: exact + 1000 / 10 ** fraction.length }
}

/** @returns undefined for what is no date */
export function spanOf(text: string): Span | undefined {
  // a plus sign in an address arrives as a space
  const written = DATE.exec(text.replace(/ (?=\d{2}:\d{2}$)/, '+'))
  if (!written) return undefined
  const parts = [1, 2, 3, 4, 5, 6].map((at) => numberAt(written, at))
  if (!isReal(parts)) return undefined
  const { from, to } = spanOfParts(parts, written[7] ?? '')
  const offset = offsetMs(written[8])
  return { from: from - offset, to: to - offset }
}

const ALWAYS: Span = { from: Number.NEGATIVE_INFINITY, to: Number.POSITIVE_INFINITY }

function spanOfText(value: unknown): Span | undefined {
  return typeof value === 'string' ? spanOf(value) : undefined
}

function spanOfPeriod({ start, end }: Readonly<Record<string, unknown>>): Span | undefined {
  if (start === undefined && end === undefined) return undefined
  return {
    from: spanOfText(start)?.from ?? ALWAYS.from,
    to: spanOfText(end)?.to ?? ALWAYS.to,
  }
}

/** Of a schedule only its outer limits count. */
function spanOfTiming({ event, repeat }: Readonly<Record<string, unknown>>): Span | undefined {
  const bounds =
    isRecord(repeat) && isRecord(repeat['boundsPeriod']) ? spanOfPeriod(repeat['boundsPeriod']) : undefined
  const spans = [...listOf(event).map(spanOfText), bounds].filter((span) => span !== undefined)
  if (spans.length === 0) return undefined
  return { from: Math.min(...spans.map(({ from }) => from)), to: Math.max(...spans.map(({ to }) => to)) }
}

/** When an element says that something was; undefined where it does not. */
export function spanOfFound({ value, type }: Found): Span | undefined {
  if (typeof value === 'string') return spanOf(value)
  if (!isRecord(value)) return undefined
  return type === 'Timing' || 'repeat' in value || 'event' in value
    ? spanOfTiming(value)
    : spanOfPeriod(value)
}

/** Farther from today, 'about' means more. */
function widened({ from, to }: Span, now: Date): Span {
  const margin = Math.abs(now.getTime() - from) / 10
  return { from: from - margin, to: to + margin }
}

const contains = (outer: Span, inner: Span): boolean => inner.from >= outer.from && inner.to <= outer.to

const COMPARE: Readonly<Record<Exclude<Prefix, 'ap'>, (value: Span, asked: Span) => boolean>> = {
  eq: (value, asked) => contains(asked, value),
  ne: (value, asked) => !contains(asked, value),
  gt: (value, asked) => value.to > asked.to,
  lt: (value, asked) => value.from < asked.from,
  ge: (value, asked) => value.to > asked.to || contains(asked, value),
  le: (value, asked) => value.from < asked.from || contains(asked, value),
  sa: (value, asked) => value.from >= asked.to,
  eb: (value, asked) => value.to <= asked.from,
}

export interface DateAsked {
  readonly prefix: Prefix
  readonly span: Span
}

export function readDate(text: string): Read<DateAsked> {
  const { prefix, rest } = prefixed(text)
  const span = spanOf(rest)
  return span
    ? good({ prefix, span })
    : bad(
        'is not a date: write YYYY, YYYY-MM, YYYY-MM-DD or YYYY-MM-DDThh:mm:ss with an offset, with eq, ne, gt, lt, ge, le, sa, eb or ap before it',
      )
}

export function fitsSpan(value: Span, { prefix, span }: DateAsked, now: Date): boolean {
  if (prefix !== 'ap') return COMPARE[prefix](value, span)
  const about = widened(span, now)
  return value.from < about.to && value.to > about.from
}

export function dateMatcher(text: string, { now }: Pick<Tools, 'now'>): Read<Matcher> {
  const read = readDate(text)
  if (!read.ok) return read
  return good((found) => {
    const span = spanOfFound(found)
    return span !== undefined && fitsSpan(span, read.value, now)
  })
}
