import { sql } from 'kysely'
import { followProxies, type ProxyRow, proxiesHeldBy } from '../../access/index.ts'
import type { Context } from '../../platform/context.ts'
import { homesNow } from '../people/kin.ts'
import { rankOfLevel } from '../people/levels.ts'
import type { Standing } from './links.ts'

const current = (now: Date) => sql`(until is null or until > ${now})`

/**
 * What a person's homes keep follows her: telephones open the book of today, proxies are hers. No privilege by joining:
 * a telephone that kept a less sure book opens a surer one only where its owner stood before the worker, or by the
 * proof that every new device gives.
 * @param shown telephones whose owner stood before the worker
 */
export async function followInto(
  ctx: Context,
  { stays, joins, shown }: { stays: Standing; joins: Standing; shown: readonly Buffer[] },
): Promise<void> {
  const joining = await homesNow(ctx, [joins.home])
  const all = [...new Set([...joining, ...(await homesNow(ctx, [stays.home]))])]
  const isSurer = rankOfLevel(stays.level) > rankOfLevel(joins.level)
  await bringKept(ctx, stays.home, joins.home)
  await sql`update identity.keeper set person = ${stays.home}::bigint,
      unproven = (unproven or ${isSurer}) and not phone_hash = any(${[...shown]}::bytea[])
    where home = any(${joining}::bigint[])`.execute(ctx.db)
  await openWhereShown(ctx, stays.home, joining, shown)
  await followProxies(ctx, stays.home, all)
}

/** What was shown to a worker opens the book to the sessions and devices of today, as any other proof does. */
async function openWhereShown(
  ctx: Context,
  person: number,
  joining: readonly number[],
  shown: readonly Buffer[],
): Promise<void> {
  const homes = sql`(select array(select distinct unnest(homes || ${person}::bigint)))`
  for (const table of ['session', 'device'])
    await sql`update ${sql.table(`identity.${table}`)} set homes = ${homes}
      where phone_hash = any(${[...shown]}::bytea[]) and phone_hash in (select phone_hash from identity.keeper
        where home = any(${[...joining]}::bigint[]) and relation = 'self' and ${current(ctx.now())})`.execute(
      ctx.db,
    )
}

interface Telephone {
  readonly phone_hash: Buffer
  readonly epoch: number
}

const ownTelephones = async ({ db, now }: Context, person: number): Promise<Telephone[]> =>
  (
    await sql<Telephone>`select phone_hash, epoch from identity.keeper
    where (home = ${person} and person is null or person = ${person}) and relation = 'self' and ${current(now())}`.execute(
      db,
    )
  ).rows

const keepAlso = (
  ctx: Context,
  { phone_hash, epoch }: Telephone,
  { home, relation }: ProxyRow,
  joins: number,
) =>
  sql`insert into identity.keeper (phone_hash, home, relation, since, until, epoch, joined)
    select ${phone_hash}, ${home}::bigint, ${relation}, ${ctx.now()}::timestamptz, null, ${epoch}::int, ${joins}::bigint
    where not exists (select from identity.keeper where phone_hash = ${phone_hash}
      and coalesce(person, home) = ${home} and ${current(ctx.now())})
    on conflict do nothing`.execute(ctx.db)

/** For whom the one acts she finds at the telephones of the other too: they are one. */
async function bringKept(ctx: Context, stays: number, joins: number): Promise<void> {
  const both = [stays, joins]
  for (const from of both) {
    const held = await proxiesHeldBy(ctx, await homesNow(ctx, [from]))
    const others = held.filter(({ home }) => !both.includes(home))
    if (others.length === 0) continue
    const telephones = await ownTelephones(ctx, from === stays ? joins : stays)
    for (const telephone of telephones)
      for (const proxy of others) await keepAlso(ctx, telephone, proxy, joins)
  }
}

/**
 * The same backwards: each keeps her own again. A telephone that left the joined book by a change of the one person's
 * number keeps her own again too: that change was the other's.
 */
export async function followOut(
  ctx: Context,
  { stays, parts, since }: { stays: number; parts: number; since: Date },
): Promise<void> {
  const [parting, staying] = [await homesNow(ctx, [parts]), await homesNow(ctx, [stays])]
  const { db, now } = ctx
  await sql`update identity.keeper set until = ${now()} where joined = ${parts} and ${current(now())}`.execute(
    db,
  )
  await sql`update identity.keeper set until = null, change = null
    where home = any(${parting}::bigint[]) and until >= ${since}
      and change in (select code_hash from identity.phone_change where home = ${stays})`.execute(db)
  await sql`update identity.keeper set person = nullif(${parts}::bigint, home), unproven = unproven and home <> ${parts}
    where home = any(${parting}::bigint[])`.execute(db)
  await followProxies(ctx, parts, parting)
  await followProxies(ctx, stays, staying)
}
