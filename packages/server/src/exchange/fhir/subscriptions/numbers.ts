import { note } from '../../../audit/index.ts'
import { mayBeSeen, reachOfPatients } from '../../../identity/index.ts'
import { type Client, type Context, inTransaction } from '../../../platform/context.ts'
import { type Entry, history } from '../../../record/index.ts'
import { mayRead } from '../work/who.ts'
import type { Subscription } from './store.ts'
import type { EventRow } from './tables.ts'

/** An event with what may be shown of it now: nothing any more where rights or grants ended meanwhile. */
export interface Shown {
  readonly event: EventRow
  readonly entry: Entry | undefined
}

/** The version that an event is about, or the one that stands by now where restricted ones are left out. */
async function versionsOf(
  ctx: Context,
  events: readonly EventRow[],
  restricted: ReadonlyMap<number, boolean>,
) {
  const shelves = [...new Set(events.map(({ patient_id }) => patient_id))]
  const read = shelves.map(async (patientId) => {
    const entries = await history(ctx, patientId, undefined, {
      restricted: restricted.get(patientId) ?? false,
      later: true,
    })
    return [patientId, entries] as const
  })
  return new Map(await Promise.all(read))
}

/** Holds events against rights and grants as they are at this moment. @param ctx whose actor is the client as it stands */
export async function showNow(ctx: Context, client: Client, events: readonly EventRow[]): Promise<Shown[]> {
  const reaches = await reachOfPatients(ctx, [...new Set(events.map(({ patient_id }) => patient_id))])
  const restricted = new Map([...reaches].map(([patientId, reach]) => [patientId, reach.restricted]))
  const entries = await versionsOf(ctx, events, restricted)
  return events.map((event) => {
    const reach = reaches.get(event.patient_id)
    const entry = entries
      .get(event.patient_id)
      ?.find(({ no, version }) => no === event.resource_no && version === event.version)
    const isSeen = reach && entry && mayRead(client, event.type) && mayBeSeen(ctx, reach, entry)
    return { event, entry: isSeen ? entry : undefined }
  })
}

/** Written down before anything of it leaves. */
export async function noteEvents(ctx: Context, client: Client, shown: readonly Shown[]): Promise<void> {
  const seen = shown.flatMap(({ entry }) => entry ?? [])
  await Promise.all(
    [...Map.groupBy(seen, ({ patientId }) => patientId)].map(([patientId, theirs]) =>
      note(ctx, {
        action: 'exchange.event',
        patientId,
        purpose: theirs.every(({ source }) => source === client.facility) ? 'own-contribution' : 'treatment',
        what: [...new Set(theirs.map(({ type }) => type))].join(' '),
      }),
    ),
  )
}

/** Events that get their numbers at once. */
const MOST = 100

/**
 * Gives numbers to events that may leave now, in their order; those that may not are forgotten and take no number: what is
 * numbered has no gap. One server at a time, since the subscription's row is locked.
 * @param ctx whose actor is the client as it stands
 * @returns the last number given
 */
export async function giveNumbers(ctx: Context, { subscription_id: id }: Subscription, client: Client) {
  return await inTransaction(ctx, async (ctx) => {
    const row = await ctx.db
      .selectFrom('exchange.subscription')
      .select('events')
      .where('subscription_id', '=', id)
      .forUpdate()
      .executeTakeFirst()
    const pending = await ctx.db
      .selectFrom('exchange.event')
      .selectAll()
      .where('subscription_id', '=', id)
      .where('no', 'is', null)
      .orderBy('seq')
      .limit(MOST)
      .execute()
    const last = row?.events ?? 0
    if (!row || pending.length === 0) return last
    const shown = await showNow(ctx, client, pending)
    const leaving = shown.filter(({ entry }) => entry)
    const hidden = shown.filter(({ entry }) => !entry).map(({ event }) => event.seq)
    if (hidden.length > 0)
      await ctx.db
        .deleteFrom('exchange.event')
        .where('subscription_id', '=', id)
        .where('seq', 'in', hidden)
        .execute()
    for (const [i, { event }] of leaving.entries())
      await ctx.db
        .updateTable('exchange.event')
        .set({ no: last + i + 1 })
        .where('subscription_id', '=', id)
        .where('seq', '=', event.seq)
        .execute()
    await ctx.db
      .updateTable('exchange.subscription')
      .set({ events: last + leaving.length })
      .where('subscription_id', '=', id)
      .execute()
    return last + leaving.length
  })
}

/** Events of a subscription that have a number, from one to another, in their order. */
export async function numbered(
  { db }: Context,
  { subscription_id }: Pick<Subscription, 'subscription_id'>,
  { after, upto = Number.MAX_SAFE_INTEGER, limit }: { after: number; upto?: number; limit: number },
): Promise<EventRow[]> {
  return await db
    .selectFrom('exchange.event')
    .selectAll()
    .where('subscription_id', '=', subscription_id)
    .where('no', '>', after)
    .where('no', '<=', upto)
    .orderBy('no')
    .limit(limit)
    .execute()
}
