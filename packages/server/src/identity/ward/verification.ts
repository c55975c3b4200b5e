import { isConfirmed } from '@sokhoe/model/levels'
import { sql } from 'kysely'
import { note } from '../../audit/index.ts'
import type { Context, Staff } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { joinWaiting, partAgain } from '../linking/waiting.ts'
import { notifyPerson } from '../messages/notices.ts'
import { restate } from '../people/book.ts'
import type { Book } from '../people/books.ts'
import { type Demographics, identifierHash, type StatedIdentifier } from '../people/demographics.ts'
import { recount } from '../people/enrolment.ts'
import { raiseLevel } from '../people/levels.ts'
import { firstPatientOf } from '../people/rows.ts'
import type { DocumentKind, VerificationRow } from './tables.ts'

export interface Shown {
  readonly document: DocumentKind
  readonly how: 'scanned' | 'seen'
  /** The number that was read or typed from it. */
  readonly number?: StatedIdentifier
  /** Fields of the book that it put right. */
  readonly corrected: readonly string[]
  /** Numbers of before that the book learnt from it. */
  readonly learnt: readonly StatedIdentifier[]
}

/** A wrong confirmation is taken back within a day; later it is a matter of the record, not of a slip. */
const UNDO_HOURS = 24

const isAmong = ({ system, value }: StatedIdentifier, numbers: readonly StatedIdentifier[]): boolean =>
  numbers.some((one) => one.system === system && one.value === value)

const assuranceOf = async (ctx: Context, home: number, hash: Buffer) =>
  await ctx.db
    .selectFrom('identity.identifier')
    .select('assurance')
    .where('hash', '=', hash)
    .where('patient_id', '=', firstPatientOf(home))
    .where('until', 'is', null)
    .executeTakeFirst()

/**
 * A station's worker has compared somebody who stands before her with a document: the book is confirmed, with who,
 * which kind of document, and when. In the caller's transaction, the person held. Only the number that was seen becomes
 * as sure as the book.
 *
 * @param book as it said before the document put anything right
 * @returns 'known' where the book was confirmed before: nothing is written then
 */
export async function verifyBook(
  ctx: Context,
  { id: staff_id, facility }: Staff,
  book: Book,
  { document, how, number, corrected, learnt }: Shown,
): Promise<'verified' | 'known'> {
  const { home, level } = book
  if (isConfirmed(level)) return 'known'
  const number_hash = number ? identifierHash(ctx.keys, number) : null
  const hashesOf = (numbers: readonly StatedIdentifier[]) =>
    numbers.map((one) => identifierHash(ctx.keys, one))
  const before = number_hash ? await assuranceOf(ctx, home, number_hash) : undefined
  await raiseLevel(ctx, home, 'verified', number_hash)
  await ctx.db
    .insertInto('identity.verification')
    .values({
      home,
      at: ctx.now(),
      staff_id,
      facility,
      document,
      how,
      number_hash: before ? number_hash : null,
      assurance_before: before?.assurance ?? null,
      level_before: level,
      corrected: corrected.join(' '),
      old_learnt: hashesOf(learnt),
      old_stood: hashesOf(learnt.filter((one) => isAmong(one, book.demographics.identifiers))),
      undone_at: null,
      undone_by: null,
    })
    // taken back and confirmed again in the same instant: the clock of a test stands still
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await joinWaiting(ctx, book, facility)
  await note(ctx, {
    action: 'book.verified',
    patientId: book.patientId,
    purpose: 'verification',
    what: document,
  })
  await notifyPerson(ctx, home, 'level-raised')
  return 'verified'
}

/** The newest confirmation of a book that was not taken back. */
export async function verificationOf(ctx: Context, home: number): Promise<VerificationRow | undefined> {
  return await ctx.db
    .selectFrom('identity.verification')
    .selectAll()
    .where('home', '=', home)
    .where('undone_at', 'is', null)
    .orderBy('at', 'desc')
    .limit(1)
    .executeTakeFirst()
}

export const mayStillUndo = (ctx: Context, { at }: VerificationRow): boolean =>
  ctx.now().getTime() - at.getTime() <= UNDO_HOURS * 3_600_000

/** Whether another book has joined this one since then, trusting that it was confirmed. */
async function joinedSince(ctx: Context, home: number, since: Date): Promise<boolean> {
  const merge = await ctx.db
    .selectFrom('identity.merge')
    .select('no')
    .where('into_home', '=', home)
    .where('state', '=', 'merged')
    .where('merged_at', '>=', since)
    .limit(1)
    .executeTakeFirst()
  return merge !== undefined
}

/**
 * What the book learnt of numbers of before from a card that was not hers: they are not hers either, and such as stood
 * until then stand again.
 * @returns the book as it says now; undefined where it had learnt none
 */
async function forgetLearnt(
  ctx: Context,
  book: Book,
  { old_learnt, old_stood }: VerificationRow,
): Promise<Demographics | undefined> {
  const { identifiers, ended = [] } = book.demographics
  const isOf = (hashes: readonly Buffer[]) => (one: StatedIdentifier) =>
    hashes.some((hash) => hash.equals(identifierHash(ctx.keys, one)))
  const plain = ({ system, value }: StatedIdentifier): StatedIdentifier => ({ system, value })
  const learnt = ended.filter(isOf(old_learnt))
  if (learnt.length === 0) return undefined
  const now: Demographics = {
    ...book.demographics,
    identifiers: [...identifiers, ...learnt.filter(isOf(old_stood)).map(plain)],
    ended: ended.filter((one) => !learnt.includes(one)),
  }
  // before they are claimed again: whoever says such a number later says it as a mere word
  await sql`update identity.identifier set ended = false, assurance = 'declared'
    where hash = any(${old_learnt}::bytea[]) and hash <> all(${old_stood}::bytea[])
      and patient_id = ${book.patientId} and ended`.execute(ctx.db)
  await restate(ctx, book, now, undefined, 'document')
  return now
}

/**
 * Takes a wrong confirmation back within a day: the book is as sure as it was before, and what happened stays written
 * down. In the caller's transaction, the person held.
 * @returns the book as it says now, where it had learnt numbers of before by it
 * @throws {Problem} station.nothing-to-undo · station.part-first: what another book brought would stay readable here
 */
export async function undoVerification(
  ctx: Context,
  { id: undone_by, facility }: Staff,
  book: Book,
): Promise<Demographics | undefined> {
  const { home, patientId } = book
  const row = await verificationOf(ctx, home)
  if (!row || book.level !== 'verified' || !mayStillUndo(ctx, row))
    throw new Problem('station.nothing-to-undo')
  if (await joinedSince(ctx, home, row.at)) throw new Problem('station.part-first')
  await recount(ctx, home, () =>
    ctx.db.updateTable('identity.person').set({ level: row.level_before }).where('home', '=', home).execute(),
  )
  await partAgain(ctx, book, row.at, facility)
  if (row.number_hash && row.assurance_before)
    await sql`update identity.identifier set assurance = ${row.assurance_before}
      where hash = ${row.number_hash} and patient_id = ${patientId} and until is null`.execute(ctx.db)
  const now = await forgetLearnt(ctx, book, row)
  await ctx.db
    .updateTable('identity.verification')
    .set({ undone_at: ctx.now(), undone_by })
    .where('home', '=', home)
    .where('at', '=', row.at)
    .execute()
  await note(ctx, { action: 'book.unverified', patientId, purpose: 'verification', what: row.document })
  return now
}
