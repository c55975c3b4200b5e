import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'

/**
 * Questions of whom nobody says a ward are given to a ward's station, longest waiting first, with whatever hangs together
 * with them: one person's records are never asked of two stations. The hand-out names nobody.
 * @param most how many at least, where so many wait
 * @returns how many were given
 */
export async function handOut(ctx: Context, ward: string, most: number): Promise<number> {
  const { rows } = await sql<{ n: number }>`
    with recursive nowhere as materialized (
      select pair.patient_id, pair.other_patient_id, pair.noted_at, one.person as one, two.person as two
      from identity.pair pair
      join identity.patient one on one.patient_id = pair.patient_id and one.home = pair.patient_id / 4096
      join identity.patient two on two.patient_id = pair.other_patient_id and two.home = pair.other_patient_id / 4096
      where pair.ward is null and pair.state in ('open', 'sample')),
    chosen as (
      (select patient_id, other_patient_id, one, two from nowhere
        order by noted_at, patient_id, other_patient_id limit ${most})
      union
      select also.patient_id, also.other_patient_id, also.one, also.two from chosen
        join nowhere also on also.one in (chosen.one, chosen.two) or also.two in (chosen.one, chosen.two)),
    given as (
      update identity.pair pair set ward = ${ward} from chosen
      where pair.patient_id = chosen.patient_id and pair.other_patient_id = chosen.other_patient_id
        and pair.ward is null
      returning 1)
    select count(*)::int as n from given`.execute(ctx.db)
  return rows[0]?.n ?? 0
}
