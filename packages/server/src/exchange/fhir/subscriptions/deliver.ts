import { randomUUID } from 'node:crypto'
import { sql } from 'kysely'
import type { Mode } from '../../../platform/config.ts'
import type { Client, Context } from '../../../platform/context.ts'
import { callOut } from '../../../platform/outbound.ts'
import { standingClient } from '../work/who.ts'
import { type NotificationKind, notification } from './notification.ts'
import { giveNumbers, noteEvents, numbered, type Shown, showNow } from './numbers.ts'
import { type Subscription, settle, toSubscription } from './store.ts'
import type { SubscriptionRow } from './tables.ts'

/** How this server reaches others and is reached. */
export interface Reaching {
  readonly mode: Mode
  /** Absolute address of the door, without a slash at the end. */
  readonly base: string
}

/** Whoever was killed loses its delivery to another server after this long; longer than any call may take. */
const LEASE_S = 40
/** Until the first try again, ms; doubled with each that fails. */
const FIRST_PAUSE_MS = 1000
const MOST_PAUSE_MS = 10 * 60_000
/** About two hours of trying. */
const MOST_TRIES = 18

/** The one that waits longest of those that are due: a handshake, events, or a sign of life. */
async function claim(ctx: Context): Promise<Subscription | undefined> {
  const { rows } = await sql<SubscriptionRow>`
    update exchange.subscription
    set lease_by = ${randomUUID()}, lease_until = now() + make_interval(secs => ${LEASE_S})
    where subscription_id = (select s.subscription_id from exchange.subscription s
      where s.channel = 'rest-hook' and s.status in ('requested', 'active') and s.next_try <= ${ctx.now()}
        and (s.lease_until is null or s.lease_until < now())
        and (s.status = 'requested' or s.events > s.delivered or s.ends_at <= ${ctx.now()}
          or exists (select from exchange.event e where e.subscription_id = s.subscription_id and e.no is null)
          or coalesce(s.last_sent, s.changed_at) + make_interval(secs => s.heartbeat_s) <= ${ctx.now()})
      order by s.next_try limit 1 for update skip locked)
    returning *`.execute(ctx.db)
  return rows[0] && toSubscription(ctx, rows[0])
}

const isOurs = ({ subscription_id, lease_by }: Subscription) =>
  sql<boolean>`subscription_id = ${subscription_id} and lease_by = ${lease_by}`

async function succeeded(ctx: Context, subscription: Subscription, delivered: number): Promise<void> {
  const at = ctx.now()
  await ctx.db
    .updateTable('exchange.subscription')
    .set({
      delivered,
      status: 'active',
      tries: 0,
      next_try: at,
      last_sent: at,
      fault: null,
      lease_by: null,
      lease_until: null,
    })
    .where(isOurs(subscription))
    .execute()
}

async function failed(ctx: Context, subscription: Subscription, fault: string): Promise<void> {
  const { tries, status } = subscription
  const pause = Math.min(FIRST_PAUSE_MS * 2 ** tries, MOST_PAUSE_MS)
  await ctx.db
    .updateTable('exchange.subscription')
    .set({
      status: tries + 1 >= MOST_TRIES ? 'error' : status,
      tries: tries + 1,
      next_try: new Date(ctx.now().getTime() + pause),
      fault,
      lease_by: null,
      lease_until: null,
    })
    .where(isOurs(subscription))
    .execute()
}

async function leave(ctx: Context, subscription: Subscription): Promise<void> {
  await ctx.db
    .updateTable('exchange.subscription')
    .set({ lease_by: null, lease_until: null })
    .where(isOurs(subscription))
    .execute()
}

interface Sending {
  readonly kind: NotificationKind
  readonly events: number
  readonly shown: readonly Shown[]
}

/** @returns why it was not taken */
async function send(
  ctx: Context,
  { mode, base }: Reaching,
  subscription: Subscription,
  { kind, events, shown }: Sending,
): Promise<string | undefined> {
  const { wanted } = subscription
  const status = kind === 'handshake' ? 'requested' : 'active'
  const body = notification({
    keys: ctx.keys,
    base,
    kind,
    subscription: { ...subscription, status, fault: null },
    events,
    shown,
    content: wanted.payload,
  })
  return await callOut({
    address: wanted.endpoint ?? '',
    headers: { ...Object.fromEntries(wanted.headers), 'content-type': 'application/fhir+json' },
    body,
    timeoutMs: wanted.timeoutS * 1000,
    mode,
  })
}

/** The operator may have taken the address back. */
async function isHook(ctx: Context, { client_no, wanted }: Subscription): Promise<boolean> {
  const row = await ctx.db
    .selectFrom('exchange.hook')
    .select('address')
    .where('client_no', '=', client_no)
    .where('address', '=', wanted.endpoint ?? '')
    .executeTakeFirst()
  return row !== undefined
}

async function nextFor(
  ctx: Context,
  subscription: Subscription,
  client: Client,
): Promise<Sending | undefined> {
  const { status, delivered, most, heartbeat_s, last_sent, changed_at } = subscription
  if (status === 'requested') return { kind: 'handshake', events: subscription.events, shown: [] }
  const events = await giveNumbers(ctx, subscription, client)
  const rows = await numbered(ctx, subscription, { after: delivered, limit: most })
  if (rows.length > 0) {
    const shown = await showNow(ctx, client, rows)
    await noteEvents(ctx, client, shown)
    return { kind: 'event-notification', events, shown }
  }
  const quietFor = ctx.now().getTime() - (last_sent ?? changed_at).getTime()
  return heartbeat_s !== null && quietFor >= heartbeat_s * 1000
    ? { kind: 'heartbeat', events, shown: [] }
    : undefined
}

async function deliver(ctx: Context, reaching: Reaching, subscription: Subscription): Promise<void> {
  const { ends_at, delivered } = subscription
  if (ends_at && ends_at <= ctx.now()) return await settle(ctx, subscription, 'off')
  const client = await standingClient(ctx, subscription.client)
  if (!client || !(await isHook(ctx, subscription)))
    return await settle(ctx, subscription, 'error', 'refused')
  const as = { ...ctx, actor: client }
  const sending = await nextFor(as, subscription, client)
  if (!sending) return await leave(ctx, subscription)
  const fault = await send(as, reaching, subscription, sending)
  if (fault !== undefined) return await failed(ctx, subscription, fault)
  await succeeded(ctx, subscription, sending.shown.at(-1)?.event.no ?? delivered)
}

/**
 * One delivery to one address. Whoever holds the subscription's lease sends; what it sent is sent again only where it was
 * cut off before it could note the answer.
 * @returns whether there was one
 */
export async function deliverStep(ctx: Context, reaching: Reaching): Promise<boolean> {
  const subscription = await claim(ctx)
  if (!subscription) return false
  try {
    await deliver(ctx, reaching, subscription)
  } catch (error) {
    await failed(ctx, subscription, 'fault').catch(() => undefined)
    throw error
  }
  return true
}
