import { sql } from 'kysely'
import { endGrantsSince, openProxies } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import type { Context, Staff } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { type Notice, notifyPerson } from '../messages/notices.ts'
import { count } from '../people/enrolment.ts'
import { homesNow, personAt } from '../people/kin.ts'
import { rankOfLevel } from '../people/levels.ts'
import { firstPatientOf } from '../people/rows.ts'
import { cameSince, cameWith } from './came.ts'
import { followInto, followOut } from './follow.ts'
import { holdPersons, part, patientsOf, relink, type Standing, setStatus } from './links.ts'
import { endDifferent, rule, settlePairs } from './rulings.ts'
import { type Evidence, MERGED, type MergeRow, PARTED, type UndoReason } from './tables.ts'

/** A worker, as far as it is kept who decided. */
export type Decider = Pick<Staff, 'id' | 'facility' | 'ward'>

export interface Merging {
  /** Two homes; which of the two persons stays follows from who they are. */
  readonly people: readonly [number, number]
  readonly evidence: Evidence
  readonly staff: Decider
  /** The second person, where a confirmed book is at stake. */
  readonly second?: Pick<Staff, 'id' | 'facility'>
  /** Telephones, by their blind index, whose owner stood before the worker. */
  readonly telephones: readonly Buffer[]
}

export interface TwoPersons {
  readonly stays: Standing
  readonly joins: Standing
}

/**
 * Holds two persons with a book each, whoever their homes belong to now. The surer book stays, then the older one: it
 * depends on who they are and not on how they were named.
 * @throws {Problem} station.cannot-join: one of them has no book that stands, or they are one already
 */
export async function holdTwo(ctx: Context, people: readonly [number, number]): Promise<TwoPersons> {
  const homes = [await personAt(ctx, people[0]), await personAt(ctx, people[1])]
  const held = (await holdPersons(ctx, homes)).filter(({ status }) => status === 'active')
  const [stays, joins] = held.toSorted(
    (a, b) => rankOfLevel(b.level) - rankOfLevel(a.level) || a.home - b.home,
  )
  if (!stays || !joins) throw new Problem('station.cannot-join')
  return { stays, joins }
}

interface VerifiedNumber {
  readonly hash: Buffer
  readonly since: Date
}

/**
 * The hard rule: two different verified numbers that stand are never one person's, unless a card or the authority names
 * both. Then the older one has ended, and stays as history.
 * @returns the numbers that end
 * @throws {Problem} station.two-numbers
 */
export async function refuseTwoNumbers(
  ctx: Context,
  patientIds: readonly number[],
  evidence: Evidence,
): Promise<Buffer[]> {
  const { rows } = await sql<VerifiedNumber>`select hash, max(since) as since from identity.identifier
    where patient_id = any(${[...patientIds]}::bigint[]) and system = 'cccd' and assurance = 'verified'
      and until is null group by hash order by max(since) desc, hash`.execute(ctx.db)
  if (rows.length > 1 && evidence !== 'card' && evidence !== 'authority')
    throw new Problem('station.two-numbers')
  return rows.slice(1).map(({ hash }) => hash)
}

/** Both telephones, and whoever acts for either. */
async function tell(ctx: Context, people: readonly number[], own: Notice, held: Notice): Promise<void> {
  const homes = await homesNow(ctx, people)
  for (const home of people) await notifyPerson(ctx, home, own)
  const holders = new Set((await openProxies(ctx, homes)).map(({ holder }) => holder))
  for (const holder of holders) if (!people.includes(holder)) await notifyPerson(ctx, holder, held)
}

/**
 * Two books are one person's: all Patients of the one belong to the other from now on. Links, and what follows them;
 * every resource stays where its source stated it and every row in its home, so that it can be parted again as it was.
 * In the caller's transaction.
 * @returns the home of the person who stays
 * @throws {Problem} station.cannot-join · station.two-numbers
 */
export async function mergePersons(ctx: Context, merging: Merging): Promise<number> {
  const { people, evidence, staff, second, telephones } = merging
  const { stays, joins } = await holdTwo(ctx, people)
  const [hers, others] = [await patientsOf(ctx, [stays.home]), await patientsOf(ctx, [joins.home])]
  const ended = await refuseTwoNumbers(ctx, [...hers, ...others], evidence)
  await sql`update identity.identifier set until = ${ctx.now()}, ended = true where hash = any(${ended}::bytea[])
    and patient_id = any(${[...hers, ...others]}::bigint[]) and until is null`.execute(ctx.db)
  await tell(ctx, [stays.home, joins.home], 'books-merged', 'held-book-merged')
  await count(ctx, joins.home, -1)
  const noted = { purpose: 'duplicate', action: 'book.merged' } as const
  await relink(ctx, others, { person: stays.home, who: staff.facility, why: MERGED, ...noted })
  await note(ctx, { ...noted, patientId: firstPatientOf(stays.home), what: 'identity' })
  await setStatus(ctx, [joins.home], 'joined')
  await followInto(ctx, { stays, joins, shown: telephones })
  const owns = [firstPatientOf(stays.home), firstPatientOf(joins.home)] as const
  await endDifferent(ctx, [hers, others], staff)
  await rule(ctx, owns, { same: true, staff, second, evidence })
  await settlePairs(ctx, [hers, others])
  await keepMerge(ctx, { stays, joins }, merging, ended)
  return stays.home
}

