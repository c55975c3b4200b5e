import { sql } from 'kysely'
import { note, noteRefusal } from '../../audit/index.ts'
import { type Context, inTransaction, type Resident } from '../../platform/context.ts'
import { fingerprint } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { readCardLink } from '../cards/index.ts'
import { type Allowance, giveBack, takeAttempt } from '../codes/attempts.ts'
import type { Desk } from '../codes/desk.ts'
import { countIssue, HOUR, limit, networkOf, refuseFull } from '../codes/issues.ts'
import { phoneOf } from '../codes/phones.ts'
import { signedIn } from '../codes/sessions.ts'
import { memberNamed } from '../family/members.ts'
import { notifyTelephones } from '../messages/notices.ts'
import { lockTelephone } from '../people/book.ts'
import { enterAtStation, homeNamed, ownBook } from '../people/enter.ts'
import { homesOf } from '../people/kin.ts'
import { personId } from '../people/me.ts'
import { firstPatientOf } from '../people/rows.ts'
import {
  codeOf,
  collect,
  dueChanges,
  holdByCode,
  holdWaiting,
  latestOf,
  undoHash,
  updateChange,
} from './changes.ts'
import { giveUp, oldTelephones, weigh } from './move.ts'
import { type PaperKind, weighPapers } from './proofs.ts'
import type { ChangeRow, Proofs } from './tables.ts'

type Papers = Parameters<typeof weighPapers>[2]

export interface Claim {
  /** The number that keeps the book so far, as typed; or the book's printed code, as read. */
  readonly from: { readonly phone: string } | { readonly card: string }
  readonly papers: Papers
}

const SCOPE = Buffer.from('phone-change')

/** Tries of one telephone, and tries at one book from however many: each has its own five. */
async function takeTry(ctx: Context, allowance: Allowance): Promise<number> {
  const attempt = await takeAttempt({ ...ctx, db: ctx.pool }, allowance)
  if (attempt.is === 'blocked') throw new Problem('identity.blocked', { retryAfter: attempt.retryAfter })
  return attempt.left
}

interface Named {
  /** By what tries at it are counted, whether or not it names anybody. */
  readonly mark: Buffer
  readonly homes: readonly number[]
}

/** Whose books may be meant; a number or code that nobody has is treated like any other. */
async function namedBy(ctx: Context, desk: Desk, from: Claim['from']): Promise<Named> {
  if ('card' in from) {
    const found = await readCardLink(ctx, from.card)
    return { mark: fingerprint(ctx.keys, 'claimed card', from.card.trim()), homes: found ? [found.home] : [] }
  }
  const phone = phoneOf(ctx.keys, from.phone, desk.makeBelieve)
  const now = ctx.now()
  const rows = await ctx.db
    .selectFrom('identity.keeper')
    .select(sql<number>`coalesce(person, home)`.as('home'))
    .distinct()
    .where('phone_hash', '=', phone.hash)
    .where('relation', '=', 'self')
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .execute()
  return { mark: phone.hash, homes: rows.map(({ home }) => home) }
}

/** Whoever has a book at this number already does not bring another one here. @throws {Problem} move.has-book */
function refuseKeeper(resident: Resident): void {
  if (!resident.proven) throw new Problem('identity.sign-in-needed')
  if (resident.books.length > 0 || resident.arriving.length > 0) throw new Problem('move.has-book')
}

/**
 * From the new number: names the book and gives what proofs there are. The answer is the same whether the number or
 * code names anybody and whether one proof fits; only two that fit show, since then the book begins to move.
 * @throws {Problem} move.has-book · move.locked · identity.blocked · identity.phone-invalid ·
 *   identity.card-unreadable
 */
export async function claim(
  ctx: Context,
  desk: Desk,
  publicUrl: string,
  { from, papers }: Claim,
): Promise<void> {
  const resident = signedIn(ctx)
  refuseKeeper(resident)
  const { mark, homes } = await namedBy(ctx, desk, from)
  const tries = [resident.phoneHash, mark].map((phoneHash) => ({ phoneHash, scope: SCOPE }))
  for (const allowance of tries) await takeTry(ctx, allowance)
  const proofs = await weighPapers(ctx, homes, papers)
  const begun = await inTransaction(ctx, async (ctx) => {
    refuseKeeper(await lockTelephone(ctx, resident))
    const change = await collect(ctx, resident, homes, proofs)
    await weigh(ctx, publicUrl, change, proofs)
    return (await latestOf(ctx, resident))?.state === 'waiting'
  })
  if (begun) for (const allowance of tries) await giveBack({ ...ctx, db: ctx.pool }, allowance)
  desk.wake()
}

const withProof = ({ proofs }: ChangeRow, kind: keyof Proofs, home: number): Proofs => ({
  ...proofs,
  [kind]: [...new Set([...(proofs[kind] ?? []), home])],
})

/**
 * Somebody of the family says that whoever shows this code is the person for whom she acts.
 * @throws {Problem} family.code-refused · access.refused · move.locked · identity.blocked
 */
export async function vouch(
  ctx: Context,
  desk: Desk,
  publicUrl: string,
  said: { readonly code: string; readonly person: string },
): Promise<void> {
  const resident = signedIn(ctx)
  const { book, proxy } = await memberNamed(ctx, said.person)
  if (proxy.topics.length === 0) throw new Problem('access.refused')
  const allowance = { phoneHash: resident.phoneHash, scope: Buffer.from('phone-change vouch') }
  const left = await takeTry(ctx, allowance)
  await inTransaction(ctx, async (ctx) => {
    const change = await holdByCode(ctx, said.code)
    const isMeant = change && homesOf(book).some((home) => change.candidates.includes(home))
    if (!isMeant || change.phone_hash.equals(resident.phoneHash))
      throw new Problem('family.code-refused', { more: { left } })
    await note(ctx, { action: 'phone.vouch', patientId: book.patientId, purpose: 'family', what: 'family' })
    await weigh(ctx, publicUrl, change, withProof(change, 'family', book.home))
  })
  await giveBack({ ...ctx, db: ctx.pool }, allowance)
  desk.wake()
}

