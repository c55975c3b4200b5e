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
/** What was looked at and sent on stays open. */
const SENT_ON = 'sent-on'

/** What a ward's station has been asked, newest first: still open, or sent on to be looked into. */
export async function pairsIn(ctx: Context, ward: string): Promise<Pair[]> {
  const { rows } = await sql<Pair>`
    select one.person as home, two.person as other, max(pair.noted_at) as at,
      case when bool_or(pair.rule is distinct from ${SENT_ON}) then 'open' else 'review' end as state
    from identity.pair pair
    join identity.patient one on one.patient_id = pair.other_patient_id and one.home = pair.other_patient_id / 4096
    join identity.patient two on two.patient_id = pair.patient_id and two.home = pair.patient_id / 4096
    where pair.ward = ${ward} and pair.state = 'open' and one.person <> two.person
    group by one.person, two.person order by max(pair.noted_at) desc, one.person limit ${MOST_PAIRS}`.execute(
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
  { id, facility }: Staff,
  [a, b]: readonly [home: number, other: number],
  as: 'not-same' | 'review',
): Promise<boolean> {
  const [one, two] = [firstPatientOf(a), firstPatientOf(b)]
  const [state, rule] = as === 'not-same' ? ['settled', null] : ['open', SENT_ON]
  const { numAffectedRows = 0n } = await sql`
    update identity.pair set state = ${state}, rule = coalesce(${rule}, rule)
    where patient_id = ${Math.min(one, two)} and other_patient_id = ${Math.max(one, two)}
      and state = 'open'`.execute(ctx.db)
  if (numAffectedRows === 0n) return false
  if (as === 'not-same')
    await ctx.db
      .insertInto('identity.ruling')
      .values({
        patient_id: Math.min(one, two),
        other_patient_id: Math.max(one, two),
        at: ctx.now(),
        same: false,
        staff_id: id,
        second_id: null,
        facility,
        evidence: 'asked',
        ended_at: null,
        ended_by: null,
      })
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  for (const patientId of [one, two])
    await note(ctx, { action: `duplicate.${as}`, patientId, purpose: 'duplicate', what: 'identity' })
  return true
}
