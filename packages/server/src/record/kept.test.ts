import { decimal } from '@sokhoe/fhir'
import { expect, onTestFinished, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { openDb } from '../platform/database.ts'
import { bytesOf, erase, put, read, type Stated, seal } from './index.ts'
import { keepShelf, keptShelf } from './kept.ts'

const [HER, HIM] = [4096 * 9 + 1, 4096 * 3 + 2]
const patient: Stated = { resource: { resourceType: 'Patient' }, no: 0 }
const result = (value: string, more: Partial<Stated> = {}): Stated => ({
  resource: { resourceType: 'Observation', valueQuantity: { value: decimal(value) } },
  ...more,
})
const arrive = (ctx: Context, patientId: number, ...resources: Stated[]) =>
  put(ctx, { patientId, source: '79001', kind: 'visit', resources })
const valuesOf = async (ctx: Context, ...patientIds: number[]): Promise<string[]> =>
  (await read(ctx, patientIds))
    .filter((entry) => entry.no > 0)
    .map((entry) => bytesOf(entry).toString().split('"value":')[1] ?? '')

/** Two server processes on one database share nothing else. */
async function openTwo() {
  const { ctx, url } = await openTestContext()
  const db = openDb(url, { max: 4 })
  onTestFinished(() => db.destroy())
  return { ctx, other: { ...ctx, db, pool: db } }
}

test('what one process opened is shown again until something arrives, by whichever process', async () => {
  const { ctx, other } = await openTwo()
  await arrive(ctx, HER, patient, result('1'))
  expect(await valuesOf(other, HER)).toEqual(['1}}'])
  const kept = keptShelf(other, HER)
  expect(await valuesOf(other, HER)).toEqual(['1}}'])
  expect(keptShelf(other, HER)).toBe(kept)

  await arrive(ctx, HER, result('2'))
  await arrive(ctx, HIM, patient, result('3'))
  expect(await valuesOf(other, HER, HIM)).toEqual(['3}}', '1}}', '2}}'])
  for (let i = 0; i < 20; i += 1) await arrive(ctx, HIM, result('4'))
  await valuesOf(other, HIM)
  await seal(ctx, HIM)
  expect(await valuesOf(other, HIM)).toHaveLength(21)
})

test('an erased record is gone from the memory of every process as soon as it is asked for', async () => {
  const { ctx, other } = await openTwo()
  await arrive(ctx, HER, patient, result('1'))
  for (const each of [ctx, other]) expect(await valuesOf(each, HER)).toEqual(['1}}'])
  const decision = {
    id: 'd1',
    approvedBy: 1,
    ground: 'not-a-record',
    retentionClass: 'health-book',
    retainUntil: null,
  } as const
  await erase(ctx, HER, decision)

  for (const each of [ctx, other]) {
    expect(await read(each, [HER])).toEqual([])
    expect(keptShelf(each, HER)).toBeUndefined()
  }
})

test('what a transaction wrote and undid is not remembered, though the next arrival has the same version', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient)
  const undone = inTransaction(ctx, async (inner) => {
    await arrive(inner, HER, result('1'))
    expect(await valuesOf(inner, HER)).toEqual(['1}}'])
    throw new Error('undone')
  })
  await expect(undone).rejects.toThrow('undone')
  await arrive(ctx, HER, result('2'))
  expect(await valuesOf(ctx, HER)).toEqual(['2}}'])
})

test('memory is bounded, and of more than it holds a good part is still there when its turn comes again', async () => {
  const { ctx } = await openTestContext()
  await arrive(ctx, HER, patient, result('1'))
  await read(ctx, [HER])
  const [opened] = [keptShelf(ctx, HER)]
  if (!opened) throw new Error('not kept')
  const [pack] = opened.packs
  const long = {
    ...opened,
    packs: [{ firstNo: 0, entries: (pack?.entries ?? []).map((each) => ({ ...each, length: 5_000_000 })) }],
  }
  const all = Array.from({ length: 30 }, (_, i) => HIM + 4096 * i)
  let found = 0
  for (let round = 0; round < 20; round += 1)
    for (const one of all) {
      if (keptShelf(ctx, one)) found += 1
      else keepShelf(ctx, one, long)
      expect(keptShelf(ctx, one)).toBe(long)
    }
  const room = Math.floor((256 * 1024 * 1024) / 10_000_000)
  expect(all.filter((one) => keptShelf(ctx, one)).length).toBeLessThanOrEqual(room)
  // whoever went least lately used would find nobody there, ever
  expect(found).toBeGreaterThan(19 * 30 * 0.5)
  const longer = [1, 2, 3, 4].flatMap(() => long.packs)
  keepShelf(ctx, HER, { ...long, packs: longer })
  expect(keptShelf(ctx, HER)).toBeUndefined()
})
