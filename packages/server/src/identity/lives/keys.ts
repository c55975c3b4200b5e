import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'

const anyOf = (homes: readonly number[]) => sql<number>`any(${[...homes]}::bigint[])`

interface Kept {
  readonly phone_hash: Buffer
  readonly home: number
}

/** A telephone at which nobody keeps a book of her own any more is signed out everywhere. */
const endSessions = (ctx: Context, telephones: readonly Buffer[]) =>
  sql`delete from identity.session where phone_hash = any(${[...telephones]}::bytea[])
    and not exists (select 1 from identity.keeper keeper where keeper.phone_hash = session.phone_hash
      and keeper.relation = 'self' and (keeper.until is null or keeper.until > ${ctx.now()}))`.execute(ctx.db)

/**
 * Nothing opens these books any more: telephones, sessions, printed and live codes, a change of telephone on its way. In
 * the caller's transaction.
 */
export async function endKeys(
  ctx: Context,
  homes: readonly number[],
  held: readonly number[],
): Promise<void> {
  const { db } = ctx
  const now = ctx.now()
  const kept: Kept[] = await db
    .updateTable('identity.keeper')
    .set({ until: now })
    .where('home', '=', anyOf(homes))
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .returning(['phone_hash', 'home'])
    .execute()
  const telephones = kept.map((one) => one.phone_hash)
  await db
    .updateTable('identity.keeper')
    .set({ until: now })
    .where('home', '=', anyOf(held))
    .where('relation', '<>', 'self')
    .where('phone_hash', '=', sql<Buffer>`any(${telephones}::bytea[])`)
    .where('until', 'is', null)
    .execute()
  await endSessions(ctx, telephones)
  await Promise.all([
    db
      .updateTable('identity.card')
      .set({ revoked_at: now })
      .where('home', '=', anyOf(homes))
      .where('revoked_at', 'is', null)
      .execute(),
    db.deleteFrom('identity.live_code').where('home', '=', anyOf(homes)).execute(),
    db.deleteFrom('identity.child_code').where('home', '=', anyOf(homes)).execute(),
    db
      .updateTable('identity.phone_change')
      .set({ state: 'ended' })
      .where('home', '=', anyOf(homes))
      .where('state', 'in', ['collecting', 'waiting'])
      .execute(),
  ])
}

/** What ended at that instant opens again; sessions do not: she signs in. */
export async function restoreKeys(
  ctx: Context,
  homes: readonly number[],
  held: readonly number[],
  at: Date,
): Promise<void> {
  await ctx.db
    .updateTable('identity.keeper')
    .set({ until: null })
    .where('home', '=', anyOf([...homes, ...held]))
    .where('until', '=', at)
    .execute()
  await ctx.db
    .updateTable('identity.card')
    .set({ revoked_at: null })
    .where('home', '=', anyOf(homes))
    .where('revoked_at', '=', at)
    .execute()
}
