import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import type { Db } from '../platform/database.ts'
import { homeOf } from '../platform/ids.ts'
import { append, appendAll, appendTogether, PROCESS_CHAIN, type Waiting } from './append.ts'
import { type Chained, headOf, merkleRoot } from './chain.ts'
import type { EventRow } from './tables.ts'

export interface Entry {
  readonly action: string
  /** Whose record; absent for what concerns nobody. */
  readonly patientId?: number
  readonly purpose?: string
  /** Kind of data, never a finding: 'declaration', 'record', 'card'. */
  readonly what?: string
  readonly refused?: boolean
}

function nameOf(actor: Context['actor']): string {
  if (actor.kind === 'system') return `system:${actor.name}`
  if (actor.kind === 'staff') return `staff:${actor.role}`
  if (actor.kind === 'client') return `client:${actor.id}`
  // what a proxy's holder does is written down as hers
  return actor.kind === 'resident' && actor.acting ? `proxy:${actor.acting.id}` : actor.kind
}

function numberOf(actor: Context['actor']): number | null {
  switch (actor.kind) {
    case 'resident':
      return actor.account
    case 'staff':
      return actor.id
    case 'client':
      return actor.no
    default:
      return null
  }
}

function toEvent(ctx: Pick<Context, 'actor' | 'now'>, entry: Entry): Waiting {
  const { actor } = ctx
  const event: Chained = {
    at: ctx.now(),
    actor: nameOf(actor),
    actor_id: numberOf(actor),
    facility: 'facility' in actor ? actor.facility : null,
    action: entry.action,
    purpose: entry.purpose ?? null,
    what: entry.what ?? null,
    refused: entry.refused ?? false,
  }
  return { chain: entry.patientId ?? PROCESS_CHAIN, event }
}

function count({ noted }: Pick<Context, 'noted'>, inside: boolean): void {
  if (!noted) return
  if (inside) noted.inside += 1
  else noted.durable += 1
}

/**
 * Writes down what is done. Inside a transaction the note stands or falls with it; outside it is durable when this
 * returns. No answer with somebody's data may leave before.
 */
export async function note(ctx: Context, entry: Entry): Promise<void> {
  const one = toEvent(ctx, entry)
  await (ctx.db.isTransaction ? append(ctx.db, one) : appendTogether(ctx.pool, one))
  count(ctx, ctx.db.isTransaction)
}

/** Writes down what several do in one transaction, which keeps all of it or nothing. */
export async function noteAll(
  db: Db,
  noted: readonly (readonly [ctx: Pick<Context, 'actor' | 'now' | 'noted'>, entry: Entry])[],
): Promise<void> {
  await appendAll(
    db,
    noted.map(([ctx, entry]) => toEvent(ctx, entry)),
  )
  for (const [ctx] of noted) count(ctx, true)
}

/**
 * Writes down a refusal by itself: it stands even when the request rolls back. Ask before the transaction's first note
 * on the same Patient: its chain is locked until that transaction ends.
 */
export async function noteRefusal(ctx: Context, entry: Entry): Promise<void> {
  await appendTogether(ctx.pool, toEvent(ctx, { ...entry, refused: true }))
  count(ctx, false)
}

export interface WhichEvents {
  /** At most; default 200. */
  readonly limit?: number
  /** Only what stands behind this one, in the order of `eventsOf`. */
  readonly before?: { readonly at: Date; readonly seq: number; readonly patientId: number }
  /** 'others': without what the book's own person did; 'own': that alone. */
  readonly by?: 'others' | 'own'
}

/** How a resident at her own book is written down. */
const OWN = 'resident'

/** Who did what with these Patients' records, newest first. */
export async function eventsOf(
  db: Db,
  patientIds: readonly number[],
  { limit = 200, before, by }: WhichEvents = {},
): Promise<EventRow[]> {
  return await db
    .selectFrom('audit.event')
    .selectAll()
    .where('home', '=', sql<number>`any(${patientIds.map(homeOf)}::bigint[])`)
    .where('patient_id', '=', sql<number>`any(${[...patientIds]}::bigint[])`)
    .$if(by !== undefined, (query) => query.where('actor', by === 'own' ? '=' : '<>', OWN))
    .$if(before !== undefined, (query) =>
      query.where(
        sql<boolean>`(at, seq, patient_id) < (${before?.at}, ${before?.seq}, ${before?.patientId})`,
      ),
    )
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .orderBy('patient_id', 'desc')
    .limit(limit)
    .execute()
}

