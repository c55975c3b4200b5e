import { randomUUID } from 'node:crypto'
import { type FhirResource, parseJson, writeJson } from '@sokhoe/fhir'
import { sql } from 'kysely'
import { note, noteRefusal } from '../../../audit/index.ts'
import { type Client, type Context, inTransaction } from '../../../platform/context.ts'
import { openForHouse, sealForHouse } from '../../../platform/houseseal.ts'
import { Problem } from '../../../platform/problem.ts'
import { needClient, readClient, writeClient } from '../work/who.ts'
import type { SubscriptionRow, SubscriptionStatus } from './tables.ts'
import { readWanted, type Wanted } from './wanted.ts'

/** Subscriptions of one client at most. */
const MOST_OF_ONE = 200
const SEALED = 'subscription'

type Json = Readonly<Record<string, unknown>>

export interface Subscription
  extends Omit<SubscriptionRow, 'actor' | 'sealed' | 'topic' | 'payload' | 'channel'> {
  readonly client: Client
  readonly resource: Json
  readonly wanted: Wanted
}

export function toSubscription({ keys }: Context, { actor, sealed, ...row }: SubscriptionRow): Subscription {
  const resource = parseJson(openForHouse(keys, SEALED, sealed, row.subscription_id)) as Json
  return { ...row, client: readClient(actor), resource, wanted: readWanted(resource) }
}

/** As it is told: what was sent, with its id, version and how it stands. */
export function textOf(subscription: Subscription): string {
  const { resource, subscription_id: id, version, changed_at, status, fault } = subscription
  const { id: _id, meta, ...rest } = resource as FhirResource
  const told = { versionId: String(version), lastUpdated: changed_at.toISOString() }
  return writeJson({
    ...rest,
    resourceType: 'Subscription',
    id,
    meta: { ...meta, ...told },
    status,
    ...(fault !== null && { error: fault }),
  })
}

/** @throws {Problem} fhir.invalid: an address that the operator did not open for this client */
async function needHook(ctx: Context, client: Client, { endpoint }: Wanted): Promise<void> {
  if (endpoint === undefined) return
  const row = await ctx.db
    .selectFrom('exchange.hook')
    .select('address')
    .where('client_no', '=', client.no)
    .where('address', '=', endpoint)
    .executeTakeFirst()
  if (!row) throw new Problem('fhir.invalid', { at: ['Subscription.channel.endpoint'] })
}

const stateOf = (ctx: Context, id: string, resource: Json, wanted: Wanted) => ({
  topic: wanted.topic.url,
  channel: wanted.channel,
  payload: wanted.payload,
  sealed: sealForHouse(ctx.keys, SEALED, writeJson(resource), id),
  heartbeat_s: wanted.heartbeatS,
  most: wanted.most,
  status: wanted.isOff ? ('off' as const) : ('requested' as const),
  changed_at: ctx.now(),
  ends_at: wanted.endsAt,
  tries: 0,
  next_try: ctx.now(),
  fault: null,
})

/** @throws {Problem} fhir.scope · fhir.invalid · fhir.limited */
export async function newSubscription(ctx: Context, resource: Json, wanted: Wanted): Promise<Subscription> {
  const client = needClient(ctx)
  await needHook(ctx, client, wanted)
  const subscription_id = randomUUID()
  return await inTransaction(ctx, async (ctx) => {
    await sql`select pg_advisory_xact_lock(hashtextextended('subscription', ${client.no}))`.execute(ctx.db)
    const { n } = await ctx.db
      .selectFrom('exchange.subscription')
      .select(sql<number>`count(*)::int`.as('n'))
      .where('client_no', '=', client.no)
      .executeTakeFirstOrThrow()
    if (n >= MOST_OF_ONE) throw new Problem('fhir.limited', { retryAfter: 3600 })
    const at = ctx.now()
    const row = await ctx.db
      .insertInto('exchange.subscription')
      .values({
        ...stateOf(ctx, subscription_id, resource, wanted),
        subscription_id,
        client_no: client.no,
        actor: writeClient(client),
        version: 1,
        made_at: at,
        since: at,
        last_sent: null,
        lease_by: null,
        lease_until: null,
      })
      .returningAll()
      .executeTakeFirstOrThrow()
    await note(ctx, { action: 'exchange.write', what: 'Subscription' })
    return toSubscription(ctx, row)
  })
}

