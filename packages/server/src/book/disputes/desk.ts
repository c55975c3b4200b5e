import type { FhirResource } from '@sokhoe/fhir'
import { authorizeWork } from '../../access/index.ts'
import {
  type Book,
  booksAt,
  enterAtStation,
  firstPatientOf,
  homeKeeping,
  homeNamed,
  homesOf,
  notifyPerson,
  personId,
} from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { type DocumentContent, documentOf, history, put } from '../../record/index.ts'
import { sealWords } from '../own/words.ts'
import { resourceOf } from '../own/write.ts'
import { corrected, type Values, withdrawn } from './correction.ts'
import { type DisputeTold, tellDispute } from './disputes.ts'
import type { DisputeAnswer, DisputeRow } from './tables.ts'

/** Until one is opened, the desk sees that something waits, for whom and by when. */
export type Waiting = Pick<
  DisputeTold,
  'number' | 'reason' | 'state' | 'askedAt' | 'dueOn' | 'daysLeft' | 'source'
> & {
  readonly person: string
  readonly name: string
}

export interface Named {
  readonly person: string
  readonly number: number
}

const ERRAND = { action: 'station.dispute', what: 'dispute', purpose: 'dispute' } as const

/** What waits at the desk of the worker's ward, by the day on which it is due. */
export async function disputesAtDesk(ctx: Context): Promise<Waiting[]> {
  const ward = ctx.actor.kind === 'staff' ? ctx.actor.ward : null
  await authorizeWork(ctx, 'dispute.answer', ward)
  const rows = await ctx.db
    .selectFrom('book.dispute')
    .selectAll()
    .where('desk', '=', ward)
    .where('state', '<>', 'answered')
    .orderBy('due_on')
    .limit(500)
    .execute()
  const books = await booksAt(ctx, [...new Set(rows.map(({ home }) => home))])
  const told = await Promise.all(
    rows.map(async (row) => {
      const { number, reason, state, askedAt, dueOn, daysLeft, source } = await tellDispute(ctx, row)
      const name = books.find((book) => homesOf(book).includes(row.home))?.demographics.name ?? ''
      const person = personId(ctx, firstPatientOf(row.home))
      return { person, name, number, reason, state, askedAt, dueOn, daysLeft, source }
    }),
  )
  for (const home of new Set(rows.map((row) => row.home))) await enterAtStation(ctx, home, ERRAND)
  return told
}

interface Opened {
  readonly ctx: Context
  readonly book: Book
  readonly row: DisputeRow
}

/** @throws {Problem} access.refused · request.not-found */
async function open(ctx: Context, { person, number }: Named): Promise<Opened> {
  const entered = await enterAtStation(ctx, await homeNamed(ctx, person), ERRAND)
  const row = await ctx.db
    .selectFrom('book.dispute')
    .selectAll()
    .where('home', '=', homeKeeping(ctx, entered.book, person))
    .where('number', '=', number)
    .executeTakeFirst()
  if (!row) throw new Problem('request.not-found')
  return { ...entered, row }
}

/** One dispute whole: what was said, and every version of the line, the latest first. */
export async function disputeAtDesk(
  ctx: Context,
  named: Named,
): Promise<DisputeTold & { readonly versions: readonly FhirResource[] }> {
  const { row } = await open(ctx, named)
  const versions = await history(ctx, row.patient_id, row.no, { restricted: true })
  return { ...(await tellDispute(ctx, row)), versions: versions.map(resourceOf) }
}

/** The photo that was sent with it. @throws {Problem} book.document-unknown */
export async function documentAtDesk(ctx: Context, named: Named): Promise<DocumentContent> {
  const { row } = await open(ctx, named)
  const content =
    row.document_no === null ? undefined : await documentOf(ctx, firstPatientOf(row.home), row.document_no)
  if (!content) throw new Problem('book.document-unknown')
  return content
}

const change = ({ db }: Context, { home, number }: DisputeRow, values: Partial<DisputeRow>) =>
  db.updateTable('book.dispute').set(values).where('home', '=', home).where('number', '=', number).execute()

/** The desk asks whoever stated the line. */
export async function passDispute(ctx: Context, named: Named): Promise<void> {
  const { row } = await open(ctx, named)
  if (row.state === 'received') await change(ctx, row, { state: 'with-source', passed_at: ctx.now() })
}

export interface DeskAnswer {
  readonly is: DisputeAnswer
  readonly words: string
  /** The right numbers, by LOINC code, where a measurement of this station is corrected. */
  readonly values?: Values | undefined
}

/**
 * The next version, where this station stated the line itself. What others stated only they change: the answer may say
 * so once a later version has arrived.
 * @throws {Problem} book.not-corrected · request.invalid: the line has no such numbers
 */
async function restateLine(ctx: Context, row: DisputeRow, { is, values }: DeskAnswer): Promise<void> {
  const { patient_id: patientId, no, source } = row
  const [last] = await history(ctx, patientId, no, { restricted: true })
  const isOurs = ctx.actor.kind === 'staff' && ctx.actor.facility === source
  if (!last) throw new Problem('book.line-unknown')
  if (last.version > row.version && !values) return
  if (!isOurs) throw new Problem('book.not-corrected')
  const before = resourceOf(last)
  const resource = is === 'withdrawn' ? withdrawn(before) : corrected(before, values ?? {})
  if (!resource) throw new Problem('request.invalid', { at: ['/values'] })
  await put(ctx, { patientId, source, kind: 'correction', resources: [{ no, resource }] })
}

/**
 * Answers a dispute and tells the person. Both versions stay in the record, whatever the answer.
 * @throws {Problem} access.refused · request.not-found · book.answered-already · book.not-corrected
 */
export async function answerDispute(ctx: Context, named: Named, answer: DeskAnswer): Promise<void> {
  const { row } = await open(ctx, named)
  await inTransaction(ctx, async (inner) => {
    const now = await inner.db
      .selectFrom('book.dispute')
      .select('state')
      .where('home', '=', row.home)
      .where('number', '=', row.number)
      .forUpdate()
      .executeTakeFirst()
    if (now?.state === 'answered') throw new Problem('book.answered-already')
    if (answer.is !== 'kept') await restateLine(inner, row, answer)
    await change(inner, row, {
      state: 'answered',
      answer: answer.is,
      answer_words: await sealWords(inner, firstPatientOf(row.home), answer.words, 'dispute answer'),
      answered_at: inner.now(),
      answered_by: inner.actor.kind === 'staff' ? inner.actor.id : null,
    })
    await notifyPerson(inner, row.home, 'dispute-answered')
  })
}
