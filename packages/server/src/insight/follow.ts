import { sql } from 'kysely'
import { type Context, inTransaction } from '../platform/context.ts'

/** Each table of counts, and by what it counts. */
const COUNTS = {
  ward_level: ['ward', 'level'],
  ward_week: ['ward', 'week'],
  ward_age: ['ward', 'birth_year', 'level'],
  ward_age_day: ['ward', 'day', 'birth_year', 'level'],
  ward_day: ['ward', 'day', 'level'],
  former_level: ['former', 'level'],
  former_week: ['former', 'week'],
  former_age: ['former', 'birth_year', 'level'],
  former_age_day: ['former', 'day', 'birth_year', 'level'],
  former_day: ['former', 'day', 'level'],
  campaign_day: ['ward', 'campaign', 'day', 'level', 'channel'],
  campaign_age: ['ward', 'campaign', 'birth_year', 'level'],
  campaign_hour: ['ward', 'campaign', 'day', 'hour'],
} as const

type CountTable = keyof typeof COUNTS
const TABLES = Object.keys(COUNTS) as CountTable[]

/** Rows of the feed counted in one transaction; one transaction's rows are never parted, however many they are. */
const BATCH = 250_000

/** What a restore writes in the place of every xid (backup/catalog.ts). */
const RESTORED = '3'

interface Bounds {
  readonly upto: string
  readonly next: string
  /** Something stands between the two. */
  readonly waiting: boolean
}

/**
 * Only transactions older than every one still running are counted, so that nothing can appear behind the cursor
 * later. The row of the cursor is locked by whoever counts: one at a time over all processes.
 */
async function bounds({ db }: Context, batch: number): Promise<Bounds> {
  const [, locked] = await Promise.all([
    sql`insert into insight.cursor (feed, upto) values ('enrolment', '0') on conflict (feed) do nothing`.execute(
      db,
    ),
    sql<{ upto: string }>`select upto::text from insight.cursor where feed = 'enrolment' for update`.execute(
      db,
    ),
  ])
  const upto = locked.rows[0]?.upto ?? '0'
  // a statement of its own, behind the lock: its snapshot sees what the one before us counted
  const { rows } = await sql<{ next: string; waiting: boolean }>`
    select exists (select 1 from insight.enrolment_feed where xid >= ${upto}::xid8 and xid < edge.horizon) as waiting,
      coalesce((select xid from insight.enrolment_feed
        where xid >= coalesce(full_batch.xid, edge.horizon) and xid > ${upto}::xid8 and xid < edge.horizon
        order by xid limit 1), edge.horizon)::text as next
    from (select pg_snapshot_xmin(pg_current_snapshot()) as horizon) as edge
    left join lateral (select xid from insight.enrolment_feed where xid >= ${upto}::xid8 and xid < edge.horizon
      order by xid offset ${batch}::int limit 1) as full_batch on true`.execute(db)
  return { upto, next: rows[0]?.next ?? upto, waiting: rows[0]?.waiting ?? false }
}

function fold({ db }: Context, table: CountTable, { upto, next }: Bounds): Promise<unknown> {
  const into = sql.table(`insight.${table}`)
  const by = sql.join(COUNTS[table].map((column) => sql.ref(column)))
  return sql`insert into ${into} as counted (${by}, n)
    select ${by}, sum(n) from insight.enrolment_feed
    where xid >= ${upto}::xid8 and xid < ${next}::xid8 group by ${by}
    on conflict (${by}) do update set n = counted.n + excluded.n`.execute(db)
}

async function forget({ db }: Context): Promise<void> {
  await Promise.all([
    ...TABLES.map((table) => sql`delete from ${sql.table(`insight.${table}`)}`.execute(db)),
    sql`update insight.cursor set upto = '0' where feed = 'enrolment'`.execute(db),
  ])
}

/** Counts what waits, once: sums and cursor stand or fall together. @returns whether more may wait */
function step(ctx: Context, batch: number): Promise<boolean> {
  return inTransaction(ctx, async (ctx) => {
    const found = await bounds(ctx, batch)
    if (found.upto === RESTORED) {
      await forget(ctx)
      return true
    }
    if (!found.waiting) return false
    await Promise.all([
      ...TABLES.map((table) => fold(ctx, table, found)),
      sql`update insight.cursor set upto = ${found.next}::xid8, at = ${ctx.now()}::timestamptz
        where feed = 'enrolment'`.execute(ctx.db),
    ])
    return true
  })
}

/**
 * Counts every book that began, changed or ended since the last time, exactly once, whatever the order of commits and
 * wherever somebody before was cut off. Safe to call from any number of processes at once.
 */
export async function followEnrolment(ctx: Context, batch = BATCH): Promise<void> {
  while (await step(ctx, batch));
}

/** Throws all counts away and counts from the beginning. */
export async function recountEverything(ctx: Context): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    await bounds(ctx, BATCH)
    await forget(ctx)
  })
  await followEnrolment(ctx)
}

interface Freshness {
  /** Something can be counted now. */
  readonly waiting: boolean
  /** Something was committed that cannot be counted yet: an older transaction still runs. */
  readonly beyond: boolean
  readonly at: Date | null
}

async function freshness({ db }: Context): Promise<Freshness> {
  const { rows } = await sql<Freshness>`
    select cursor.at, edge.upto = ${RESTORED}::xid8 or exists (select 1 from insight.enrolment_feed
        where xid >= edge.upto and xid < edge.horizon) as waiting,
      exists (select 1 from insight.enrolment_feed where xid >= edge.upto and xid >= edge.horizon) as beyond
    from (values ('enrolment')) as feed (name) left join insight.cursor as cursor on cursor.feed = feed.name,
      lateral (select coalesce(cursor.upto, '0'::xid8) as upto,
        pg_snapshot_xmin(pg_current_snapshot()) as horizon) as edge`.execute(db)
  return rows[0] ?? { waiting: true, beyond: true, at: null }
}

/**
 * Brings the counts up to now before they are read: two look-ups in an index where nothing waits.
 * @returns whatever was answered before this instant is counted
 */
export async function upToNow(ctx: Context): Promise<Date> {
  const now = ctx.now()
  let found = await freshness(ctx)
  if (found.waiting) {
    await followEnrolment(ctx)
    found = await freshness(ctx)
  }
  return found.beyond && found.at ? found.at : now
}
