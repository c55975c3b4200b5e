import type { Topic } from '@sokhoe/model/topics'
import type { Logger } from 'pino'
import type { Db } from './database.ts'
import type { Keys } from './keys.ts'
import { transact } from './transact.ts'

/** A right to act for somebody else, as it stands now. */
export interface HeldProxy {
  /** Whose book, by her home. */
  readonly home: number
  /** Its number among the proxies of that book. */
  readonly id: number
  /** Who acts, by her home. */
  readonly holder: number
  readonly topics: readonly Topic[]
}

/** Somebody who proved a telephone. Her session says what it may open; ids are pseudonymous. */
export interface Resident {
  readonly kind: 'resident'
  readonly account: number
  /** Blind index of the telephone (system 'phone', E.164). */
  readonly phoneHash: Buffer
  /** Fingerprint of the session. */
  readonly session: Buffer
  /** False for a ticket: nobody has shown that the telephone is hers. */
  readonly proven: boolean
  /** The device signed in before, or a proof was given: books above phone level are open. */
  readonly opened: boolean
  /** Which of the number's owners this session belongs to: it counts up when the number may have changed hands. */
  readonly epoch: number
  /** Code of the campaign she came by. */
  readonly campaign: string | null
  /** Homes of her own books that this session may open now. */
  readonly books: readonly number[]
  /** Homes of her own books that are on their way to this number: she may add to them, not read what others wrote. */
  readonly arriving: readonly number[]
  /** Books of others that she may open now, since one of her own is open. */
  readonly proxies: readonly HeldProxy[]
  /** The proxy under which she is acting; null while she is at her own book. */
  readonly acting: HeldProxy | null
  /** Homes of books at this telephone that first need a card, or number and birth date. */
  readonly locked: readonly number[]
  /** Only where she comes by a token instead of a session: what it opens. */
  readonly scopes?: readonly Scope[]
}

/** Somebody at work: of one ward's station, of a facility, or of the Department (then without a ward). */
export interface Staff {
  readonly kind: 'staff'
  readonly id: number
  readonly role: string
  readonly ward: string | null
  readonly facility: string
}

/** What a token opens: one SMART v2 scope, such as system/Observation.rs. */
export interface Scope {
  /** 'system': whatever its facility may; 'patient': the one person whose token it is. */
  readonly context: 'system' | 'patient'
  /** A resource type, or '*'. */
  readonly type: string
  /** Some of 'c', 'r', 'u', 'd', 's', in that order. */
  readonly may: string
}

/** A program of a facility, by its token. */
export interface Client {
  readonly kind: 'client'
  /** As registered: letters, digits and dashes. */
  readonly id: string
  /** Its number in the registry. */
  readonly no: number
  /** For which it speaks: whatever it sends has this source. */
  readonly facility: string
  readonly scopes: readonly Scope[]
  /** Of the house's operator: it may also read AuditEvents and take what is not about one person. */
  readonly operator: boolean
}

/** Who acts. */
export type Actor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'system'; readonly name: string }
  | Resident
  | Staff
  | Client

/** What every function of the house gets first: whose request, which database, what time it is. */
export interface Context {
  /** The pool, or the transaction that is open. */
  readonly db: Db
  /** Always the pool: for what must stand even when the transaction rolls back. */
  readonly pool: Db
  readonly keys: Keys
  readonly now: () => Date
  readonly actor: Actor
  readonly log: Logger
  /** Counts what is written down of one request, so that its edge knows whether anything was. */
  readonly noted?: Noted
}

/** Lines in the audit log. */
export interface Noted {
  /** That stand whatever becomes of the request. */
  durable: number
  /** That stand or fall with its transaction. */
  inside: number
}

/** The first time that it is asked, and that ever after. */
function oneMoment(now: Context['now']): Context['now'] {
  let moment: Date | undefined
  return () => {
    moment ??= now()
    return moment
  }
}

/**
 * Runs the work in one transaction; everything it writes stands or falls together, and happened at one moment: what is
 * taken back later is found by it.
 */
export function inTransaction<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx)
  return transact(ctx.db, (db) => work({ ...ctx, db, now: oneMoment(ctx.now) }))
}

export const asSystem = (ctx: Context, name: string): Context => ({ ...ctx, actor: { kind: 'system', name } })