/**
 * Puts a Subscription anew: it begins with its handshake again, its numbers go on.
 * @param ifVersion the version that must stand
 * @throws {Problem} fhir.not-found · fhir.version-conflict · fhir.invalid
 */
export async function replaceSubscription(
  ctx: Context,
  id: string,
  resource: Json,
  wanted: Wanted,
  ifVersion?: number,
): Promise<Subscription> {
  const client = needClient(ctx)
  await needHook(ctx, client, wanted)
  const before = await subscriptionOf(ctx, id)
  return await inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .updateTable('exchange.subscription')
      .set({ ...stateOf(ctx, id, resource, wanted), actor: writeClient(client), version: before.version + 1 })
      .where('subscription_id', '=', id)
      .where('version', '=', ifVersion ?? before.version)
      .returningAll()
      .executeTakeFirst()
    if (!row) throw new Problem('fhir.version-conflict')
    await note(ctx, { action: 'exchange.write', what: 'Subscription' })
    return toSubscription(ctx, row)
  })
}

/** @throws {Problem} fhir.not-found: none of the asking client's */
export async function subscriptionOf(ctx: Context, id: string): Promise<Subscription> {
  const client = needClient(ctx)
  const row = await ctx.db
    .selectFrom('exchange.subscription')
    .selectAll()
    .where('subscription_id', '=', id)
    .where('client_no', '=', client.no)
    .executeTakeFirst()
  if (row) return toSubscription(ctx, row)
  await noteRefusal(ctx, { action: 'exchange.read', what: 'Subscription' })
  throw new Problem('fhir.not-found')
}

/** The asking client's, in the order in which they were made. */
export async function subscriptionsOf(ctx: Context): Promise<Subscription[]> {
  const rows = await ctx.db
    .selectFrom('exchange.subscription')
    .selectAll()
    .where('client_no', '=', needClient(ctx).no)
    .orderBy('made_at')
    .orderBy('subscription_id')
    .execute()
  return rows.map((row) => toSubscription(ctx, row))
}

export async function dropSubscription(ctx: Context, id: string): Promise<void> {
  await subscriptionOf(ctx, id)
  await inTransaction(ctx, async (ctx) => {
    await ctx.db.deleteFrom('exchange.subscription').where('subscription_id', '=', id).execute()
    await ctx.db.deleteFrom('exchange.event').where('subscription_id', '=', id).execute()
    await note(ctx, { action: 'exchange.write', what: 'Subscription' })
  })
}

/** @param fault a word for the operator and the client, never what an answer said */
export async function settle(
  ctx: Context,
  { subscription_id, version }: Subscription,
  status: SubscriptionStatus,
  fault: string | null = null,
): Promise<void> {
  await ctx.db
    .updateTable('exchange.subscription')
    .set({ status, fault, changed_at: ctx.now(), lease_by: null, lease_until: null })
    .where('subscription_id', '=', subscription_id)
    .where('version', '=', version)
    .execute()
}

/** How long events can be asked for again, and wait for whoever does not come. */
export const KEPT_MS = 7 * 24 * 3_600_000

export async function sweepSubscriptions(ctx: Context): Promise<void> {
  const now = ctx.now()
  await ctx.db
    .deleteFrom('exchange.event')
    .where('at', '<', new Date(now.getTime() - KEPT_MS))
    .execute()
  await ctx.db.deleteFrom('exchange.socket_token').where('expires_at', '<=', now).execute()
}
