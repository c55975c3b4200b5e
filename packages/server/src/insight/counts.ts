import { AGE_BANDS } from '@sokhoe/model/ages'
import type { AgeBand } from '@sokhoe/model/coverage'
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'

/** By the ward of today, or by the ward of before July 2025. */
export type CountedMap = 'ward' | 'former'

/** Open books of one ward at one level; ward '' where nobody knows it. */
export interface LevelCount {
  readonly ward: string
  readonly level: string
  readonly n: number
}

/** Birth years of an age group on a day, both inclusive; 0 stands for an unknown one. */
export function birthYears(band: AgeBand | null, day: string): { from: number; to: number } {
  const year = Number(day.slice(0, 4))
  const group = AGE_BANDS.find((one) => one.band === band)
  if (group) return { from: year - group.to, to: year - group.from }
  return band === null ? { from: 0, to: 9999 } : { from: 0, to: 0 }
}

/** What stands now, and what later days than the asked one brought. */
function sums(map: CountedMap, band: AgeBand | null, day: string) {
  const ward = sql`${sql.ref(map)} as ward`
  const countsOf = (table: string) => sql.table(`insight.${map}_${table}`)
  if (band === null)
    return {
      now: sql`select ${ward}, level, n from ${countsOf('level')}`,
      later: sql`select ${ward}, level, -n as n from ${countsOf('day')} where day > ${day}::date`,
    }
  const { from, to } = birthYears(band, day)
  const born = sql`birth_year between ${from}::smallint and ${to}::smallint`
  return {
    now: sql`select ${ward}, level, n from ${countsOf('age')} where ${born}`,
    later: sql`select ${ward}, level, -n as n from ${countsOf('age_day')} where day > ${day}::date and ${born}`,
  }
}

/**
 * Books that stood open at the end of a day, by ward and level: what stands now, less what later days brought. What
 * later days brought is few rows for a recent day, which is what is asked.
 */
export async function standing(
  ctx: Context,
  map: CountedMap,
  band: AgeBand | null,
  day: string,
): Promise<LevelCount[]> {
  const { now, later } = sums(map, band, day)
  const { rows } = await sql<LevelCount>`
    select ward, level, sum(n)::bigint as n from (${now} union all ${later}) as counted
    group by ward, level`.execute(ctx.db)
  return rows
}

export interface WardWeeks {
  readonly ward: string
  /** Monday → books that this week added. */
  readonly weeks: Readonly<Record<string, number>>
}

/**
 * Books that each week added, by ward, all levels and ages together; of the last week only what it brought until a day.
 * One row a ward: thousands of small rows would cost more to carry than to add up.
 *
 * @param weeks Mondays in their order
 */
export async function weeklyNew(
  ctx: Context,
  map: CountedMap,
  weeks: readonly string[],
  day: string,
): Promise<WardWeeks[]> {
  const ward = sql`${sql.ref(map)} as ward`
  const countsOf = (table: string) => sql.table(`insight.${map}_${table}`)
  const [first, last] = [weeks[0] ?? day, weeks.at(-1) ?? day]
  const { rows } = await sql<WardWeeks>`
    select ward, json_object_agg(week, n) as weeks from (
      select ${ward}, week, n from ${countsOf('week')} where week >= ${first}::date and week < ${last}::date
      union all
      select ${ward}, ${last}::date, sum(n)::bigint from ${countsOf('day')}
      where day between ${last}::date and ${day}::date group by 1) as told
    group by ward`.execute(ctx.db)
  return rows
}
