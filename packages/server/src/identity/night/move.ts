import { sql } from 'kysely'
import { noteAll } from '../../audit/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { homeOf } from '../../platform/ids.ts'
import { holdPersons, part } from '../linking/links.ts'
import { notifyPerson } from '../messages/notices.ts'
import type { Going, Move } from './plan.ts'

/** The engine's own name in links, and why it moved a Patient at night. */
const NIGHTLY = { who: 'engine', why: 'compared with the whole city', purpose: 'linking' } as const

/** Patients moved in one transaction. */
const AT_ONCE = 200

interface Moving extends Move {
  readonly to: number | null
  readonly score: number | null
}

/** Of these, who still belongs where the plan found her, and whom nobody has ruled on since then. */
async function stillThere({ db }: Context, moves: readonly Moving[], readAt: Date): Promise<Set<number>> {
  const ids = moves.map(({ patientId }) => patientId)
  const { rows } = await sql<{ patient_id: number }>`
    select patient_id from identity.patient patient
    join unnest(${ids}::bigint[], ${moves.map(({ from }) => from)}::bigint[]) planned (id, person)
      on planned.id = patient.patient_id and planned.person = patient.person
    where patient.home = any(${ids.map(homeOf)}::bigint[]) and patient.patient_id = any(${ids}::bigint[])
      and not exists (select 1 from identity.ruling where ruling.patient_id = patient.patient_id
        and greatest(ruling.at, ruling.ended_at) > ${readAt})
      and not exists (select 1 from identity.ruling where ruling.other_patient_id = patient.patient_id
        and greatest(ruling.at, ruling.ended_at) > ${readAt})`.execute(db)
  return new Set(rows.map((row) => row.patient_id))
}

/** Links and nothing else: each Patient to its person, with who, when, why and how surely. */
async function relinkEach(ctx: Context, moves: readonly (Moving & { readonly to: number })[]): Promise<void> {
  if (moves.length === 0) return
  const { db } = ctx
  const ids = moves.map(({ patientId }) => patientId)
  const [homes, to] = [ids.map(homeOf), moves.map((move) => move.to)]
  const scores = moves.map(({ score }) => score)
  await Promise.all([
    sql`update identity.patient set person = moved.person
      from unnest(${homes}::bigint[], ${ids}::bigint[], ${to}::bigint[]) moved (home, patient_id, person)
      where patient.home = moved.home and patient.patient_id = moved.patient_id`.execute(db),
    sql`insert into identity.link (home, patient_id, at, person, who, why, score)
      select moved.home, moved.patient_id,
        greatest(${ctx.now()}::timestamptz, (select max(at) + interval '1 microsecond' from identity.link
          where link.home = moved.home and link.patient_id = moved.patient_id)),
        moved.person, ${NIGHTLY.who}, ${NIGHTLY.why}, moved.score
      from unnest(${homes}::bigint[], ${ids}::bigint[], ${to}::bigint[], ${scores}::float8[])
        moved (home, patient_id, person, score)`.execute(db),
    noteAll(
      db,
      ids.map((patientId) => [
        ctx,
        { action: 'patient.linked', patientId, purpose: NIGHTLY.purpose, what: 'identity' },
      ]),
    ),
  ])
}

/** Whoever is known through facilities alone and has no Patient left is another one now. */
const closeEmpty = ({ db }: Context, homes: readonly number[]) =>
  sql`update identity.person set status = 'joined' where home = any(${[...homes]}::bigint[]) and status = 'stated'
    and not exists (select 1 from identity.patient where patient.person = person.home)`.execute(db)

/** One step of the plan, whole or not at all: persons that exchange Patients are never seen in between. */
function isWhole(step: readonly Going[], there: ReadonlySet<number>): boolean {
  return step.every(({ moves }) => moves.every(({ patientId }) => there.has(patientId)))
}

async function moveTogether(
  ctx: Context,
  steps: readonly (readonly Going[])[],
  { scoreOf, readAt }: Moves,
): Promise<number> {
  const goings = steps.flat()
  const homes = new Set(
    goings.flatMap(({ to, moves }) => [...(to === null ? [] : [to]), ...moves.map(({ from }) => from)]),
  )
  const persons = new Map((await holdPersons(ctx, [...homes])).map((one) => [one.home, one]))
  const all = goings.flatMap(({ to, moves }) =>
    moves.map((move) => ({ ...move, to, score: scoreOf(move.patientId) })),
  )
  const there = await stillThere(ctx, all, readAt)
  const isOpen = ({ to }: Going) =>
    to === null || !['joined', 'closed'].includes(persons.get(to)?.status ?? 'joined')
  const going = steps.filter((step) => isWhole(step, there) && step.every(isOpen)).flat()
  const named = going.flatMap(({ to, moves }) =>
    to === null ? [] : moves.map((move) => ({ ...move, to, score: scoreOf(move.patientId) })),
  )
  await relinkEach(ctx, named)
  for (const { to, moves } of going)
    if (to === null)
      await part(
        ctx,
        moves.map(({ patientId }) => patientId),
        NIGHTLY,
      )
  await closeEmpty(ctx, [...homes])
  const touched = new Set(going.flatMap(({ to, moves }) => [to ?? -1, ...moves.map(({ from }) => from)]))
  for (const home of touched)
    if (persons.get(home)?.status === 'active') await notifyPerson(ctx, home, 'records-joined')
  return going.reduce((sum, { moves }) => sum + moves.length, 0)
}

export interface Moves {
  /** Base 2 logarithm of the odds by which a Patient came to its group, where the comparison brought it there. */
  readonly scoreOf: (patientId: number) => number | null
  /** When the city was read that the plan is made from. */
  readonly readAt: Date
}

function* batches(plan: readonly (readonly Going[])[]): Generator<(readonly Going[])[]> {
  let [batch, count]: [(readonly Going[])[], number] = [[], 0]
  for (const step of plan) {
    batch.push(step)
    count += step.reduce((sum, { moves }) => sum + moves.length, 0)
    if (count < AT_ONCE) continue
    yield batch
    ;[batch, count] = [[], 0]
  }
  if (batch.length > 0) yield batch
}

/**
 * Carries a plan out, in small transactions, each with its lines in the audit. What has changed since the city was read
 * is left as it is: the next night finds it.
 * @returns how many Patients belong to another person than before
 */
export async function carryOut(
  ctx: Context,
  no: number,
  plan: readonly (readonly Going[])[],
  moves: Moves,
): Promise<number> {
  let moved = 0
  for (const batch of batches(plan.filter((step) => step.length > 0)))
    moved += await inTransaction({ ...ctx, db: ctx.pool }, async (inner) => {
      const count = await moveTogether(inner, batch, moves)
      await sql`update identity.night set moved = moved + ${count} where no = ${no}`.execute(inner.db)
      return count
    })
  return moved
}
