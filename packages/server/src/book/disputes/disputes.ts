import { facilityOf } from '@sokhoe/codes'
import { type Book, enterBook, firstPatientOf, homesOf, type Whose } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { publicId, readPublicId } from '../../platform/ids.ts'
import { Problem } from '../../platform/problem.ts'
import type { Entry } from '../../record/index.ts'
import { openEntries } from '../entries.ts'
import { daysLeft, deadlineOf } from '../own/clock.ts'
import { once } from '../own/sent.ts'
import { openWords, sealWords } from '../own/words.ts'
import { isSeen, type Writing, writeInBook } from '../own/write.ts'
import type { DisputeAnswer, DisputeRow, Reason } from './tables.ts'

export interface DisputeTold {
  readonly number: number
  /** The disputed resource, as the book names it. */
  readonly line: string
  /** The version that was read when it was disputed. */
  readonly version: number
  /** Who stated it, by name. */
  readonly source: string
  readonly reason: Reason
  readonly words: string | null
  /** A document of hers that shows it. */
  readonly document: string | null
  readonly state: DisputeRow['state']
  readonly askedAt: string
  readonly dueOn: string
  readonly daysLeft: number
  readonly law: string
  readonly answer: { readonly is: DisputeAnswer; readonly at: string; readonly words: string | null } | null
}

export async function tellDispute(ctx: Context, row: DisputeRow): Promise<DisputeTold> {
  const own = firstPatientOf(row.home)
  const named = (no: number, patientId: number) => publicId(ctx.keys.id, { patientId, no })
  return {
    number: row.number,
    line: named(row.no, row.patient_id),
    version: row.version,
    source: facilityOf(row.source)?.name ?? row.source,
    reason: row.reason,
    words: await openWords(ctx, own, row.words, 'dispute'),
    document: row.document_no === null ? null : named(row.document_no, own),
    state: row.state,
    askedAt: row.asked_at.toISOString(),
    dueOn: row.due_on,
    daysLeft: daysLeft(row.due_on, ctx.now()),
    law: row.law,
    answer:
      row.answer && row.answered_at
        ? {
            is: row.answer,
            at: row.answered_at.toISOString(),
            words: await openWords(ctx, own, row.answer_words, 'dispute answer'),
          }
        : null,
  }
}

/** What was disputed in a book, of lines that are open to whoever asks; the latest first. */
export async function disputesOf(ctx: Context, whose: Whose): Promise<DisputeTold[]> {
  const { ctx: entered, book } = await enterBook(ctx, whose, { action: 'record.read', what: 'dispute' })
  const [rows, entries] = await Promise.all([
    entered.db
      .selectFrom('book.dispute')
      .selectAll()
      .where('home', 'in', homesOf(book))
      .orderBy('asked_at', 'desc')
      .orderBy('number', 'desc')
      .execute(),
    openEntries({ ctx: entered, book }),
  ])
  const seen = new Set(entries.map((each) => `${each.patientId} ${each.no}`))
  const open = rows.filter((row) => seen.has(`${row.patient_id} ${row.no}`))
  return await Promise.all(open.map((row) => tellDispute(entered, row)))
}

export interface Disputing {
  readonly uuid: string
  readonly line: string
  readonly reason: Reason
  readonly words: string
  readonly document?: string | undefined
}

/** @throws {Problem} book.line-unknown; book.line-own: what she said herself she changes herself */
async function disputedLine(ctx: Context, book: Book, line: string): Promise<Entry> {
  const named = readPublicId(ctx.keys.id, line)
  const mine = named && named.no !== 0 && book.patientIds.includes(named.patientId)
  const entries = mine ? await openEntries({ ctx, book: { ...book, patientIds: [named.patientId] } }) : []
  const entry = entries.find(({ no }) => no === named?.no)
  if (!entry) throw new Problem('book.line-unknown')
  if (entry.source === 'self') throw new Problem('book.line-own')
  return entry
}

/** @throws {Problem} book.document-unknown */
function documentNo({ ctx, standing, patientId }: Writing, document: string | undefined): number | null {
  if (document === undefined) return null
  const named = readPublicId(ctx.keys.id, document)
  const entry = standing.find(({ no, type }) => no === named?.no && type === 'DocumentReference')
  if (!entry || named?.patientId !== patientId || !isSeen(ctx, entry))
    throw new Problem('book.document-unknown')
  return entry.no
}

/** The desk is the station of the ward where she lives; where nobody knows it, the station that stated the line. */
const deskOf = ({ ward }: Book, source: string): string | null =>
  ward ?? /^TYT-(\d{5})$/.exec(source)?.[1] ?? null

async function keepDispute(writing: Writing, disputing: Disputing): Promise<number> {
  const { ctx, book, home } = writing
  const { patientId: patient_id, no, version, source } = await disputedLine(ctx, book, disputing.line)
  const earlier = await ctx.db
    .selectFrom('book.dispute')
    .select(['number', 'patient_id', 'no', 'state'])
    .where('home', 'in', homesOf(book))
    .execute()
  const waits = earlier.some(
    (row) => row.patient_id === patient_id && row.no === no && row.state !== 'answered',
  )
  if (waits) throw new Problem('book.asked-already')
  const number = Math.max(0, ...earlier.map((row) => row.number)) + 1
  const { law, dueOn: due_on } = deadlineOf('correct', ctx.now())
  const { words, reason } = disputing
  await ctx.db
    .insertInto('book.dispute')
    .values({
      home,
      number,
      patient_id,
      no,
      version,
      source,
      reason,
      words: words === '' ? null : await sealWords(ctx, firstPatientOf(home), words, 'dispute'),
      document_no: documentNo(writing, disputing.document),
      desk: deskOf(book, source),
      state: 'received',
      law,
      asked_at: ctx.now(),
      due_on,
      passed_at: null,
      answered_at: null,
      answered_by: null,
      answer: null,
      answer_words: null,
    })
    .execute()
  return number
}

/**
 * Says that a line which somebody else stated is wrong. The line stays as it is; the station must answer in time.
 * @throws {Problem} as `writeInBook` and `once`; book.line-unknown · book.line-own · book.document-unknown ·
 *   book.asked-already
 */
export async function dispute(
  ctx: Context,
  whose: Whose,
  disputing: Disputing,
): Promise<{ outcome: 'kept' | 'known'; number: number }> {
  const { uuid, ...content } = disputing
  const errand = { action: 'record.dispute', what: 'dispute' } as const
  const { outcome, no: number } = await writeInBook(ctx, whose, errand, (writing) =>
    once(writing, { uuid, content }, () => keepDispute(writing, disputing)),
  )
  return { outcome, number }
}
