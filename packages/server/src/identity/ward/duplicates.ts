import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import type { Context, Staff } from '../../platform/context.ts'
import { firstPatientOf } from '../people/rows.ts'

/** Two persons of whom something says that they may be one, by their homes; the one who came later first. */
export interface Pair {
  readonly home: number
  readonly other: number
  readonly at: Date
  readonly state: 'open' | 'review'
}

const MOST_PAIRS = 200

/** What a ward's station has been asked, newest first: still open, or sent on to be looked into. */
export async function pairsIn(ctx: Context, ward: string): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select one.person as home, two.person as other, max(same.at) as at,
      case when bool_or(same.settled_at is null) then 'open' else 'review' end as state
    from identity.possible_same same
    join identity.patient one on one.patient_id = same.patient_id and one.home = same.patient_id / 4096
    join identity.patient two on two.patient_id = same.other_patient_id and two.home = same.other_patient_id / 4096
    where same.ward = ${ward} and (same.settled_at is null or same.settled_as = 'review') and one.person <> two.person
    group by one.person, two.person order by max(same.at) desc, one.person limit ${MOST_PAIRS}`.execute(
    ctx.db,
  )
  const seen = new Set<string>()
  return rows.filter(({ home, other }) => {
    const key = [home, other].toSorted((a, b) => a - b).join()
    return seen.has(key) ? false : seen.add(key)
  })
}

/**
 * Says of two that they are two people, or sends the question on. Nobody's record changes by it.
 * @returns whether there was anything to settle
 */
export async function settlePair(
  ctx: Context,
  { id }: Staff,
  [a, b]: readonly [home: number, other: number],
  as: 'not-same' | 'review',
): Promise<boolean> {
  const [one, two] = [firstPatientOf(a), firstPatientOf(b)]
  const { numAffectedRows = 0n } = await sql`
    update identity.possible_same set settled_at = ${ctx.now()}, settled_by = ${id}, settled_as = ${as}
    where patient_id = any(${[one, two]}::bigint[]) and other_patient_id = any(${[one, two]}::bigint[])
      and patient_id <> other_patient_id and (settled_at is null or settled_as = 'review')`.execute(ctx.db)
  if (numAffectedRows === 0n) return false
  for (const patientId of [one, two])
    await note(ctx, { action: `duplicate.${as}`, patientId, purpose: 'duplicate', what: 'identity' })
  return true
}
