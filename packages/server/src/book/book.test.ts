import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/house.ts'
import { FIRST_PART, HA, ofType, residentAt } from '../../test/resident.ts'

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  return { ...house, ha }
}

test('whoever has declared nothing yet has an empty record, no card and no visitors', async () => {
  const { ha } = await openWithHa()
  const reply = await ha.ask('GET', '/api/me/record')
  expect(reply.statusCode).toBe(200)
  expect(reply.headers['content-type']).toBe('application/fhir+json; charset=utf-8')
  expect(reply.json()).toEqual({ resourceType: 'Bundle', type: 'searchset', total: 0 })
  expect(await ha.card()).toBeNull()
  expect(await ha.accesses()).toEqual([])
})

test('who looked and who wrote stands in the book, newest first, in words', async () => {
  const { ha, clock } = await openWithHa()
  await ha.declare({ ...HA, ...FIRST_PART })
  clock.now = new Date('2026-11-23T06:00:00Z')
  await ha.record()
  clock.now = new Date('2026-11-23T07:00:00Z')
  await ha.card()
  expect(await ha.accesses()).toEqual([
    {
      at: '2026-11-23T07:00:00.000Z',
      who: 'Chủ sổ',
      facility: null,
      purpose: 'Việc của chính chủ sổ',
      what: 'Mở thẻ sức khỏe',
    },
    expect.objectContaining({ at: '2026-11-23T06:00:00.000Z', what: 'Xem hồ sơ' }),
    expect.objectContaining({ at: '2026-11-23T05:00:00.000Z', what: 'Khai sức khỏe' }),
  ])
})

test('the card shows name, number and ward; its QR holds none of them', async () => {
  const { app, ha } = await openWithHa()
  await ha.declare({ ...HA, ...FIRST_PART })
  const card = await ha.card()
  expect(card).toMatchObject({
    name: 'Nguyễn Thị Thu Hà',
    birthDate: '1961-04-30',
    sex: 'female',
    ward: { code: '26911', name: expect.stringContaining('Bình Quới') },
    number: expect.stringMatching(/^79\d\d \d{4} \d{4}$/),
    level: 'phone',
  })
  expect(card.url).toMatch(/^http:\/\/sokhoe\.test\/c\/[A-Za-z0-9_-]{22}$/)
  expect((await ha.card()).url).toBe(card.url)
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  await other.declare(HA)
  expect((await other.card()).url).not.toBe(card.url)
})

test('the book of one is never in the record of another, however many sign in', async () => {
  const { app } = await openTestHouse()
  const phones = ['0912345601', '0912345602', '0912345603']
  const residents = phones.map((phone) => residentAt(app, phone))
  for (const one of residents) {
    await one.scanAndSignIn()
    await one.declare({ ...HA, ...FIRST_PART })
  }
  const ids = await Promise.all(residents.map(async (one) => (await one.record()).map(({ id }) => id)))
  expect(new Set(ids.flat()).size).toBe(ids.flat().length)
})

test('a session that has ended opens nothing any more', async () => {
  const { ha } = await openWithHa()
  await ha.declare(HA)
  const cookies = { ...ha.cookies }
  expect((await ha.ask('POST', '/api/sign-out')).statusCode).toBe(204)
  Object.assign(ha.cookies, cookies)
  expect((await ha.ask('GET', '/api/me/record')).statusCode).toBe(401)
})

test('what was declared on one version of the form is read on any later day', async () => {
  const { ha, clock } = await openWithHa()
  await ha.declare({ ...HA, ...FIRST_PART })
  clock.now = new Date('2027-03-01T02:00:00Z')
  await ha.signIn()
  const [response] = ofType(await ha.record(), 'QuestionnaireResponse')
  expect(response).toMatchObject({ questionnaire: 'urn:sokhoe:form:831|2026-11' })
})
