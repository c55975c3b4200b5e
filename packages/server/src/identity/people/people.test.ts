import { writeIdCard, writeInsuranceCard } from '@sokhoe/model'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { type Answers, HA, no, type ResidentAt, residentAt, text } from '../../../test/resident.ts'

const PHONE = '0912345678'
const NUMBER = '079161012345'
const HA_WITH_NUMBER: Answers = { ...HA, 'A.11': [text(NUMBER)] }
const CARD = writeIdCard({
  idNumber: NUMBER,
  oldIdNumber: null,
  name: 'Nguyễn Thị Thu Hà',
  birthDate: '1961-04-30',
  sex: 'female',
  address: '12 Hoa Sứ, Bình Quới, Thành phố Hồ Chí Minh',
  issuedOn: '2021-05-06',
})

const scan = (one: ResidentAt, card: string) => one.ask('PUT', '/api/me/card-scan', { payload: { card } })
const unlock = (one: ResidentAt, payload: object) => one.ask('POST', '/api/me/unlock', { payload })

/** Hà's book at card level, and a telephone that signs in with her number for the first time. */
async function openWithCardLevel(answers = HA_WITH_NUMBER) {
  const house = await openTestHouse()
  const ha = residentAt(house.app, PHONE)
  await ha.scanAndSignIn()
  await ha.declare(answers)
  await scan(ha, CARD)
  const newDevice = residentAt(house.app, PHONE)
  await newDevice.signIn()
  return { ...house, ha, newDevice }
}

test('her card makes her book surer, and only hers', async () => {
  const { app, db } = await openTestHouse()
  const ha = residentAt(app, PHONE)
  await ha.scanAndSignIn()
  expect((await scan(ha, CARD)).statusCode).toBe(401)
  await ha.declare(HA_WITH_NUMBER)
  expect((await ha.me()).level).toBe('phone')

  const wrong = await scan(ha, CARD.replace(NUMBER, '079161012346'))
  expect(wrong.statusCode).toBe(401)
  expect(wrong.json()).toMatchObject({ type: '/problems/identity.proof-wrong' })
  const broken = await scan(ha, 'hello')
  expect(broken.statusCode).toBe(422)
  expect(broken.json()).toMatchObject({ type: '/problems/identity.card-unreadable', at: ['not-a-card'] })

  const reply = await scan(ha, CARD)
  expect(reply.statusCode).toBe(200)
  expect(reply.json()).toMatchObject({ level: 'card', books: [{ level: 'card' }], locked: 0 })
  const numbers = await db.selectFrom('identity.identifier').select('assurance').execute()
  expect(numbers).toEqual([{ assurance: 'card' }])
  expect((await ha.accesses()).map((one: { what: string }) => one.what)).toContain('Xác nhận bằng thẻ')
})

test('whoever got her telephone number sees neither her name nor her data', async () => {
  const { newDevice, ha } = await openWithCardLevel()
  const me = await newDevice.ask('GET', '/api/me')
  expect(me.json()).toMatchObject({ books: [], locked: 1, level: 'phone' })
  expect(me.body).not.toContain('Hà')
  expect(await newDevice.record()).toEqual([])
  expect(await newDevice.card()).toBeNull()
  expect(await newDevice.accesses()).toEqual([])

  const reply = await newDevice.declare({ ...HA, 'A.01': [text('Lê Văn Mới')] })
  expect(reply.statusCode).toBe(201)
  expect((await newDevice.me()).books).toMatchObject([{ name: 'Lê Văn Mới' }])
  expect((await ha.me()).books[0]).toMatchObject({ name: 'Nguyễn Thị Thu Hà' })
})

test('the card, or its number and the birth date, open the book on a new telephone for good', async () => {
  const { app, newDevice } = await openWithCardLevel()
  const byCard = await unlock(newDevice, { card: CARD })
  expect(byCard.statusCode).toBe(200)
  expect(byCard.json()).toMatchObject({ locked: 0, books: [{ name: 'Nguyễn Thị Thu Hà', level: 'card' }] })
  await newDevice.signIn()
  expect((await newDevice.me()).locked).toBe(0)

  const third = residentAt(app, PHONE)
  await third.signIn()
  const byTyping = await unlock(third, { idNumber: '079 161 012 345', birthDate: '30/4/1961' })
  expect(byTyping.statusCode).toBe(200)
  expect((await third.record()).length).toBeGreaterThan(1)
})

