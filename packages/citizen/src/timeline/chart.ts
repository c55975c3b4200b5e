import type { Point, SeriesRange, SourceKind } from '@sokhoe/model/reading'

/** The drawing's own units; it is as wide as its column. */
export const FRAME = { width: 358, height: 236, left: 40, right: 342, top: 16, bottom: 206 } as const

export interface Dot {
  readonly id: string
  readonly x: number
  readonly y: number
  readonly kind: SourceKind
}

export interface Tick {
  readonly at: number
  readonly text: string
}

export interface Drawing {
  /** Joined: what was measured by others, oldest first. */
  readonly lines: readonly (readonly Dot[])[]
  /** Every value, those told by the person herself too. */
  readonly dots: readonly Dot[]
  readonly across: readonly Tick[]
  readonly down: readonly Tick[]
  /** From y to y: the usual range, as far as it is in the picture. */
  readonly ground: { readonly top: number; readonly bottom: number } | null
  /** Where a bound lies, named. */
  readonly bounds: readonly Tick[]
}

const STEPS = [1, 2, 2.5, 5, 10] as const

/** A step that makes three to six ticks over a span. */
function stepOf(span: number): number {
  const rough = span / 4
  const scale = 10 ** Math.floor(Math.log10(rough))
  return (STEPS.find((step) => step * scale >= rough) ?? 10) * scale
}

/** Without the noise of binary fractions. */
const plain = (value: number): number => Number(value.toPrecision(12))

/** Values this near to one another are one value. */
const NEAR = 1e-6

/** Round numbers around all values, so that the line neither touches the edge nor lies flat in the middle. */
export function scaleOf(values: readonly number[]): { low: number; high: number; ticks: readonly number[] } {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const apart = most - least
  const span = apart > Math.abs(most) * NEAR ? apart : Math.abs(most) * 0.2 || 1
  const step = stepOf(span * 1.3)
  const low = plain(Math.floor((least - span * 0.12) / step) * step)
  const high = plain(Math.ceil((most + span * 0.12) / step) * step)
  // what is never below nought is not drawn there
  const from = least >= 0 ? Math.max(0, low) : low
  const count = Math.round((high - from) / step)
  return { low: from, high, ticks: Array.from({ length: count + 1 }, (_, i) => plain(from + i * step)) }
}

const DAY = 24 * 3_600_000
/** A year or a month alone stands in its middle. */
const daysOf = (when: string): number => {
  const full = when.length === 4 ? `${when}-07-01` : when.length === 7 ? `${when}-15` : when
  return Date.parse(`${full.length === 10 ? `${full}T12:00:00` : full}Z`) / DAY
}

const YEARS_SHOWN = 5
const MONTHS = 370

function acrossTicks(from: number, to: number, place: (day: number) => number): Tick[] {
  const [first, last] = [new Date(from * DAY), new Date(to * DAY)]
  const day = (date: Date): string =>
    `${String(date.getUTCDate()).padStart(2, '0')}/${String(date.getUTCMonth() + 1).padStart(2, '0')}/${date.getUTCFullYear()}`
  if (to - from < MONTHS)
    return to - from < 1
      ? [{ at: place(from), text: day(first) }]
      : [
          { at: place(from), text: day(first) },
          { at: place(to), text: day(last) },
        ]
  const years = Array.from(
    { length: last.getUTCFullYear() - first.getUTCFullYear() + 1 },
    (_, i) => first.getUTCFullYear() + i,
  )
  const every = Math.ceil(years.length / YEARS_SHOWN)
  return years
    .filter((_, i) => i % every === 0)
    .map((year) => ({
      year,
      start: Math.max(from, Date.UTC(year, 0, 1) / DAY),
      end: Date.UTC(year + 1, 0, 1) / DAY,
    }))
    .map(({ year, start, end }) => ({ at: place((start + Math.min(end, to)) / 2), text: String(year) }))
}

interface Drawable extends Point {
  readonly at: number
}
const isDrawable = (point: Point): point is Drawable => point.at !== null

/** Bounds far from every value would press the line flat: they are told in words alone. */
function boundsNear(range: SeriesRange | null, values: readonly number[]): number[] {
  const [least, most] = [Math.min(...values), Math.max(...values)]
  const room = Math.max(most - least, most * 0.25)
  return [range?.low, range?.high, range?.lowerHigh].filter(
    (bound): bound is number =>
      bound !== null && bound !== undefined && bound >= least - room && bound <= most + room,
  )
}

/** @param points oldest first @returns undefined where none of them can be drawn */
export function drawingOf(points: readonly Point[], range: SeriesRange | null): Drawing | undefined {
  const drawn = points.filter(isDrawable)
  if (drawn.length === 0) return undefined
  const values = drawn.flatMap(({ at, lower }) => (lower === null ? [at] : [at, lower]))
  const near = boundsNear(range, values)
  const { low, high, ticks } = scaleOf([...values, ...near])
  const y = (value: number): number =>
    FRAME.bottom - ((value - low) / (high - low)) * (FRAME.bottom - FRAME.top)
  const days = drawn.map(({ when }) => daysOf(when))
  const [from, to] = [Math.min(...days), Math.max(...days)]
  const inner = FRAME.right - FRAME.left - 36
  const x = (day: number): number =>
    FRAME.left + 18 + (to === from ? inner / 2 : ((day - from) / (to - from)) * inner)
  const dotsOf = (value: (point: Drawable) => number | null, name: string): Dot[] =>
    drawn.flatMap((point, i) => {
      const number = value(point)
      if (number === null) return []
      return [{ id: `${point.id} ${name}`, x: x(days[i] ?? from), y: y(number), kind: point.source.kind }]
    })
  const rows = [dotsOf(({ at }) => at, 'upper'), dotsOf(({ lower }) => lower, 'lower')]
  return {
    lines: rows.map((row) => row.filter(({ kind }) => kind !== 'self')).filter((row) => row.length > 1),
    dots: rows.flat(),
    across: acrossTicks(from, to, x),
    down: ticks.map((tick) => ({ at: y(tick), text: String(tick) })),
    ground: groundOf(range, { low, high }, y),
    bounds: near.map((bound) => ({ at: y(bound), text: String(bound) })),
  }
}

function groundOf(
  range: SeriesRange | null,
  { low, high }: { readonly low: number; readonly high: number },
  y: (value: number) => number,
): Drawing['ground'] {
  // a pressure is two numbers with a range each: no one ground is right for both
  if (!range || range.lowerHigh !== null) return null
  const [from, to] = [Math.max(range.low ?? low, low), Math.min(range.high ?? high, high)]
  return from < to ? { top: y(to), bottom: y(from) } : null
}
