import { isConfirmed } from '@sokhoe/model/levels'
import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { personsNow } from '../people/kin.ts'
import { firstPatientOf } from '../people/rows.ts'
import { patientsOf } from './links.ts'
import {
  type Decider,
  holdTwo,
  type Merging,
  mergePersons,
  refuseTwoNumbers,
  type TwoPersons,
} from './merging.ts'
import type { MergeRow } from './tables.ts'

export interface Requested {
  readonly state: 'merged' | 'waits'
  /** Who stays; while it waits, who would. */
  readonly home: number
}

/** A confirmed book is merged by two people, and so are books of two wards: each ward has its own say. */
async function needsSecond(
  ctx: Context,
  { stays, joins }: TwoPersons,
  ward: string | null,
): Promise<boolean> {
  if ([stays, joins].some(({ level }) => isConfirmed(level))) return true
  const wards = await wardsOf(ctx, [stays.home, joins.home])
  return wards.some((one) => one !== null && one !== ward)
}

const wardsOf = async ({ db }: Context, homes: readonly number[]): Promise<(string | null)[]> =>
  (
    await sql<{ ward: string | null }>`select ward from identity.patient
      where home = any(${[...homes]}::bigint[]) and patient_id = any(${homes.map(firstPatientOf)}::bigint[])`.execute(
      db,
    )
  ).rows.map(({ ward }) => ward)

/**
 * A worker says that two books are one person's. Where a confirmed book is at stake, or two wards, it waits for a
 * second person. In the caller's transaction.
 * @throws {Problem} station.cannot-join · station.two-numbers
 */
export async function requestMerge(ctx: Context, asked: Omit<Merging, 'second'>): Promise<Requested> {
  const two = await holdTwo(ctx, asked.people)
  const { stays, joins } = two
  const { evidence, staff, telephones } = asked
  if (!(await needsSecond(ctx, two, staff.ward)))
    return { state: 'merged', home: await mergePersons(ctx, asked) }
  await refuseTwoNumbers(ctx, await patientsOf(ctx, [stays.home, joins.home]), evidence)
  await ended(ctx, two)
  await sql`insert into identity.merge (home, no, at, into_home, state, evidence, staff_id, facility, ward, telephones)
    select ${joins.home}::bigint, coalesce(max(no), 0) + 1, ${ctx.now()}::timestamptz, ${stays.home}::bigint, 'waits',
      ${evidence}, ${staff.id}::bigint, ${staff.facility}, ${staff.ward}::text, ${[...telephones]}::bytea[]
    from identity.merge where home = ${joins.home}`.execute(ctx.db)
  await noteBoth(ctx, two, 'book.merge-proposed')
  return { state: 'waits', home: stays.home }
}

const noteBoth = async (ctx: Context, { stays, joins }: TwoPersons, action: string): Promise<void> => {
  for (const patientId of [stays.home, joins.home].map(firstPatientOf))
    await note(ctx, { action, patientId, purpose: 'duplicate', what: 'identity' })
}

const between = ({ stays, joins }: TwoPersons) => sql`state = 'waits' and (home, into_home) in
  ((${joins.home}::bigint, ${stays.home}::bigint), (${stays.home}::bigint, ${joins.home}::bigint))`

/** What was proposed of the two before gives way to the new word. */
const ended = ({ db }: Context, two: TwoPersons) =>
  sql`update identity.merge set state = 'declined' where ${between(two)}`.execute(db)

export interface Confirming {
  readonly people: readonly [number, number]
  readonly staff: Decider
  readonly agrees: boolean
}

/**
 * The second person agrees, and the two are one; or does not, and nothing changes. In the caller's transaction.
 * @throws {Problem} station.no-proposal · station.second-person · station.cannot-join · station.two-numbers
 */
export async function confirmMerge(
  ctx: Context,
  { people, staff, agrees }: Confirming,
): Promise<{ readonly state: 'merged' | 'declined'; readonly home: number }> {
  const two = await holdTwo(ctx, people)
  const { rows } = await sql<MergeRow>`select * from identity.merge where ${between(two)} for update`.execute(
    ctx.db,
  )
  const [row] = rows
  if (!row) throw new Problem('station.no-proposal')
  // the second person sees with her own eyes what the first has seen
  if (row.staff_id === staff.id) throw new Problem('station.second-person')
  // of two wards each has its say: a colleague of the same ward is not the second
  const wards = await wardsOf(ctx, [two.stays.home, two.joins.home])
  if (!wards.every((ward) => ward === null || ward === row.ward || ward === staff.ward))
    throw new Problem('station.second-person')
  if (agrees) {
    const { evidence, telephones, staff_id: id, facility, ward } = row
    const proposed = { people, evidence, telephones, staff: { id, facility, ward }, second: staff }
    return { state: 'merged', home: await mergePersons(ctx, proposed) }
  }
  await sql`update identity.merge set state = 'declined', second_id = ${staff.id}, second_facility = ${staff.facility}
    where home = ${row.home} and no = ${row.no}`.execute(ctx.db)
  await noteBoth(ctx, two, 'book.merge-declined')
  return { state: 'declined', home: two.stays.home }
}

export interface WaitingMerge {
  /** The two, by their homes; who would stay first. */
  readonly people: readonly [number, number]
  readonly at: Date
  readonly evidence: MergeRow['evidence']
  /** Who proposed it: she does not confirm it. */
  readonly staffId: number
  readonly facility: string
}

const MOST_WAITING = 200

/** What was proposed of people of a ward and waits for a second person, those who wait longest first. */
export async function mergesWaiting(ctx: Context, ward: string): Promise<WaitingMerge[]> {
  const { rows } = await sql<MergeRow>`select merge.* from identity.merge merge
    where merge.state = 'waits' and exists (select from identity.patient patient
      where patient.home in (merge.home, merge.into_home) and patient.patient_id = patient.home * 4096
        and patient.ward = ${ward})
    order by merge.at limit ${MOST_WAITING}`.execute(ctx.db)
  const persons = await personsNow(
    ctx,
    rows.flatMap(({ home, into_home }) => [home, into_home]),
  )
  return rows
    .map((row) => ({
      people: [persons.get(row.into_home) ?? row.into_home, persons.get(row.home) ?? row.home] as const,
      at: row.at,
      evidence: row.evidence,
      staffId: row.staff_id,
      facility: row.facility,
    }))
    .filter(({ people: [one, two] }) => one !== two)
}
