import { writeJson } from '@sokhoe/fhir'
import { isInPatientCompartment } from '@sokhoe/fhir/search'
import { resourceTypes } from '@sokhoe/fhir/validate'
import { noteRefusal } from '../../../audit/index.ts'
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask, Interaction } from '../answer.ts'
import { needClient } from '../work/who.ts'
import { type AskedExport, needAsync, readAsked } from './asked.ts'
import { download } from './download.ts'
import { kickOffImport } from './import/job.ts'
import { dropJobs, type Job, jobOf, newJob } from './jobs.ts'
import { membersOf } from './listing.ts'
import type { FileRow } from './tables.ts'

const NDJSON = 'application/fhir+ndjson'
/** Until a client looks again, seconds. */
const LOOK_AGAIN_S = 2

const TYPES: ReadonlySet<string> = new Set(resourceTypes)

const LEVELS = {
  system: (type: string) => TYPES.has(type),
  patient: isInPatientCompartment,
  group: isInPatientCompartment,
} as const

/** @throws {Problem} fhir.scope: a type was asked for by name that the token does not open, or it opens none */
function needTypes(ctx: Context, { types = ['*'] }: AskedExport): void {
  const { scopes } = needClient(ctx)
  const opens = scopes.filter(({ context, may }) => context === 'system' && may.includes('r'))
  const all = opens.some(({ type }) => type === '*')
  const missing = types.some((type) => type !== '*' && !opens.some((scope) => scope.type === type))
  if (opens.length === 0 || (missing && !all)) throw new Problem('fhir.scope')
}

/** A Group that is not to be seen is one that is not there. */
async function needGroup(ctx: Context, { group }: AskedExport): Promise<void> {
  if (group === undefined || (await membersOf(ctx, needClient(ctx), group))) return
  await noteRefusal(ctx, { action: 'exchange.export', what: 'Group' })
  throw new Problem('fhir.not-found')
}

const kickOff =
  (level: AskedExport['level']) =>
  async (ask: Ask): Promise<Answer> => {
    const { ctx, base, params } = ask
    needClient(ctx)
    needAsync(ask)
    const asked = readAsked(ask, level, LEVELS[level])
    needTypes(ctx, asked)
    await needGroup(ctx, asked)
    const place = { system: '', patient: 'Patient/', group: `Group/${params['id']}/` }[level]
    const request = `${base}/${place}$export`
    const id = await newJob(ctx, 'export', JSON.stringify({ ...asked, request }))
    return { status: 202, headers: { 'content-location': `${base}/bulk/${id}` } }
  }

const progressOf = ({ done, total }: Job): string =>
  total === null || total === 0 ? 'looking' : `${Math.min(99, Math.floor((100 * done) / total))} %`

const underWay = (job: Job): Answer => ({
  status: 202,
  headers: { 'x-progress': progressOf(job), 'retry-after': String(LOOK_AGAIN_S) },
})

const FAULTS: Readonly<Record<string, string>> = {
  refused: 'The client may no longer do this.',
  storage: 'The database could not keep it; ask again later.',
}

/** A job that failed says so as any other refusal, in words that hold no data. */
function failed({ fault }: Job): Answer {
  const text = FAULTS[fault ?? ''] ?? 'It could not be finished; ask again later.'
  const issue = [
    { severity: 'error', code: fault === 'refused' ? 'forbidden' : 'transient', details: { text } },
  ]
  return {
    status: fault === 'refused' ? 403 : 503,
    body: writeJson({ resourceType: 'OperationOutcome', issue }),
  }
}

const filesOf = ({ db }: Context, { job_id }: Job): Promise<FileRow[]> =>
  db
    .selectFrom('exchange.export_file')
    .selectAll()
    .where('job_id', '=', job_id)
    .orderBy('type')
    .orderBy('no')
    .execute()

async function manifest(ctx: Context, job: Job, base: string): Promise<object> {
  const { request } = JSON.parse(job.asked) as { request: string }
  const told = (await filesOf(ctx, job)).map(({ place, type, no, n }) => ({
    isEnded: place === 'deleted',
    line: { type, url: `${base}/bulk/${job.job_id}/${no}`, count: n },
  }))
  const outcomes = await ctx.db
    .selectFrom('exchange.job_outcome')
    .select('no')
    .where('job_id', '=', job.job_id)
    .limit(1)
    .execute()
  return {
    transactionTime: job.horizon.toISOString(),
    request,
    requiresAccessToken: true,
    output: told.filter(({ isEnded }) => !isEnded).map(({ line }) => line),
    ...(told.some(({ isEnded }) => isEnded) && {
      deleted: told.filter(({ isEnded }) => isEnded).map(({ line }) => line),
    }),
    error: outcomes.map(() => ({
      type: 'OperationOutcome',
      url: `${base}/bulk/${job.job_id}/outcomes`,
    })),
    ...(job.kind === 'import' && { extension: { lines: job.done } }),
  }
}

async function status({ ctx, params, base }: Ask): Promise<Answer> {
  const job = await jobOf(ctx, params['job'] ?? '')
  if (job.status === 'failed') return failed(job)
  if (job.status !== 'done') return underWay(job)
  return {
    status: 200,
    type: 'application/json',
    headers: { expires: job.expires_at.toUTCString() },
    body: writeJson(await manifest(ctx, job, base)),
  }
}

async function cancel({ ctx, params }: Ask): Promise<Answer> {
  const job = await jobOf(ctx, params['job'] ?? '')
  await dropJobs(ctx, [job.job_id])
  return { status: 202 }
}

async function outcomes(ctx: Context, { job_id }: Job): Promise<Answer> {
  const rows = await ctx.db
    .selectFrom('exchange.job_outcome')
    .select('outcome')
    .where('job_id', '=', job_id)
    .orderBy('no')
    .execute()
  return { status: 200, type: NDJSON, body: rows.map(({ outcome }) => `${outcome}\n`) }
}

async function fetchFile({ ctx, params }: Ask): Promise<Answer> {
  const job = await jobOf(ctx, params['job'] ?? '')
  const { file: name = '' } = params
  if (name === 'outcomes') return await outcomes(ctx, job)
  const file = (await filesOf(ctx, job)).find(({ no }) => String(no) === name)
  if (job.status !== 'done' || !file) throw new Problem('fhir.not-found')
  const asked = JSON.parse(job.asked) as AskedExport
  const body = download(ctx, { client: needClient(ctx), asked, horizon: job.horizon, file })
  return { status: 200, type: NDJSON, body }
}

/** Bulk Data Access 2.0. @see https://hl7.org/fhir/uv/bulkdata/STU2/export.html */
export const bulk: readonly Interaction[] = [
  { method: 'GET', path: '$export', run: kickOff('system') },
  { method: 'POST', path: '$export', run: kickOff('system') },
  { method: 'GET', path: 'Patient/$export', run: kickOff('patient') },
  { method: 'POST', path: 'Patient/$export', run: kickOff('patient') },
  { method: 'GET', path: 'Group/:id/$export', run: kickOff('group') },
  { method: 'POST', path: 'Group/:id/$export', run: kickOff('group') },
  { method: 'POST', path: '$import', run: kickOffImport },
  { method: 'GET', path: 'bulk/:job', run: status },
  { method: 'DELETE', path: 'bulk/:job', run: cancel },
  { method: 'GET', path: 'bulk/:job/:file', run: fetchFile },
]
