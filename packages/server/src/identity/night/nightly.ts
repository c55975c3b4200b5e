import { setTimeout as after } from 'node:timers/promises'
import { sql } from 'kysely'
import { type Context, inTransaction } from '../../platform/context.ts'
import { outcomes } from '../../platform/metrics.ts'
import { refreshKeys } from '../linking/around.ts'
import { countSlices } from './blocks.ts'
import { compareCity } from './compare.ts'
import { learnCity } from './learn.ts'
import { alone } from './lock.ts'
import { modelOf } from './model.ts'
import { carryOut } from './move.ts'
import { tellPairs } from './pairs.ts'
import { asItStands, type Settled, settleCity } from './settle.ts'
import { paged } from './standing.ts'
import type { NightRow, Phase } from './tables.ts'

/** How far a run is: the phase, and within it Patients opened or slices compared, of all. */
export interface Progress {
  readonly phase: Phase | 'open'
  readonly done: number
  readonly of: number
}

export interface Night extends Omit<NightRow, 'finished_at'> {
  readonly finished_at: Date
}

/** A run that was killed longer ago than this is begun anew: too much has changed since then, ms. */
const STALE = 20 * 3600 * 1000

async function lastNight({ pool }: Context): Promise<NightRow | undefined> {
  return await pool.selectFrom('identity.night').selectAll().orderBy('no', 'desc').limit(1).executeTakeFirst()
}

/** Whoever was writing when the run began has ended: all that came before can be seen. */
async function untilOthersEnd({ pool }: Context): Promise<void> {
  const { rows } = await sql<{
    next: string
  }>`select pg_snapshot_xmax(pg_current_snapshot())::text as next`.execute(pool)
  const next = rows[0]?.next ?? '0'
  for (;;) {
    const { rows: seen } = await sql<{ ended: boolean }>`
      select pg_snapshot_xmin(pg_current_snapshot()) >= ${next}::xid8 as ended`.execute(pool)
    if (seen[0]?.ended) return
    await after(100)
  }
}

async function begin(ctx: Context, before: NightRow | undefined): Promise<NightRow> {
  const { pool } = ctx
  const row = {
    no: (before?.no ?? 0) + 1,
    started_at: ctx.now(),
    phase: 'learn' as const,
    ...{ slice: 0, slices: 1, model: 0, compared: 0, same: 0, review: 0, moved: 0 },
    finished_at: null,
  }
  await sql`truncate identity.night_pair`.execute(pool)
  await pool.insertInto('identity.night').values(row).execute()
  await untilOthersEnd(ctx)
  return row
}

/** Patients at once whose keys are written. */
const AT_ONCE = 500
/** Patients of whom is asked at once whether they have keys. */
const LOOKED_AT = 20_000

/** Whoever came before there were keys, or under an older key, gets those by which others find her. */
async function writeMissingKeys(ctx: Context): Promise<void> {
  interface Row {
    home: number
    patient_id: number
    missing: boolean
  }
  const pages = paged<Row>((last) =>
    sql<Row>`
      select home, patient_id, not exists (select 1 from identity.link_key
        where link_key.patient_id = patient.patient_id and link_key.key_version = ${ctx.keys.index.current}) as missing
      from identity.patient patient where (home, patient_id) > (${last?.home ?? -1}, ${last?.patient_id ?? -1})
      order by home, patient_id limit ${LOOKED_AT}`.execute(ctx.pool),
  )
  for await (const rows of pages) {
    const missing = rows.filter((row) => row.missing).map((row) => row.patient_id)
    for (let at = 0; at < missing.length; at += AT_ONCE)
      await inTransaction({ ...ctx, db: ctx.pool }, (inner) =>
        refreshKeys(inner, missing.slice(at, at + AT_ONCE)),
      )
  }
}

async function countPatients({ pool }: Context): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*) as count from identity.patient`.execute(pool)
  return rows[0]?.count ?? 0
}

/** The run that is to be gone on with, else a new one. */
async function tonight(ctx: Context): Promise<NightRow> {
  const last = await lastNight(ctx)
  const isOpen = last !== undefined && last.phase !== 'done'
  return isOpen && ctx.now().getTime() - last.started_at.getTime() < STALE ? last : await begin(ctx, last)
}

/** Notes that a phase is done, and what the next one needs. */
async function enter(
  { pool }: Context,
  night: NightRow,
  phase: Phase,
  also: Partial<NightRow> = {},
): Promise<NightRow> {
  const next = { ...also, phase }
  await pool.updateTable('identity.night').set(next).where('no', '=', night.no).execute()
  return { ...night, ...next }
}

/** Each phase may be stopped anywhere and begun again; what it leaves behind is whole at every moment. */
async function run(ctx: Context, tell: (progress: Progress) => void): Promise<Night> {
  let night = await tonight(ctx)
  const say = (done: number, of: number) => tell({ phase: night.phase, done, of })
  if (night.phase === 'learn') {
    say(0, 1)
    await writeMissingKeys(ctx)
    const slices = await countSlices(ctx)
    const model = await learnCity(ctx, slices)
    night = await enter(ctx, night, 'compare', { slices, model })
  }
  if (night.phase === 'compare') {
    say(night.slice, night.slices)
    const { model } = await modelOf(ctx, night.model)
    const of = await countPatients(ctx)
    await compareCity(ctx, night, model, {
      onOpen: (done) => tell({ phase: 'open', done, of }),
      onSlice: (done) => say(done, night.slices),
    })
    night = await enter(ctx, night, 'move')
  }
  let settled: Settled | undefined
  if (night.phase === 'move') {
    say(0, 1)
    settled = await settleCity(ctx, night.started_at)
    await carryOut(ctx, night.no, settled.plan, settled.moves)
    night = await enter(ctx, night, 'pairs')
  }
  if (night.phase === 'pairs') {
    say(0, 1)
    // groups are as they were; to whom everybody belongs is read again
    const now = settled
      ? await asItStands(ctx, settled, night.started_at)
      : await settleCity(ctx, night.started_at)
    await tellPairs(ctx, now, night.started_at)
    night = await enter(ctx, night, 'done', { finished_at: ctx.now() })
    await sql`truncate identity.night_pair`.execute(ctx.pool)
  }
  say(1, 1)
  return await finished(ctx, night)
}

async function finished(ctx: Context, { no }: NightRow): Promise<Night> {
  const row = await ctx.pool
    .selectFrom('identity.night')
    .selectAll()
    .where('no', '=', no)
    .executeTakeFirstOrThrow()
  outcomes.inc({ action: 'identity.night', outcome: 'done' })
  return { ...row, finished_at: row.finished_at ?? ctx.now() }
}

/**
 * Compares the whole city anew and brings persons and pairs in line. Afterwards the groups depend on nothing but the set
 * of records and what people have ruled. A run that was killed is gone on with; while one runs there is no second.
 * @returns what was done; undefined where somebody else is at it
 */
export const relinkCity = (
  ctx: Context,
  tell: (progress: Progress) => void = () => undefined,
): Promise<Night | undefined> => alone(ctx, () => run(ctx, tell))

/** How far the newest run is, 0 to 1; 1 where none was begun. For whoever watches the house. */
export async function nightProgress(ctx: Context): Promise<number> {
  const night = await lastNight(ctx)
  if (!night || night.phase === 'done') return 1
  return night.phase === 'compare' ? (0.9 * night.slice) / night.slices : night.phase === 'learn' ? 0 : 0.9
}
