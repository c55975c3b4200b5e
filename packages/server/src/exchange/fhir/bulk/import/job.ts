import { setImmediate as turn } from 'node:timers/promises'
import type { Context } from '../../../../platform/context.ts'
import { openBytesForHouse, sealBytesForHouse } from '../../../../platform/houseseal.ts'
import type { Answer, Ask } from '../../answer.ts'
import { messageOf } from '../../interactions/message.ts'
import { needJson } from '../../media.ts'
import { needClient, standingClient } from '../../work/who.ts'
import { malformed } from '../../write/index.ts'
import { needAsync } from '../asked.ts'
import { endJob, type Job, newJob, saveJob } from '../jobs.ts'
import { groupsOf, inOrder, parts, readLines } from './groups.ts'
import { type Place, type Refused, refusedText, type Said } from './said.ts'
import { type Taking, takeGroups } from './take.ts'

const SEALED = 'import piece'
/** Lines are kept in pieces of about this size until they are imported. */
const PIECE_BYTES = 1024 * 1024
/** Resources in one transaction: others are served between two. */
const MOST = 250
/** A file of the request itself. */
const BODY = 'body'

const NEWLINE = 0x0a

/** Lines of a text, without empty ones; each with its number from 1. */
function* linesIn(text: Buffer, file: string, first = 1): Generator<readonly [Buffer, Place]> {
  let line = first
  let from = 0
  while (from < text.length) {
    const at = text.indexOf(NEWLINE, from)
    const until = at === -1 ? text.length : at
    const bytes = text.subarray(from, text[until - 1] === 0x0d ? until - 1 : until)
    if (bytes.length > 0) yield [bytes, { file, line }]
    from = until + 1
    line += 1
  }
}

interface Piece {
  readonly firstLine: number
  readonly text: Buffer
}

function linesOfPiece(text: Buffer): number {
  let n = 0
  for (let at = text.indexOf(NEWLINE); at !== -1; at = text.indexOf(NEWLINE, at + 1)) n += 1
  return n
}

/** Cut behind whole lines. */
function piecesOf(body: Buffer): Piece[] {
  const pieces: Piece[] = []
  let [from, firstLine] = [0, 1]
  while (from < body.length) {
    const end = body.indexOf(NEWLINE, Math.min(from + PIECE_BYTES, body.length))
    const text = body.subarray(from, end === -1 ? body.length : end + 1)
    pieces.push({ firstLine, text })
    firstLine += linesOfPiece(text)
    from += text.length
  }
  return pieces
}

const aboutPiece = (jobId: string, no: number): string => `${jobId} ${no}`

/**
 * Takes what is to be imported as ndjson in the body of the request, as much as any body here may hold; this server
 * fetches nothing from elsewhere. A line is a resource, or a Bundle of them.
 */
export async function kickOffImport(ask: Ask): Promise<Answer> {
  const { ctx, base, body, header } = ask
  needClient(ctx)
  needAsync(ask)
  needJson(header('content-type'), ['application/fhir+ndjson', 'application/ndjson', 'application/x-ndjson'])
  if (!body || body.length === 0) return malformed('The body is empty; send resources, one a line')
  const { purpose } = messageOf(ask)
  const asked = JSON.stringify({ base, request: `${base}/$import`, purpose })
  const id = await newJob(ctx, 'import', asked, async ({ db, keys }, job_id) => {
    for (const [no, { firstLine, text }] of piecesOf(body).entries())
      await db
        .insertInto('exchange.import_piece')
        .values({
          job_id,
          no,
          first_line: firstLine,
          sealed: sealBytesForHouse(keys, SEALED, text, aboutPiece(job_id, no)),
        })
        .execute()
  })
  return { status: 202, headers: { 'content-location': `${base}/bulk/${id}` } }
}

async function linesOf({ db, keys }: Context, { job_id }: Job): Promise<(readonly [Buffer, Place])[]> {
  const rows = await db
    .selectFrom('exchange.import_piece')
    .selectAll()
    .where('job_id', '=', job_id)
    .orderBy('no')
    .execute()
  return rows.flatMap(({ no, first_line, sealed }) => {
    const text = openBytesForHouse(keys, SEALED, sealed, aboutPiece(job_id, no))
    return [...linesIn(text, BODY, first_line)]
  })
}

/** Somebody else has the job, or nobody wants it any more: what is under way must not stand. */
const GONE = new Error('the job is gone')

/** Keeps how far a job has come, and what of it was refused. */
function progressOf(job: Job, total: number): Taking['save'] {
  let [done, told] = [0, 0]
  return async (ctx, { resources, refused }) => {
    const next = done + resources + refused.length
    if (!(await saveJob(ctx, job, { cursor: String(next), done: next, total }))) throw GONE
    // whoever begins anew tells anew
    if (done === 0 && told === 0)
      await ctx.db.deleteFrom('exchange.job_outcome').where('job_id', '=', job.job_id).execute()
    const rows = refused.map((one, i) => ({ job_id: job.job_id, no: told + i, outcome: refusedText(one) }))
    if (rows.length > 0) await ctx.db.insertInto('exchange.job_outcome').values(rows).execute()
    done = next
    told += refused.length
  }
}

/** Lines read between two turns of the server: others are served meanwhile. */
const AT_ONCE = 50

async function readAll(ctx: Context, job: Job, refuse: (refused: Refused) => void): Promise<Said[]> {
  const lines = await linesOf(ctx, job)
  const said: Said[] = []
  for (let from = 0; from < lines.length; from += AT_ONCE) {
    said.push(...readLines(ctx, lines.slice(from, from + AT_ONCE), refuse))
    await turn()
  }
  return said
}

async function importAll(ctx: Context, job: Job, taking: Omit<Taking, 'save'>): Promise<void> {
  const early: Refused[] = []
  const groups = inOrder(groupsOf(await readAll(ctx, job, (one) => early.push(one))))
  const total = groups.reduce((sum, group) => sum + group.length, 0) + early.length
  const all = { ...taking, save: progressOf(job, total) }
  await takeGroups(ctx, all, [], early)
  for (const part of parts(groups, MOST)) await takeGroups(ctx, all, part)
  await ctx.db.deleteFrom('exchange.import_piece').where('job_id', '=', job.job_id).execute()
  await endJob(ctx, job)
}

/**
 * Imports what a job holds, from the beginning or from wherever it was cut off: what was kept before is found again, and
 * changes nothing. Each part is kept with its place, or not at all.
 */
export async function importStep(ctx: Context, job: Job): Promise<void> {
  const client = await standingClient(ctx, job.client)
  if (!client) return await endJob(ctx, job, 'refused')
  const { base, purpose } = JSON.parse(job.asked) as { base: string; purpose: string }
  try {
    await importAll({ ...ctx, actor: client }, job, { client, base, purpose })
  } catch (error) {
    if (error !== GONE) throw error
  }
}
