import { randomUUID } from 'node:crypto'
import { writeJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import {
  FIRST_PART,
  HA,
  ofType,
  type ResidentAt,
  residentAt,
  resourcesIn,
  responseOf,
  text,
} from '../../../test/resident.ts'

const AN = { name: 'Trần Bình An', sex: 'male', birthDate: '05/05/2022' }
const CHI = { name: 'Trần Bảo Chi', sex: 'female', birthDate: '10/01/2016' }

async function haAtHome() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  return { ...house, ha }
}

const add = (one: ResidentAt, child: object) => one.ask('POST', '/api/me/family', { payload: child })
const family = async (one: ResidentAt) => (await one.ask('GET', '/api/me/family')).json()
const declareIn = (one: ResidentAt, person: string, answers: object, uuid: string = randomUUID()) =>
  one.ask('PUT', `/api/books/${person}/declarations/${uuid}`, {
    payload: writeJson(responseOf(answers as Parameters<typeof responseOf>[0])),
    headers: { 'content-type': 'application/json' },
  })
const messages = async (one: ResidentAt, phone: string) =>
  (await one.ask('GET', `/dev/messages?phone=${phone}`)).json().map((each: { text: string }) => each.text)

test('a mother adds her newborn without a number, and finds his book beside her own', async () => {
  const { ha, db } = await haAtHome()
  const reply = await add(ha, AN)

  expect(reply.statusCode).toBe(201)
  expect((await ha.me()).books).toMatchObject([
    { name: 'Nguyễn Thị Thu Hà', relation: 'self' },
    { name: 'Trần Bình An', relation: 'child', person: reply.json().person },
  ])
  expect(await family(ha)).toMatchObject([
    { name: 'Trần Bình An', birthDate: '2022-05-05', verified: false, standing: 'stands', basis: 'parent' },
  ])
  const person = await db
    .selectFrom('identity.person')
    .select('channel')
    .orderBy('home', 'desc')
    .executeTakeFirst()
  expect(person).toEqual({ channel: 'family' })
  expect((await messages(ha, '0912345678')).at(-1)).toContain('trạm y tế')
})

test('added twice, he has one book', async () => {
  const { ha } = await haAtHome()
  const first = await add(ha, AN)
  const again = await add(ha, { ...AN, name: 'TRẦN bình an ' })
  expect([first.statusCode, again.statusCode]).toEqual([201, 200])
  expect(again.json()).toEqual(first.json())
  expect(await family(ha)).toHaveLength(1)
})

test('what a mother declares for her child is written as her word, and her act as a proxy’s', async () => {
  const { ha, db } = await haAtHome()
  const { person } = (await add(ha, AN)).json()
  const reply = await declareIn(ha, person, { ...FIRST_PART })
  expect(reply.statusCode).toBe(201)
  expect(reply.json().person).toBe(person)

  const rows = await db
    .selectFrom('audit.event')
    .select(['actor', 'action'])
    .where('action', '=', 'record.put')
    .orderBy('at')
    .execute()
  expect(rows.map(({ actor }) => actor)).toContain('proxy:1')
  const grants = await db.selectFrom('access.grant').select(['purpose', 'channel']).execute()
  expect(grants).toContainEqual({ purpose: 'treatment', channel: 'representative' })
  expect(ofType(await ha.record(), 'RelatedPerson')).toEqual([])
})

test('only somebody grown up with a book of her own adds a child; a grown-up is nobody’s child', async () => {
  const { ha, app } = await haAtHome()
  const stranger = residentAt(app, '0987654321')
  await stranger.signIn()
  expect((await add(stranger, AN)).json()).toMatchObject({ type: '/problems/family.own-book-first' })
  expect((await add(residentAt(app, '0987654322'), AN)).statusCode).toBe(401)
  expect((await add(ha, { ...AN, birthDate: '2008-11-23' })).json()).toMatchObject({
    type: '/problems/family.grown-up',
  })
})

test('what is not a child is refused with the field, and nothing is written', async () => {
  const { ha, db } = await haAtHome()
  const refused = [
    { ...AN, birthDate: '2022' },
    { ...AN, birthDate: '2030-01-01' },
    { ...AN, birthDate: '31/02/2020' },
    { ...AN, name: ' \u200b ' },
    { ...AN, name: '1234' },
    { ...AN, idNumber: '12' },
    { ...AN, insurance: 'XX' },
    { ...AN, sex: 'other' },
    { ...AN, relation: 'spouse' },
    {},
  ]
  for (const child of refused) expect((await add(ha, child)).statusCode).toBe(400)
  expect(await db.selectFrom('access.proxy').selectAll().execute()).toEqual([])
  expect(await db.selectFrom('identity.person').select('home').execute()).toHaveLength(1)
})

