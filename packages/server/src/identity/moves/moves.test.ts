import { writeIdCard } from '@sokhoe/model'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, type ResidentAt, residentAt, text, written } from '../../../test/resident.ts'
import { signedInWorker } from '../../../test/worker.ts'
import { asSystem, inTransaction } from '../../platform/context.ts'
import { put, THIS_PATIENT } from '../../record/index.ts'
import { booksAt } from '../people/books.ts'
import { sourcePatient } from '../people/sources.ts'
import { settleChanges } from './steps.ts'

const [OLD, NEW, OTHER] = ['0912345678', '0987654321', '0911111111']
const NUMBER = '079161012345'
const INSURANCE = 'GD4797123456789'
const BIRTH = '30/04/1961'
const CARD = writeIdCard({
  idNumber: NUMBER,
  oldIdNumber: null,
  name: 'Nguyễn Thị Thu Hà',
  birthDate: '1961-04-30',
  sex: 'female',
  address: '12 Hoa Sứ',
  issuedOn: '2021-05-06',
})
const PAPERS = { idCard: { card: CARD }, insurance: { number: INSURANCE, birthDate: BIRTH } }
const LATER = '2026-11-26T05:00:01Z'

/** Hà has a book and a child at her old number; now she sits with a new one. */
async function haWithNewNumber() {
  const house = await openTestHouse()
  const old = residentAt(house.app, OLD)
  await old.scanAndSignIn()
  await old.declare({ ...HA, ...FIRST_PART, 'A.11': [text(NUMBER)], 'A.14': [text(INSURANCE)] })
  await old.ask('POST', '/api/me/family', {
    payload: { name: 'Trần An', sex: 'male', birthDate: '05/05/2022' },
  })
  const next = residentAt(house.app, NEW)
  await next.signIn()
  return { ...house, old, next }
}

const post = (one: ResidentAt, url: string, payload: object) => one.ask('POST', url, { payload })
const claim = (one: ResidentAt, more: object = {}) =>
  post(one, '/api/phone-changes', { from: { phone: OLD }, ...more })
const changes = async (one: ResidentAt) => (await one.ask('GET', '/api/phone-changes')).json()
const messages = async (one: ResidentAt, phone: string): Promise<string[]> =>
  (await one.ask('GET', `/dev/messages?phone=${phone}`)).json().map((each: { text: string }) => each.text)
const undoCode = async (one: ResidentAt): Promise<string> =>
  /mã hủy ([0-9A-Z]{10})/.exec((await messages(one, OLD)).at(-1) ?? '')?.[1] ?? ''

