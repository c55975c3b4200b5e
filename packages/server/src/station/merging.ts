import { z } from 'zod'
import {
  type Book,
  booksAt,
  confirmMerge,
  type Decider,
  EVIDENCE,
  enterAtStation,
  homeNamed,
  linkPatient,
  personId,
  REASONS,
  requestMerge,
  staffIn,
  telephonesShown,
  unlinkPatient,
  unmergePersons,
} from '../identity/index.ts'
import { type Context, inTransaction, type Staff } from '../platform/context.ts'
import type { Routes } from '../platform/http.ts'
import { homeOf, readPublicId } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { read } from '../record/index.ts'
import { enter, type Worker, workerIn } from './enter.ts'
import { Present } from './verify.ts'

const Id = z.string().max(64)
const Two = z.tuple([Id, Id])
const Merge = z.strictObject({
  people: Two,
  evidence: z.enum(EVIDENCE),
  telephones: z.array(z.string().max(40)).max(4).default([]),
})
const Confirm = z.strictObject({ people: Two, agree: z.boolean() })
const Unmerge = z.strictObject({ person: Id, reason: z.enum(REASONS) })
const Link = z.strictObject({ person: Id, patient: Id, evidence: z.enum(EVIDENCE), present: Present })
const Unlink = z.strictObject({ patient: Id, reason: z.enum(REASONS) })

const decider = ({ id, facility, ward }: Staff): Decider => ({ id, facility, ward })
const named = (ctx: Context, { patientId }: Book): string => personId(ctx, patientId)

const ERRAND = { action: 'station.merge', what: 'identity', purpose: 'duplicate' } as const

/**
 * Whoever of the two lives in the worker's ward is opened to her, and written down; of somebody elsewhere she sees
 * nothing, and that ward has its own say.
 * @throws {Problem} access.refused where neither does
 */
async function openTwo(ctx: Context, worker: Worker, people: readonly [string, string]) {
  const [one, two] = [await homeNamed(ctx, people[0]), await homeNamed(ctx, people[1])]
  const books = await booksAt(
    ctx,
    [one, two].filter((home) => home !== undefined),
  )
  const here = people.filter((_, i) => {
    const home = [one, two][i]
    return books.some((book) => book.home === home && book.ward === worker.ward)
  })
  for (const person of here.length > 0 ? here : [people[0]]) await enter(ctx, worker, { ...ERRAND, person })
  if (one === undefined || two === undefined) throw new Problem('access.refused')
  if (one === two) throw new Problem('station.cannot-join')
  return [one, two] as const
}

async function tellOf(ctx: Context, home: number): Promise<string> {
  const [book] = await booksAt(ctx, [home])
  if (!book) throw new Problem('record.damaged', { at: ['person'] })
  return named(ctx, book)
}

async function merge(ctx: Context, { people, evidence, telephones }: z.infer<typeof Merge>) {
  const worker = await workerIn(ctx)
  const two = await openTwo(ctx, worker, people)
  const shown = await telephonesShown(ctx, two, telephones)
  const asked = { people: two, evidence, staff: decider(worker), telephones: shown }
  const { state, home } = await inTransaction(ctx, (ctx) => requestMerge(ctx, asked))
  return { state, person: await tellOf(ctx, home) }
}

async function confirm(ctx: Context, { people, agree }: z.infer<typeof Confirm>) {
  const worker = await workerIn(ctx)
  const two = await openTwo(ctx, worker, people)
  const said = { people: two, staff: decider(worker), agrees: agree }
  const { state, home } = await inTransaction(ctx, (ctx) => confirmMerge(ctx, said))
  return { state, person: await tellOf(ctx, home) }
}

/** The home that an id names, whoever it belongs to now. */
const ownHome = (ctx: Context, person: string): number => {
  const key = readPublicId(ctx.keys.id, person)
  if (key?.no !== 0) throw new Problem('access.refused')
  return homeOf(key.patientId)
}

/** How many resources she wrote herself while two were one: they are in her book, and the desk can tell her so. */
async function writtenSince(ctx: Context, { patientId }: Book, since: Date): Promise<number> {
  const entries = await read(ctx, [patientId], { restricted: true })
  return entries.filter(({ no, at }) => no !== 0 && at >= since.getTime()).length
}

async function unmerge(ctx: Context, { person, reason }: z.infer<typeof Unmerge>) {
  const staff = staffIn(ctx)
  const errand = { action: 'station.unmerge', what: 'identity', purpose: 'verification' } as const
  await enterAtStation(ctx, await homeNamed(ctx, person), errand)
  const parting = { home: ownHome(ctx, person), staff: decider(staff), reason }
  const { homes, since } = await inTransaction(ctx, (ctx) => unmergePersons(ctx, parting))
  const books = await booksAt(ctx, homes)
  const written = await Promise.all(books.map((book) => writtenSince(ctx, book, since)))
  return {
    people: books.map((book) => named(ctx, book)),
    written: books.map((book, i) => ({ person: named(ctx, book), resources: written[i] ?? 0 })),
  }
}

async function link(ctx: Context, { person, patient, evidence, present }: z.infer<typeof Link>) {
  const worker = await workerIn(ctx)
  const errand = { action: 'station.link', what: 'identity', purpose: 'verification' } as const
  const book = await enter(ctx, worker, { ...errand, person, present })
  const key = readPublicId(ctx.keys.id, patient)
  if (key?.no !== 0) throw new Problem('access.refused')
  const asked = { patientId: key.patientId, staff: decider(worker), person: book.home, evidence }
  await inTransaction(ctx, (ctx) => linkPatient(ctx, asked))
  return { person: named(ctx, book) }
}

async function unlink(ctx: Context, { patient, reason }: z.infer<typeof Unlink>) {
  const staff = staffIn(ctx)
  const errand = { action: 'station.unlink', what: 'identity', purpose: 'verification' } as const
  await enterAtStation(ctx, await homeNamed(ctx, patient), errand)
  const key = readPublicId(ctx.keys.id, patient)
  if (key?.no !== 0) throw new Problem('access.refused')
  const asked = { patientId: key.patientId, staff: decider(staff), reason }
  await inTransaction(ctx, (ctx) => unlinkPatient(ctx, asked))
  return { person: patient }
}

/** Two books of one person, one book of two, and a facility's Patient with the wrong person. */
export const mergingRoutes: Routes = async (app) => {
  app.post(
    '/api/station/merge',
    { schema: { summary: 'Two books are one person’s', body: Merge } },
    async ({ ctx, body }, reply) => {
      const told = await merge(ctx, body)
      return reply.code(told.state === 'waits' ? 202 : 200).send(told)
    },
  )

  app.post(
    '/api/station/merge/confirm',
    { schema: { summary: 'The second person’s word on two books', body: Confirm } },
    ({ ctx, body }) => confirm(ctx, body),
  )

  app.post(
    '/api/station/unmerge',
    { schema: { summary: 'Two people after all', body: Unmerge } },
    ({ ctx, body }) => unmerge(ctx, body),
  )

  app.post(
    '/api/station/link',
    { schema: { summary: 'A facility’s Patient belongs to this person', body: Link } },
    ({ ctx, body }) => link(ctx, body),
  )

  app.post(
    '/api/station/unlink',
    { schema: { summary: 'A facility’s Patient does not belong to this person', body: Unlink } },
    ({ ctx, body }) => unlink(ctx, body),
  )
}
