import type { FastifyRequest } from 'fastify'
import { sql } from 'kysely'
import { proxiesFor } from '../../access/index.ts'
import type { Context, HeldProxy, Resident } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { birthsOf } from '../people/births.ts'
import { type Allowance, giveBack, PROOFS, takeAttempt } from './attempts.ts'
import { type Handle, makeHandle, readHandle } from './handle.ts'

export const SESSION_COOKIE = 'sk_session'
export const DEVICE_COOKIE = 'sk_device'

const DAY = 24 * 3600 * 1000
/** A session nobody uses ends. */
const IDLE = 30 * DAY
/** And any session ends. */
const LONGEST = 180 * DAY
export const SESSION_SECONDS = LONGEST / 1000

export interface NewSession {
  readonly phoneHash: Buffer
  readonly device: Buffer | null
  readonly opened: boolean
  readonly homes: readonly number[]
  readonly epoch: number
  readonly campaign: string | null
}

/** Begins a session, always with a new token; the one the browser held before ends. @returns the cookie's text */
export async function openSession(
  ctx: Context,
  session: NewSession,
  before: string | undefined,
): Promise<string> {
  const now = ctx.now()
  const { text, phoneHash, hash } = makeHandle(ctx.keys, 'session', session.phoneHash)
  await endSession(ctx, before)
  await ctx.db
    .insertInto('identity.session')
    .values({
      phone_hash: phoneHash,
      token_hash: hash,
      device_hash: session.device,
      opened: session.opened,
      homes: session.homes,
      epoch: session.epoch,
      campaign: session.campaign,
      created_at: now,
      seen_at: now,
      ends_at: new Date(now.getTime() + LONGEST),
    })
    .execute()
  return text
}

/** @param cookie of the session; anything else ends nothing */
export async function endSession(ctx: Context, cookie: string | undefined): Promise<void> {
  const handle = cookie === undefined ? undefined : readHandle(ctx.keys, 'session', cookie)
  if (!handle) return
  await ctx.db
    .deleteFrom('identity.session')
    .where('phone_hash', '=', handle.phoneHash)
    .where('token_hash', '=', handle.hash)
    .execute()
}

interface SessionRow {
  readonly account_id: number
  readonly opened: boolean
  readonly campaign: string | null
  readonly seen_at: Date
  readonly proven: boolean
  readonly epoch: number
  readonly kept: readonly Kept[]
  readonly proved: readonly number[]
}

/** A book as one number keeps it. */
interface Kept {
  /** Whose it is now. */
  readonly home: number
  /** Under which this number keeps it: the same, unless its person has joined another. */
  readonly at: number
  /** Her own; otherwise kept for somebody else. */
  readonly own: boolean
  readonly epoch: number
  /** On its way to this number: nothing of others is read yet. */
  readonly adding: boolean
  /** It joined a surer book: nobody reads that one by having kept this one. */
  readonly unproven: boolean
}

/** All of it lies in one place: session, account and the books of one telephone (as JSON: int8[] arrives as texts). */
async function findSession(ctx: Context, { phoneHash, hash }: Handle): Promise<SessionRow | undefined> {
  const now = ctx.now()
  const { rows } = await sql<SessionRow>`
    select a.account_id, s.opened, s.campaign, s.seen_at, s.epoch, a.proven, to_json(s.homes) as proved,
      coalesce((select json_agg(json_build_object('home', coalesce(k.person, k.home), 'at', k.home,
          'own', k.relation = 'self', 'epoch', k.epoch, 'adding', coalesce(k.adds_until > ${now}, false),
          'unproven', k.unproven) order by k.since, k.home) from identity.keeper k
        where k.phone_hash = s.phone_hash and (k.until is null or k.until > ${now})
          -- what a later owner of the number keeps is not for the sessions of an earlier one
          and k.epoch <= s.epoch), '[]') as kept
    from identity.session s join identity.account a on a.phone_hash = s.phone_hash
    where s.phone_hash = ${phoneHash} and s.token_hash = ${hash}
      and s.ends_at > ${now} and s.seen_at > ${new Date(now.getTime() - IDLE)}`.execute(ctx.db)
  return rows[0]
}

/**
 * Which of her own books a session opens: all at a device that was there before any of them; else those for which a
 * further proof was given, and those of phone level that this owner of the number keeps. The number may have changed
 * hands, so any other, known or not, stays closed.
 */
async function openOf(
  ctx: Context,
  { opened, epoch, proved }: SessionRow,
  own: readonly Kept[],
): Promise<ReadonlySet<number>> {
  const hers = own.filter(({ unproven }) => !unproven)
  // what was proved of a book before it joined another holds for both, unless that one is surer
  const known = [
    ...own.filter(({ home }) => proved.includes(home)),
    ...hers.filter(({ at }) => opened || proved.includes(at)),
  ].map(({ home }) => home)
  const asked = hers.filter(({ home }) => !known.includes(home))
  const fresh = asked.filter((kept) => kept.epoch === epoch).map(({ home }) => home)
  if (fresh.length === 0) return new Set(known)
  const rows = await ctx.db
    .selectFrom('identity.person')
    .select('home')
    .where('home', 'in', fresh)
    .where('level', '=', 'phone')
    .execute()
  return new Set([...known, ...rows.map((row) => row.home)])
}

