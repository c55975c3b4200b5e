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
import { asItStands, type NamedProxy, placeOfProxy } from './named.ts'
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

/** Nobody represents herself: such a proxy rests while two are one person. */
const isOfAnother = ({ home, holder }: ProxyRow): boolean => home !== holder

/**
 * The proxies that these homes keep, that nobody ended and whose time has not run out, whatever age makes of them; told
 * by the persons of today.
 * @param homes of a person all, where all of hers are meant
 */
export async function openProxies(ctx: Context, homes: readonly number[]): Promise<ProxyRow[]> {
  if (homes.length === 0) return []
  const now = ctx.now()
  const rows = await ctx.db
    .selectFrom('access.proxy')
    .selectAll()
    .where('home', '=', sql<number>`any(${[...homes]}::bigint[])`)
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .orderBy('home')
    .orderBy('proxy_id')
    .execute()
  return rows.map(asItStands).filter(isOfAnother)
}

/** The proxies that these homes keep and that open something now, whoever holds them; denial never waits for a job. */
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
export async function holdProxy(ctx: Context, held: HeldProxy): Promise<boolean> {
  const { topics } = held
  const { home, proxy_id } = placeOfProxy(held)
  const row = await ctx.db
    .selectFrom('access.proxy')
    .select(['ended_at', 'until', 'topics'])
    .where('home', '=', home)
    .where('proxy_id', '=', proxy_id)
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

/** A proxy as it stands, and where the next page goes on. */
export interface PagedProxy {
  readonly row: ProxyRow
  readonly at: NamedProxy
}

/** The same over all books, in pages; for work by the clock. */
export async function openProxiesAfter(
  ctx: Context,
  after: { readonly home: number; readonly id: number },
  most: number,
): Promise<PagedProxy[]> {
  const now = ctx.now()
  const rows = await ctx.db
    .selectFrom('access.proxy')
    .selectAll()
    .where(sql<boolean>`(home, proxy_id) > (${after.home}::bigint, ${after.id}::int)`)
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .orderBy('home')
    .orderBy('proxy_id')
    .limit(most)
    .execute()
  return rows.map((row) => ({ row: asItStands(row), at: { home: row.home, id: row.proxy_id } }))
}

/** Both have been told that it is time to confirm anew. */
export async function markAsked(ctx: Context, named: NamedProxy): Promise<void> {
  const { home, proxy_id } = placeOfProxy(named)
  await ctx.db
    .updateTable('access.proxy')
    .set({ asked_at: ctx.now() })
    .where('home', '=', home)
    .where('proxy_id', '=', proxy_id)
    .execute()
}

export interface ProxyHolder {
  /** The home that keeps the proxy, and its number there. */
  readonly home: number
  readonly id: number
  /** By her home, as she is today. */
  readonly holder: number
  /** What the book's person is to her. */
  readonly relation: string
}

/** Everybody who ever held a proxy that these homes keep, ended ones too: who it was that looked. */
export async function holdersOf(ctx: Context, homes: readonly number[]): Promise<ProxyHolder[]> {
  const rows = await ctx.db
    .selectFrom('access.proxy')
    .select(['home', 'proxy_id', 'holder', 'acts', 'relation'])
    .where('home', '=', sql<number>`any(${[...homes]}::bigint[])`)
    .execute()
  return rows.map(({ home, proxy_id: id, holder, acts, relation }) => ({
    home,
    id,
    holder: acts ?? holder,
    relation,
  }))
}

/** Proxies that persons hold in others' books, open ones, as they stand now. @param homes all of theirs */
export async function proxiesHeldBy(ctx: Context, homes: readonly number[]): Promise<ProxyRow[]> {
  if (homes.length === 0) return []
  const now = ctx.now()
  const rows = await ctx.db
    .selectFrom('access.proxy')
    .selectAll()
    .where('holder', '=', sql<number>`any(${[...homes]}::bigint[])`)
    .where('ended_at', 'is', null)
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .execute()
  return rows.map(asItStands).filter(isOfAnother)
}

/**
 * The proxies of a person follow her: those that her homes keep, and those that she holds by them, are told as hers.
 * @param homes all of hers
 */
export async function followProxies(
  { db }: Context,
  person: number,
  homes: readonly number[],
): Promise<void> {
  const all = [...homes]
  await Promise.all([
    sql`update access.proxy set person = ${all.length > 1 ? person : null}::bigint
      where home = any(${all}::bigint[])`.execute(db),
    sql`update access.proxy set acts = nullif(${person}::bigint, holder)
      where holder = any(${all}::bigint[])`.execute(db),
  ])
}
