import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, type ResidentAt, residentAt, text } from '../../../test/resident.ts'

const PHONE = '0912345678'
const LATER = '2027-02-01T03:00:00Z'

/** Hà made a book of phone level; months later somebody new, Minh, has her number. */
async function haThenMinh() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, PHONE)
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const minh = residentAt(house.app, PHONE, { at: LATER })
  ha.setClock(LATER)
  return { ...house, ha, minh }
}

const unlock = (one: ResidentAt, payload: object) => one.ask('POST', '/api/me/unlock', { payload })

test('whoever gets a re-issued number sees nothing of the book its former owner kept', async () => {
  const { ha, minh } = await haThenMinh()
  await ha.saveDraft('0198c0de-0000-4000-8000-000000000001', HA)
  await minh.signIn()
  const me = await minh.ask('GET', '/api/me')
  expect(me.json()).toMatchObject({ books: [], locked: 1 })
  expect(me.body).not.toContain('Hà')
  expect(await minh.record()).toEqual([])
  expect(await minh.drafts()).toEqual([])
})

test('the former owner’s session, still open, sees nothing of the new owner’s book', async () => {
  const { app, ha } = await haThenMinh()
  ha.setClock('2026-12-20T03:00:00Z')
  await ha.me()
  const minh = residentAt(app, PHONE, { at: '2027-01-05T03:00:00Z' })
  await minh.signIn()
  await minh.declare({ ...HA, 'A.01': [text('Lê Văn Minh')] })
  expect((await minh.me()).books).toMatchObject([{ name: 'Lê Văn Minh' }])
  ha.setClock('2027-01-06T03:00:00Z')
  expect((await ha.me()).books).toMatchObject([{ name: 'Nguyễn Thị Thu Hà' }])
  const second = residentAt(app, PHONE, { at: '2027-01-07T03:00:00Z' })
  await second.signIn()
  expect((await second.me()).books).toMatchObject([{ name: 'Lê Văn Minh' }])
})

test('a number that proved itself last week opens her book of phone level on a new telephone at once', async () => {
  const { app, ha } = await haThenMinh()
  ha.setClock('2026-12-01T03:00:00Z')
  const next = residentAt(app, PHONE, { at: '2026-12-10T03:00:00Z' })
  await next.signIn()
  expect((await next.me()).books).toHaveLength(1)
})

test('after a long silence she herself opens it by name and birth date, and on her next telephone without', async () => {
  const { app, minh } = await haThenMinh()
  await minh.signIn()
  const wrong = await unlock(minh, { name: 'Nguyễn Thị Hà', birthDate: '30/04/1961' })
  expect(wrong.json()).toMatchObject({ type: '/problems/identity.proof-wrong', left: 4 })
  expect((await unlock(minh, { name: 'nguyen thi thu ha', birthDate: '30/04/1961' })).statusCode).toBe(200)
  expect((await minh.me()).books).toMatchObject([{ name: 'Nguyễn Thị Thu Hà' }])
  const next = residentAt(app, PHONE, { at: '2027-02-02T03:00:00Z' })
  await next.signIn()
  expect((await next.me()).books).toHaveLength(1)
})

test('a book that knows its owner’s number is not opened by her name', async () => {
  const house = await openTestHouse()
  const ha = residentAt(house.app, PHONE)
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, 'A.11': [text('079161012345')] })
  const minh = residentAt(house.app, PHONE, { at: LATER })
  await minh.signIn()
  const byName = await unlock(minh, { name: 'Nguyễn Thị Thu Hà', birthDate: '30/04/1961' })
  expect(byName.statusCode).toBe(401)
  const byNumber = await unlock(minh, { idNumber: '079161012345', birthDate: '30/04/1961' })
  expect(byNumber.statusCode).toBe(200)
})
