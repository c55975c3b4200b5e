import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { ProxyRow } from './tables.ts'

const anyOf = (homes: readonly number[]) => sql<number>`any(${[...homes]}::bigint[])`

/**
 * Somebody has died: whoever acted for her, and for whom she acted, and everything for which her record was open, ends
 * now. In the caller's transaction.
 * @returns the proxies that stood until now
 */
export async function closeAccess(ctx: Context, homes: readonly number[]): Promise<ProxyRow[]> {
  const now = ctx.now()
  await ctx.db
    .updateTable('access.grant')
    .set({ until: now })
    .where('home', '=', anyOf(homes))
    .where('until', 'is', null)
    .execute()
  await ctx.db
    .updateTable('access.invitation')
    .set({ ends_at: now })
    .where('home', '=', anyOf(homes))
    .where('used_at', 'is', null)
    .where('ends_at', '>', now)
    .execute()
  return await ctx.db
    .updateTable('access.proxy')
    .set({ ended_at: now, ended_by: 'station' })
    .where((where) => where.or([where('home', '=', anyOf(homes)), where('holder', '=', anyOf(homes))]))
    .where('ended_at', 'is', null)
    .returningAll()
    .execute()
}

/** She lives after all: what ended at that instant stands again, where nothing else was said since. */
export async function reopenAccess(ctx: Context, homes: readonly number[], at: Date): Promise<void> {
  await sql`update access.grant given set until = null
    where home = any(${[...homes]}::bigint[]) and until = ${at}
      and not exists (select 1 from access.grant later where later.home = given.home
        and later.purpose = given.purpose and (later.until is null or later.since > ${at}))`.execute(ctx.db)
  await sql`update access.proxy given set ended_at = null, ended_by = null
    where (home = any(${[...homes]}::bigint[]) or holder = any(${[...homes]}::bigint[]))
      and ended_at = ${at} and ended_by = 'station'
      and not exists (select 1 from access.proxy later where later.home = given.home
        and later.holder = given.holder and later.ended_at is null)`.execute(ctx.db)
}