test('five wrong tries, then waiting, whatever is tried next; the telephone that is known goes on', async () => {
  const { newDevice, ha, db } = await openWithCardLevel()
  for (const left of [4, 3, 2, 1, 0]) {
    const wrong = await unlock(newDevice, { idNumber: `07916101200${left}`, birthDate: '1961-04-30' })
    expect(wrong.statusCode).toBe(401)
    expect(wrong.json()).toMatchObject({ type: '/problems/identity.proof-wrong', left })
  }
  const right = await unlock(newDevice, { card: CARD })
  const wrong = await unlock(newDevice, { idNumber: '079161012999', birthDate: '1961-04-30' })
  expect([right.statusCode, wrong.statusCode]).toEqual([429, 429])
  expect(right.body).toBe(wrong.body)
  expect(Number(right.headers['retry-after'])).toBeGreaterThan(600)
  expect((await newDevice.me()).locked).toBe(1)
  expect((await ha.me()).books).toHaveLength(1)

  const refusals = await db
    .selectFrom('audit.event')
    .select('refused')
    .where('action', '=', 'book.unlock')
    .execute()
  expect(refusals).toEqual(Array(5).fill({ refused: true }))
  const lines = (await ha.accesses()).filter((one: { what: string }) => one.what.includes('bị từ chối'))
  expect(lines).toHaveLength(5)
})

test('right number with wrong birth date, or the reverse, opens nothing', async () => {
  const { newDevice } = await openWithCardLevel()
  expect((await unlock(newDevice, { idNumber: NUMBER, birthDate: '1961-04-29' })).statusCode).toBe(401)
  expect((await unlock(newDevice, { idNumber: NUMBER, birthDate: '1961' })).statusCode).toBe(401)
  expect((await unlock(newDevice, { idNumber: '', birthDate: '1961-04-30' })).statusCode).toBe(401)
  expect((await unlock(newDevice, { idNumber: NUMBER, birthDate: 'không nhớ' })).statusCode).toBe(400)
  expect((await unlock(newDevice, {})).statusCode).toBe(400)
  expect((await newDevice.me()).locked).toBe(1)
})

test('the insurance card opens a book that knows its number', async () => {
  const insurance = writeInsuranceCard({
    cardNumber: 'GD4797123456789',
    objectCode: 'GD',
    benefitLevel: '4',
    provinceCode: '79',
    socialInsuranceNumber: '7123456789',
    name: 'Nguyễn Thị Thu Hà',
    birthDate: '1961-04-30',
    sex: 'female',
    address: 'Bình Quới',
    facility: '79001',
    validFrom: '2026-01-01',
    validTo: '2026-12-31',
    issuedOn: '2025-12-20',
    managedBy: null,
    parentName: null,
    residenceArea: null,
    fiveYearsFrom: null,
    check: null,
  })
  const { newDevice } = await openWithCardLevel({ ...HA_WITH_NUMBER, 'A.14': [text('GD4797123456789')] })
  expect((await unlock(newDevice, { card: insurance })).statusCode).toBe(200)
})

test('a book of which only the birth year is known opens by the whole date too', async () => {
  const { newDevice, ha } = await openWithCardLevel({ ...HA_WITH_NUMBER, 'A.05': [{ valueDate: '1961' }] })
  expect((await ha.me()).level).toBe('card')
  expect((await unlock(newDevice, { card: CARD })).statusCode).toBe(200)
})

test('a proven number is neither dropped nor replaced by a mere word', async () => {
  const { ha, newDevice, db, app } = await openWithCardLevel()
  expect((await ha.declare({ ...HA, 'A.11': [text('079161099999')] })).statusCode).toBe(201)
  expect((await ha.declare(HA)).statusCode).toBe(201)
  const numbers = await db
    .selectFrom('identity.identifier')
    .select(['assurance', 'until'])
    .orderBy('assurance')
    .execute()
  expect(numbers).toEqual([
    { assurance: 'card', until: null },
    { assurance: 'declared', until: null },
  ])
  expect((await unlock(newDevice, { card: CARD })).statusCode).toBe(200)
  const thief = residentAt(app, '0987654321')
  await thief.scanAndSignIn()
  await thief.declare({ ...HA_WITH_NUMBER, 'consent.treatment': [no] })
  expect((await thief.me()).books).toMatchObject([{ level: 'phone' }])
})
