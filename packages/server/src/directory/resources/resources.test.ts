import { parseJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { openTestContext } from '../../../test/house.ts'
import type { Actor } from '../../platform/context.ts'
import {
  changesInDirectory,
  findInDirectory,
  historyInDirectory,
  mayReadInDirectory,
  newDirectoryNos,
  putInDirectory,
  readInDirectory,
} from './index.ts'

const programOf = (facility: string): Actor => ({
  kind: 'client',
  id: `program-${facility}`,
  no: 1,
  facility,
  scopes: [],
  operator: false,
})

const hospital = { resourceType: 'Organization', name: 'Bệnh viện Nhân dân Gia Định' }
const [here, elsewhere] = ['79001', '79002']

test('a hospital that is put twice has two versions, and both are kept', async () => {
  const { ctx } = await openTestContext()
  const [no = 0] = await newDirectoryNos(ctx, 1)
  const of = { no, source: here, type: 'Organization', alone: false }
  const [first] = await putInDirectory(ctx, [{ ...of, isNew: true, resource: hospital }])
  const [second] = await putInDirectory(ctx, [
    { ...of, ifVersion: 1, resource: { ...hospital, active: true } },
  ])
  expect([first?.version, second?.version]).toEqual([1, 2])
  expect(second?.id).toBe(first?.id)

  const [standing] = await readInDirectory(ctx, [no])
  expect(parseJson(String(standing?.text()))).toMatchObject({
    ...hospital,
    active: true,
    id: first?.id,
    meta: { versionId: '2' },
  })
  const versions = await historyInDirectory(ctx, no)
  expect(versions.map(({ version }) => version)).toEqual([2, 1])
  expect(parseJson(String(versions[1]?.text()))).not.toHaveProperty('active')
})

test('of two who change one resource at once from the same version, one is refused and nothing of his is kept', async () => {
  const { ctx } = await openTestContext()
  const [no = 0] = await newDirectoryNos(ctx, 1)
  const of = { no, source: here, type: 'Organization', alone: false, resource: hospital }
  await putInDirectory(ctx, [{ ...of, isNew: true }])
  const both = await Promise.allSettled([1, 2].map(() => putInDirectory(ctx, [{ ...of, ifVersion: 1 }])))
  expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  expect(both.find(({ status }) => status === 'rejected')).toMatchObject({
    reason: { code: 'fhir.version-conflict' },
  })
  expect(await historyInDirectory(ctx, no)).toHaveLength(2)
})

test('what is deleted stands no more, and its history stays', async () => {
  const { ctx } = await openTestContext()
  const [no = 0] = await newDirectoryNos(ctx, 1)
  const of = { no, source: here, type: 'Organization', alone: false }
  const tokens = [Buffer.alloc(32, 7)]
  await putInDirectory(ctx, [{ ...of, isNew: true, resource: hospital, tokens }])
  expect(await findInDirectory(ctx, 'Organization', { tokens: [tokens], limit: 10 })).toHaveLength(1)
  await putInDirectory(ctx, [of])
  expect((await readInDirectory(ctx, [no]))[0]).toMatchObject({ deleted: true, version: 2 })
  expect(await findInDirectory(ctx, 'Organization', { limit: 10 })).toEqual([])
  const changes = await changesInDirectory(ctx, { source: here, limit: 10 })
  expect(changes.map(({ version, deleted }) => [version, deleted])).toEqual([
    [2, true],
    [1, false],
  ])
})

test('what only its sender may read is found by nobody else', async () => {
  const { ctx } = await openTestContext({ actor: programOf(here) })
  const [one = 0, other = 0] = await newDirectoryNos(ctx, 2)
  const of = { source: here, type: 'Organization', isNew: true, resource: hospital }
  await putInDirectory(ctx, [
    { ...of, no: one, alone: true },
    { ...of, no: other, alone: false },
  ])
  const nosFoundBy = async (actor: Actor) =>
    (await findInDirectory({ ...ctx, actor }, 'Organization', { limit: 10 })).map(({ no }) => no)
  expect(await nosFoundBy(programOf(here))).toEqual([one, other])
  expect(await nosFoundBy(programOf(elsewhere))).toEqual([other])
  const [alone] = await readInDirectory(ctx, [one])
  expect(alone && mayReadInDirectory(programOf(elsewhere), alone)).toBe(false)
  expect(alone && mayReadInDirectory(programOf(here), alone)).toBe(true)
})

test('what lies in the database tells nothing by itself', async () => {
  const { ctx } = await openTestContext()
  const [no = 0] = await newDirectoryNos(ctx, 1)
  await putInDirectory(ctx, [
    { no, isNew: true, source: here, type: 'Organization', alone: false, resource: hospital },
  ])
  const row = await ctx.db.selectFrom('directory.version').select('content').executeTakeFirst()
  expect(row?.content.includes('Gia')).toBe(false)
})
