import type { Logger } from 'pino'
import type { Db } from './database.ts'
import type { Keys } from './keys.ts'

/** Who acts. Ids are pseudonymous: an account is a number, never a telephone number. */
export type Actor =
  | { readonly kind: 'nobody' }
  | { readonly kind: 'system'; readonly name: string }
  | { readonly kind: 'resident'; readonly account: number; readonly books: readonly number[] }
  | { readonly kind: 'staff'; readonly id: number; readonly role: string; readonly facility: string }

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
}

/** Runs the work in one transaction; everything it writes stands or falls together. */
export function inTransaction<T>(ctx: Context, work: (ctx: Context) => Promise<T>): Promise<T> {
  if (ctx.db.isTransaction) return work(ctx)
  return ctx.db.transaction().execute((db) => work({ ...ctx, db }))
}

export const asSystem = (ctx: Context, name: string): Context => ({ ...ctx, actor: { kind: 'system', name } })