test('a child of seven or more opens nothing before she agrees, and her word here is kept as unverified', async () => {
  const { ha } = await haAtHome()
  const { person } = (await add(ha, CHI)).json()
  expect((await ha.me()).books).toHaveLength(1)
  expect((await declareIn(ha, person, FIRST_PART)).statusCode).toBe(403)
  expect(await family(ha)).toMatchObject([{ standing: 'waiting', topics: [], confirmed: null }])

  const yes = await ha.ask('POST', `/api/me/family/${person}/confirmation`, {
    payload: { how: 'same-phone' },
  })
  expect(yes.statusCode).toBe(204)
  expect(await family(ha)).toMatchObject([{ standing: 'stands', basis: 'both', confirmed: 'same-phone' }])
  expect((await declareIn(ha, person, FIRST_PART)).statusCode).toBe(201)
})

test('with a code to her own telephone she agrees herself; a wrong code, or her mother’s number, does not do', async () => {
  const { ha } = await haAtHome()
  const { person } = (await add(ha, { ...CHI, agrees: true })).json()
  const url = `/api/me/family/${person}`
  const send = (phone: string) => ha.ask('POST', `${url}/child-code`, { payload: { phone } })
  const answer = (code: string) =>
    ha.ask('POST', `${url}/confirmation`, { payload: { how: 'own-phone', code } })
  expect((await send('0912345678')).json()).toMatchObject({ type: '/problems/family.not-yourself' })
  expect((await send('0933333333')).statusCode).toBe(202)
  const sent = (await messages(ha, '0933333333')).at(-1) ?? ''
  const code = /^\d{6}/.exec(sent)?.[0] ?? ''
  expect((await answer(code === '000000' ? '000001' : '000000')).statusCode).toBe(422)
  expect((await answer(code)).statusCode).toBe(204)
  expect((await answer(code)).statusCode).toBe(409)
  expect(await family(ha)).toMatchObject([{ confirmed: 'own-phone' }])
})

test('a child turns seven: for some weeks all goes on, then nothing opens until she is asked', async () => {
  const { ha } = await haAtHome()
  const { person } = (await add(ha, { ...AN, birthDate: '2019-12-10' })).json()
  ha.setClock('2026-12-10T03:00:00Z')
  expect(await family(ha)).toMatchObject([{ standing: 'ask-again', askedUntil: '2027-02-07' }])
  expect((await declareIn(ha, person, FIRST_PART)).statusCode).toBe(201)
  ha.setClock('2027-02-08T03:00:00Z')
  await ha.signIn()
  expect(await family(ha)).toMatchObject([{ standing: 'waiting' }])
  expect((await declareIn(ha, person, FIRST_PART)).statusCode).toBe(403)
  await ha.ask('POST', `/api/me/family/${person}/confirmation`, { payload: { how: 'same-phone' } })
  expect(await family(ha)).toMatchObject([{ standing: 'stands' }])
})

test('at eighteen a child’s book closes to her mother by itself', async () => {
  const { ha } = await haAtHome()
  const { person } = (await add(ha, { ...CHI, birthDate: '01/12/2008', agrees: true })).json()
  ha.setClock('2026-11-30T16:59:59Z')
  expect((await ha.me()).books).toHaveLength(2)
  ha.setClock('2026-11-30T17:00:00Z')
  expect((await ha.me()).books).toHaveLength(1)
  expect((await declareIn(ha, person, FIRST_PART)).statusCode).toBe(403)
})

