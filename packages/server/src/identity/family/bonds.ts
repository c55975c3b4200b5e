import { sql } from 'kysely'
import {
  beginProxy,
  endProxy,
  followProxies,
  type NewProxy,
  numberInMany,
  openProxies,
  type ProxyRow,
} from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { notifyPerson } from '../messages/notices.ts'
import { homesNow } from '../people/kin.ts'
import { firstPatientOf } from '../people/rows.ts'

interface Telephone {
  readonly phone_hash: Buffer
  readonly epoch: number
}

/** Telephones at which these persons keep their own books. */
async function telephonesOf(ctx: Context, homes: readonly number[]): Promise<Telephone[]> {
  const now = ctx.now()
  return await ctx.db
    .selectFrom('identity.keeper')
    .select(['phone_hash', 'epoch'])
    .where(
      sql<boolean>`(home = any(${[...homes]}::bigint[]) and person is null or person = any(${[...homes]}::bigint[]))`,
    )
    .where('relation', '=', 'self')
    .where((where) => where.or([where('until', 'is', null), where('until', '>', now)]))
    .execute()
}

const endKeepers = (ctx: Context, home: number, telephones: readonly Telephone[]) =>
  ctx.db
    .updateTable('identity.keeper')
    .set({ until: ctx.now() })
    .where(sql<boolean>`(home = ${home} and person is null or person = ${home})`)
    .where('relation', '<>', 'self')
    .where('until', 'is', null)
    .where('phone_hash', '=', sql<Buffer>`any(${telephones.map((one) => one.phone_hash)}::bytea[])`)
    .execute()

const beginKeepers = (ctx: Context, home: number, relation: string, telephones: readonly Telephone[]) =>
  ctx.db
    .insertInto('identity.keeper')
    .values(telephones.map((one) => ({ ...one, home, relation, since: ctx.now(), until: null })))
    // ended and begun again in the same instant: it stands
    .onConflict((conflict) =>
      conflict.columns(['phone_hash', 'home', 'since']).doUpdateSet({ until: null, relation }),
    )
    .execute()

/** One holder has one proxy for one person, whichever of her homes keeps it: the new word ends the one that stands. */
async function begin(ctx: Context, proxy: NewProxy): Promise<number> {
  const { home, holder, givenBy } = proxy
  const homes = await homesNow(ctx, [home])
  if (homes.length === 1) return await beginProxy(ctx, proxy)
  for (const one of await openProxies(ctx, homes))
    if (one.holder === holder) await endProxy(ctx, { home, id: one.proxy_id }, givenBy)
  const id = await beginProxy(ctx, proxy)
  await followProxies(ctx, home, homes)
  return numberInMany({ home, id })
}

/**
 * Somebody may act for somebody else from now on, and finds the book at each telephone that keeps her own. One
 * transaction: proxy, telephones, audit and the message to whose book it is.
 * @returns number of the proxy in that book
 */
export async function bind(ctx: Context, proxy: NewProxy, purpose: string): Promise<number> {
  const { home, holder, relation } = proxy
  // in the order of whoever writes under a proxy: first the audit's chain, then the proxy
  await note(ctx, { action: 'proxy.begin', patientId: firstPatientOf(home), purpose, what: proxy.basis })
  const id = await begin(ctx, proxy)
  const telephones = await telephonesOf(ctx, [holder])
  if (telephones.length > 0) {
    await endKeepers(ctx, home, telephones)
    await beginKeepers(ctx, home, relation, telephones)
  }
  await notifyPerson(ctx, home, 'proxy-begun')
  return id
}

/** The same backwards. @returns whether it stood until now; ending what has ended changes nothing */
export async function unbind(
  ctx: Context,
  proxy: { readonly home: number; readonly id: number },
  by: NonNullable<ProxyRow['ended_by']>,
  purpose: string,
): Promise<boolean> {
  const { home, id } = proxy
  const homes = await homesNow(ctx, [home])
  if (!(await openProxies(ctx, homes)).some((row) => row.proxy_id === id)) return false
  await note(ctx, { action: 'proxy.end', patientId: firstPatientOf(home), purpose, what: by })
  const ended = await endProxy(ctx, proxy, by)
  if (!ended) return false
  const others = (await openProxies(ctx, homes)).map(({ holder }) => holder)
  const stay = (await telephonesOf(ctx, others)).map((one) => one.phone_hash.toString('hex'))
  const gone = (await telephonesOf(ctx, [ended.acts ?? ended.holder])).filter(
    (one) => !stay.includes(one.phone_hash.toString('hex')),
  )
  await endKeepers(ctx, home, gone)
  await notifyPerson(ctx, home, 'proxy-ended')
  if (by !== 'holder') await notifyPerson(ctx, ended.acts ?? ended.holder, 'held-proxy-ended')
  return true
}