/** What was proposed is done; or it is written down as done at once. */
async function keepMerge(
  ctx: Context,
  { stays, joins }: TwoPersons,
  { evidence, staff, second, telephones }: Merging,
  ended: readonly Buffer[],
): Promise<void> {
  const at = ctx.now()
  await sql`delete from identity.merge where state = 'waits'
    and (home, into_home) in ((${joins.home}::bigint, ${stays.home}::bigint), (${stays.home}::bigint, ${joins.home}::bigint))`.execute(
    ctx.db,
  )
  await sql`insert into identity.merge (home, no, at, into_home, state, evidence, staff_id, facility, ward, telephones,
      second_id, second_facility, merged_at, ended)
    select ${joins.home}::bigint, coalesce(max(no), 0) + 1, ${at}::timestamptz, ${stays.home}::bigint,
      'merged', ${evidence}, ${staff.id}::bigint, ${staff.facility}, ${staff.ward}::text, ${[...telephones]}::bytea[],
      ${second?.id ?? null}::bigint, ${second?.facility ?? null}::text, ${at}::timestamptz,
      ${[...ended]}::bytea[]
    from identity.merge where home = ${joins.home}`.execute(ctx.db)
}

/** The merge by which a home joined another and has not parted again. @throws {Problem} station.not-joined */
async function standingMerge(ctx: Context, home: number): Promise<MergeRow> {
  const { rows } = await sql<MergeRow>`select * from identity.merge
    where state = 'merged' and (home = ${home} or into_home = ${home})
    order by (home = ${home}) desc, merged_at desc, no desc limit 1`.execute(ctx.db)
  const [row] = rows
  if (!row) throw new Problem('station.not-joined')
  return row
}

export interface Parting {
  /** The home that joined, or the person whose last joining is taken back. */
  readonly home: number
  readonly staff: Decider
  readonly reason: UndoReason
}

/**
 * Two people after all: each has again what was hers, and the books read as two at once. In the caller's transaction.
 * @returns the homes of the two, and since when they were one
 * @throws {Problem} station.not-joined · station.cannot-join: the book is closed; a death is taken back first
 */
export async function unmergePersons(
  ctx: Context,
  { home, staff, reason }: Parting,
): Promise<{ readonly homes: readonly [number, number]; readonly since: Date }> {
  const row = await standingMerge(ctx, home)
  const person = await personAt(ctx, row.home)
  const [stays] = (await holdPersons(ctx, [row.home, person])).filter((one) => one.home === person)
  const merged = await standingMerge(ctx, row.home)
  if (merged.no !== row.no || !stays || person === row.home) throw new Problem('station.not-joined')
  if (stays.status !== 'active') throw new Problem('station.cannot-join')
  const came = await cameWith(ctx, row, person)
  const late = await cameSince(ctx, { row, person, came, isSure: await isConfirmed(ctx, row.home) })
  const parting = [...came, ...late.hers]
  const since = row.merged_at ?? row.at
  await endGrantsSince(ctx, await homesNow(ctx, [person]), since)
  const noted = { purpose: 'verification', action: 'book.parted' } as const
  await relink(ctx, parting, { person: row.home, who: staff.facility, why: PARTED, ...noted })
  for (const patientId of late.nobodys)
    await part(ctx, [patientId], { who: staff.facility, why: PARTED, action: 'patient.unlinked' })
  await note(ctx, { ...noted, patientId: firstPatientOf(person), what: 'identity' })
  await setStatus(ctx, [row.home], 'active')
  await followOut(ctx, { stays: person, parts: row.home, since })
  await count(ctx, row.home, 1)
  await takeBack(ctx, row, parting, staff)
  await sql`update identity.merge set state = 'parted', parted_at = ${ctx.now()}, parted_by = ${staff.id},
      reason = ${reason}
    where home = ${row.home} and no = ${row.no}`.execute(ctx.db)
  await tell(ctx, [person, row.home], 'books-parted', 'held-book-parted')
  return { homes: [person, row.home], since }
}

async function isConfirmed(ctx: Context, home: number): Promise<boolean> {
  const [person] = await holdPersons(ctx, [home])
  return person !== undefined && rankOfLevel(person.level) >= rankOfLevel('verified')
}

/** Numbers that ended with the merge stand again; what was ruled of the two before stands again too. */
async function takeBack(
  ctx: Context,
  { into_home, home, merged_at, ended }: MergeRow,
  parting: readonly number[],
  staff: Decider,
): Promise<void> {
  const staying = await patientsOf(ctx, [await personAt(ctx, into_home)])
  await sql`update identity.identifier set until = null, ended = false where hash = any(${ended}::bytea[])
    and patient_id = any(${[...parting, ...staying]}::bigint[]) and until = ${merged_at}`.execute(ctx.db)
  await rule(ctx, [firstPatientOf(into_home), firstPatientOf(home)], {
    same: false,
    staff,
    evidence: 'parted',
  })
  await settlePairs(ctx, [parting, staying])
}
