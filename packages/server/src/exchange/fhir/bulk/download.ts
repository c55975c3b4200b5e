import { Readable } from 'node:stream'
import { note } from '../../../audit/index.ts'
import {
  type DirectoryVersion,
  findInDirectory,
  historyInDirectory,
  mayReadInDirectory,
} from '../../../directory/index.ts'
import type { Client, Context } from '../../../platform/context.ts'
import { bytesOf, type Entry, idOf } from '../../../record/index.ts'
import type { AskedExport } from './asked.ts'
import { patientsAfter } from './exporting.ts'
import { isTold, toldOf } from './shelves.ts'
import type { FileRow } from './tables.ts'

/** Shelves read at a time: what lies in memory for one download. */
const PAGE = 50
const DIRECTORY_PAGE = 200

interface Fetched {
  readonly client: Client
  readonly asked: AskedExport
  readonly horizon: Date
  readonly file: FileRow
}

const NEWLINE = Buffer.from('\n')

/** Bulk data tells of what is no longer stated as Bundles that would delete it. */
const deletion = (entry: Entry): Buffer =>
  Buffer.from(
    `{"resourceType":"Bundle","type":"transaction","entry":[{"request":{"method":"DELETE","url":"${entry.type}/${idOf(entry)}"}}]}`,
  )

/** Whose record leaves is written down before it does, each Patient by herself. */
async function writeDown(ctx: Context, entries: readonly Entry[], { client, file }: Fetched): Promise<void> {
  const bySource = Map.groupBy(entries, ({ patientId }) => patientId)
  await Promise.all(
    [...bySource].map(([patientId, theirs]) =>
      note(ctx, {
        action: 'exchange.export',
        patientId,
        purpose: theirs.every(({ source }) => source === client.facility) ? 'own-contribution' : 'treatment',
        what: file.place === 'deleted' ? 'deleted' : file.type,
      }),
    ),
  )
}

const linesOf = (entries: readonly Entry[], write: (entry: Entry) => Buffer): Buffer =>
  Buffer.concat(entries.flatMap((entry) => [write(entry), NEWLINE]))

async function* fromShelves(ctx: Context, fetched: Fetched): AsyncGenerator<Buffer> {
  const { client, asked, horizon, file } = fetched
  let after = file.after_patient
  for (;;) {
    const page = await patientsAfter(ctx, file.job_id, after, PAGE, file.upto_patient)
    const last = page.at(-1)
    if (last === undefined) return
    after = last
    const { stands, ended } = await toldOf(ctx, client, page, asked, horizon)
    const chosen = file.place === 'deleted' ? ended : stands.filter(({ type }) => type === file.type)
    if (chosen.length === 0) continue
    await writeDown(ctx, chosen, fetched)
    yield linesOf(chosen, file.place === 'deleted' ? deletion : bytesOf)
  }
}

const sinceOf = ({ since }: AskedExport): number =>
  since === undefined ? Number.NEGATIVE_INFINITY : Date.parse(since)

/** How it stood at the horizon; undefined where it did not. */
async function thenOf(
  ctx: Context,
  current: DirectoryVersion,
  horizon: Date,
): Promise<DirectoryVersion | undefined> {
  if (current.at <= horizon) return current
  const then = (await historyInDirectory(ctx, current.no)).find(({ at }) => at <= horizon)
  return then?.deleted || (then && !mayReadInDirectory(ctx.actor, then)) ? undefined : then
}

/** What is about nobody: in a file of the directory the two bounds are numbers of resources. */
async function* fromDirectory(
  ctx: Context,
  { client, asked, horizon, file }: Fetched,
): AsyncGenerator<Buffer> {
  if (!isTold(client, asked, file.type)) return
  await note(ctx, { action: 'exchange.export', what: file.type })
  let after = file.after_patient
  while (after < file.upto_patient) {
    const page = await findInDirectory(ctx, file.type, { after, limit: DIRECTORY_PAGE })
    const last = page.at(-1)
    if (last === undefined) return
    after = last.no
    const within = page.filter(({ no }) => no <= file.upto_patient)
    const then = await Promise.all(within.map((each) => thenOf(ctx, each, horizon)))
    const chosen = then.filter((each) => each !== undefined && each.at.getTime() >= sinceOf(asked))
    if (chosen.length > 0) yield Buffer.concat(chosen.flatMap((each) => (each ? [each.text(), NEWLINE] : [])))
  }
}

/**
 * The lines of one file, written as they are fetched: each page of shelves is read, held against the rights and grants of
 * that moment and written down in the audit log before a byte of it leaves.
 */
export const download = (ctx: Context, fetched: Fetched): Readable =>
  Readable.from(
    fetched.file.place === 'directory' ? fromDirectory(ctx, fetched) : fromShelves(ctx, fetched),
    { objectMode: false },
  )
