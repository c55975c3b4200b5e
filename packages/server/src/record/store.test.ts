import { decimal } from '@sokhoe/fhir'
import { sql } from 'kysely'
import pg from 'pg'
import { expect, test, vi } from 'vitest'
import { newKeys, openTestContext } from '../../test/house.ts'
import { eventsOf } from '../audit/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { rewrapDataKeys } from '../platform/datakeys.ts'
import {
  bytesOf,
  copyIn,
  type ErasureDecision,
  erase,
  history,
  put,
  read,
  retainUntil,
  type Stated,
  seal,
  sealLong,
  shelfRows,
  since,
} from './index.ts'

const HER = 4096 * 9 + 1
const HIM = 4096 * 9 + 2
const OTHER = 4096 * 77

const patient: Stated = { resource: { resourceType: 'Patient' }, no: 0 }
const result = (value: string, sourceKey?: string): Stated => ({
  resource: { resourceType: 'Observation', valueQuantity: { value: decimal(value) } },
  cohort: [{ code: '4548-4', ward: '26911', day: '2026-11-23' }],
  ...(sourceKey !== undefined && { sourceKey }),
})

const arrive = (ctx: Context, patientId: number, ...resources: Stated[]) =>
  put(ctx, { patientId, source: '79001', kind: 'visit', resources })
const textsOf = async (ctx: Context, patientId: number): Promise<string[]> =>
  (await read(ctx, [patientId])).map((entry) => bytesOf(entry).toString())

async function rowsOf(ctx: Context): Promise<Record<string, number>> {
  const { rows } = await sql<Record<string, number>>`select
    (select count(*) from record.shelf) as shelf, (select count(*) from record.pack) as pack,
    (select count(*) from record.amend) as amend, (select count(*) from record.cohort) as cohort,
    (select count(*) from record.outbox) as outbox, (select count(*) from keys.data_key) as key,
    (select count(*) from audit.event) as event`.execute(ctx.db)
  return rows[0] ?? {}
}

const PATIENCE = { timeout: 20_000, interval: 50 }

test('ten writers to one person at once: every result is there, each with its own number', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient)
  const arrivals = Array.from({ length: 10 }, async (_, writer) => {
    for (const visit of ['a', 'b', 'c'])
      await arrive(ctx, HER, result(`${writer}.0`, `${writer} ${visit}`), result('1'))
  })
  await Promise.all(arrivals)

  const entries = await read(ctx, [HER])
  expect(entries).toHaveLength(61)
  expect(new Set(entries.map((entry) => entry.no)).size).toBe(61)
  expect(await rowsOf(ctx)).toMatchObject({ shelf: 1, pack: 31, cohort: 60, outbox: 31, event: 31 })
})

test('two who open the same new book at once share one shelf and one key', async () => {
  const { ctx } = await openTestContext()
  const [one, two] = await Promise.all([
    arrive(ctx, HER, patient, result('1')),
    arrive(ctx, HER, patient, result('2')),
  ])

  expect([one?.version, two?.version].toSorted()).toEqual([1, 2])
  expect(await textsOf(ctx, HER)).toHaveLength(3)
  expect(await rowsOf(ctx)).toMatchObject({ shelf: 1, key: 1, pack: 2 })
})

test('a record begins with its Patient; nothing is kept for somebody unknown', async () => {
  const { ctx } = await openTestContext()
  await expect(arrive(ctx, HER, result('1'))).rejects.toMatchObject({ code: 'record.unknown-patient' })
  expect(await rowsOf(ctx)).toEqual({ shelf: 0, pack: 0, amend: 0, cohort: 0, outbox: 0, key: 0, event: 0 })
})

test('the database process dies in the middle of an arrival: nothing of it is there, and the next one is kept', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient)
  const before = await rowsOf(ctx)
  const broken = inTransaction(ctx, async (inner) => {
    await arrive(inner, HER, result('1', 'a'), result('2', 'b'))
    await sql`select pg_terminate_backend(pg_backend_pid())`.execute(inner.db)
  })
  await expect(broken).rejects.toThrow()

  expect(await rowsOf(ctx)).toEqual(before)
  expect((await arrive(ctx, HER, result('1', 'a'))).resources).toMatchObject([{ no: 1, outcome: 'kept' }])
})

