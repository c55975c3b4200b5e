import { sql } from 'kysely'
import { mayBeSeen, type Reach, reachOfPatients } from '../../../identity/index.ts'
import { type Client, type Context, inTransaction } from '../../../platform/context.ts'
import { publicId } from '../../../platform/ids.ts'
import { type Arrived, type Entry, history, since } from '../../../record/index.ts'
import { mayRead, standingClient, writeClient } from '../work/who.ts'
import { KEPT_MS, type Subscription, toSubscription } from './store.ts'
import { isAbout, verbOf } from './topics.ts'

const FEED = 'subscriptions'
/** Arrivals looked at in one step: it holds back everybody who follows the record, so it is short. */
const MOST = 100
/** Where nobody subscribed, they are passed by faster. */
const MOST_PASSED = 2000

/** After a restore the record's order begins anew: a place ahead of everything that can be is no place. */
async function isAhead({ db }: Context, cursor: string): Promise<boolean> {
  const { rows } = await sql<{ ahead: boolean }>`
    select ${cursor.split('.')[0]}::xid8 >= pg_snapshot_xmax(pg_current_snapshot()) as ahead`.execute(db)
  return rows[0]?.ahead ?? false
}

/** One looks at a time, over all servers. @returns undefined where somebody else does */
async function takeFeed(ctx: Context): Promise<{ cursor?: string } | undefined> {
  await sql`insert into exchange.feed (name, cursor) values (${FEED}, '') on conflict do nothing`.execute(
    ctx.db,
  )
  const { rows } = await sql<{ cursor: string }>`
    select cursor from exchange.feed where name = ${FEED} for update skip locked`.execute(ctx.db)
  const [row] = rows
  if (!row) return undefined
  return row.cursor === '' || (await isAhead(ctx, row.cursor)) ? {} : { cursor: row.cursor }
}

async function standing(ctx: Context): Promise<Subscription[]> {
  const rows = await ctx.db
    .selectFrom('exchange.subscription')
    .selectAll()
    .where('status', '<>', 'off')
    .where((where) => where.or([where('ends_at', 'is', null), where('ends_at', '>', ctx.now())]))
    .execute()
  return rows.map((row) => toSubscription(ctx, row))
}

interface Arriving {
  readonly arrived: Arrived
  readonly entries: readonly Entry[]
}

/** What arrived, with every version that did: of a shelf that was erased meanwhile nothing. */
async function entriesOf(ctx: Context, all: readonly Arrived[]): Promise<Arriving[]> {
  const byShelf = Map.groupBy(all, ({ patientId }) => patientId)
  const read = [...byShelf].map(async ([patientId, theirs]) => {
    const entries = await history(ctx, patientId, undefined, { restricted: true, later: true })
    return theirs.map((arrived) => ({
      arrived,
      entries: entries.filter(({ slot }) => slot >= arrived.firstNo && slot < arrived.firstNo + arrived.n),
    }))
  })
  return (await Promise.all(read)).flat()
}

interface Found {
  readonly subscription: Subscription
  readonly entry: Entry
}

/** How one client sees what arrived, at this moment; undefined where it sees nothing any more. */
interface Sight {
  readonly as: Context & { readonly actor: Client }
  readonly reaches: ReadonlyMap<number, Reach>
}

async function sightOf(
  ctx: Context,
  asked: Client,
  arriving: readonly Arriving[],
): Promise<Sight | undefined> {
  const actor = await standingClient(ctx, asked)
  if (!actor) return undefined
  const as = { ...ctx, actor }
  const shelves = new Set(arriving.map(({ arrived }) => arrived.patientId))
  return { as, reaches: await reachOfPatients(as, [...shelves]) }
}

/** Looked up once for all subscriptions of a token. */
async function sightsOf(ctx: Context, all: readonly Subscription[], arriving: readonly Arriving[]) {
  const clients = new Map(all.map(({ client }) => [writeClient(client), client]))
  const found = [...clients].map(
    async ([name, client]) => [name, await sightOf(ctx, client, arriving)] as const,
  )
  return new Map(await Promise.all(found))
}

/** Whoever may not see it at this moment is not even reminded of it. */
function foundFor(
  { as, reaches }: Sight,
  subscription: Subscription,
  arriving: readonly Arriving[],
): Found[] {
  const { wanted, since: begun } = subscription
  // where arrivals are looked through anew, what was told and forgotten long ago is not told again
  const first = Math.max(begun.getTime(), as.now().getTime() - KEPT_MS)
  const patientsOf = (reach: Reach): Set<string> =>
    new Set(reach.patientIds.map((patientId) => publicId(as.keys.id, { patientId, no: 0 })))
  return arriving.flatMap(({ arrived, entries }): Found[] => {
    const reach = reaches.get(arrived.patientId)
    if (!reach || arrived.at.getTime() < first) return []
    const patients = patientsOf(reach)
    return entries
      .filter((entry) => mayRead(as.actor, entry.type) && mayBeSeen(as, reach, entry))
      .filter((entry) => isAbout(wanted.topic, wanted.criteria, { entry, patients }))
      .toSorted((a, b) => a.slot - b.slot)
      .map((entry) => ({ subscription, entry }))
  })
}

const rowOf = ({ subscription, entry }: Found) => ({
  subscription_id: subscription.subscription_id,
  no: null,
  patient_id: entry.patientId,
  resource_no: entry.no,
  version: entry.version,
  type: entry.type,
  verb: verbOf(entry),
  at: new Date(entry.at),
})

/**
 * Looks at what arrived in the record since the last time, and keeps what subscriptions are to be told of: events and
 * cursor stand or fall together, so that each is kept once, whatever is cut off and whoever looks.
 * @returns whether more may wait
 */
export async function feedStep(ctx: Context): Promise<boolean> {
  return await inTransaction(ctx, async (ctx) => {
    const at = await takeFeed(ctx)
    if (!at) return false
    const subscriptions = await standing(ctx)
    const next = await since(ctx, at.cursor, subscriptions.length > 0 ? MOST : MOST_PASSED)
    if (next.arrived.length === 0) return false
    const arriving = subscriptions.length > 0 ? await entriesOf(ctx, next.arrived) : []
    const sights = await sightsOf(ctx, subscriptions, arriving)
    const rows = subscriptions
      .flatMap((each) => {
        const sight = sights.get(writeClient(each.client))
        return sight ? foundFor(sight, each, arriving) : []
      })
      .map(rowOf)
    if (rows.length > 0)
      await ctx.db
        .insertInto('exchange.event')
        .values(rows)
        .onConflict((conflict) => conflict.doNothing())
        .execute()
    await ctx.db.updateTable('exchange.feed').set({ cursor: next.cursor }).where('name', '=', FEED).execute()
    return true
  })
}
