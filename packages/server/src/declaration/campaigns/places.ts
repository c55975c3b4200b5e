import { dayInVietnam } from '@sokhoe/model'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { faultOf } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import { newPlaceCode } from '../campaign.ts'
import type { PlaceRow } from '../tables.ts'

/** A ward has some hundred alleys; more places than this are a mistake. */
const MOST_PLACES = 500

export interface Place {
  readonly code: string
  readonly name: string
  readonly hangs: boolean
  readonly scans: number
  readonly books: number
}

/** The places of a campaign in the order in which they were named, with their counts so far. */
export async function placesOf(ctx: Context, campaign: string): Promise<Place[]> {
  const { rows } = await sql<Place>`
    select place.code, place.name, place.hangs,
      coalesce(sum(day.scans), 0)::int as scans, coalesce(sum(day.books), 0)::int as books
    from declaration.place as place left join declaration.place_day as day on day.place = place.code
    where place.campaign = ${campaign}
    group by place.code order by place.created_at, place.code`.execute(ctx.db)
  return rows
}

/** @throws {Problem} campaign.too-many-places */
export async function newPlace(ctx: Context, campaign: string, name: string): Promise<PlaceRow> {
  const { n } = await ctx.db
    .selectFrom('declaration.place')
    .select((row) => row.fn.countAll<number>().as('n'))
    .where('campaign', '=', campaign)
    .executeTakeFirstOrThrow()
  if (Number(n) >= MOST_PLACES) throw new Problem('campaign.too-many-places')
  const row = { code: newPlaceCode(), campaign, name, hangs: true, created_at: ctx.now() }
  await ctx.db.insertInto('declaration.place').values(row).execute()
  return row
}

/** @throws {Problem} campaign.place-unknown */
export async function changePlace(
  ctx: Context,
  campaign: string,
  code: string,
  change: { readonly name: string; readonly hangs: boolean },
): Promise<void> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('declaration.place')
    .set(change)
    .where('code', '=', code)
    .where('campaign', '=', campaign)
    .executeTakeFirst()
  if (numUpdatedRows !== 1n) throw new Problem('campaign.place-unknown')
}

const addToDay = (
  db: Context['db'],
  { place, day, scans = 0, books = 0 }: { place: string; day: string; scans?: number; books?: number },
): Promise<unknown> =>
  sql`insert into declaration.place_day as day (place, day, scans, books)
    values (${place}, ${day}, ${scans}, ${books})
    on conflict (place, day) do update set scans = day.scans + ${scans}, books = day.books + ${books}`.execute(
    db,
  )

/** In the transaction that keeps the book. */
export const countBook = (ctx: Context, place: string): Promise<unknown> =>
  addToDay(ctx.db, { place, day: dayInVietnam(ctx.now()), books: 1 })

const FLUSH_MS = 1000
/** Counted and not yet written, by place and day; one such list a database. */
const uncounted = new WeakMap<Context['pool'], Map<string, number>>()

/**
 * One more landing at a place. Written together once a second, so that a crowd before one poster does not queue for
 * one row; a process that is killed loses a second of counts and nothing else.
 */
export function countScan(ctx: Context, place: string): void {
  const known = uncounted.get(ctx.pool)
  const waiting = known ?? new Map<string, number>()
  const key = `${place} ${dayInVietnam(ctx.now())}`
  waiting.set(key, (waiting.get(key) ?? 0) + 1)
  if (known) return
  uncounted.set(ctx.pool, waiting)
  setTimeout(() => void writeScans(ctx), FLUSH_MS).unref()
}

async function writeScans({ pool, log }: Pick<Context, 'pool' | 'log'>): Promise<void> {
  const waiting = uncounted.get(pool) ?? new Map<string, number>()
  uncounted.delete(pool)
  try {
    for (const [key, scans] of waiting) {
      const [place = '', day = ''] = key.split(' ')
      await addToDay(pool, { place, day, scans })
    }
  } catch (error) {
    log.warn({ fault: faultOf(error) }, 'scans were not counted')
  }
}
