import { isConfirmed } from '@sokhoe/model/levels'
import { type RawBuilder, sql } from 'kysely'
import { note } from '../../audit/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { homesNow, personsNow } from '../people/kin.ts'
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
import { type MergeRow, ON_PAPER } from './tables.ts'

export interface Requested {
  readonly state: 'merged' | 'waits'
  /** Who stays; while it waits, who would. */
  readonly home: number
}

type Asked = Pick<Merging, 'evidence' | 'telephones'>

const isAnyConfirmed = ({ stays, joins }: TwoPersons): boolean =>
  [stays, joins].some(({ level }) => isConfirmed(level))

/**
 * A telephone by which whoever holds one of these books opens it, and whose owner was not there: her own, or a child's
 * representatives'. Whom she lets act for her follows her word.
 */
const unshown = (homes: RawBuilder<unknown>, shown: RawBuilder<unknown>, now: Date) => sql<boolean>`exists (
  select from identity.keeper keeper where keeper.home in ${homes}
    and (keeper.until is null or keeper.until > ${now}) and not keeper.phone_hash = any(${shown})
    and (keeper.relation = 'self' or not exists (select from identity.keeper own where own.home = keeper.home
      and own.relation = 'self' and (own.until is null or own.until > ${now}))))`

async function areAllShown(
  ctx: Context,
  { stays, joins }: TwoPersons,
  shown: readonly Buffer[],
): Promise<boolean> {
  const homes = await homesNow(ctx, [stays.home, joins.home])
  const away = unshown(sql`(select unnest(${homes}::bigint[]))`, sql`${[...shown]}::bytea[]`, ctx.now())
  const { rows } = await sql<{ away: boolean }>`select ${away} as away`.execute(ctx.db)
  return rows[0]?.away === false
}

/**
 * Two books that nobody has confirmed show each holder what the other has said, if the word is wrong. So one of them is
 * confirmed with a document first, or whoever holds them stands before the worker with a paper and every telephone.
 */
const isVouched = async (ctx: Context, two: TwoPersons, { evidence, telephones }: Asked): Promise<boolean> =>
  isAnyConfirmed(two) || (ON_PAPER.includes(evidence) && (await areAllShown(ctx, two, telephones)))

/** A confirmed book is merged by two people, and so are books of two wards: each ward has its own say. */
async function needsSecond(ctx: Context, two: TwoPersons, ward: string | null): Promise<boolean> {
  if (isAnyConfirmed(two)) return true
  const wards = await wardsOf(ctx, [two.stays.home, two.joins.home])
  return wards.some((one) => one !== null && one !== ward)
}

/** A second person has so long; then it is forgotten, and whoever still thinks so says it anew. */
const DAYS = 7
/** While neither book is confirmed it waits for a document. */
const DAYS_FOR_DOCUMENT = 90
const inDays = ({ now }: Context, days: number): Date => new Date(now().getTime() + days * 86_400_000)

const wardsOf = async ({ db }: Context, homes: readonly number[]): Promise<(string | null)[]> =>
  (
    await sql<{ ward: string | null }>`select ward from identity.patient
      where home = any(${[...homes]}::bigint[]) and patient_id = any(${homes.map(firstPatientOf)}::bigint[])`.execute(
      db,
    )
  ).rows.map(({ ward }) => ward)

/**
 * A worker says that two books are one person's. Where a confirmed book is at stake, or two wards, it waits for a
 * second person; where nobody has confirmed either, for a document besides. In the caller's transaction.
 * @throws {Problem} station.cannot-join · station.two-numbers
 */
export async function requestMerge(ctx: Context, asked: Omit<Merging, 'second'>): Promise<Requested> {
  const two = await holdTwo(ctx, asked.people)
  const { stays, joins } = two
  const { evidence, staff, telephones } = asked
  const isSure = await isVouched(ctx, two, asked)
  if (isSure && !(await needsSecond(ctx, two, staff.ward)))
    return { state: 'merged', home: await mergePersons(ctx, asked) }
  await refuseTwoNumbers(ctx, await patientsOf(ctx, [stays.home, joins.home]), evidence)
  await ended(ctx, two)
  await sql`insert into identity.merge (home, no, at, into_home, state, evidence, staff_id, facility, ward, telephones,
      due_at)
    select ${joins.home}::bigint, coalesce(max(no), 0) + 1, ${ctx.now()}::timestamptz, ${stays.home}::bigint, 'waits',
      ${evidence}, ${staff.id}::bigint, ${staff.facility}, ${staff.ward}::text, ${[...telephones]}::bytea[],
      ${inDays(ctx, isSure ? DAYS : DAYS_FOR_DOCUMENT)}::timestamptz
    from identity.merge where home = ${joins.home}`.execute(ctx.db)
  await noteBoth(ctx, homesIn(two), 'book.merge-proposed')
  return { state: 'waits', home: stays.home }
}

const homesIn = ({ stays, joins }: TwoPersons): number[] => [stays.home, joins.home]

const noteBoth = async (ctx: Context, homes: readonly number[], action: string): Promise<void> => {
  for (const patientId of homes.map(firstPatientOf))
    await note(ctx, { action, patientId, purpose: 'duplicate', what: 'identity' })
}

const between = ({ stays, joins }: TwoPersons) => sql`state = 'waits' and (home, into_home) in
  ((${joins.home}::bigint, ${stays.home}::bigint), (${stays.home}::bigint, ${joins.home}::bigint))`

