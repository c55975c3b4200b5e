import { enterBook, firstPatientOf, homesOf, type Whose } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { RETENTION } from '../../record/index.ts'
import { daysLeft, deadlineOf } from '../own/clock.ts'
import { once } from '../own/sent.ts'
import { openWords, sealWords } from '../own/words.ts'
import { type Writing, writeInBook } from '../own/write.ts'
import type { RequestKind, RequestRow } from './tables.ts'

export interface RequestTold {
  readonly number: number
  readonly kind: RequestKind
  readonly state: RequestRow['state']
  readonly words: string | null
  readonly askedAt: string
  readonly acknowledgeBy: string
  readonly dueOn: string
  /** Negative when the day is over. */
  readonly daysLeft: number
  readonly law: string
  readonly answer: {
    readonly is: 'granted' | 'refused'
    readonly at: string
    readonly words: string | null
    /** Why it must still be kept, where it must. */
    readonly retention: {
      readonly class: string
      readonly years: number
      readonly after: string
      /** Null: it has not begun to run. */
      readonly until: string | null
    } | null
  } | null
}

const answerOf = async (ctx: Context, row: RequestRow): Promise<RequestTold['answer']> => {
  if (!row.answer || !row.answered_at) return null
  const { retention_class: named } = row
  return {
    is: row.answer,
    at: row.answered_at.toISOString(),
    words: await openWords(ctx, firstPatientOf(row.home), row.answer_words, 'request answer'),
    retention: named && { class: named, ...RETENTION[named], until: row.retain_until },
  }
}

export async function tellRequest(ctx: Context, row: RequestRow): Promise<RequestTold> {
  const { number, kind, state, law } = row
  return {
    number,
    kind,
    state,
    words: await openWords(ctx, firstPatientOf(row.home), row.words, 'request'),
    askedAt: row.asked_at.toISOString(),
    acknowledgeBy: row.acknowledge_by,
    dueOn: row.due_on,
    daysLeft: daysLeft(row.due_on, ctx.now()),
    law,
    answer: await answerOf(ctx, row),
  }
}

const ERRAND = { action: 'book.request', what: 'request' } as const

/** What was asked for a book, and how it stands; the latest first. */
export async function requestsOf(ctx: Context, whose: Whose): Promise<RequestTold[]> {
  const { ctx: entered, book } = await enterBook(ctx, whose, ERRAND)
  const rows = await entered.db
    .selectFrom('book.request')
    .selectAll()
    .where('home', 'in', homesOf(book))
    .orderBy('asked_at', 'desc')
    .orderBy('number', 'desc')
    .execute()
  return await Promise.all(rows.map((row) => tellRequest(entered, row)))
}

async function keepRequest({ ctx, book, home }: Writing, kind: RequestKind, words: string): Promise<number> {
  const earlier = await ctx.db
    .selectFrom('book.request')
    .select(['number', 'kind', 'state'])
    .where('home', 'in', homesOf(book))
    .execute()
  if (earlier.some((row) => row.kind === kind && row.state !== 'answered'))
    throw new Problem('book.asked-already')
  const number = Math.max(0, ...earlier.map((row) => row.number)) + 1
  const { law, acknowledgeBy, dueOn } = deadlineOf(kind, ctx.now())
  await ctx.db
    .insertInto('book.request')
    .values({
      home,
      number,
      kind,
      words: words === '' ? null : await sealWords(ctx, firstPatientOf(home), words, 'request'),
      state: 'received',
      law,
      asked_at: ctx.now(),
      acknowledge_by: acknowledgeBy,
      due_on: dueOn,
      taken_at: null,
      answered_at: null,
      answered_by: null,
      answer: null,
      answer_words: null,
      retention_class: null,
      retain_until: null,
    })
    .execute()
  return number
}

/**
 * Asks for something that the privacy office must answer in time.
 * @throws {Problem} as `writeInBook` and `once`; book.asked-already while the same still waits for its answer
 */
export async function askRequest(
  ctx: Context,
  whose: Whose,
  { uuid, kind, words }: { readonly uuid: string; readonly kind: RequestKind; readonly words: string },
): Promise<{ outcome: 'kept' | 'known'; number: number }> {
  const { outcome, no: number } = await writeInBook(ctx, whose, ERRAND, (writing) =>
    once(writing, { uuid, content: { kind, words } }, () => keepRequest(writing, kind, words)),
  )
  return { outcome, number }
}
