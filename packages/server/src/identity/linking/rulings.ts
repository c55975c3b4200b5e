import { sql } from 'kysely'
import type { Context, Staff } from '../../platform/context.ts'

export interface Ruling {
  readonly same: boolean
  readonly staff: Pick<Staff, 'id' | 'facility'>
  readonly second?: Pick<Staff, 'id'> | undefined
  /** Which kind of evidence, never a value. */
  readonly evidence: string
}

const ordered = (a: number, b: number): readonly [number, number] => (a < b ? [a, b] : [b, a])

/** What people decide of two Patients stands above every score; what was decided before of the two ends with it. */
export async function rule(ctx: Context, pair: readonly [number, number], ruling: Ruling): Promise<void> {
  const [patient_id, other_patient_id] = ordered(...pair)
  const { same, staff, second, evidence } = ruling
  const at = ctx.now()
  await sql`update identity.ruling set ended_at = ${at}, ended_by = ${staff.id}
    where patient_id = ${patient_id} and other_patient_id = ${other_patient_id} and ended_at is null`.execute(
    ctx.db,
  )
  // decided and decided again within one instant: both stand in their order
  await sql`insert into identity.ruling (patient_id, other_patient_id, at, same, staff_id, second_id, facility, evidence)
    select ${patient_id}::bigint, ${other_patient_id}::bigint, greatest(${at}::timestamptz, max(at) + interval '1 microsecond'),
      ${same}::boolean, ${staff.id}::bigint, ${second?.id ?? null}::bigint, ${staff.facility}, ${evidence}
    from identity.ruling where patient_id = ${patient_id} and other_patient_id = ${other_patient_id}`.execute(
    ctx.db,
  )
}

/** That they are two people is taken back for every two of these groups. */
export async function endDifferent(
  ctx: Context,
  [a, b]: readonly [readonly number[], readonly number[]],
  staff: Pick<Staff, 'id'>,
): Promise<void> {
  await sql`update identity.ruling set ended_at = ${ctx.now()}, ended_by = ${staff.id}
    where not same and ended_at is null and ${between(a, b)}`.execute(ctx.db)
}

/** Nothing is asked about two groups any more of which people have decided. */
export async function settlePairs(
  ctx: Context,
  [a, b]: readonly [readonly number[], readonly number[]],
): Promise<void> {
  await sql`update identity.pair set state = 'settled'
    where state in ('open', 'waits', 'sample') and ${between(a, b)}`.execute(ctx.db)
}

const between = (a: readonly number[], b: readonly number[]) => sql`(
  patient_id = any(${[...a]}::bigint[]) and other_patient_id = any(${[...b]}::bigint[])
  or patient_id = any(${[...b]}::bigint[]) and other_patient_id = any(${[...a]}::bigint[]))`
