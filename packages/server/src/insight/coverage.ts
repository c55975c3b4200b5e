import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model'
import { COVERAGE_TARGET, FEWEST } from '@sokhoe/model/ages'
import type { AgeBand, Count, CountedLevel, Coverage, CoverageRow } from '@sokhoe/model/coverage'
import { isConfirmed, LEVELS } from '@sokhoe/model/levels'
import type { Context } from '../platform/context.ts'
import { type LevelCount, standing, type WardWeeks, weeklyNew } from './counts.ts'
import { upToNow } from './follow.ts'
import { basisOf, districtPlaces, estimated, oldWardPlaces, type Place, wardPlaces } from './places.ts'

export interface AskedCoverage {
  /** YYYY-MM-DD; the end of that day, or now where it is today. */
  readonly on: string
  readonly by: Coverage['by']
  readonly level: CountedLevel
  readonly band: AgeBand | null
}

const WEEKS = 12
const COUNTED: Readonly<Record<CountedLevel, readonly string[]>> = {
  any: LEVELS,
  card: LEVELS.filter((level) => level !== 'phone'),
  verified: LEVELS.filter(isConfirmed),
}

const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)

/** Mondays of the last weeks, oldest first; the last one holds the day. */
function weeksUntil(day: string): string[] {
  const weekday = (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % 7
  const monday = addDays(day, -weekday)
  return Array.from({ length: WEEKS }, (_, at) => addDays(monday, 7 * (at - WEEKS + 1)))
}

interface Tally {
  readonly registered: number
  readonly verified: number
  readonly counted: number
}

function tally(counts: readonly LevelCount[], level: CountedLevel): Tally {
  const of = (levels: readonly string[]): number =>
    counts.reduce((sum, one) => sum + (levels.includes(one.level) ? one.n : 0), 0)
  return { registered: of(COUNTED.any), verified: of(COUNTED.verified), counted: of(COUNTED[level]) }
}

/** To four places, rounded down: what is a person short of the target has not reached it. */
const shareOf = (people: number, counted: number): number => Math.floor((10_000 * counted) / people) / 10_000

const missingOf = (people: number, counted: number): number =>
  Math.max(0, Math.ceil(people * COVERAGE_TARGET) - counted)

const shown = (n: number): Count => (n > 0 && n < FEWEST ? 'few' : n)

/** Everybody estimated to live in these wards; null where one of them was never estimated. */
function peopleIn(wards: readonly string[], { band, on }: AskedCoverage): number | null {
  const each = wards.map((ward) => estimated(wardAt(ward, on)?.population ?? null, band))
  if (each.length === 0 || each.includes(null)) return null
  return each.reduce<number>((sum, one) => sum + (one ?? 0), 0)
}

interface Found {
  readonly counts: ReadonlyMap<string, readonly LevelCount[]>
  readonly weekly: ReadonlyMap<string, readonly WardWeeks[]>
  readonly weeks: readonly string[]
}

const weeklyOf = (rows: readonly WardWeeks[], weeks: readonly string[]): number[] =>
  weeks.map((week) => rows.reduce((sum, one) => sum + (one.weeks[week] ?? 0), 0))

function rowOf(place: Place, found: Found, asked: AskedCoverage): CoverageRow {
  const keys = place.counted ?? place.wards
  const exact = tally(
    keys.flatMap((key) => found.counts.get(key) ?? []),
    asked.level,
  )
  // nobody has published how many people lived in the old wards
  const people = place.counted ? null : peopleIn(place.wards, asked)
  const counted = shown(exact.counted)
  const known = people !== null && counted !== 'few'
  return {
    code: place.code,
    name: place.name,
    estimated: people,
    registered: shown(exact.registered),
    verified: shown(exact.verified),
    counted,
    share: known && people > 0 ? shareOf(people, exact.counted) : null,
    missing: known ? missingOf(people, exact.counted) : null,
    over: people !== null && exact.counted > people,
    none: exact.registered === 0,
    weekly: weeklyOf(
      keys.flatMap((key) => found.weekly.get(key) ?? []),
      found.weeks,
    ).map(shown),
    wards: [...place.wards],
    split: [...place.split],
  }
}

function cityOf(rows: readonly CoverageRow[], found: Found, asked: AskedCoverage): Coverage['city'] {
  const all = tally([...found.counts.values()].flat(), asked.level)
  const people = peopleIn(
    wardPlaces(asked.on).map(({ code }) => code),
    asked,
  )
  return {
    estimated: people,
    ...all,
    share: people ? shareOf(people, all.counted) : null,
    missing: people === null ? null : missingOf(people, all.counted),
    over: people !== null && all.counted > people,
    reached: rows.filter(({ share }) => share !== null && share >= COVERAGE_TARGET).length,
    withBooks: rows.filter(({ none }) => !none).length,
    units: rows.length,
    nowhere: tally(found.counts.get('') ?? [], asked.level).registered,
  }
}

/** On which map books are counted for each way of asking: old districts add up wards of today. */
const MAPS = { ward: 'ward', 'old-district': 'ward', 'old-ward': 'former' } as const

const placesOf = ({ by, on }: AskedCoverage): readonly Place[] =>
  by === 'ward' ? wardPlaces(on) : by === 'old-district' ? districtPlaces() : oldWardPlaces()

/**
 * How many people have a book, place by place, on a day.
 *
 * Reads what was counted beforehand, never a person's row. A city total holds everybody, also those of places whose
 * own number is hidden because it is small.
 */
export async function coverageOf(ctx: Context, asked: AskedCoverage): Promise<Omit<Coverage, 'demo'>> {
  const now = await upToNow(ctx)
  const weeks = weeksUntil(asked.on)
  const [counts, weekly] = await Promise.all([
    standing(ctx, MAPS[asked.by], asked.band, asked.on),
    weeklyNew(ctx, MAPS[asked.by], weeks, asked.on),
  ])
  const found: Found = {
    counts: Map.groupBy(counts, ({ ward }) => ward),
    weekly: Map.groupBy(weekly, ({ ward }) => ward),
    weeks,
  }
  const rows = placesOf(asked).map((place) => rowOf(place, found, asked))
  return {
    asOf: asOf(now, asked.on).toISOString(),
    on: asked.on,
    by: asked.by,
    level: asked.level,
    band: asked.band,
    target: COVERAGE_TARGET,
    basis: basisOf(asked.band),
    city: cityOf(rows, found, asked),
    weeks,
    weekly: weeklyOf(weekly, weeks),
    rows,
  }
}

/** A past day was true until its midnight. */
const asOf = (now: Date, on: string): Date =>
  on < dayInVietnam(now) ? new Date(`${addDays(on, 1)}T00:00:00+07:00`) : now
