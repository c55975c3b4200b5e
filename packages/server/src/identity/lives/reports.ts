import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import type { Book } from '../people/books.ts'

export interface SaidDead {
  readonly patientId: number
  readonly source: string
  /** A day of any precision; null: only that she has died; undefined: nothing of it is said, or no more. */
  readonly diedOn: string | null | undefined
}

/** A facility that says it no more has not said it. */
const withdraw = (ctx: Context, patientIds: readonly number[]) =>
  ctx.db
    .updateTable('identity.death_report')
    .set({ settled_at: ctx.now(), settled_as: 'withdrawn' })
    .where('home', '=', sql<number>`any(${patientIds.map(homeOf)}::bigint[])`)
    .where('patient_id', '=', sql<number>`any(${[...patientIds]}::bigint[])`)
    .where('settled_at', 'is', null)
    .execute()

/** Said again with another day it is asked again, and once more after it was taken back; never because it is repeated. */
const ask = (ctx: Context, { patientId, source, diedOn }: SaidDead) =>
  sql`insert into identity.death_report as known (home, patient_id, source, died_on, at)
    values (${homeOf(patientId)}, ${patientId}, ${source}, ${diedOn ?? null}, ${ctx.now()})
    on conflict (home, patient_id) do update set died_on = excluded.died_on, at = excluded.at,
      settled_at = null, settled_by = null, settled_as = null
      where known.died_on is distinct from excluded.died_on or known.settled_as = 'withdrawn'`.execute(ctx.db)

/**
 * What facilities say of deaths, as their Patients arrive: kept as a question for the station of her ward, which alone
 * closes a book. In the caller's transaction.
 */
export async function noteDeaths(ctx: Context, said: readonly SaidDead[]): Promise<void> {
  const living = said.filter(({ diedOn }) => diedOn === undefined).map(({ patientId }) => patientId)
  if (living.length > 0) await withdraw(ctx, living)
  for (const one of said) if (one.diedOn !== undefined) await ask(ctx, one)
}

export async function settleReports(
  ctx: Context,
  { patientIds }: Book,
  as: 'recorded' | 'alive',
): Promise<number> {
  const settled_by = ctx.actor.kind === 'staff' ? ctx.actor.id : null
  const { numUpdatedRows } = await ctx.db
    .updateTable('identity.death_report')
    .set({ settled_at: ctx.now(), settled_by, settled_as: as })
    .where('home', '=', sql<number>`any(${patientIds.map(homeOf)}::bigint[])`)
    .where('patient_id', '=', sql<number>`any(${[...patientIds]}::bigint[])`)
    .where((where) => where.or([where('settled_at', 'is', null), where('settled_as', '=', 'recorded')]))
    .executeTakeFirst()
  return Number(numUpdatedRows)
}

export interface Reported {
  /** Of the person, as she stands now. */
  readonly home: number
  readonly source: string
  readonly diedOn: string | null
  readonly at: Date
}

const MOST = 200

/** Of whom of a ward, who has a book, facilities say that she has died; the oldest first. */
export async function deathsReported(ctx: Context, ward: string): Promise<Reported[]> {
  const { rows } = await sql<Reported>`
    select person.home, report.source, report.died_on as "diedOn", report.at
    from identity.death_report report
    join identity.patient stated on stated.home = report.home and stated.patient_id = report.patient_id
    join identity.person person on person.home = stated.person and person.status = 'active'
    join identity.patient own on own.home = person.home and own.patient_id = person.home * 4096
    where report.settled_at is null and own.ward = ${ward}
    order by report.at, person.home limit ${MOST}`.execute(ctx.db)
  return rows
}

/** Which of these Patients their facility says have died, and on which day. */
export async function deadBy(
  ctx: Context,
  patientIds: readonly number[],
): Promise<Map<number, string | null>> {
  const rows = await ctx.db
    .selectFrom('identity.death_report')
    .select(['patient_id', 'died_on'])
    .where('home', '=', sql<number>`any(${patientIds.map(homeOf)}::bigint[])`)
    .where('patient_id', '=', sql<number>`any(${[...patientIds]}::bigint[])`)
    .where((where) => where.or([where('settled_as', 'is', null), where('settled_as', '=', 'recorded')]))
    .execute()
  return new Map(rows.map((row) => [row.patient_id, row.died_on]))
}
