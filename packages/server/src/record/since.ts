import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'

/** Something arrived on a shelf: the entries whose slot is from firstNo on, n of them. None: the shelf was erased. */
export interface Arrived {
  readonly patientId: number
  readonly firstNo: number
  readonly n: number
  readonly at: Date
}

export interface Since {
  readonly arrived: readonly Arrived[]
  /** Give it back to go on from here. */
  readonly cursor: string
}

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
  const { rows } = await sql<{ patient_id: number; first_no: number; n: number; at: Date; xid: string }>`
    select patient_id, first_no, n, at, xid from record.outbox
    where (xid, patient_id, first_no) > (${xid}::xid8, ${patientId}::bigint, ${firstNo}::int)
      and xid < pg_snapshot_xmin(pg_current_snapshot())
    order by xid, patient_id, first_no limit ${limit}`.execute(ctx.db)
  const last = rows.at(-1)
  return {
    arrived: rows.map((row) => ({
      patientId: row.patient_id,
      firstNo: row.first_no,
      n: row.n,
      at: row.at,
    })),
    cursor: last ? `${last.xid}.${last.patient_id}.${last.first_no}` : cursor,
  }
}