test('two papers begin the change: the old number is told at once and keeps the book for three days', async () => {
  const { old, next } = await haWithNewNumber()
  const reply = await claim(next, PAPERS)
  expect(reply.statusCode).toBe(202)
  expect(reply.json()).toMatchObject({ mine: { state: 'waiting', effectiveAt: '2026-11-26T05:00:00.000Z' } })
  expect((await messages(old, OLD)).at(-1)).toMatch(/72 giờ: http:\/\/sokhoe\.test\/app\/undo#[0-9A-Z]{10} /)
  expect(await changes(old)).toMatchObject({ mine: null, leaving: { until: '2026-11-26T05:00:00.000Z' } })
  expect((await old.me()).books).toHaveLength(2)

  old.setClock(LATER)
  next.setClock(LATER)
  expect((await old.me()).books).toEqual([])
  expect((await next.me()).books).toMatchObject([
    { name: 'Nguyễn Thị Thu Hà', relation: 'self', arriving: false },
    { name: 'Trần An', relation: 'child' },
  ])
  expect(await changes(next)).toMatchObject({ mine: { state: 'moved' }, leaving: null })
})

test('until then the new number adds and reads her own word, and decides nothing', async () => {
  const { next } = await haWithNewNumber()
  await claim(next, PAPERS)
  expect((await next.me()).books).toMatchObject([{ relation: 'self', arriving: true }])
  expect((await next.declare({ 'D2.1.6': [written('161.0')] })).statusCode).toBe(201)
  const decides = await next.declare({ ...HA, ...FIRST_PART })
  expect(decides.json()).toMatchObject({ type: '/problems/move.not-yet' })
  expect((await next.ask('GET', '/api/books/own/proxies')).statusCode).toBe(403)
  const gives = { relation: 'parent', topics: ['basics'], until: null }
  expect((await post(next, '/api/books/own/proxies', gives)).statusCode).toBe(403)
  expect((await post(next, '/api/books/own/live-code', {})).statusCode).toBe(403)
})

test('what others wrote is not read by a number to which the book is on its way', async () => {
  const { next, old, ctx, db } = await haWithNewNumber()
  const { home } = await db
    .selectFrom('identity.person')
    .select('home')
    .orderBy('home')
    .executeTakeFirstOrThrow()
  const system = asSystem(ctx, 'test')
  const [book] = await booksAt(system, [home])
  if (!book) throw new Error('no book')
  const weight = {
    resourceType: 'Observation',
    status: 'final',
    code: { text: 'Cân nặng tại trạm' },
    subject: { reference: THIS_PATIENT },
  }
  await inTransaction(system, async (system) => {
    const { patientId, newDataKey } = await sourcePatient(system, book, 'TYT-26911')
    if (!newDataKey) throw new Error('no key')
    const resources = [{ resource: { resourceType: 'Patient' }, no: 0 }, { resource: weight }]
    await put(system, { patientId, newDataKey, source: 'TYT-26911', kind: 'visit', resources })
  })
  await claim(next, PAPERS)
  expect(await old.recordText()).toContain('Cân nặng tại trạm')
  const seen = await next.recordText()
  expect(seen).toContain('QuestionnaireResponse')
  expect(seen).not.toContain('Cân nặng tại trạm')
  next.setClock(LATER)
  expect(await next.recordText()).toContain('Cân nặng tại trạm')
})

test('one proof, a wrong one, an unknown number and a forged card are answered alike', async () => {
  const { app } = await haWithNewNumber()
  const ask = async (phone: string, body: object) => {
    const one = residentAt(app, phone)
    await one.signIn()
    const { mine, leaving } = (await post(one, '/api/phone-changes', body)).json()
    return { ...mine, code: mine.code.length, leaving }
  }
  const known = { from: { phone: OLD } }
  const answers = [
    await ask('0922222201', { ...known, idCard: { card: CARD } }),
    await ask('0922222202', { ...known, insurance: { number: '7000000001', birthDate: BIRTH } }),
    await ask('0922222203', {
      ...known,
      idCard: { number: NUMBER, birthDate: BIRTH },
      insurance: { number: NUMBER, birthDate: BIRTH },
    }),
    await ask('0922222204', { ...PAPERS, from: { phone: '0933333333' } }),
    await ask('0922222205', { ...PAPERS, from: { card: 'http://sokhoe.test/c/AAAAAAAAAAAAAAAAAAAAAA' } }),
  ]
  for (const answer of answers) expect(answer).toEqual(answers[0])
  expect(answers[0]).toMatchObject({ state: 'collecting', effectiveAt: null, leaving: null })
})

test('five tries, then waiting: from one telephone, and at one book from many', async () => {
  const { next, app } = await haWithNewNumber()
  for (let n = 0; n < 5; n += 1) expect((await claim(next)).statusCode).toBe(202)
  expect((await claim(next, PAPERS)).statusCode).toBe(429)
  const another = residentAt(app, OTHER)
  await another.signIn()
  expect((await claim(another, PAPERS)).statusCode).toBe(429)
})

test('the old number undoes it in its app: all is as it was, and a further change waits', async () => {
  const { old, next } = await haWithNewNumber()
  await claim(next, PAPERS)
  expect((await post(next, '/api/phone-changes/undo', {})).statusCode).toBe(404)
  expect((await post(old, '/api/phone-changes/undo', {})).statusCode).toBe(204)
  expect((await next.me()).books).toEqual([])
  expect(await changes(next)).toMatchObject({ mine: { state: 'undone' } })
  old.setClock(LATER)
  next.setClock(LATER)
  expect((await old.me()).books).toMatchObject([{ relation: 'self' }, { relation: 'child' }])
  expect((await next.me()).books).toEqual([])
  expect((await claim(next, PAPERS)).json()).toMatchObject({ type: '/problems/move.locked' })
  next.setClock('2026-12-24T05:00:00Z')
  expect((await claim(next, PAPERS)).statusCode).toBe(202)
})

test('the code in the message undoes it without signing in, once', async () => {
  const { app, old, next } = await haWithNewNumber()
  await claim(next, PAPERS)
  const anybody = residentAt(app, OTHER)
  const code = await undoCode(old)
  expect((await post(anybody, '/api/phone-changes/undo', { code: 'ABCDEFGHJK' })).statusCode).toBe(404)
  expect((await post(anybody, '/api/phone-changes/undo', { code: code.toLowerCase() })).statusCode).toBe(204)
  expect((await post(anybody, '/api/phone-changes/undo', { code })).statusCode).toBe(404)
  expect((await next.me()).books).toEqual([])
  expect((await messages(old, OLD)).at(-1)).toContain('đã được hủy')
})

test('after three days nothing is undone any more, and the old number is told that it is done', async () => {
  const { old, next, ctx, clock } = await haWithNewNumber()
  await claim(next, PAPERS)
  const code = await undoCode(old)
  old.setClock(LATER)
  expect((await post(old, '/api/phone-changes/undo', { code })).statusCode).toBe(404)
  clock.now = new Date(LATER)
  expect(await settleChanges(asSystem(ctx, 'identity.moves'))).toBe(1)
  expect(await settleChanges(asSystem(ctx, 'identity.moves'))).toBe(0)
  expect((await messages(old, OLD)).at(-1)).toContain('sổ đã chuyển')
})

test('somebody of the family vouches by a code, as the second proof', async () => {
  const { app, old, next } = await haWithNewNumber()
  const bay = residentAt(app, OTHER)
  await bay.scanAndSignIn()
  await bay.declare({ ...HA, 'A.01': [text('Lê Văn Bảy')] })
  const gives = { relation: 'parent', topics: ['basics'], until: null }
  const { code: invitation } = (await post(old, '/api/books/own/proxies', gives)).json()
  await post(bay, '/api/me/invitations/accept', { code: invitation })
  const { person } = (await bay.me()).books[1]

  const { mine } = (await claim(next, { idCard: { number: NUMBER, birthDate: BIRTH } })).json()
  const vouch = (code: string) => post(bay, '/api/phone-changes/vouch', { code, person })
  expect((await vouch('ABCDEFGHJK')).statusCode).toBe(422)
  expect((await changes(next)).mine.state).toBe('collecting')
  expect((await vouch(mine.code)).statusCode).toBe(204)
  expect((await changes(next)).mine.state).toBe('waiting')
  const strange = await post(next, '/api/phone-changes/vouch', { code: mine.code, person })
  expect(strange.statusCode).toBe(403)
})

test('where the station checked the person before it, the book moves at once', async () => {
  const house = await haWithNewNumber()
  const { old, next } = house
  const { person } = (await old.me()).books[0]
  const { mine } = (await claim(next)).json()
  const worker = await signedInWorker(house)
  const check = (more: object = {}) =>
    worker.ask('POST', '/api/station/phone-changes', { code: mine.code, person, ...more })
  const elsewhere = await signedInWorker(house, { user: 'bac', ward: '26929' })
  const refused = await elsewhere.ask('POST', '/api/station/phone-changes', { code: mine.code, person })
  expect(refused.statusCode).toBe(403)
  expect((await check()).json()).toEqual({ state: 'collecting' })
  expect((await check({ idCard: { card: CARD } })).json()).toEqual({ state: 'moved' })
  expect((await old.me()).books).toEqual([])
  expect((await next.me()).books).toMatchObject([
    { relation: 'self', arriving: false },
    { relation: 'child' },
  ])
  expect((await messages(old, OLD)).at(-1)).toContain('sổ đã chuyển')
})

test('the station also finishes a change that waits', async () => {
  const house = await haWithNewNumber()
  const { old, next } = house
  const { person } = (await old.me()).books[0]
  await claim(next, PAPERS)
  const { mine } = await changes(next)
  const worker = await signedInWorker(house)
  const done = await worker.ask('POST', '/api/station/phone-changes', { code: mine.code, person })
  expect(done.json()).toEqual({ state: 'moved' })
  expect((await next.me()).books).toMatchObject([{ arriving: false }, { relation: 'child' }])
  expect((await old.me()).books).toEqual([])
})

test('whoever has a book at this number brings no other one here; nonsense is refused with the field', async () => {
  const { app, next } = await haWithNewNumber()
  const bay = residentAt(app, OTHER)
  await bay.scanAndSignIn()
  await bay.declare({ ...HA, 'A.01': [text('Lê Văn Bảy')] })
  expect((await claim(bay, PAPERS)).json()).toMatchObject({ type: '/problems/move.has-book' })
  expect((await claim(next, { from: { phone: '12' } })).statusCode).toBe(422)
  expect((await claim(next, { idCard: { card: 'x' } })).statusCode).toBe(422)
  expect((await claim(next, { idCard: { number: '1', birthDate: 'hôm qua' } })).statusCode).toBe(400)
  expect((await post(next, '/api/phone-changes', {})).statusCode).toBe(400)
  expect((await residentAt(app, '0944444444').ask('GET', '/api/phone-changes')).statusCode).toBe(401)
})