test('an arrival that goes with a transaction undone leaves no key behind to read by', async () => {
  const { ctx } = await openTestContext()
  const undone = inTransaction(ctx, async (inner) => {
    await arrive(inner, HER, patient, result('1'))
    expect(await read(inner, [HER])).toHaveLength(2)
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await arrive(ctx, HER, patient, result('2'))
  expect((await textsOf(ctx, HER))[1]).toContain('"value":2')
})

test('every version stays in the history, newest first, with what it said then', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, result('7.80', 'a'))
  await arrive(ctx, HER, result('6.80', 'a'))
  const { resources } = await put(ctx, {
    patientId: HER,
    source: 'self',
    kind: 'declaration',
    resources: [{ ...result('6.9'), no: 1 }],
  })

  expect(resources).toMatchObject([{ no: 1, version: 3, outcome: 'amended' }])
  const versions = await history(ctx, HER, 1)
  expect(versions.map(({ version, source }) => ({ version, source }))).toEqual([
    { version: 3, source: 'self' },
    { version: 2, source: '79001' },
    { version: 1, source: '79001' },
  ])
  expect(versions.map((entry) => /"value":([\d.]+)/.exec(bytesOf(entry).toString())?.[1])).toEqual([
    '6.9',
    '6.80',
    '7.80',
  ])
  expect(await rowsOf(ctx)).toMatchObject({ amend: 2, cohort: 1 })
})

test('a number that is not on the shelf cannot be amended', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient)
  await expect(arrive(ctx, HER, { ...result('1'), no: 12 })).rejects.toThrow(RangeError)
  expect(await rowsOf(ctx)).toMatchObject({ pack: 1 })
})

test('what is restricted is read only by whoever asks for it by name', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, { ...result('1'), restricted: true }, result('2', 'b'))
  await arrive(ctx, HER, { ...result('3', 'b'), restricted: true })

  expect((await read(ctx, [HER])).map((entry) => entry.no)).toEqual([0])
  expect((await history(ctx, HER)).map((entry) => entry.no)).toEqual([0])
  expect((await read(ctx, [HER], { restricted: true })).map((entry) => entry.no)).toEqual([0, 1, 2])
  expect(await rowsOf(ctx)).toMatchObject({ cohort: 0 })
})

test('the shelves of several Patients are read together, near and far', async () => {
  const { ctx } = await openTestContext()
  for (const patientId of [HER, HIM, OTHER]) await arrive(ctx, patientId, patient, result('1'))
  const entries = await read(ctx, [OTHER, HER])
  expect(entries.map(({ patientId, no }) => [patientId, no])).toEqual([
    [HER, 0],
    [HER, 1],
    [OTHER, 0],
    [OTHER, 1],
  ])
  expect(await read(ctx, [])).toEqual([])
})

test('another key file opens nothing, says so, and harms nothing', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, result('1'))
  const before = await rowsOf(ctx)
  const strange = { ...ctx, pool: ctx.pool.withSchema('x'), keys: await newKeys() }

  await expect(read(strange, [HER])).rejects.toMatchObject({ code: 'record.damaged', at: ['data key'] })
  await expect(arrive(strange, HER, result('2'))).rejects.toMatchObject({ code: 'record.damaged' })
  expect(await rowsOf(ctx)).toEqual(before)
  expect(await textsOf(ctx, HER)).toHaveLength(2)
})

test('one damaged piece is named, and the rest of the record can still be read', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, result('1'))
  await arrive(ctx, HER, result('2'))
  await sql`update record.pack set content = set_byte(content, 20, 255 - get_byte(content, 20))
    where first_no = 2`.execute(ctx.db)

  await expect(read(ctx, [HER])).rejects.toMatchObject({ code: 'record.damaged', at: ['pack 2'] })
  const damaged: unknown[] = []
  const entries = await read(ctx, [HER], { onDamage: (piece) => damaged.push(piece) })
  expect(entries.map((entry) => entry.no)).toEqual([0, 1])
  expect(damaged).toEqual([{ patientId: HER, firstNo: 2 }])
  expect((await arrive(ctx, HER, result('3'))).resources).toMatchObject([{ outcome: 'kept' }])
})

