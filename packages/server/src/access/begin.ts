import { SENSITIVE, type Topic } from '@sokhoe/model/topics'
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import { type NamedProxy, placeOfProxy } from './named.ts'
import type { Confirmation, Giver, ProxyRow, Relation } from './tables.ts'

export interface NewProxy {
  /** Whose book. */
  readonly home: number
  /** Who acts. */
  readonly holder: number
  readonly relation: Relation
  readonly basis: ProxyRow['basis']
  readonly topics: readonly Topic[]
  readonly until: Date | null
  readonly givenBy: Giver
  /** How the person herself agreed; absent where she is too young, or was not asked yet. */
  readonly confirmed?: Confirmation | undefined
  /** She gave the topics herself and is old enough to share the sensitive ones. */
  readonly sharedByHer: boolean
}

/** Names these locks apart from any others in the database. */
const PROXIES = 7902

const sensitive = (topics: readonly Topic[]): Topic[] => topics.filter((topic) => SENSITIVE.includes(topic))

const writeDown = (
  ctx: Context,
  { home, proxy_id }: Pick<ProxyRow, 'home' | 'proxy_id'>,
  given_by: Giver,
  said: { readonly topics: readonly Topic[]; readonly until: Date | null },
) =>
  ctx.db
    .insertInto('access.proxy_given')
    .values({ home, proxy_id, at: ctx.now(), given_by, topics: [...said.topics], until: said.until })
    // the last word of one instant stands
    .onConflict((conflict) =>
      conflict
        .columns(['home', 'proxy_id', 'at'])
        .doUpdateSet({ given_by, topics: [...said.topics], until: said.until }),
    )
    .execute()

/**
 * Begins a proxy, in the caller's transaction; two that begin for one book take turns. One holder has one proxy for one
 * book: one that stands already is ended by the new word.
 * @returns its number in that book
 */
export async function beginProxy(ctx: Context, proxy: NewProxy): Promise<number> {
  const { home, holder, relation, basis, topics, until, givenBy, confirmed, sharedByHer } = proxy
  const now = ctx.now()
  await sql`select pg_advisory_xact_lock(${PROXIES}, ${home % 2 ** 31}::int)`.execute(ctx.db)
  await ctx.db
    .updateTable('access.proxy')
    .set({ ended_at: now, ended_by: givenBy })
    .where('home', '=', home)
    .where('holder', '=', holder)
    .where('ended_at', 'is', null)
    .execute()
  const { last } = await ctx.db
    .selectFrom('access.proxy')
    .select((select) => select.fn.coalesce(select.fn.max('proxy_id'), sql<number>`0`).as('last'))
    .where('home', '=', home)
    .executeTakeFirstOrThrow()
  const proxy_id = last + 1
  await ctx.db
    .insertInto('access.proxy')
    .values({
      home,
      proxy_id,
      holder,
      relation,
      basis,
      topics: [...topics],
      shared: sharedByHer ? sensitive(topics) : [],
      since: now,
      until,
      confirmed_at: confirmed ? now : null,
      confirmed_how: confirmed ?? null,
    })
    .execute()
  await writeDown(ctx, { home, proxy_id }, givenBy, { topics, until })
  return proxy_id
}

/** Ends a proxy; waits for whoever is just writing under it. @returns whether it stood until now */
export async function endProxy(
  ctx: Context,
  named: NamedProxy,
  by: NonNullable<ProxyRow['ended_by']>,
): Promise<ProxyRow | undefined> {
  const { home, proxy_id } = placeOfProxy(named)
  return await ctx.db
    .updateTable('access.proxy')
    .set({ ended_at: ctx.now(), ended_by: by })
    .where('home', '=', home)
    .where('proxy_id', '=', proxy_id)
    .where('ended_at', 'is', null)
    .returningAll()
    .executeTakeFirst()
}

export interface Change {
  readonly topics: readonly Topic[]
  readonly until: Date | null
  readonly givenBy: Giver
  readonly sharedByHer: boolean
}

/** Other topics or another end for a proxy that stands. @returns whether there was one */
export async function changeProxy(
  ctx: Context,
  named: NamedProxy,
  { topics, until, givenBy, sharedByHer }: Change,
): Promise<boolean> {
  const { home, proxy_id } = placeOfProxy(named)
  const row = await ctx.db
    .updateTable('access.proxy')
    .set({ topics: [...topics], until, ...(sharedByHer && { shared: sensitive(topics) }) })
    .where('home', '=', home)
    .where('proxy_id', '=', proxy_id)
    .where('ended_at', 'is', null)
    .returning(['home', 'proxy_id'])
    .executeTakeFirst()
  if (row) await writeDown(ctx, row, givenBy, { topics, until })
  return row !== undefined
}

/** The person herself agrees that somebody goes on acting for her. @returns whether the proxy stands */
export async function confirmProxy(ctx: Context, named: NamedProxy, how: Confirmation): Promise<boolean> {
  const { home, proxy_id } = placeOfProxy(named)
  const row = await ctx.db
    .updateTable('access.proxy')
    .set({ confirmed_at: ctx.now(), confirmed_how: how, basis: 'both' })
    .where('home', '=', home)
    .where('proxy_id', '=', proxy_id)
    .where('ended_at', 'is', null)
    .returning('proxy_id')
    .executeTakeFirst()
  return row !== undefined
}
