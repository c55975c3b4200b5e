import { isConfirmed, type Level } from '@sokhoe/model/levels'
import { sql } from 'kysely'
import { noteAll } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { newHome } from '../people/homes.ts'

/** Who joins Patients to a person, and why. */
export interface Linking {
  /** A facility's code, 'staff 12', 'engine'. */
  readonly who: string
  readonly why: string
  /** Base 2 logarithm of the odds, where the comparison decided. */
  readonly score?: number
  /** As the person will read it; 'verification' where nothing is said. */
  readonly purpose?: string
  /** As it is written down; 'patient.linked' where nothing is said. */
  readonly action?: string
}

/**
 * Patients change the person to whom they belong: links and nothing else. What they were is kept in `link`, and each
 * change is written down. In the caller's transaction, the persons held.
 */
export async function relink(
  ctx: Context,
  patientIds: readonly number[],
  { person, who, why, score, ...noted }: Linking & { readonly person: number },
): Promise<void> {
  const { purpose = 'verification', action = 'patient.linked' } = noted
  if (patientIds.length === 0) return
  const { db } = ctx
  const [at, homes, ids] = [ctx.now(), patientIds.map(homeOf), [...patientIds]]
  await Promise.all([
    sql`update identity.patient set person = ${person}
      where home = any(${homes}::bigint[]) and patient_id = any(${ids}::bigint[])`.execute(db),
    // what was linked in the same instant stays behind, so that it is known whose she was before
    sql`insert into identity.link (home, patient_id, at, person, who, why, score)
      select home, patient_id, greatest(${at}::timestamptz, max(at) + interval '1 microsecond'), ${person}::bigint, ${who},
        ${why}, ${score ?? null}::float8
      from identity.link
      where home = any(${homes}::bigint[]) and patient_id = any(${ids}::bigint[])
      group by home, patient_id`.execute(db),
    noteAll(
      db,
      ids.map((patientId) => [ctx, { action, patientId, purpose, what: 'identity' }]),
    ),
  ])
}

type PersonStatus = 'active' | 'deceased' | 'closed' | 'stated' | 'joined'

/** What persons are from now on. In the caller's transaction, the persons held. */
export async function setStatus(
  { db }: Context,
  homes: readonly number[],
  status: PersonStatus,
): Promise<void> {
  if (homes.length === 0) return
  await sql`update identity.person set status = ${status} where home = any(${[...homes]}::bigint[])`.execute(
    db,
  )
}

/** A person as far as it matters whose home a group of Patients gets. */
export interface Standing {
  readonly home: number
  readonly status: PersonStatus
  readonly level: Level
}

/** Whether she has a book of her own, however it stands; others are known through facilities alone. */
export const hasBook = ({ status }: { readonly status: string }): boolean =>
  status !== 'stated' && status !== 'joined'

/** Holds persons until the transaction ends; whoever holds several takes them in the same order. */
export async function holdPersons({ db }: Context, homes: readonly number[]): Promise<Standing[]> {
  if (homes.length === 0) return []
  const { rows } = await sql<Standing>`select home, status, level from identity.person
    where home = any(${[...homes]}::bigint[]) order by home for update`.execute(db)
  return rows
}

/** Every Patient that belongs to one of these persons. */
export async function patientsOf({ db }: Context, persons: readonly number[]): Promise<number[]> {
  if (persons.length === 0) return []
  const { rows } = await sql<{ patient_id: number }>`select patient_id from identity.patient
    where person = any(${[...persons]}::bigint[]) order by patient_id`.execute(db)
  return rows.map((row) => row.patient_id)
}

const rankOf = (one: Standing): number => (hasBook(one) ? (isConfirmed(one.level) ? 0 : 1) : 2)

/**
 * Whose home a group of Patients has that turn out to be one person: a confirmed book's, else a book's, else the lowest.
 * It depends on who they are and not on the order in which they came.
 */
export function chooseHome(persons: readonly Standing[]): number | undefined {
  const standing = persons.filter(({ status }) => status !== 'joined')
  return standing.toSorted((a, b) => rankOf(a) - rankOf(b) || a.home - b.home)[0]?.home
}

/**
 * These persons are one: all Patients of all of them belong to one of them from now on. At most one of them may have a
 * book, since nobody but people joins two books. In the caller's transaction.
 * @returns the home that stays
 * @throws {RangeError} two books, or nobody
 */
export async function unite(ctx: Context, homes: readonly number[], linking: Linking): Promise<number> {
  const persons = await holdPersons(ctx, homes)
  if (persons.filter(hasBook).length > 1) throw new RangeError('two books are joined by people alone')
  const person = chooseHome(persons)
  if (person === undefined) throw new RangeError('there is nobody to join')
  const others = persons.filter(({ home, status }) => home !== person && status !== 'joined')
  const gone = others.map(({ home }) => home)
  await relink(ctx, await patientsOf(ctx, gone), { ...linking, person })
  await setStatus(ctx, gone, 'joined')
  return person
}

/** A person of her own for Patients who lie in another's home: known through facilities alone, counted nowhere. */
async function newPerson(ctx: Context): Promise<number> {
  const home = await newHome(ctx)
  await ctx.db
    .insertInto('identity.person')
    .values({
      home,
      status: 'stated',
      level: 'phone',
      synthetic: false,
      created_at: ctx.now(),
      campaign: null,
      channel: 'import',
    })
    .execute()
  return home
}

/** Homes of these Patients whose person was joined away and never had a book, the lowest first. */
async function emptyHomes({ db }: Context, homes: readonly number[]): Promise<number[]> {
  const { rows } = await sql<{ home: number }>`select home from identity.person person
    where home = any(${[...new Set(homes)]}::bigint[]) and status = 'joined'
      and not exists (select 1 from identity.enrolment where enrolment.home = person.home)
    order by home for update`.execute(db)
  return rows.map((row) => row.home)
}

/**
 * These Patients are not the person to whom they belong, but one other person together: one whose home is theirs and
 * empty, else a new one. In the caller's transaction, the person held. A book's own Patient is never parted from it.
 * @returns the home of the person to whom they belong now
 */
export async function part(ctx: Context, patientIds: readonly number[], linking: Linking): Promise<number> {
  const [empty] = await emptyHomes(ctx, patientIds.map(homeOf))
  const person = empty ?? (await newPerson(ctx))
  await relink(ctx, patientIds, { ...linking, person })
  await setStatus(ctx, [person], 'stated')
  return person
}