test('who follows what arrives misses nothing and sees nothing twice, though a slow writer commits last', async () => {
  const { ctx } = await openTestContext({ max: 20 })
  for (const patientId of [HER, HIM, OTHER]) await arrive(ctx, patientId, patient)
  const seen: string[] = []
  let cursor: string | undefined
  const follow = async () => {
    const page = await since(ctx, cursor, 2)
    cursor = page.cursor
    seen.push(...page.arrived.map(({ patientId, firstNo }) => `${patientId} ${firstNo}`))
    return page.arrived.length
  }
  const followAll = async () => {
    while ((await follow()) > 0);
  }
  // others on this server may hold the horizon back for a moment
  const followTo = (count: number) =>
    vi.waitFor(async () => {
      await followAll()
      expect(seen).toHaveLength(count)
    }, PATIENCE)
  await followTo(3)

  const slow = Promise.withResolvers<void>()
  const holding = Promise.withResolvers<void>()
  const late = inTransaction(ctx, async (inner) => {
    await arrive(inner, HER, result('1'))
    holding.resolve()
    await slow.promise
  })
  await holding.promise
  await arrive(ctx, HIM, result('2'))
  await followAll()
  expect(seen).toHaveLength(3)

  slow.resolve()
  await late
  await Promise.all([arrive(ctx, OTHER, result('3')), arrive(ctx, HER, result('4'))])
  await followTo(7)
  expect(seen.toSorted()).toEqual([...new Set(seen)].toSorted())
  await expect(since(ctx, "0.0.0' or true --")).rejects.toThrow(RangeError)
})

test('a long record is sealed into few segments while a visit arrives, and every word and version stays', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient)
  for (let visit = 1; visit <= 40; visit += 1)
    await arrive(
      ctx,
      HER,
      result(`${visit}.0`, `v${visit}`),
      result(`${visit}.50`, `w${visit % 7}`),
      result('1'),
    )
  const [current, all] = [await textsOf(ctx, HER), await history(ctx, HER)]

  const [{ before, after }, late] = await Promise.all([seal(ctx, HER), arrive(ctx, HER, result('99', 'v1'))])
  expect(before).toBeGreaterThan(40)
  expect(after).toBeLessThan(5)
  expect(late.resources).toMatchObject([{ no: 1, version: 2 }])
  const [newest, ...older] = await history(ctx, HER)
  expect(newest).toMatchObject({ no: 1, version: 2 })
  const marks = (entries: typeof all) =>
    entries.map((entry) => [entry.no, entry.version, entry.slot, entry.at, bytesOf(entry).toString()])
  expect(marks(older)).toEqual(marks(all))
  const changed = (await textsOf(ctx, HER)).filter((text) => !current.includes(text))
  expect(changed).toHaveLength(1)
  expect((await arrive(ctx, HER, result('2.0', 'v2'))).resources).toMatchObject([{ outcome: 'known' }])
  const { rows } = await sql<{
    lost: number
  }>`select count(*) as lost from record.amend amend where not exists (
    select from record.pack pack where pack.patient_id = amend.patient_id and pack.first_no = amend.pack_no)`.execute(
    ctx.db,
  )
  expect(rows).toEqual([{ lost: 0 }])
})

test('the nightly job seals long records, leaves short ones, and passes by one that does not open', async () => {
  const { ctx } = await openTestContext()
  for (const patientId of [HER, HIM, OTHER]) await arrive(ctx, patientId, patient)
  for (let visit = 0; visit < 17; visit += 1) {
    await arrive(ctx, HER, result('1'))
    await arrive(ctx, HIM, result('1'))
  }
  await sql`update record.pack set content = '\\x00' where patient_id = ${HIM} and first_no = 5`.execute(
    ctx.db,
  )

  expect(await sealLong(ctx)).toEqual({ sealed: 1, damaged: 1 })
  expect(await rowsOf(ctx)).toMatchObject({ pack: 1 + 18 + 1 })
})

const decision: ErasureDecision = {
  id: 'QD-17/2037',
  approvedBy: 12,
  ground: 'expired',
  retentionClass: 'health-book',
  retainUntil: retainUntil('health-book', '2016-02-03'),
}

test('nobody erases a record without a decision, or before its time; the attempt is written down', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, result('1'))
  await expect(erase(ctx, HER, undefined)).rejects.toMatchObject({ code: 'record.undecided' })
  await expect(erase(ctx, HER, { ...decision, approvedBy: 0 })).rejects.toMatchObject({
    code: 'record.undecided',
  })
  await expect(erase(ctx, HER, { ...decision, retainUntil: null })).rejects.toMatchObject({
    code: 'record.retained',
    more: { retentionClass: 'health-book' },
  })
  await expect(erase(ctx, HER, decision)).rejects.toMatchObject({ more: { retainUntil: '2026-12-31' } })

  expect(await textsOf(ctx, HER)).toHaveLength(2)
  const refused = (await eventsOf(ctx.db, [HER])).filter((event) => event.refused)
  expect(refused.map((event) => event.action)).toEqual(Array(4).fill('record.erase'))
})

