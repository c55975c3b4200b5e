import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import type { Context, Staff } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import { firstPatientOf } from '../people/rows.ts'
import { type AskedPair, holdPairs } from './asked.ts'
import { holdOwners, joinParts, partSample, takeBackLinks } from './joining.ts'
import { askMerges, takeBackMerges } from './merges.ts'
import type { JudgementRow, JudgementState, Later, Saying } from './tables.ts'

/** What somebody says of a group of records that her station is asked about. */
export interface Judging {
  readonly ward: string
  readonly said: Saying
  readonly why?: Later | undefined
  /** Patients of the group, those who are one person beside each other; each alone where nothing is decided. */
  readonly parts: readonly (readonly number[])[]
  readonly pairs: readonly AskedPair[]
  readonly sample: boolean
  /** They are one person already: only that they are not changes anything. */
  readonly linked: boolean
  /** What the house had suggested; undefined where it showed nothing. */
  readonly suggested?: Saying | undefined
  /** How long it lay before her, as her screen tells. */
  readonly seconds?: number | undefined
  readonly askedAt: Date
}

/** A judgement that was kept. */
export interface Judgement {
  readonly id: number
  readonly at: Date
  readonly staff: number
  readonly ward: string
  readonly said: Saying
  readonly state: JudgementState
  readonly why: Later | null
  readonly parts: readonly (readonly number[])[]
  readonly pairs: readonly (readonly [number, number, 'open' | 'sample'])[]
}

const COMPARED = 'compared at the station'
/** What somebody decided by mistake she takes back within a day. */
const UNDO_MS = 24 * 3_600_000
const MOST_PUT_OFF = 2000

const judgementOf = (row: JudgementRow): Judgement => ({
  id: row.judgement_id,
  at: row.at,
  staff: row.staff_id,
  ward: row.ward,
  said: row.said,
  state: row.state,
  why: row.why,
  // jsonb comes back read
  parts: row.parts as unknown as Judgement['parts'],
  pairs: row.pairs as unknown as Judgement['pairs'],
})

/** Every two Patients that stand in different parts, or of one part and different persons before; the smaller first. */
function ruledBy(parts: readonly (readonly number[])[]) {
  const all = parts.flatMap((part, i) => part.map((patient) => ({ patient, i })))
  return all.flatMap((a, at) =>
    all.slice(at + 1).map((b) => ({
      patient_id: Math.min(a.patient, b.patient),
      other_patient_id: Math.max(a.patient, b.patient),
      same: a.i === b.i,
    })),
  )
}

/**
 * Writes down what was decided of each two; it stands above every score until it is taken back, and ends what was
 * decided to the contrary before.
 */
