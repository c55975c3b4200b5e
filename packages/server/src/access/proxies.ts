import { dayInVietnam } from '@sokhoe/model/dates'
import {
  type AgeStanding,
  effectiveTopics,
  familyRulesOn,
  isPrivate,
  type Represented,
  standingByAge,
} from '@sokhoe/model/family'
import type { Topic } from '@sokhoe/model/topics'
import { sql } from 'kysely'
import type { Context, HeldProxy } from '../platform/context.ts'
import type { ProxyRow } from './tables.ts'

/** Birth dates by home, as far as they are known: FHIR dates of any precision. */
export type Births = ReadonlyMap<number, string | null>

/** A proxy as it stands on the day of the request. */
export interface StandingProxy {
  readonly row: ProxyRow
  readonly standing: AgeStanding
  /** What it really opens. */
  readonly topics: readonly Topic[]
  /** The sensitive parts are the person's own to share. */
  readonly isPrivate: boolean
}

function representedBy(row: ProxyRow, birth: string | null): Represented {
  return {
    birth,
    since: dayInVietnam(row.since),
    confirmed: row.confirmed_at && dayInVietnam(row.confirmed_at),
  }
}

/** What the rules of the day make of a proxy. */
export function standProxy(row: ProxyRow, birth: string | null, now: Date): StandingProxy {
  const day = dayInVietnam(now)
  const rules = familyRulesOn(day)
  const represented = representedBy(row, birth)
  const given = { ...represented, topics: row.topics as Topic[], shared: row.shared as Topic[] }
  return {
    row,
    standing: standingByAge(rules, represented, day),
    topics: effectiveTopics(rules, given, day),
    isPrivate: isPrivate(rules, birth, day),
  }
}

/** The proxies of these books that nobody ended and whose time has not run out, whatever age makes of them. */
export async function openProxies(ctx: Context, homes: readonly number[]): Promise<ProxyRow[]> {
  if (homes.length === 0) return []
  const now = ctx.now()
  return await ctx.db
    .selectFrom('access.proxy')
    .selectAll()
    .where('home', '=', sql<number>`any(${[...homes]}::bigint[])`)
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .orderBy('home')
    .orderBy('proxy_id')
    .execute()
}

/** The proxies of these books that open something now, whoever holds them; denial never waits for a job. */
export async function proxiesFor(
  ctx: Context,
  homes: readonly number[],
  births: Births,
): Promise<HeldProxy[]> {
  const now = ctx.now()
  return (await openProxies(ctx, homes))
    .filter((row) => row.since <= now)
    .map((row) => ({ row, topics: standProxy(row, births.get(row.home) ?? null, now).topics }))
    .filter(({ topics }) => topics.length > 0)
    .map(({ row, topics }) => ({ home: row.home, id: row.proxy_id, holder: row.holder, topics }))
}

/**
 * Whether a proxy still stands with all its topics, its row held until the transaction ends: whoever writes under it
 * asks this first, so that nothing is written under a proxy that was ended or narrowed meanwhile.
 */
export async function holdProxy(ctx: Context, { home, id, topics }: HeldProxy): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('access.proxy')
    .select(['ended_at', 'until', 'topics'])
    .where('home', '=', home)
    .where('proxy_id', '=', id)
    .forShare()
    .executeTakeFirst()
  return (
    row !== undefined &&
    row.ended_at === null &&
    (row.until === null || row.until > ctx.now()) &&
    topics.every((topic) => row.topics.includes(topic))
  )
}

/** How many children this person ever added by herself, ended or not. */
export async function childrenAddedBy(ctx: Context, holder: number): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('access.proxy')
    .select((select) => select.fn.countAll<number>().as('n'))
    .where('holder', '=', holder)
    .where('basis', 'in', ['parent', 'both'])
    .executeTakeFirstOrThrow()
  return n
}

/** The same over all books, in pages; for work by the clock. */
export async function openProxiesAfter(
  ctx: Context,
  after: { readonly home: number; readonly id: number },
  most: number,
): Promise<ProxyRow[]> {
  const now = ctx.now()
  return await ctx.db
    .selectFrom('access.proxy')
    .selectAll()
    .where(sql<boolean>`(home, proxy_id) > (${after.home}::bigint, ${after.id}::int)`)
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .orderBy('home')
    .orderBy('proxy_id')
    .limit(most)
    .execute()
}

/** Both have been told that it is time to confirm anew. */
export async function markAsked(
  ctx: Context,
  { home, id }: { readonly home: number; readonly id: number },
): Promise<void> {
  await ctx.db
    .updateTable('access.proxy')
    .set({ asked_at: ctx.now() })
    .where('home', '=', home)
    .where('proxy_id', '=', id)
    .execute()
}

export interface ProxyHolder {
  /** By her home. */
  readonly holder: number
  /** What the book's person is to her. */
  readonly relation: string
}

/** Everybody who ever held a proxy of this book, ended ones too, by the proxy's number: who it was that looked. */
export async function holdersOf(ctx: Context, home: number): Promise<Map<number, ProxyHolder>> {
  const rows = await ctx.db
    .selectFrom('access.proxy')
    .select(['proxy_id', 'holder', 'relation'])
    .where('home', '=', home)
    .execute()
  return new Map(rows.map(({ proxy_id, holder, relation }) => [proxy_id, { holder, relation }]))
}