export interface Checked {
  readonly code: string
  readonly person: string
  readonly papers: Papers
}

/**
 * A worker has the person before her and has compared her papers: with one more proof the book moves at once.
 * @throws {Problem} access.refused · staff.sign-in-needed · family.code-refused
 */
export async function checkAtStation(
  ctx: Context,
  desk: Desk,
  publicUrl: string,
  { code, person, papers }: Checked,
): Promise<'moved' | 'collecting'> {
  const home = await homeNamed(ctx, person)
  const errand = { action: 'station.phone', what: 'phone', purpose: 'verification' } as const
  const { book } = await enterAtStation(ctx, home, errand)
  const shown = await weighPapers(ctx, [book.home], papers)
  const state = await inTransaction(ctx, async (ctx) => {
    const change = await holdByCode(ctx, code, true)
    if (!change) throw new Problem('family.code-refused')
    const proofs = { ...withProof(change, 'station', book.home) }
    for (const kind of Object.keys(shown) as PaperKind[])
      if (shown[kind]?.includes(book.home))
        Object.assign(proofs, withProof({ ...change, proofs }, kind, book.home))
    await weigh(ctx, publicUrl, change, proofs)
    const isOf = (homes: readonly number[] | undefined) => homes?.some((home) => homesOf(book).includes(home))
    return Object.values(proofs).filter(isOf).length >= 2 ? 'moved' : 'collecting'
  })
  desk.wake()
  return state
}

async function undo(ctx: Context, change: ChangeRow): Promise<void> {
  const { home } = change
  if (home === null) return
  await note(ctx, { action: 'phone.undo', patientId: firstPatientOf(home), purpose: 'own', what: 'undone' })
  const told = await oldTelephones(ctx, change)
  await giveUp(ctx, change, 'undone')
  await notifyTelephones(ctx, told, 'phone-kept')
}

/** In the app of a session that keeps the book still. @throws {Problem} move.none */
export async function undoHere(ctx: Context): Promise<void> {
  const { books } = signedIn(ctx)
  const own = await ownBook(ctx)
  if (!own || !books.includes(own.home)) throw new Problem('move.none')
  await inTransaction(ctx, async (ctx) => {
    const change = await holdWaiting(ctx, { homes: homesOf(own) })
    if (!change || change.phone_hash.equals(signedIn(ctx).phoneHash)) throw new Problem('move.none')
    await undo(ctx, change)
  })
}

const MOST_WRONG = 20

/** With the code of the message, by whoever reads it at the old number. @throws {Problem} move.none */
export async function undoByCode(ctx: Context, code: string, address: string): Promise<void> {
  const wrong = limit(ctx, MOST_WRONG, HOUR, 'undo', networkOf(address))
  await refuseFull(ctx, wrong)
  const done = await inTransaction(ctx, async (ctx) => {
    const change = await holdWaiting(ctx, { undoHash: undoHash(ctx, code) })
    if (change) await undo(ctx, change)
    return change !== undefined
  })
  if (done) return
  await countIssue(ctx, [wrong])
  await noteRefusal(ctx, { action: 'phone.undo' })
  throw new Problem('move.none')
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

/** What this number asked for last; null where that has ended. */
function tellMine(ctx: Context, mine: ChangeRow | undefined) {
  const now = ctx.now()
  if (!mine || (mine.state === 'collecting' && mine.ends_at <= now)) return null
  const over = mine.state === 'waiting' && mine.effective_at !== null && mine.effective_at <= now
  const state = over ? 'moved' : mine.state
  return {
    state,
    // for the family or the station, as long as they can still do something
    code: state === 'collecting' || state === 'waiting' ? codeOf(ctx, mine) : null,
    endsAt: mine.ends_at.toISOString(),
    effectiveAt: instant(mine.effective_at),
  }
}

/** The change by which her book leaves this number; null where none does. */
async function tellLeaving(ctx: Context, { books, phoneHash }: Resident) {
  const own = await ownBook(ctx)
  if (!own || !books.includes(own.home)) return null
  const leaving = await inTransaction(ctx, (ctx) => holdWaiting(ctx, { homes: homesOf(own) }))
  if (!leaving || leaving.phone_hash.equals(phoneHash)) return null
  const { begun_at, effective_at } = leaving
  return { person: personId(ctx, own.patientId), since: instant(begun_at), until: instant(effective_at) }
}

/** What this number asked for, and what is leaving it. */
export async function tellChanges(ctx: Context) {
  const resident = signedIn(ctx)
  return {
    mine: tellMine(ctx, await latestOf(ctx, resident)),
    leaving: await tellLeaving(ctx, resident),
  }
}

/** Tells the old telephones that a change is done; the change itself waited for nobody. */
export async function settleChanges(ctx: Context): Promise<number> {
  return await inTransaction(ctx, async (ctx) => {
    const due = await dueChanges(ctx)
    for (const change of due) {
      await notifyTelephones(ctx, await oldTelephones(ctx, change), 'phone-changed')
      await updateChange(ctx, change, { state: 'moved' })
    }
    return due.length
  })
}
