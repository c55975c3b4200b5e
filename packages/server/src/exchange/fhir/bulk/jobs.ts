import { randomBytes, randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import { note, noteRefusal } from '../../../audit/index.ts'
import { type Client, type Context, inTransaction } from '../../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../../platform/houseseal.ts'
import { Problem } from '../../../platform/problem.ts'
import { needClient, readClient, writeClient } from '../work/who.ts'
import { horizonOf } from './horizon.ts'
import type { JobKind, JobRow } from './tables.ts'

/** Unfinished jobs of one client at most. */
const MOST_OPEN = 4
/** What is done can be fetched for so long. */
const KEPT_MS = 24 * 3_600_000
/** Whoever was killed loses its work to another server after this long. */
const LEASE_S = 10
const SEALED = 'exchange job'

export interface Job extends Omit<JobRow, 'actor' | 'asked'> {
  readonly client: Client
  /** JSON of what was asked for. */
  readonly asked: string
}

const toJob = ({ keys }: Context, { actor, asked, ...row }: JobRow): Job => ({
  ...row,
  client: readClient(actor),
  asked: openForHouse(keys, SEALED, asked, row.job_id),
})

async function needRoom(ctx: Context, client: Client): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('exchange job', ${client.no}))`.execute(ctx.db)
  const { n } = await ctx.db
    .selectFrom('exchange.job')
    .select(sql<number>`count(*)::int`.as('n'))
    .where('client_no', '=', client.no)
    .where('status', 'in', ['waiting', 'running'])
    .executeTakeFirstOrThrow()
  if (n >= MOST_OPEN) throw new Problem('fhir.limited', { retryAfter: 60 })
}

/**
 * Begins a job of the asking client.
 * @param asked JSON of what is wanted; kept sealed
 * @param more what else belongs to the job, in the same transaction
 * @throws {Problem} fhir.scope · fhir.limited: more jobs than one client may have open
 */
export async function newJob(
  ctx: Context,
  kind: JobKind,
  asked: string,
  more: (ctx: Context, jobId: string) => Promise<unknown> = async () => undefined,
): Promise<string> {
  const client = needClient(ctx)
  const job_id = randomBytes(24).toString('base64url')
  await inTransaction(ctx, async (ctx) => {
    await needRoom(ctx, client)
    const at = ctx.now()
    await ctx.db
      .insertInto('exchange.job')
      .values({
        job_id,
        kind,
        client_no: client.no,
        actor: writeClient(client),
        asked: sealForHouse(ctx.keys, SEALED, asked, job_id),
        total: null,
        horizon: await horizonOf(ctx),
        fault: null,
        made_at: at,
        ended_at: null,
        expires_at: new Date(at.getTime() + KEPT_MS),
        lease_by: null,
        lease_until: null,
      })
      .execute()
    await more(ctx, job_id)
    await note(ctx, { action: `exchange.${kind}`, what: 'asked' })
  })
  return job_id
}

/**
 * A job of the asking client: of another's it knows no more than of one that never was.
 * @throws {Problem} fhir.not-found
 */
export async function jobOf(ctx: Context, id: string): Promise<Job> {
  const client = needClient(ctx)
  const row = await ctx.db
    .selectFrom('exchange.job')
    .selectAll()
    .where('job_id', '=', id)
    .where('client_no', '=', client.no)
    .where('expires_at', '>', ctx.now())
    .executeTakeFirst()
  if (row) return toJob(ctx, row)
  await noteRefusal(ctx, { action: 'exchange.export', what: 'job' })
  throw new Problem('fhir.not-found')
}

const PARTS = [
  'exchange.export_patient',
  'exchange.export_file',
  'exchange.import_piece',
  'exchange.job_outcome',
] as const

/** Takes a job away with everything that belongs to it; whoever works on it notices at the next step. */
export async function dropJobs(ctx: Context, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await inTransaction(ctx, async ({ db }) => {
    await db.deleteFrom('exchange.job').where('job_id', 'in', ids).execute()
    for (const part of PARTS)
      await db
        .deleteFrom(part)
        .where('job_id', 'in', [...ids])
        .execute()
  })
}

/** Forgets what expired; a job that its client never fetched too. */
export async function sweepJobs(ctx: Context): Promise<void> {
  const rows = await ctx.db
    .selectFrom('exchange.job')
    .select('job_id')
    .where('expires_at', '<=', ctx.now())
    .limit(100)
    .execute()
  await dropJobs(
    ctx,
    rows.map((row) => row.job_id),
  )
}

/**
 * Takes up the oldest job on which nobody works.
 * @returns undefined where there is none
 */
export async function claimJob(ctx: Context): Promise<Job | undefined> {
  const by = randomUUID()
  const { rows } = await sql<JobRow>`
    update exchange.job set lease_by = ${by}, lease_until = now() + make_interval(secs => ${LEASE_S}), status = 'running'
    where job_id = (select job_id from exchange.job
      where status in ('waiting', 'running') and (lease_until is null or lease_until < now())
      order by made_at limit 1 for update skip locked)
    returning *`.execute(ctx.db)
  return rows[0] && toJob(ctx, rows[0])
}

export interface Saved {
  readonly cursor: string
  readonly done: number
  readonly total?: number | null
}

/**
 * Saves how far a job has come, in the transaction that keeps what the step did; locks the job until it ends.
 * @returns false where the lease was lost or the job cancelled: then the step must not stand
 */
export async function saveJob(ctx: Context, { job_id, lease_by }: Job, saved: Saved): Promise<boolean> {
  const { cursor, done, total = null } = saved
  const { rows } = await sql<{ job_id: string }>`
    update exchange.job set cursor = ${cursor}, done = ${done}, total = coalesce(${total}::int, total),
      lease_until = now() + make_interval(secs => ${LEASE_S})
    where job_id = ${job_id} and lease_by = ${lease_by} and status = 'running' returning job_id`.execute(
    ctx.db,
  )
  return rows.length === 1
}

/** Ends a job. @param fault why it failed, a word for the operator and the client; undefined where it is done */
export async function endJob(ctx: Context, { job_id, lease_by }: Job, fault?: string): Promise<void> {
  const at = ctx.now()
  await ctx.db
    .updateTable('exchange.job')
    .set({
      status: fault === undefined ? 'done' : 'failed',
      fault: fault ?? null,
      ended_at: at,
      expires_at: new Date(at.getTime() + KEPT_MS),
      lease_by: null,
      lease_until: null,
    })
    .where('job_id', '=', job_id)
    .where('lease_by', '=', lease_by)
    .execute()
}

/** Lets go of a job, so that any server goes on with it at once. */
export async function leaveJob({ db }: Context, { job_id, lease_by }: Job): Promise<void> {
  await db
    .updateTable('exchange.job')
    .set({ lease_by: null, lease_until: null })
    .where('job_id', '=', job_id)
    .where('lease_by', '=', lease_by)
    .execute()
}