test('two claim one child: the second sees nothing of the first’s, the answers are alike, both are sent to the station', async () => {
  const { ha, app, db } = await haAtHome()
  const first = await add(ha, AN)
  await declareIn(ha, first.json().person, FIRST_PART)
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  await other.declare({ ...HA, 'A.01': [text('Lê Văn Bảy')] })
  const second = await add(other, AN)
  const free = await add(other, { ...AN, name: 'Lê Bình Yên' })

  expect([second.statusCode, free.statusCode]).toEqual([201, 201])
  expect(second.json().person).not.toBe(first.json().person)
  const [claimed, plain] = await family(other)
  expect({ ...claimed, person: '', name: '', since: '' }).toEqual({
    ...plain,
    person: '',
    name: '',
    since: '',
  })
  const read = await other.ask('GET', `/api/books/${first.json().person}/proxies`)
  expect(read.statusCode).toBe(403)
  expect(await db.selectFrom('identity.pair').select('state').execute()).toEqual([{ state: 'open' }])
  expect((await messages(ha, '0912345678')).at(-1)).toContain('có người khác')
  const told = await messages(other, '0987654321')
  expect(told.at(-1)).toBe(told.at(-2))
  expect(told.at(-1)).toContain('trạm y tế')
})

test('more children than a telephone may add go to the station', async () => {
  const { ha } = await haAtHome()
  for (let n = 1; n <= 8; n += 1)
    expect((await add(ha, { ...AN, name: `Trần Con ${'ABCDEFGH'[n - 1]}` })).statusCode).toBe(201)
  expect((await add(ha, { ...AN, name: 'Trần Con I' })).json()).toMatchObject({
    type: '/problems/family.station-needed',
  })
})

test('a representative does not make a child younger or another person, and shares nothing without that right', async () => {
  const { ha, db } = await haAtHome()
  const { person } = (await add(ha, AN)).json()
  const younger = {
    'A.01': [text('Trần Bình An')],
    'A.02': HA['A.02'],
    'A.05': [{ valueDate: '2024-05-05' }],
  }
  const asMale = { ...younger, 'A.02': [{ valueCoding: { code: '1' } }] }
  expect((await declareIn(ha, person, asMale)).json()).toMatchObject({
    type: '/problems/family.birth-date-kept',
  })
  const other = { ...asMale, 'A.01': [text('Ai Đó')] }
  expect((await declareIn(ha, person, other)).json()).toMatchObject({
    type: '/problems/declaration.other-person',
  })
  await db
    .updateTable('access.proxy')
    .set({ topics: ['basics', 'write'] })
    .execute()
  expect((await declareIn(ha, person, FIRST_PART)).statusCode).toBe(403)
  const silent = { ...FIRST_PART, 'consent.treatment': [], 'consent.programme': [], 'consent.research': [] }
  expect((await declareIn(ha, person, silent)).statusCode).toBe(201)
})

test('drafts belong to one book each, and go with the answers', async () => {
  const { ha } = await haAtHome()
  const { person } = (await add(ha, AN)).json()
  const [uuid, mine] = [randomUUID(), randomUUID()]
  const headers = { 'content-type': 'application/json' }
  const draft = writeJson({ response: responseOf({ 'B3.2.1': [] }) })
  await ha.saveDraft(mine, HA)
  const url = `/api/books/${person}/drafts`
  expect((await ha.ask('PUT', `${url}/${uuid}`, { payload: draft, headers })).statusCode).toBe(204)
  expect(await ha.drafts()).toMatchObject([{ uuid: mine }])
  expect((await ha.ask('GET', url)).json()).toMatchObject([{ uuid }])
  expect((await declareIn(ha, person, FIRST_PART, uuid)).statusCode).toBe(201)
  expect((await ha.ask('GET', url)).json()).toEqual([])
  expect((await declareIn(ha, person, FIRST_PART, uuid)).statusCode).toBe(200)
  expect((await ha.ask('GET', `/api/books/${randomUUID()}/drafts`)).statusCode).toBe(403)
})

test('whoever ends a proxy while its holder is writing gets either all of it or nothing', async () => {
  const { ha, db } = await haAtHome()
  const { person } = (await add(ha, AN)).json()
  const before = await db.selectFrom('record.pack').select('first_no').execute()
  const [written, ended] = await Promise.all([
    declareIn(ha, person, FIRST_PART),
    ha.ask('DELETE', `/api/me/family/${person}`),
  ])
  expect(ended.statusCode).toBe(204)
  const after = await db.selectFrom('record.pack').select('first_no').execute()
  expect(after.length - before.length).toBe(written.statusCode === 201 ? 1 : 0)
  expect([201, 403]).toContain(written.statusCode)
  expect((await declareIn(ha, person, FIRST_PART)).statusCode).toBe(403)
  expect((await ha.me()).books).toHaveLength(1)
  expect(resourcesIn((await ha.ask('GET', '/api/me/record')).body).length).toBeGreaterThan(0)
})