/** One of two books is confirmed now, so that a second person can answer: from today she has her week. In the caller's transaction. */
export async function renewProposals(ctx: Context, home: number): Promise<void> {
  await sql`update identity.merge set due_at = ${inDays(ctx, DAYS)} where state = 'waits' and due_at > ${ctx.now()}
    and (home = any(${await homesNow(ctx, [home])}::bigint[]) or into_home = ${home})`.execute(ctx.db)
}

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
 * @throws {Problem} station.no-proposal · station.second-person · station.confirm-first · station.cannot-join ·
 *   station.two-numbers
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
  if (!row || isOver(ctx, row)) throw new Problem('station.no-proposal')
  // the second person sees with her own eyes what the first has seen
  if (row.staff_id === staff.id) throw new Problem('station.second-person')
  // of two wards each has its say: a colleague of the same ward is not the second
  const wards = await wardsOf(ctx, [two.stays.home, two.joins.home])
  if (!wards.every((ward) => ward === null || ward === row.ward || ward === staff.ward))
    throw new Problem('station.second-person')
  if (agrees) {
    if (!(await isVouched(ctx, two, row))) throw new Problem('station.confirm-first')
    const { evidence, telephones, staff_id: id, facility, ward } = row
    const proposed = { people, evidence, telephones, staff: { id, facility, ward }, second: staff }
    return { state: 'merged', home: await mergePersons(ctx, proposed) }
  }
  await sql`update identity.merge set state = 'declined', second_id = ${staff.id}, second_facility = ${staff.facility}
    where home = ${row.home} and no = ${row.no}`.execute(ctx.db)
  await noteBoth(ctx, homesIn(two), 'book.merge-declined')
  return { state: 'declined', home: two.stays.home }
}

/** What nobody answered in time is over from that moment, whenever it is written down. */
const isOver = ({ now }: Context, { due_at }: Pick<MergeRow, 'due_at'>): boolean =>
  due_at !== null && due_at <= now()

export interface WaitingMerge {
  /** The two, by their homes; who would stay first. */
  readonly people: readonly [number, number]
  readonly at: Date
  readonly evidence: MergeRow['evidence']
  /** Who proposed it: she does not confirm it. */
  readonly staffId: number
  readonly facility: string
  /** Until when it waits. */
  readonly due: Date | null
  /** Nobody answered in time. */
  readonly expired: boolean
  /** Neither book was confirmed with a document yet: before that nobody can agree. */
  readonly needsDocument: boolean
}

/** What ended without an answer is told so long. */
const TOLD_DAYS = 14
const MOST_WAITING = 200

interface ToldRow extends MergeRow {
  /** One is confirmed, or whoever reads them was there with a paper. */
  readonly vouched: boolean
}

/**
 * What was proposed of people of a ward and waits for a second person, those who wait longest first; and what ended
 * lately since nobody answered.
 */
export async function mergesWaiting(ctx: Context, ward: string): Promise<WaitingMerge[]> {
  const { rows } = await sql<ToldRow>`select merge.*, exists (select from identity.person person
      where person.home in (merge.home, merge.into_home) and person.level in ('verified', 'national'))
      or merge.evidence = any(${[...ON_PAPER]}::text[]) and not ${unshown(sql`(merge.home, merge.into_home)`, sql`merge.telephones`, ctx.now())} as vouched
    from identity.merge merge
    where (merge.state = 'waits' or merge.state = 'expired' and merge.due_at > ${inDays(ctx, -TOLD_DAYS)})
      and exists (select from identity.patient patient
        where patient.home in (merge.home, merge.into_home) and patient.patient_id = patient.home * 4096
          and patient.ward = ${ward})
    order by merge.at limit ${MOST_WAITING}`.execute(ctx.db)
  const persons = await personsNow(
    ctx,
    rows.flatMap(({ home, into_home }) => [home, into_home]),
  )
  return rows.map((row) => toldOf(ctx, row, persons)).filter(({ people: [one, two] }) => one !== two)
}

function toldOf(ctx: Context, row: ToldRow, persons: ReadonlyMap<number, number>): WaitingMerge {
  const { home, into_home, at, evidence, staff_id: staffId, facility, due_at: due } = row
  return {
    people: [persons.get(into_home) ?? into_home, persons.get(home) ?? home],
    ...{ at, evidence, staffId, facility, due },
    expired: row.state === 'expired' || isOver(ctx, row),
    needsDocument: !row.vouched,
  }
}

interface Expired {
  readonly home: number
  readonly into_home: number
}

/**
 * What nobody answered in time ends: it is written down in both books, and what asked is asked anew. By the clock.
 * @returns how many ended
 */
export async function expireProposals(ctx: Context): Promise<number> {
  return await inTransaction({ ...ctx, db: ctx.pool }, async (ctx) => {
    const { rows } = await sql<Expired>`update identity.merge set state = 'expired'
      where state = 'waits' and due_at <= ${ctx.now()} returning home, into_home`.execute(ctx.db)
    for (const { home, into_home } of rows) {
      await noteBoth(ctx, [home, into_home], 'book.merge-expired')
      await letGo(ctx, [home, into_home])
    }
    return rows.length
  })
}

/** The answers that waited for it are over: their questions stand again as before. */
async function letGo(ctx: Context, homes: readonly number[]): Promise<void> {
  const held = await homesNow(ctx, homes)
  await sql`update identity.judgement set state = 'over', ended_at = ${ctx.now()} where state = 'waits'
    and (select count(distinct patient.person) from jsonb_array_elements(parts) part, jsonb_array_elements(part) id
      join identity.patient patient on patient.patient_id = id::bigint and patient.home = id::bigint / 4096
      where patient.home = any(${held}::bigint[])) > 1`.execute(ctx.db)
}
