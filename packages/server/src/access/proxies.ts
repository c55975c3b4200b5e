import { sql } from 'kysely'
import type { Context, HeldProxy } from '../platform/context.ts'

/** The proxies of these books that stand now, whoever holds them. */
export async function proxiesFor(ctx: Context, homes: readonly number[]): Promise<HeldProxy[]> {
  const now = ctx.now()
  const { rows } = await sql<HeldProxy>`
    select home, proxy_id as id, holder, to_json(topics) as topics from access.proxy
    where home = any(${[...homes]}::bigint[]) and since <= ${now} and ended_at is null
      and (until is null or until > ${now})
    order by home, proxy_id`.execute(ctx.db)
  return rows
}

/**
 * Whether a proxy still stands, its row held until the transaction ends: whoever writes under it asks this first, so
 * that nothing is written under a proxy that was ended meanwhile.
 */
export async function holdProxy(ctx: Context, { home, id }: HeldProxy): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('access.proxy')
    .select(['ended_at', 'until'])
    .where('home', '=', home)
    .where('proxy_id', '=', id)
    .forShare()
    .executeTakeFirst()
  return row !== undefined && row.ended_at === null && (row.until === null || row.until > ctx.now())
}
