import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { firstPatientOf } from '../people/rows.ts'

export interface WaitingPage {
  /** Homes, those who came first at the head. */
  readonly homes: readonly number[]
  /** Of them, those who may be somebody who has a book already. */
  readonly possiblySame: ReadonlySet<number>
  /** How many wait in all. */
  readonly total: number
  /** The most that a page holds. */
  readonly limit: number
}

const PAGE = 50

/** Every Patient here is the first of her person: what others state of somebody is not in the index. */
const WAITING = sql`from identity.patient patient join identity.person person on person.home = patient.home
  where patient.source = 'self' and person.level not in ('verified', 'national') and person.status = 'active'`

/** Of which of these Patients a station is asked whether they are somebody else too. */
async function unsettled(ctx: Context, patientIds: readonly number[]): Promise<Set<number>> {
  const { rows } = await sql<{ patient_id: number }>`
    select patient_id from identity.pair
      where patient_id = any(${[...patientIds]}::bigint[]) and state = 'open'
    union select other_patient_id from identity.pair
      where other_patient_id = any(${[...patientIds]}::bigint[]) and state = 'open'`.execute(ctx.db)
  return new Set(rows.map((row) => row.patient_id))
}

/**
 * Who of a ward has declared and was not confirmed yet, longest waiting first.
 * @param after the home with which the page before ended
 */
export async function waitingIn(
  ctx: Context,
  ward: string,
  { after, limit = PAGE }: { after?: number; limit?: number } = {},
): Promise<WaitingPage> {
  const from = after === undefined ? undefined : firstPatientOf(after)
  const follows =
    from === undefined
      ? sql``
      : sql`and (patient.created_at, patient.home) > (select created_at, home from identity.patient
          where home = ${after} and patient_id = ${from})`
  const [page, all] = await Promise.all([
    sql<{ home: number }>`select patient.home ${WAITING} and patient.ward = ${ward} ${follows}
      order by patient.created_at, patient.home limit ${limit}`.execute(ctx.db),
    sql<{ n: number }>`select count(*)::int as n ${WAITING} and patient.ward = ${ward}`.execute(ctx.db),
  ])
  const homes = page.rows.map(({ home }) => home)
  const same = await unsettled(ctx, homes.map(firstPatientOf))
  return {
    homes,
    possiblySame: new Set(homes.filter((home) => same.has(firstPatientOf(home)))),
    total: all.rows[0]?.n ?? 0,
    limit,
  }
}
