import { decimal, type FhirResource } from '@sokhoe/fhir'
import { sql } from 'kysely'
import { expect, test, vi } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { proveChains } from '../audit/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { publicId } from '../platform/ids.ts'
import {
  type Arrival,
  alsoOf,
  arrivals,
  bundleOf,
  bytesOf,
  erase,
  findByKeys,
  history,
  type KeyAsked,
  proveRecord,
  put,
  putAll,
  read,
  type Stated,
  seal,
  shelfMarks,
} from './index.ts'

const [HER, HIM] = [4096 * 9 + 1, 4096 * 3 + 2]
const patient: Stated = { resource: { resourceType: 'Patient' }, no: 0 }
const hash = (byte: number, within = byte) => ({ hash: Buffer.alloc(16, byte), within })
const result = (value: string, more: Partial<Stated> = {}): Stated => ({
  resource: { resourceType: 'Observation', valueQuantity: { value: decimal(value) } },
  ...more,
})
const from = (patientId: number, ...resources: Stated[]): Arrival => ({
  patientId,
  source: '79001',
  kind: 'visit',
  resources,
})
const arrive = (ctx: Context, patientId: number, ...resources: Stated[]) =>
  put(ctx, from(patientId, ...resources))
const valuesOf = async (ctx: Context, patientId: number, upTo?: ReadonlyMap<number, number>) =>
  (await read(ctx, [patientId], upTo ? { upTo } : {}))
    .filter((entry) => entry.no > 0)
    .map((entry) => `${entry.no}: ${bytesOf(entry).toString().split('"value":')[1]}`)

test('what arrives together on two shelves, with references in a circle, is kept together', async () => {
  const { ctx } = await openTestContext()
  const refers = (urn: string): FhirResource => ({ resourceType: 'Observation', focus: [{ reference: urn }] })
  const [his, hers] = await putAll(ctx, [
    from(HER, patient, { resource: refers('urn:uuid:his'), urn: 'urn:uuid:hers' }),
    from(HIM, patient, { resource: refers('urn:uuid:hers'), urn: 'urn:uuid:his' }),
  ])

  const text = async (patientId: number) => bytesOf((await read(ctx, [patientId]))[1] ?? never()).toString()
  expect(await text(HER)).toContain(`"reference":"Observation/${hers?.resources[1]?.id}"`)
  expect(await text(HIM)).toContain(`"reference":"Observation/${his?.resources[1]?.id}"`)
  expect(his?.resources[1]).toMatchObject({ no: 1, version: 1, lastUpdated: ctx.now().toISOString() })
  expect(his?.resources[1]?.bytes.toString()).toBe(await text(HER))
})

function never(): never {
  throw new Error('nothing there')
}

test('when one of several cannot be kept, none is, on whichever shelf', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient)
  const unknown = putAll(ctx, [from(HER, result('1')), from(HIM, result('2'))])
  await expect(unknown).rejects.toMatchObject({ code: 'record.unknown-patient' })
  const conflict = putAll(ctx, [
    from(HIM, patient, result('2')),
    from(HER, result('1'), { ...result('3'), no: 0, ifVersion: 4 }),
  ])
  await expect(conflict).rejects.toMatchObject({ code: 'record.version-conflict', status: 412 })

  expect(await read(ctx, [HER, HIM])).toHaveLength(1)
  expect(await shelfMarks(ctx, [HER, HIM])).toEqual(new Map([[HER, 1]]))
  expect(await proveRecord(ctx)).toMatchObject({ shelves: 1, broken: 0, versions: 1 })
})

test('two arrivals on one shelf at once are numbered one behind the other; the second may speak of the first', async () => {
  const { ctx } = await openTestContext()
  const [one, two] = await putAll(ctx, [
    from(HER, patient, result('1', { sourceKey: 'a' })),
    from(HER, result('2', { sourceKey: 'a' }), result('3')),
  ])
  expect(one?.version).toBe(1)
  expect(two).toMatchObject({
    version: 2,
    resources: [
      { no: 1, version: 2, outcome: 'amended' },
      { no: 3, version: 1, outcome: 'kept' },
    ],
  })
  expect(await valuesOf(ctx, HER)).toEqual(['1: 2}}', '3: 3}}'])
  expect(await proveRecord(ctx)).toMatchObject({ shelves: 1, broken: 0, versions: 4 })
})