async function rule(ctx: Context, staff: Staff, parts: Judging['parts'], at: Date): Promise<void> {
  const rulings = ruledBy(parts)
  if (rulings.length === 0) return
  await endContrary(ctx, staff, parts)
  await ctx.db
    .insertInto('identity.ruling')
    .values(
      rulings.map((ruling) => ({
        ...ruling,
        at,
        staff_id: staff.id,
        second_id: null,
        facility: staff.facility,
        evidence: COMPARED,
        ended_at: null,
        ended_by: null,
      })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** What was decided before and says the contrary stands no longer. */
async function endContrary(ctx: Context, staff: Staff, parts: Judging['parts']): Promise<void> {
  const rulings = ruledBy(parts)
  await sql`update identity.ruling set ended_at = ${ctx.now()}, ended_by = ${staff.id}
    from unnest(${rulings.map((one) => one.patient_id)}::bigint[],
      ${rulings.map((one) => one.other_patient_id)}::bigint[], ${rulings.map((one) => one.same)}::boolean[])
      now (one, two, same)
    where ruling.patient_id = now.one and ruling.other_patient_id = now.two and ruling.same <> now.same
      and ruling.ended_at is null`.execute(ctx.db)
}

async function setPairs(ctx: Context, pairs: readonly (readonly [number, number, string])[]): Promise<void> {
  await sql`update identity.pair set state = now.state
    from unnest(${pairs.map(([one]) => one)}::bigint[], ${pairs.map(([, two]) => two)}::bigint[],
      ${pairs.map(([, , state]) => state)}::text[]) now (one, two, state)
    where pair.patient_id = now.one and pair.other_patient_id = now.two`.execute(ctx.db)
}

async function nextId({ db }: Context): Promise<number> {
  const { rows } = await sql<{ id: number }>`select nextval('identity.judgement_id') as id`.execute(db)
  return rows[0]?.id ?? 0
}

interface Kept {
  readonly id: number
  readonly at: Date
  readonly state: JudgementState
}

async function keep(
  ctx: Context,
  staff: Staff,
  judging: Judging,
  { id, at, state }: Kept,
): Promise<Judgement> {
  const { ward, said, why = null, parts } = judging
  const pairs = judging.pairs.map(({ patients: [one, two], state }) => [one, two, state] as const)
  await ctx.db
    .insertInto('identity.judgement')
    .values({
      judgement_id: id,
      at,
      staff_id: staff.id,
      facility: staff.facility,
      ward,
      said,
      state,
      why,
      parts: JSON.stringify(parts),
      pairs: JSON.stringify(pairs),
      sample: judging.sample,
      suggested: judging.suggested ?? null,
      asked_at: judging.askedAt,
      seconds: judging.seconds ?? null,
      second_id: null,
      second_at: null,
      ended_at: null,
      ended_by: null,
    })
    .execute()
  return { id, at, staff: staff.id, ward, said, state, why, parts, pairs }
}

/** What these pairs were put off for is over: they are answered, or put off anew. */
async function endPutOff(ctx: Context, ward: string, pairs: readonly AskedPair[]): Promise<void> {
  const keys = pairs.map(({ patients }) => patients[0])
  await sql`update identity.judgement set state = 'over' where ward = ${ward} and state = 'stands' and said = 'later'
    and exists (select 1 from jsonb_array_elements(pairs) pair where (pair ->> 0)::bigint = any(${keys}::bigint[]))`.execute(
    ctx.db,
  )
}

/** A judgement is told in the record of everybody whom it is about. */
async function noteAll(ctx: Context, patients: readonly number[], action: string): Promise<void> {
  await Promise.all(
    patients.map((patientId) => note(ctx, { action, patientId, purpose: 'duplicate', what: 'identity' })),
  )
}

/**
 * Keeps what somebody says of a group of records, and does it: rulings of each two, links where they are one person, a
 * proposal where two books are at stake and a second person must agree. In the caller's transaction.
 * @throws {Problem} review.changed where the group is not asked about like this any more
 */
export async function judge(ctx: Context, staff: Staff, judging: Judging): Promise<Judgement> {
  const { pairs, parts, said, ward, linked } = judging
  await holdOwners(ctx, parts.flat())
  if ((await holdPairs(ctx, pairs)) < pairs.length) throw new Problem('review.changed')
  await endPutOff(ctx, ward, pairs)
  const patients = parts.flat()
  const of = { id: await nextId(ctx), at: ctx.now() }
  await noteAll(ctx, patients, `duplicate.${said}`)
  if (said === 'later') return await keep(ctx, staff, judging, { ...of, state: 'stands' })
  const linking = { who: staff.facility, why: `judgement ${of.id}`, purpose: 'duplicate' }
  if (linked) {
    await rule(ctx, staff, parts, of.at)
    if (said === 'different') await partSample(ctx, patients, linking)
    await setPairs(ctx, settled(pairs))
    return await keep(ctx, staff, judging, { ...of, state: 'stands' })
  }
  const { waits, books } = await joinParts(ctx, parts, linking)
  if (await askMerges(ctx, staff, books)) return await keep(ctx, staff, judging, { ...of, state: 'waits' })
  await rule(ctx, staff, parts, of.at)
  const isWaiting = ([one, two]: readonly [number, number, string]) => waits.has(`${one} ${two}`)
  await setPairs(
    ctx,
    settled(pairs).map((pair) => (isWaiting(pair) ? [pair[0], pair[1], 'waits'] : pair)),
  )
  return await keep(ctx, staff, judging, { ...of, state: 'stands' })
}

const settled = (pairs: readonly AskedPair[]): (readonly [number, number, string])[] =>
  pairs.map(({ patients: [one, two] }) => [one, two, 'settled'])

/** The newest of somebody's judgements that was not taken back and may still be: within a day. */
export async function lastJudgement(ctx: Context, { id }: Staff): Promise<Judgement | undefined> {
  const row = await ctx.db
    .selectFrom('identity.judgement')
    .selectAll()
    .where('staff_id', '=', id)
    .where('at', '>', new Date(ctx.now().getTime() - UNDO_MS))
    .orderBy('at', 'desc')
    .orderBy('judgement_id', 'desc')
    .limit(1)
    .executeTakeFirst()
  const isOpen = row?.state === 'waits' || (row?.state === 'stands' && row.second_id === null)
  return row && isOpen ? judgementOf(row) : undefined
}

/**
 * Takes somebody's last judgement back: rulings end, Patients belong again to whom they belonged, and the station is
 * asked again. What was said stays written down. In a transaction.
 * @throws {Problem} review.nothing-to-undo
 */
export async function undoJudgement(ctx: Context, staff: Staff): Promise<Judgement> {
  const last = await lastJudgement(ctx, staff)
  if (!last) throw new Problem('review.nothing-to-undo')
  const { id, parts, pairs, at } = last
  const patients = parts.flat()
  await holdOwners(ctx, patients)
  const held = await ctx.db
    .updateTable('identity.judgement')
    .set({ state: 'undone', ended_at: ctx.now(), ended_by: staff.id })
    .where('judgement_id', '=', id)
    .where('state', '=', last.state)
    .executeTakeFirst()
  if (held.numUpdatedRows === 0n) throw new Problem('review.nothing-to-undo')
  await takeBackMerges(ctx, staff, patients, at)
  await endRulings(ctx, staff, patients, at)
  await takeBackLinks(ctx, patients, { who: staff.facility, why: `judgement ${id}`, purpose: 'duplicate' })
  await setPairs(ctx, pairs)
  await noteAll(ctx, patients, 'duplicate.undone')
  return last
}

/** What this worker decided of these Patients and their books since then. */
async function endRulings(
  ctx: Context,
  staff: Staff,
  patients: readonly number[],
  since: Date,
): Promise<void> {
  const all = [...new Set([...patients, ...patients.map((patient) => firstPatientOf(homeOf(patient)))])]
  await sql`update identity.ruling set ended_at = ${ctx.now()}, ended_by = ${staff.id}
    where patient_id = any(${all}::bigint[]) and other_patient_id = any(${all}::bigint[])
      and at >= ${since} and staff_id = ${staff.id} and ended_at is null`.execute(ctx.db)
}

/** What of a ward was put off, newest first. */
export async function putOff(ctx: Context, ward: string): Promise<Judgement[]> {
  const rows = await ctx.db
    .selectFrom('identity.judgement')
    .selectAll()
    .where('ward', '=', ward)
    .where('said', '=', 'later')
    .where('state', '=', 'stands')
    .orderBy('at', 'desc')
    .limit(MOST_PUT_OFF)
    .execute()
  return rows.map(judgementOf)
}