test('after an erasure it is as if nothing had been there, nothing can be put back, and the audit chain stands', async () => {
  const { ctx, clock } = await openTestContext()
  await arrive(ctx, HER, patient, result('1', 'a'))
  await arrive(ctx, HER, result('2', 'a'))
  await arrive(ctx, HIM, patient, result('5'))
  await read(ctx, [HER])
  clock.now = new Date('2027-01-01T00:00:00Z')
  await erase(ctx, HER, decision)

  expect(await read(ctx, [HER])).toEqual([])
  expect(await history(ctx, HER)).toEqual([])
  expect(await rowsOf(ctx)).toMatchObject({ shelf: 2, pack: 1, amend: 0, cohort: 1, key: 1, event: 4 })
  await expect(arrive(ctx, HER, patient, result('1'))).rejects.toMatchObject({
    code: 'record.unknown-patient',
  })
  await expect(erase(ctx, HER, decision)).rejects.toMatchObject({ code: 'record.unknown-patient' })
  await vi.waitFor(
    async () => expect((await since(ctx)).arrived.at(-1)).toMatchObject({ patientId: HER, n: 0 }),
    PATIENCE,
  )
  expect(await textsOf(ctx, HIM)).toHaveLength(2)
})

test('a record loaded in bulk is to the byte what arrivals one by one would have made', async () => {
  const { ctx, url, keys } = await openTestContext()
  const arrivals = [
    { source: '79001', kind: 'visit', at: ctx.now(), resources: [patient, result('7.80', 'a'), result('1')] },
    { source: '79001', kind: 'visit', at: ctx.now(), resources: [result('6.80', 'a'), result('2', 'b')] },
  ]
  for (const { at: _, ...arrival } of arrivals) await put(ctx, { patientId: HER, ...arrival })
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await copyIn(client, [shelfRows(keys, { patientId: OTHER, arrivals })])
  await client.end()

  const plain = async (patientId: number) =>
    (await history(ctx, patientId)).map((entry) => ({
      ...entry,
      texts: null,
      patientId: 0,
      text: bytesOf(entry)
        .toString()
        .replace(/"id":"[^"]+"/, ''),
    }))
  expect(await plain(OTHER)).toEqual(await plain(HER))
  const { rows } = await sql<{ same: boolean }>`select
    (select array_agg((no, version, pack_no) order by no) from record.amend where patient_id = ${HER}) =
    (select array_agg((no, version, pack_no) order by no) from record.amend where patient_id = ${OTHER}) and
    (select array_agg((no, code, ward, day) order by no) from record.cohort where patient_id = ${HER}) =
    (select array_agg((no, code, ward, day) order by no) from record.cohort where patient_id = ${OTHER}) and
    (select array_agg((first_no, n, at) order by first_no) from record.outbox where patient_id = ${HER}) =
    (select array_agg((first_no, n, at) order by first_no) from record.outbox where patient_id = ${OTHER}) and
    (select (next_no, version) from record.shelf where patient_id = ${HER}) =
    (select (next_no, version) from record.shelf where patient_id = ${OTHER}) as same`.execute(ctx.db)
  expect(rows).toEqual([{ same: true }])
  expect((await arrive(ctx, OTHER, result('2', 'b'))).resources).toMatchObject([{ outcome: 'known' }])
})

test('after the key-encryption key rotates, every data key is wrapped anew and the record still opens', async () => {
  const { ctx, keys } = await openTestContext()
  for (const patientId of [HER, HIM, OTHER]) await arrive(ctx, patientId, patient)
  const other = await newKeys()
  const kek = {
    current: 2,
    of: (version: number) => (version === 2 ? other.kek.of(1) : keys.kek.of(version)),
  }
  const rotated = { ...ctx, pool: ctx.pool.withSchema('x'), keys: { ...keys, kek } }

  expect(await rewrapDataKeys(rotated, 2)).toBe(2)
  expect(await rewrapDataKeys(rotated)).toBe(1)
  expect(await rewrapDataKeys(rotated)).toBe(0)
  expect(await textsOf(rotated, HER)).toHaveLength(1)
})