test('of ten who correct the same version at once exactly one does, and the others are told', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, result('0'))
  const tried = await Promise.allSettled(
    Array.from({ length: 10 }, (_, i) =>
      arrive(ctx, HER, { ...result(`${i + 1}`), no: 1, ifVersion: 1 }).then(() => i + 1),
    ),
  )
  const won = tried.flatMap((each) => (each.status === 'fulfilled' ? [each.value] : []))
  const lost = tried.flatMap((each) => (each.status === 'rejected' ? [each.reason] : []))

  expect(won).toHaveLength(1)
  expect(lost).toEqual(Array(9).fill(expect.objectContaining({ code: 'record.version-conflict' })))
  expect(await valuesOf(ctx, HER)).toEqual([`1: ${won[0]}}}`])
  expect(await history(ctx, HER, 1)).toHaveLength(2)
})

test('what is stated no longer is gone from the record, stays in its history, and may come back', async () => {
  const { ctx } = await openTestContext()
  const cohort = [{ code: 'I10', ward: '26911', day: '2026-11-23' }]
  await arrive(ctx, HER, patient, result('7.80', { cohort, keys: [hash(1)], also: [HIM] }))
  const { resources } = await arrive(ctx, HER, { ...result('7.80'), no: 1, deleted: true, ifVersion: 1 })

  expect(resources).toMatchObject([{ no: 1, version: 2, outcome: 'amended' }])
  expect(await read(ctx, [HER])).toHaveLength(1)
  const [deleted, before] = await history(ctx, HER, 1)
  expect(deleted).toMatchObject({ deleted: true, version: 2 })
  expect(JSON.parse(bytesOf(deleted ?? never()).toString())).toEqual({
    resourceType: 'Observation',
    id: publicId(ctx.keys.id, { patientId: HER, no: 1 }),
    meta: { versionId: '2', lastUpdated: ctx.now().toISOString() },
  })
  expect(before).toMatchObject({ deleted: false, version: 1 })
  const told = JSON.parse(bundleOf([deleted ?? never()], { type: 'history' }).toString())
  expect(told.entry).toEqual([
    { request: { method: 'DELETE', url: expect.stringMatching(/^Observation\//) } },
  ])

  const found = await Promise.all([findByKeys(ctx, [hash(1)]), alsoOf(ctx, [HIM])])
  const { rows } = await sql`select from record.cohort`.execute(ctx.db)
  expect([...found, rows]).toEqual([[], [], []])
  expect((await arrive(ctx, HER, { ...result('1'), no: 1, deleted: true })).resources).toMatchObject([
    { version: 2, outcome: 'known' },
  ])

  await arrive(ctx, HER, { ...result('7.90', { keys: [hash(1)] }), no: 1, ifVersion: 2 })
  expect(await valuesOf(ctx, HER)).toEqual(['1: 7.90}}'])
  expect(await findByKeys(ctx, [hash(1)])).toEqual([{ patientId: HER, no: 1 }])
  expect(await proveRecord(ctx)).toMatchObject({ broken: 0, versions: 4 })
})

test('nothing is deleted that never was', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient)
  await expect(arrive(ctx, HER, { ...result('1'), deleted: true })).rejects.toThrow(RangeError)
  await expect(arrive(ctx, HER, { ...result('1'), no: 7, deleted: true })).rejects.toThrow(RangeError)
  expect(await read(ctx, [HER])).toHaveLength(1)
})

test('a resource is found by the identifiers of the version that stands, and from every Patient of whom it speaks', async () => {
  const { ctx } = await openTestContext()
  await putAll(ctx, [
    from(HER, patient, result('1', { sourceKey: 'a', keys: [hash(1), hash(2), hash(1)], also: [HIM, HER] })),
    from(HIM, patient, result('2', { keys: [hash(2)] })),
  ])
  const places = async (...keys: KeyAsked[]) =>
    (await findByKeys(ctx, keys)).map(({ patientId, no }) => [patientId, no]).toSorted()
  expect(await places(hash(1))).toEqual([[HER, 1]])
  expect(await places(hash(2), hash(3))).toEqual([
    [HIM, 1],
    [HER, 1],
  ])
  expect(await places({ hash: hash(1).hash })).toEqual([[HER, 1]])
  expect(await places(hash(1, 2), hash(2, 1))).toEqual([])
  expect(await alsoOf(ctx, [HIM])).toEqual([{ patientId: HER, no: 1 }])
  expect(await alsoOf(ctx, [HER])).toEqual([])

  await arrive(ctx, HER, result('3', { sourceKey: 'a', keys: [hash(3)] }))
  expect(await places(hash(1))).toEqual([])
  expect(await places(hash(3))).toEqual([[HER, 1]])
  expect(await alsoOf(ctx, [HIM])).toEqual([])
})

test('a number kept before, whole and with its system, is found as it was', async () => {
  const { ctx } = await openTestContext()
  await putAll(ctx, [from(HER, patient, result('1'))])
  const whole = Buffer.alloc(32, 9)
  await sql`insert into record.key (hash, patient_id, no) values (${whole}, ${HER}, 1)`.execute(ctx.db)
  expect(await findByKeys(ctx, [hash(9), { hash: whole }])).toEqual([{ patientId: HER, no: 1 }])
})

test('erasing takes away by what a person is found', async () => {
  const { ctx } = await openTestContext()
  await putAll(ctx, [
    from(HER, patient, result('1', { keys: [hash(1)], also: [HIM] })),
    from(HIM, patient, result('1', { also: [HER] })),
  ])
  await erase(ctx, HER, {
    id: 'd1',
    approvedBy: 1,
    ground: 'not-a-record',
    retentionClass: 'health-book',
    retainUntil: null,
  })
  expect(await findByKeys(ctx, [hash(1)])).toEqual([])
  expect(await alsoOf(ctx, [HIM, HER])).toEqual([])
  await expect(arrive(ctx, HER, patient)).rejects.toMatchObject({ code: 'record.unknown-patient' })
})

test('a record is answered as it was at an earlier moment, whatever came since, and after its packs were merged', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, result('1', { sourceKey: 'a' }), result('2'))
  const upTo = await shelfMarks(ctx, [HER, HIM])
  await arrive(ctx, HER, result('1.5', { sourceKey: 'a' }))
  await arrive(ctx, HER, { ...result('2'), no: 2, deleted: true })
  for (let i = 0; i < 20; i += 1) await arrive(ctx, HER, result(`${i}`))
  await seal(ctx, HER)

  expect(await valuesOf(ctx, HER, upTo)).toEqual(['1: 1}}', '2: 2}}'])
  expect(await history(ctx, HER, undefined, { upTo })).toHaveLength(3)
  expect(await valuesOf(ctx, HER)).toHaveLength(21)
  expect(await read(ctx, [HER], { upTo: new Map() })).toEqual([])
})

