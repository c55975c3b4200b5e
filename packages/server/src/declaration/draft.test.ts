import { randomUUID } from 'node:crypto'
import { writeJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/house.ts'
import { FIRST_PART, HA, residentAt, responseOf, text, written } from '../../test/resident.ts'
import { sweepDrafts } from './draft.ts'

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  return { ...house, ha }
}

test('unsent answers are kept as typed, newest first, and come back on another telephone', async () => {
  const { app, ha, clock } = await openWithHa()
  const [first, second] = [randomUUID(), randomUUID()]
  expect((await ha.saveDraft(first, { 'D2.1.7': [written('54.50')] })).statusCode).toBe(204)
  clock.now = new Date('2026-11-23T05:01:00Z')
  await ha.saveDraft(second, HA)
  clock.now = new Date('2026-11-23T05:02:00Z')
  await ha.saveDraft(first, { 'D2.1.7': [written('54.70')] })

  const newPhone = residentAt(app, '0912 345 678')
  await newPhone.signIn()
  const reply = await newPhone.ask('GET', '/api/me/drafts')
  expect(reply.body).toContain('"valueDecimal":54.70')
  expect(reply.json()).toMatchObject([
    { uuid: first, savedAt: '2026-11-23T05:02:00.000Z' },
    { uuid: second, savedAt: '2026-11-23T05:01:00.000Z', response: JSON.parse(writeJson(responseOf(HA))) },
  ])
})

test('drafts of another telephone are neither seen, changed nor removed', async () => {
  const { app, ha } = await openWithHa()
  const uuid = randomUUID()
  await ha.saveDraft(uuid, HA)
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  expect(await other.drafts()).toEqual([])
  await other.saveDraft(uuid, { 'A.01': [text('Trần Văn Bình')] })
  expect((await other.ask('DELETE', `/api/me/drafts/${uuid}`)).statusCode).toBe(204)
  expect(await ha.drafts()).toMatchObject([{ uuid, response: JSON.parse(writeJson(responseOf(HA))) }])
})

test('a draft goes when its declaration is kept, when it is deleted, and after sixty days', async () => {
  const { ha, clock, system } = await openWithHa()
  const [kept, deleted, old] = [randomUUID(), randomUUID(), randomUUID()]
  for (const uuid of [kept, deleted, old]) await ha.saveDraft(uuid, HA)
  await ha.declare({ ...HA, ...FIRST_PART }, kept)
  expect((await ha.ask('DELETE', `/api/me/drafts/${deleted}`)).statusCode).toBe(204)
  expect((await ha.ask('DELETE', `/api/me/drafts/${deleted}`)).statusCode).toBe(204)
  expect((await ha.drafts()).map((draft: { uuid: string }) => draft.uuid)).toEqual([old])
  clock.now = new Date(clock.now.getTime() + 59 * 86_400_000)
  await sweepDrafts(system)
  await ha.signIn()
  expect(await ha.drafts()).toHaveLength(1)
  clock.now = new Date(clock.now.getTime() + 2 * 86_400_000)
  await sweepDrafts(system)
  expect(await ha.drafts()).toEqual([])
})

test('a thirteenth draft is refused and the twelve stay', async () => {
  const { ha } = await openWithHa()
  const uuids = Array.from({ length: 12 }, () => randomUUID())
  for (const uuid of uuids) expect((await ha.saveDraft(uuid, HA)).statusCode).toBe(204)
  const refused = await ha.saveDraft(randomUUID(), HA)
  expect(refused.statusCode).toBe(409)
  expect(refused.json()).toMatchObject({ type: '/problems/declaration.too-many-drafts' })
  expect((await ha.saveDraft(uuids[3] ?? '', FIRST_PART)).statusCode).toBe(204)
  expect(await ha.drafts()).toHaveLength(12)
})

test('what is no draft is refused, and answers lie sealed in the database', async () => {
  const { ha, db } = await openWithHa()
  const put = async (payload: string, uuid: string = randomUUID()) =>
    (
      await ha.ask('PUT', `/api/me/drafts/${uuid}`, {
        payload,
        headers: { 'content-type': 'application/json' },
      })
    ).statusCode
  expect(await put('{"response":')).toBe(400)
  expect(await put('{}')).toBe(400)
  expect(await put('{"response":3}')).toBe(400)
  expect(await put('{"response":{}}', 'x')).toBe(400)
  expect(await put(JSON.stringify({ response: { text: 'x'.repeat(250_000) } }))).toBe(400)
  expect(await put(JSON.stringify({ response: responseOf(HA) }))).toBe(204)
  const [row] = await db.selectFrom('declaration.draft').select('content').execute()
  expect(row?.content.includes('Nguyễn')).toBe(false)
  expect(row?.content.includes('1961')).toBe(false)
})
