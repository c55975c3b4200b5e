import { sql } from 'kysely'
import { countInDirectory } from '../../../directory/index.ts'
import { type Client, type Context, inTransaction } from '../../../platform/context.ts'
import { standingClient } from '../work/who.ts'
import type { AskedExport } from './asked.ts'
import { endJob, type Job, leaveJob, saveJob } from './jobs.ts'
import { firstList, type ListCursor, list } from './listing.ts'
import { isTold, type Told, toldOf } from './shelves.ts'
import type { FileRow } from './tables.ts'

/** Shelves looked through in one step. */
const PAGE = 200
/** A file is closed when it has so many lines: whoever fetches it begins anew with no more than this. */
const MOST_LINES = 20_000

/** Where an export stands: first the list of shelves, then what lies on them. */
type Cursor = { readonly list: ListCursor } | { readonly after: number }

const cursorOf = ({ cursor }: Job, asked: AskedExport): Cursor =>
  cursor === '' ? { list: firstList(asked) } : (JSON.parse(cursor) as Cursor)

export async function patientsAfter(
  { db }: Context,
  jobId: string,
  after: number,
  limit: number,
  upto = Number.MAX_SAFE_INTEGER,
): Promise<number[]> {
  const rows = await db
    .selectFrom('exchange.export_patient')
    .select('patient_id')
    .where('job_id', '=', jobId)
    .where('patient_id', '>', after)
    .where('patient_id', '<=', upto)
    .orderBy('patient_id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.patient_id)
}

/** What one step found is kept with the cursor behind it, or not at all. @returns whether the job is still ours */
async function keep(
  ctx: Context,
  job: Job,
  cursor: Cursor,
  done: number,
  work: (ctx: Context) => Promise<unknown>,
): Promise<boolean> {
  return await inTransaction(ctx, async (ctx) => {
    const isOurs = await saveJob(ctx, job, { cursor: JSON.stringify(cursor), done })
    if (isOurs) await work(ctx)
    return isOurs
  })
}

async function listStep(
  ctx: Context,
  job: Job,
  client: Client,
  asked: AskedExport,
  at: ListCursor,
): Promise<boolean> {
  const { patientIds, next } = await list(ctx, client, asked, at)
  const cursor: Cursor = next ? { list: next } : { after: -1 }
  return await keep(ctx, job, cursor, job.done, async ({ db }) => {
    if (patientIds.length > 0)
      await sql`insert into exchange.export_patient (job_id, patient_id)
        select ${job.job_id}, found.* from unnest(${[...new Set(patientIds)]}::bigint[]) as found
        on conflict do nothing`.execute(db)
    if (!next)
      await sql`update exchange.job set total = (select count(*) from exchange.export_patient
        where job_id = ${job.job_id}) where job_id = ${job.job_id}`.execute(db)
  })
}

type Place = Pick<FileRow, 'place' | 'type'>

const nameOf = ({ place, type }: Place): string => `${place} ${type}`

function countsOf({ stands, ended }: Told): Map<string, Place & { n: number }> {
  const counts = new Map<string, Place & { n: number }>()
  const add = (one: Place): void => {
    const known = counts.get(nameOf(one))
    if (known) known.n += 1
    else counts.set(nameOf(one), { ...one, n: 1 })
  }
  for (const { type } of stands) add({ place: 'record', type })
  for (const _ of ended) add({ place: 'deleted', type: 'Bundle' })
  return counts
}

/** Draws the files on: those that are open grow by this page, what is full is closed. */
async function drawFiles(
  { db }: Context,
  { job_id }: Job,
  told: Told,
  after: number,
  upto: number,
): Promise<void> {
  const rows = await db.selectFrom('exchange.export_file').selectAll().where('job_id', '=', job_id).execute()
  const open = new Map(rows.filter((row) => !row.closed).map((row) => [nameOf(row), row]))
  let no = Math.max(-1, ...rows.map((row) => row.no))
  const changed = [...countsOf(told).values()].map(({ place, type, n }): FileRow => {
    const file = open.get(nameOf({ place, type }))
    const lines = (file?.n ?? 0) + n
    no += file ? 0 : 1
    return {
      job_id,
      place,
      type,
      no: file?.no ?? no,
      after_patient: file?.after_patient ?? after,
      upto_patient: upto,
      n: lines,
      closed: lines >= MOST_LINES,
    }
  })
  if (changed.length === 0) return
  await db
    .insertInto('exchange.export_file')
    .values(changed)
    .onConflict((conflict) =>
      conflict.columns(['job_id', 'no']).doUpdateSet((excluded) => ({
        upto_patient: excluded.ref('excluded.upto_patient'),
        n: excluded.ref('excluded.n'),
        closed: excluded.ref('excluded.closed'),
      })),
    )
    .execute()
}

/** The last files are of what is about nobody: their bounds are numbers in the directory. */
async function drawDirectory(ctx: Context, job: Job, client: Client, asked: AskedExport): Promise<void> {
  const since = asked.since === undefined ? undefined : new Date(asked.since)
  const types = asked.level === 'system' ? await countInDirectory(ctx, since) : []
  const told = types.filter(({ type }) => isTold(client, asked, type))
  await inTransaction(ctx, async (ctx) => {
    const { db } = ctx
    const [{ no } = { no: -1 }] = await db
      .selectFrom('exchange.export_file')
      .select(sql<number>`coalesce(max(no), -1)`.as('no'))
      .where('job_id', '=', job.job_id)
      .execute()
    const files = told.map(({ type, n, last }, i): FileRow => {
      const bounds = { after_patient: 0, upto_patient: last, n, closed: true }
      return { job_id: job.job_id, no: no + 1 + i, place: 'directory', type, ...bounds }
    })
    if (files.length > 0) await db.insertInto('exchange.export_file').values(files).execute()
    await endJob(ctx, job)
  })
}

async function countStep(
  ctx: Context,
  job: Job,
  client: Client,
  asked: AskedExport,
  after: number,
): Promise<boolean> {
  const page = await patientsAfter(ctx, job.job_id, after, PAGE)
  const upto = page.at(-1)
  if (upto === undefined) {
    await drawDirectory(ctx, job, client, asked)
    return false
  }
  const told = await toldOf(ctx, client, page, asked, job.horizon)
  return await keep(ctx, job, { after: upto }, job.done + page.length, (ctx) =>
    drawFiles(ctx, job, told, after, upto),
  )
}

/**
 * One step of an export: some shelves are found, or looked through for what files there will be. Nothing of what lies
 * on them is written down anywhere.
 */
export async function exportStep(ctx: Context, job: Job): Promise<void> {
  const client = await standingClient(ctx, job.client)
  if (!client) return await endJob(ctx, job, 'refused')
  const asked = JSON.parse(job.asked) as AskedExport
  const hers = { ...ctx, actor: client }
  const at = cursorOf(job, asked)
  const goesOn =
    'list' in at
      ? await listStep(hers, job, client, asked, at.list)
      : await countStep(hers, job, client, asked, at.after)
  if (goesOn) await leaveJob(ctx, job)
}