test('what a source sent is listed by its time, page by page, as of the moment of the first page', async () => {
  const { ctx, clock } = await openTestContext()
  const start = clock.now.getTime()
  for (let i = 0; i < 7; i += 1) {
    clock.now = new Date(start + i * 1000)
    await put(ctx, { ...from(HER, i === 0 ? patient : result('1')), source: i % 2 ? '79002' : '79001' })
  }
  const wish = { source: '79001', limit: 2 }
  // other databases of the same server have transactions too, which hold back what is told
  const caughtUp = async (count: number) =>
    await vi.waitFor(async () => expect((await arrivals(ctx)).arrived).toHaveLength(count), {
      timeout: 20_000,
      interval: 50,
    })
  await caughtUp(7)
  const first = await arrivals(ctx, wish)
  clock.now = new Date(start)
  await put(ctx, from(HER, result('99')))
  await caughtUp(8)
  const second = await arrivals(ctx, { ...wish, ...(first.cursor && { cursor: first.cursor }) })

  const secondsOf = ({ arrived }: { arrived: readonly { at: Date }[] }) =>
    arrived.map(({ at }) => (at.getTime() - start) / 1000)
  expect([secondsOf(first), secondsOf(second), second.cursor]).toEqual([[0, 2], [4, 6], undefined])
  const between = { from: new Date(start + 1000), to: new Date(start + 4000), newestFirst: true }
  expect(secondsOf(await arrivals(ctx, between))).toEqual([3, 2, 1])
  expect((await arrivals(ctx, { source: '79002', limit: 1 })).arrived).toMatchObject([
    { patientId: HER, firstNo: 1, n: 1, source: '79002' },
  ])
  await expect(arrivals(ctx, { cursor: "1'; drop" })).rejects.toThrow(RangeError)
})