/** A session's sliding end is written at most once a day. */
async function touch(ctx: Context, { phoneHash, hash }: Handle, seenAt: Date): Promise<void> {
  const now = ctx.now()
  if (now.getTime() - seenAt.getTime() < DAY) return
  await ctx.db
    .updateTable('identity.session')
    .set({ seen_at: now })
    .where('phone_hash', '=', phoneHash)
    .where('token_hash', '=', hash)
    .execute()
}

/** The resident whose session this cookie is, as she stands now. */
export async function residentOf(ctx: Context, cookie: string | undefined): Promise<Resident | undefined> {
  const handle = cookie === undefined ? undefined : readHandle(ctx.keys, 'session', cookie)
  const row = handle && (await findSession(ctx, handle))
  if (!row) return undefined
  const { account_id: account, opened, epoch, campaign, proven, kept } = row
  const own = kept.filter((one) => one.own)
  const others = kept.filter((one) => !one.own && !one.adding && !one.unproven)
  const [open, known] = await Promise.all([
    openOf(ctx, row, own),
    actsFor(ctx, others),
    touch(ctx, handle, row.seen_at),
  ])
  const here = own.filter(({ home }) => open.has(home))
  const books = homesIn(here.filter(({ adding }) => !adding))
  const arriving = homesIn(here.filter(({ adding }) => adding)).filter((home) => !books.includes(home))
  return {
    kind: 'resident',
    account,
    phoneHash: handle.phoneHash,
    session: handle.hash,
    proven,
    opened,
    epoch,
    campaign,
    books,
    arriving,
    // whoever has not opened her own book acts for nobody
    proxies: known.filter(({ holder }) => books.includes(holder)),
    acting: null,
    locked: homesIn(own).filter((home) => !open.has(home)),
  }
}

const homesIn = (kept: readonly Kept[]): number[] => [...new Set(kept.map(({ home }) => home))]

async function actsFor(ctx: Context, others: readonly Kept[]): Promise<HeldProxy[]> {
  if (others.length === 0) return []
  const births = await birthsOf(ctx, homesIn(others))
  return await proxiesFor(ctx, [...new Set(others.map(({ at }) => at))], births)
}

/** The resident who asks, by the session cookie. */
export const residentBy = (request: FastifyRequest, ctx: Context): Promise<Resident | undefined> =>
  residentOf(ctx, request.cookies[SESSION_COOKIE])

/** @throws {Problem} identity.sign-in-needed */
export function signedIn({ actor }: Context): Resident {
  if (actor.kind !== 'resident') throw new Problem('identity.sign-in-needed')
  return actor
}

const proofsOf = ({ phoneHash }: Resident): Allowance => ({ phoneHash, scope: PROOFS })

/**
 * Takes one of five tries at the further proof, before it is looked at; it stands even when the request rolls back.
 * @returns tries left
 * @throws {Problem} identity.blocked
 */
export async function takeProofTry(ctx: Context, resident: Resident): Promise<number> {
  const attempt = await takeAttempt({ ...ctx, db: ctx.pool }, proofsOf(resident))
  if (attempt.is === 'blocked') throw new Problem('identity.blocked', { retryAfter: attempt.retryAfter })
  return attempt.left
}

/** The proof was right: the try just taken is given back, and no other, so that one's own card buys no more guesses. */
export const giveProofTryBack = (ctx: Context, resident: Resident): Promise<void> =>
  giveBack(ctx, proofsOf(resident))

/**
 * Opens these books for this session and its device from now on, and no others: another book at the same number may be a
 * former owner's. What was proved belongs to the number's owner of today.
 */
export async function unlockSession(
  ctx: Context,
  { phoneHash, session, epoch }: Resident,
  homes: readonly number[],
): Promise<void> {
  await ctx.db
    .updateTable('identity.keeper')
    .set({ epoch })
    .where('phone_hash', '=', phoneHash)
    .where(sql<boolean>`coalesce(person, home) = any(${[...homes]}::bigint[])`)
    .where('epoch', '<', epoch)
    .execute()
  const row = await ctx.db
    .updateTable('identity.session')
    .set({ homes: withHomes(homes) })
    .where('phone_hash', '=', phoneHash)
    .where('token_hash', '=', session)
    .returning('device_hash')
    .executeTakeFirst()
  if (!row?.device_hash) return
  await ctx.db
    .updateTable('identity.device')
    .set({ homes: withHomes(homes) })
    .where('phone_hash', '=', phoneHash)
    .where('device_hash', '=', row.device_hash)
    .execute()
}

const withHomes = (homes: readonly number[]) =>
  sql<number[]>`(select array(select distinct unnest(homes || ${homes}::bigint[])))`
