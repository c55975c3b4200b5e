import { type RawBuilder, sql } from 'kysely'
import type { Db } from '../platform/database.ts'
import { homeOf } from '../platform/ids.ts'
import type { EventRow } from './tables.ts'

/** Names one event for ever. */
export interface EventKey {
  /** Of its chain: a Patient's, or a process's. */
  readonly patientId: number
  readonly seq: number
}

export interface EventPlace extends EventKey {
  readonly at: Date
}

export interface AskedEvents {
  readonly from?: Date
  /** The first instant that is no longer meant. */
  readonly until?: Date
  /** As it is written down: 'client:lab-1', 'staff:station', 'nobody'. */
  readonly actor?: string
  readonly patientId?: number
  /** Regular expressions over actions: one that fits, and none that does not. */
  readonly actions?: { readonly fits?: string; readonly fitsNot?: string }
  readonly refused?: boolean
}

type Where = RawBuilder<unknown>

function conditionsOf({ from, until, actor, patientId, actions = {}, refused }: AskedEvents): Where[] {
  return [
    sql`true`,
    ...(from ? [sql`at >= ${from}`] : []),
    ...(until ? [sql`at < ${until}`] : []),
    ...(actor !== undefined ? [sql`actor = ${actor}`] : []),
    ...(patientId !== undefined ? [sql`home = ${homeOf(patientId)} and patient_id = ${patientId}`] : []),
    ...(actions.fits !== undefined ? [sql`action ~ ${actions.fits}`] : []),
    ...(actions.fitsNot !== undefined ? [sql`action !~ ${actions.fitsNot}`] : []),
    ...(refused !== undefined ? [sql`refused = ${refused}`] : []),
  ]
}

/**
 * What happened, whoever it is about, newest first; for those who watch over the house.
 * @param before only what stands behind this one
 */
export async function searchEvents(
  db: Db,
  asked: AskedEvents,
  { limit, before }: { readonly limit: number; readonly before?: EventPlace | undefined },
): Promise<EventRow[]> {
  const conditions = [
    ...conditionsOf(asked),
    ...(before ? [sql`(at, patient_id, seq) < (${before.at}, ${before.patientId}, ${before.seq})`] : []),
  ]
  const { rows } =
    await sql<EventRow>`select home, patient_id, seq, at, actor, actor_id, facility, action, purpose,
      what, refused from audit.event where ${sql.join(conditions, sql` and `)}
    order by at desc, patient_id desc, seq desc limit ${limit}`.execute(db)
  return rows
}

export async function countEvents(db: Db, asked: AskedEvents): Promise<number> {
  const { rows } = await sql<{ n: number }>`select count(*) as n from audit.event
    where ${sql.join(conditionsOf(asked), sql` and `)}`.execute(db)
  return rows[0]?.n ?? 0
}

export async function eventAt(db: Db, { patientId, seq }: EventKey): Promise<EventRow | undefined> {
  return await db
    .selectFrom('audit.event')
    .selectAll()
    .where('home', '=', homeOf(patientId))
    .where('patient_id', '=', patientId)
    .where('seq', '=', seq)
    .executeTakeFirst()
}
