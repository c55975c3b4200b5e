import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { joinWaiting } from '../linking/waiting.ts'
import { notifyPerson } from '../messages/notices.ts'
import { restate } from '../people/book.ts'
import { type Book, booksAt } from '../people/books.ts'
import {
  type Demographics,
  type EndedNumber,
  identifierHash,
  NUMBER_SYSTEMS,
  type StatedIdentifier,
} from '../people/demographics.ts'
import { firstPatientOf } from '../people/rows.ts'
import { writeLife } from './life.ts'

const isSame = (a: StatedIdentifier, b: StatedIdentifier): boolean =>
  a.system === b.system && a.value === b.value

/** The end of a day in Vietnam; without a day, now. */
const endOf = (ctx: Context, { until }: EndedNumber): Date =>
  until === undefined ? ctx.now() : new Date(`${until}T23:59:59+07:00`)

/** Rows by which an ended number still tells who she was, and by which nobody is taken for its bearer of today. */
async function keepEnded(ctx: Context, home: number, ended: readonly EndedNumber[]): Promise<void> {
  if (ended.length === 0) return
  const rows = ended.map((one) => ({
    hash: identifierHash(ctx.keys, one),
    patient_id: firstPatientOf(home),
    system: one.system,
    key_version: ctx.keys.index.current,
    assurance: 'verified' as const,
    since: endOf(ctx, one),
    until: endOf(ctx, one),
    ended: true,
  }))
  await ctx.db
    .insertInto('identity.identifier')
    .values(rows)
    .onConflict((conflict) =>
      conflict.columns(['hash', 'patient_id']).doUpdateSet({
        until: sql<Date>`excluded.until`,
        ended: true,
      }),
    )
    .execute()
}

const raise = (ctx: Context, home: number, number: StatedIdentifier) =>
  ctx.db
    .updateTable('identity.identifier')
    .set({ assurance: 'verified' })
    .where('hash', '=', identifierHash(ctx.keys, number))
    .where('patient_id', '=', firstPatientOf(home))
    .where('until', 'is', null)
    .execute()

/** The book with one number more among those that have ended, and none of them among those that stand. */
function ending(book: Demographics, ended: readonly EndedNumber[]): Demographics {
  const all = [...(book.ended ?? []).filter((one) => !ended.some((other) => isSame(one, other))), ...ended]
  return {
    ...book,
    identifiers: book.identifiers.filter((one) => !ended.some((other) => isSame(one, other))),
    ended: all,
  }
}

export interface OldKept {
  /** The book as it says now. */
  readonly now: Demographics
  readonly learnt: readonly StatedIdentifier[]
}

/**
 * A card's code names a number of before: it is hers, and has ended (Decree 70/2024 art. 12). In the caller's
 * transaction, the person held.
 * @returns undefined where the book knew all of it
 */
export async function keepOldNumbers(
  ctx: Context,
  book: Book,
  old: readonly EndedNumber[],
): Promise<OldKept | undefined> {
  const known = book.demographics.ended ?? []
  const added = old.filter((one) => !known.some((other) => isSame(one, other)))
  if (added.length === 0) return undefined
  const now = ending(book.demographics, added)
  await restate(ctx, book, now, undefined, 'document')
  await keepEnded(ctx, book.home, added)
  return { now, learnt: added }
}

export interface Replacing {
  /** As the document in the worker's hand shows it. */
  readonly number: StatedIdentifier
  /** 'reissued': the one before was hers and has ended; 'mistake': it never was hers. */
  readonly why: 'reissued' | 'mistake'
  /** Kind of document. */
  readonly paper: string
  /** YYYY-MM-DD on which the new one was issued, where it is known: the one before ended with it. */
  readonly issuedOn?: string
}

/**
 * A document shows another number than the book: the new one is confirmed; the one of its kind before has ended and is
 * kept, or was a mistake and is not (Decree 70/2024 art. 11: a number is cancelled and issued anew, and may be borne by
 * somebody else then). In the caller's transaction, the person held.
 * @returns the book as it says now; undefined where it bears that number already
 */
export async function replaceNumber(
  ctx: Context,
  book: Book,
  { number, why, paper, issuedOn }: Replacing,
): Promise<Demographics | undefined> {
  const { demographics, home } = book
  if (demographics.identifiers.some((one) => isSame(one, number))) return undefined
  const before = demographics.identifiers.filter(({ system }) => system === number.system)
  const ended: EndedNumber[] =
    why === 'mistake'
      ? []
      : before.map((one) => ({ ...one, ...(issuedOn !== undefined && { until: issuedOn }) }))
  const others = demographics.identifiers.filter(({ system }) => system !== number.system)
  const now: Demographics = {
    ...ending({ ...demographics, identifiers: others }, ended),
    identifiers: [number, ...others],
    // a number that comes back to her stands again
    ended: [...(demographics.ended ?? []), ...ended].filter((one) => !isSame(one, number)),
  }
  await restate(ctx, book, now, undefined, 'document')
  await keepEnded(ctx, home, ended)
  await raise(ctx, home, number)
  await joinWaiting(ctx, book, ctx.actor.kind === 'staff' ? ctx.actor.facility : 'system')
  await writeLife(ctx, book, { kind: 'number', paper, told: { before, after: number, why } })
  await notifyPerson(ctx, home, 'number-replaced')
  return now
}

/** Whose ended numbers these are: for a station that holds an old card. @returns homes of persons with a book */
export async function homesByEndedNumber(ctx: Context, numbers: readonly string[]): Promise<number[]> {
  const hashes = numbers.flatMap((value) =>
    NUMBER_SYSTEMS.map((system) => identifierHash(ctx.keys, { system, value })),
  )
  if (hashes.length === 0) return []
  const { rows } = await sql<{ home: number }>`
    select distinct patient.person as home from identity.identifier number
    join identity.patient patient on patient.patient_id = number.patient_id and patient.home = number.patient_id / 4096
    where number.hash = any(${hashes}::bytea[]) and number.ended limit 20`.execute(ctx.db)
  const books = await booksAt(
    ctx,
    rows.map(({ home }) => home),
  )
  return books.map(({ home }) => home)
}