test('whoever writes addresses into a resource himself is given all of them, and nothing else is replaced', async () => {
  const { ctx } = await openTestContext()
  const resource: FhirResource = {
    resourceType: 'Questionnaire',
    derivedFrom: ['urn:uuid:a'],
    subject: { reference: '#patient' },
  }
  const [put] = await putAll(ctx, [
    {
      ...from(HER, patient, { resource, urn: 'urn:uuid:a' }),
      resolve: (each, targets) =>
        each.resourceType === 'Patient' ? each : { ...each, derivedFrom: [targets.get('urn:uuid:a')] },
    },
  ])
  expect(JSON.parse(put?.resources[1]?.bytes.toString() ?? '')).toMatchObject({
    derivedFrom: [`Questionnaire/${put?.resources[1]?.id}`],
    subject: { reference: '#patient' },
  })
})

test('of twenty that come at once, the one that is refused does not touch the others, and they share commits', async () => {
  const { ctx } = await openTestContext()
  const shelves = Array.from({ length: 20 }, (_, i) => 4096 * (i + 5))
  await putAll(
    ctx,
    shelves.map((patientId) => from(patientId, patient, result('0', { sourceKey: 'a' }))),
  )
  const tried = await Promise.allSettled(
    shelves.map((patientId, i) => {
      if (i === 7) return arrive(ctx, patientId, { ...result('9'), no: 1, ifVersion: 5 })
      if (i === 9) return arrive(ctx, patientId, { ...result('9'), no: 99 })
      if (i === 11) return arrive(ctx, 4096 * 999, result('9'))
      return putAll(ctx, [from(patientId, result('1', { sourceKey: 'a', keys: [hash(i)] }), result('2'))])
    }),
  )
  const refused = tried.flatMap((each, i) => (each.status === 'rejected' ? [i] : []))
  expect(refused).toEqual([7, 9, 11])
  for (const [i, patientId] of shelves.entries())
    expect(await valuesOf(ctx, patientId)).toEqual(refused.includes(i) ? ['1: 0}}'] : ['1: 1}}', '3: 2}}'])
  expect(await findByKeys(ctx, [hash(3)])).toEqual([{ patientId: shelves[3], no: 1 }])
  expect(await proveRecord(ctx)).toMatchObject({ shelves: 20, broken: 0, versions: 20 * 2 + 17 * 2 })
  expect(await proveChains(ctx.db)).toMatchObject({ broken: [] })
  const { rows } = await sql<{
    commits: number
  }>`select count(distinct xid) as commits from record.outbox`.execute(ctx.db)
  expect(rows[0]?.commits).toBe(2)
})

test('one that the database itself refuses is found among its companions, which are kept', async () => {
  const { ctx } = await openTestContext()
  await putAll(ctx, [from(HER, patient), from(HIM, patient)])
  const unwritable = result('9', { cohort: [{ code: '\0', ward: '', day: '2026-11-23' }] })
  const tried = await Promise.allSettled([
    arrive(ctx, HER, result('1')),
    arrive(ctx, HER, unwritable),
    arrive(ctx, HIM, result('2')),
  ])
  expect(tried.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled'])
  expect([await valuesOf(ctx, HER), await valuesOf(ctx, HIM)]).toEqual([['1: 1}}'], ['1: 2}}']])
})

test('a shelf that somebody holds for long keeps nobody else waiting', async () => {
  const { ctx } = await openTestContext()
  await putAll(ctx, [from(HER, patient), from(HIM, patient)])
  const told: string[] = []
  const [begun, end] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
  const slow = inTransaction(ctx, async (inner) => {
    await arrive(inner, HER, result('1'))
    begun.resolve()
    await end.promise
  })
  await begun.promise
  const hers = arrive(ctx, HER, result('2')).then(() => told.push('hers'))
  const his = arrive(ctx, HIM, result('2')).then(() => told.push('his'))
  await his
  end.resolve()
  await Promise.all([slow, hers])

  expect(told).toEqual(['his', 'hers'])
  expect(await valuesOf(ctx, HER)).toEqual(['1: 1}}', '2: 2}}'])
})
