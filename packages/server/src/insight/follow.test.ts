import { sql } from 'kysely'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import type { Context } from '../platform/context.ts'
import { openDb } from '../platform/database.ts'
import { followEnrolment, recountEverything } from './follow.ts'

const TABLES = [
  'ward_level',
  'ward_week',
  'ward_age',
  'ward_age_day',
  'ward_day',
  'campaign_day',
  'campaign_age',
  'campaign_hour',
]
const DAYS = ['2026-11-20', '2026-11-21', '2026-11-22']
const WARDS = ['26911', '26878', null]

/** One row of the feed, as a new book writes it; everything that varies follows from its number. */
const enrolled = (no: number, n: 1 | -1 = 1) => ({
  home: no,
  at: new Date(`${DAYS[no % 3]}T${String(no % 24).padStart(2, '0')}:10:00+07:00`),
  n,
  ward: WARDS[no % 3] ?? null,
  campaign: no % 2 ? 'bq27' : null,
  birth_year: no % 5 ? 1950 + (no % 60) : null,
  sex: null,
  level: (['phone', 'card', 'verified'] as const)[no % 3] ?? 'phone',
  channel: 'self' as const,
})

const enrol = ({ db }: Context, ...rows: ReturnType<typeof enrolled>[]) =>
  db.insertInto('identity.enrolment').values(rows).execute()

/** Everything counted, table by table, in a fixed order. */
async function counts({ db }: Context) {
  const told: Record<string, unknown[]> = {}
  for (const table of TABLES) {
    const { rows } = await sql<{ row: string }>`
      select row_to_json(t)::text as row from ${sql.table(`insight.${table}`)} t where n <> 0`.execute(db)
    told[table] = rows.map(({ row }) => row).toSorted()
  }
  return told
}

const total = async ({ db }: Context): Promise<number> => {
  const { rows } = await sql<{
    n: number
  }>`select coalesce(sum(n), 0)::bigint as n from insight.ward_age`.execute(db)
  return rows[0]?.n ?? 0
}

/** Others on this server may hold the horizon back for a moment. */
const counted = (ctx: Context, n: number, batch?: number) =>
  vi.waitFor(
    async () => {
      await followEnrolment(ctx, batch)
      expect(await total(ctx)).toBe(n)
    },
    { timeout: 20_000, interval: 50 },
  )

test('each new book is counted once, by ward, campaign, age, level, day and hour of Vietnam', async () => {
  const { ctx } = await openTestContext()
  await enrol(ctx, { ...enrolled(3), at: new Date('2026-11-20T17:30:00Z'), ward: '26911', level: 'phone' })
  await counted(ctx, 1)
  await followEnrolment(ctx)

  const told = await counts(ctx)
  expect(JSON.parse(String(told['campaign_hour']?.[0]))).toEqual({
    ward: '26911',
    campaign: 'bq27',
    day: '2026-11-21',
    hour: 0,
    n: 1,
  })
  expect(JSON.parse(String(told['ward_age']?.[0]))).toEqual({
    ward: '26911',
    birth_year: 1953,
    level: 'phone',
    n: 1,
  })
})

test('a book that becomes surer moves from one level to the other and stays one book', async () => {
  const { ctx } = await openTestContext()
  const before = { ...enrolled(3), level: 'phone' as const }
  await enrol(ctx, before)
  await enrol(ctx, { ...before, n: -1 }, { ...before, level: 'verified' })
  await counted(ctx, 1)

  const { rows } = await sql`select level, n from insight.ward_age where n <> 0`.execute(ctx.db)
  expect(rows).toEqual([{ level: 'verified', n: 1 }])
})

test('a transaction that commits late, after younger ones were counted, is not skipped', async () => {
  const { ctx, url } = await openTestContext()
  const late = new pg.Client({ connectionString: url })
  await late.connect()
  await late.query('begin')
  await late.query(`insert into identity.enrolment (home, at, n, ward, level, channel)
    values (999, '2026-11-20T03:00:00Z', 1, '26911', 'phone', 'self')`)
  await enrol(ctx, enrolled(1), enrolled(2))
  await followEnrolment(ctx)
  expect(await total(ctx)).toBe(0)

  await late.query('commit')
  await late.end()
  await counted(ctx, 3)
})

test('two who follow at once count everything once', async () => {
  const { ctx, url } = await openTestContext()
  const other = openDb(url, { max: 4 })
  const elsewhere: Context = { ...ctx, db: other, pool: other }
  try {
    for (let no = 0; no < 60; no += 4) {
      await enrol(ctx, enrolled(no), enrolled(no + 1))
      await Promise.all([
        followEnrolment(ctx),
        enrol(elsewhere, enrolled(no + 2)),
        followEnrolment(elsewhere),
      ])
      await enrol(elsewhere, enrolled(no + 3))
    }
    await Promise.all([followEnrolment(ctx), followEnrolment(elsewhere)])
    await counted(ctx, 60)
  } finally {
    await other.destroy()
  }
})

test('who is killed in the middle leaves nothing half counted, and the next one counts it', async () => {
  const { ctx, url } = await openTestContext()
  await enrol(ctx, enrolled(4), enrolled(5))
  await counted(ctx, 2)
  await enrol(ctx, enrolled(4), enrolled(5), enrolled(6))

  const holder = new pg.Client({ connectionString: url })
  await holder.connect()
  const doomed = openDb(url, { max: 1 })
  const { rows } = await sql<{ pid: number }>`select pg_backend_pid() as pid`.execute(doomed)
  // the last table is locked: whoever counts stands still with the first ones written
  await holder.query('begin')
  await holder.query('lock table insight.campaign_hour in exclusive mode')
  const following = followEnrolment({ ...ctx, db: doomed, pool: doomed }).then(
    () => 'done',
    () => 'killed',
  )
  // asked outside the transaction, which would see the same answer for ever
  const isWaiting = async () => {
    const { rows: waiting } = await sql`select from pg_stat_activity
      where pid = ${rows[0]?.pid} and wait_event_type = 'Lock'`.execute(ctx.db)
    expect(waiting).toHaveLength(1)
  }
  await vi.waitFor(isWaiting, { timeout: 20_000, interval: 50 })
  await holder.query('select pg_terminate_backend($1)', [rows[0]?.pid])
  expect(await following).toBe('killed')
  await holder.query('rollback')
  await holder.end()
  await doomed.destroy()

  expect(await total(ctx)).toBe(2)
  await counted(ctx, 5)
})

test('counted anew from the beginning, in batches of any size, the numbers are the same', async () => {
  const { ctx } = await openTestContext()
  for (let no = 0; no < 90; no += 9)
    await enrol(ctx, ...Array.from({ length: 9 }, (_, at) => enrolled(no + at)), enrolled(no, -1))
  await counted(ctx, 80, 7)
  const before = await counts(ctx)
  expect(Object.values(before).every((rows) => rows.length >= 2)).toBe(true)

  await recountEverything(ctx)
  expect(await counts(ctx)).toEqual(before)
})

test('after a restore, which brings every transaction back as one of long ago, nothing is lost or double', async () => {
  const { ctx } = await openTestContext()
  await enrol(ctx, enrolled(1), enrolled(2))
  await counted(ctx, 2)
  const before = await counts(ctx)
  await enrol(ctx, enrolled(3))
  await sql`update identity.enrolment set xid = '3'`.execute(ctx.db)
  await sql`update insight.cursor set upto = '3'`.execute(ctx.db)

  await counted(ctx, 3)
  await sql`delete from identity.enrolment where home = 3`.execute(ctx.db)
  await recountEverything(ctx)
  expect(await counts(ctx)).toEqual(before)
})
