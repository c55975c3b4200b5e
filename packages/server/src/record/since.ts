import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'

/** Something arrived on a shelf: the entries whose slot is from firstNo on, n of them. None: the shelf was erased. */
export interface Arrived {
  readonly patientId: number
  readonly firstNo: number
  readonly n: number
  readonly at: Date
  /** Whose arrival it was; null where it was not written down, and for an erasure. */
  readonly source: string | null
}

export interface Since {
  readonly arrived: readonly Arrived[]
  /** Give it back to go on from here. */
  readonly cursor: string
}

interface Row {
  patient_id: number
  first_no: number
  n: number
  at: Date
  source: string | null
  xid: string
}

const toArrived = ({ patient_id: patientId, first_no: firstNo, n, at, source }: Row): Arrived => ({
  patientId,
  firstNo,
  n,
  at,
  source,
})

const BEGINNING = '0.-1.0'
const CURSOR = /^\d{1,19}\.-?\d{1,16}\.\d{1,10}$/

/**
 * What arrived after a cursor, each arrival exactly once, whatever the order of commits: only transactions older than
 * every one still running are told of, so nothing can appear behind a cursor later.
 *
 * @param cursor from the last call; undefined from the very beginning
 * @throws {RangeError} a text that is no cursor
 */
export async function since(ctx: Context, cursor: string = BEGINNING, limit = 500): Promise<Since> {
  if (!CURSOR.test(cursor)) throw new RangeError('not a cursor')
  const [xid = '', patientId = '', firstNo = ''] = cursor.split('.')
  const { rows } = await sql<Row>`
    select patient_id, first_no, n, at, source, xid from record.outbox
    where (xid, patient_id, first_no) > (${xid}::xid8, ${patientId}::bigint, ${firstNo}::int)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, patient_id, first_no limit ${limit}`.execute(ctx.db)
  const last = rows.at(-1)
  return {
    arrived: rows.map(toArrived),
    cursor: last ? `${last.xid}.${last.patient_id}.${last.first_no}` : cursor,
  }
}

export interface Which {
  readonly source?: string
  /** Server time of arrival: from it on. */
  readonly from?: Date
  /** Before it. */
  readonly to?: Date
  /** From the last call, with the other wishes unchanged. */
  readonly cursor?: string
  /** Default the oldest first. */
  readonly newestFirst?: boolean
  readonly limit?: number
}

export interface Arrivals {
  readonly arrived: readonly Arrived[]
  /** Where the next page begins; undefined when this was the last. */
  readonly cursor: string | undefined
}

/** horizon.at in ms.xid.patient.number: pages go on inside what was committed when the first was asked for. */
const PAGE_CURSOR = /^(\d{1,19})(?:\.(-?\d{1,16})\.(\d{1,19})\.(-?\d{1,16})\.(\d{1,10}))?$/

async function horizonOf({ db }: Context): Promise<string> {
  const { rows } = await sql<{ horizon: string }>`
    select pg_snapshot_xmin(pg_current_snapshot())::text as horizon`.execute(db)
  return rows[0]?.horizon ?? '0'
}

const instant = (ms: string | undefined): Date => new Date(Number(ms))

/**
 * What arrived, in the order of its server time, page by page: all pages answer as of the moment of the first, so that
 * none repeats or skips, whatever is committed meanwhile. Whoever follows what comes uses {@link since}.
 *
 * @throws {RangeError} a text that is no cursor
 */
export async function arrivals(ctx: Context, which: Which = {}): Promise<Arrivals> {
  const { source, from, to, limit = 500, newestFirst = false } = which
  const cursor = PAGE_CURSOR.exec(which.cursor ?? (await horizonOf(ctx)))
  if (!cursor) throw new RangeError('not a cursor')
  const [, horizon, at, xid, patientId, firstNo] = cursor
  const behind = newestFirst ? sql`<` : sql`>`
  const way = newestFirst ? sql`desc` : sql`asc`
  const { rows } = await sql<Row>`
    select patient_id, first_no, n, at, source, xid from record.outbox
    where xid < ${horizon}::xid8
      ${source === undefined ? sql`` : sql`and source = ${source}`}
      ${from ? sql`and at >= ${from}` : sql``} ${to ? sql`and at < ${to}` : sql``}
      ${at === undefined ? sql`` : sql`and (at, xid, patient_id, first_no) ${behind} (${instant(at)}, ${xid}::xid8, ${patientId}::bigint, ${firstNo}::int)`}
    order by at ${way}, xid ${way}, patient_id ${way}, first_no ${way} limit ${limit + 1}`.execute(ctx.db)
  const page = rows.slice(0, limit)
  const last = rows.length > limit ? page.at(-1) : undefined
  const next = last && `${horizon}.${last.at.getTime()}.${last.xid}.${last.patient_id}.${last.first_no}`
  return { arrived: page.map(toArrived), cursor: next }
}