const firstOfMonth = (at: Date, ahead: number): string =>
  new Date(Date.UTC(at.getUTCFullYear(), at.getUTCMonth() + ahead, 1)).toISOString().slice(0, 10)

/** Makes room for this month and the next two. A month whose rows already lie in the common part stays there. */
export async function prepareMonths(db: Db, now: Date): Promise<void> {
  for (const ahead of [0, 1, 2]) {
    const [from, until] = [firstOfMonth(now, ahead), firstOfMonth(now, ahead + 1)]
    const name = `event_${from.slice(0, 7).replace('-', '_')}`
    const { rows } = await sql<{ there: boolean; taken: boolean }>`
      select to_regclass(${`audit.${name}`}) is not null as there,
        exists (select 1 from audit.event_other where at >= ${from}::date and at < ${until}::date) as taken`.execute(
      db,
    )
    if (rows[0]?.there || rows[0]?.taken) continue
    await sql`create table if not exists ${sql.table(`audit.${name}`)} partition of audit.event
      for values from (${sql.lit(from)}) to (${sql.lit(until)})`.execute(db)
  }
}

export interface ChainReport {
  readonly chains: number
  readonly events: number
  /** Chains whose events do not lead to their head: somebody changed, removed or added a row. */
  readonly broken: readonly { readonly home: number; readonly patientId: number }[]
}

type ProofRow = EventRow & { head: Buffer; last: number }

/** Chains in order, each with its events (one row without a number where a head has none), a page at a time. */
async function* chainsOf(db: Db): AsyncGenerator<readonly [ProofRow, ...ProofRow[]]> {
  let [home, patientId] = [-1, -1]
  for (;;) {
    const { rows } = await sql<ProofRow>`
      select heads.home, heads.patient_id, heads.hash as head, heads.seq as last, event.seq, event.at, event.actor,
        event.actor_id, event.facility, event.action, event.purpose, event.what, event.refused
      from (select * from audit.head where (home, patient_id) > (${home}, ${patientId})
        order by home, patient_id limit 500) heads
      left join audit.event event on event.home = heads.home and event.patient_id = heads.patient_id
      order by heads.home, heads.patient_id, event.seq`.execute(db)
    if (rows.length === 0) return
    for (const [first, ...rest] of Map.groupBy(rows, (row) => row.patient_id).values()) {
      if (!first) continue
      ;({ home, patient_id: patientId } = first)
      yield [first, ...rest]
    }
  }
}

const isWhole = (chain: readonly [ProofRow, ...ProofRow[]]): boolean =>
  chain.length === chain[0].last &&
  chain.every((row, i) => row.seq === i + 1) &&
  headOf(chain).equals(chain[0].head)

/** Follows every chain from its first event to its head. */
export async function proveChains(db: Db): Promise<ChainReport> {
  let [chains, events] = [0, 0]
  const broken: { home: number; patientId: number }[] = []
  for await (const chain of chainsOf(db)) {
    chains += 1
    events += chain.length
    if (!isWhole(chain)) broken.push({ home: chain[0].home, patientId: chain[0].patient_id })
  }
  return { chains, events, broken }
}

/**
 * The root of all heads, once a day, to be kept outside the database too.
 * @returns the root of that day, made now or earlier
 */
export async function rootOfDay(db: Db, day: string, now: Date): Promise<{ root: Buffer; heads: number }> {
  const known = await db
    .selectFrom('audit.root')
    .select(['root', 'heads'])
    .where('day', '=', day)
    .executeTakeFirst()
  if (known) return known
  const rows = await db
    .selectFrom('audit.head')
    .select('hash')
    .orderBy('home')
    .orderBy('patient_id')
    .execute()
  const made = { root: merkleRoot(rows.map((row) => row.hash)), heads: rows.length }
  await db
    .insertInto('audit.root')
    .values({ day, ...made, made_at: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  return made
}

/** The rows of a Patient's first note, for loading many at once: the same chain that `note` would begin. */
export function firstNoteRows(
  { actor }: Pick<Context, 'actor'>,
  entry: Entry & { readonly patientId: number },
  at: Date,
) {
  const { event } = toEvent({ actor, now: () => at }, entry)
  const of = { home: homeOf(entry.patientId), patient_id: entry.patientId, seq: 1 }
  return { head: { ...of, hash: headOf([event]) }, event: { ...of, ...event } }
}
