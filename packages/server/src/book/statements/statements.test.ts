import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { NOON, openTestHouse } from '../../../test/house.ts'
import { giveProxy } from '../../../test/proxy.ts'
import { code, FIRST_PART, HA, ofType, residentAt, statedAs } from '../../../test/resident.ts'

interface Told {
  readonly id: string
  readonly version: number
  readonly kind: string
  readonly name: string
  readonly ended: boolean
}

async function haWithBook(answers: object = FIRST_PART) {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...answers })
  const list = async (): Promise<Told[]> => (await ha.ask('GET', '/api/books/own/statements')).json()
  const add = (said: object, uuid: string = randomUUID(), book = 'own') =>
    ha.ask('POST', `/api/books/${book}/statements`, { payload: { uuid, said } })
  const change = (id: string, version: number, said?: object, uuid: string = randomUUID()) =>
    ha.ask('PUT', `/api/books/own/statements/${id}`, { payload: { uuid, version, ...(said && { said }) } })
  const measure = (body: object, uuid: string = randomUUID()) =>
    ha.ask('POST', '/api/books/own/measurements', {
      payload: { uuid, at: '2026-11-23T07:30:00+07:00', ...body },
    })
  return { ...house, ha, list, add, change, measure }
}

test('each kind of statement can be added by itself, and stands in the record as the person’s own word', async () => {
  const { ha, add, list } = await haWithBook()
  const said = [
    { kind: 'allergy', name: 'Tôm hùm', note: 'Nổi mề đay' },
    { kind: 'condition', name: 'Viêm khớp', when: '2019' },
    { kind: 'medicine', name: 'Metformin 500 mg', note: 'Sáng 1 viên', when: '2024-05' },
    { kind: 'immunisation', name: 'Vắc xin cúm', when: '2025-10-02' },
    { kind: 'family', name: 'Đột quỵ', who: 'Cha' },
    { kind: 'surgery', name: 'Mổ ruột thừa', when: '1998' },
  ]
  for (const one of said) expect((await add(one)).statusCode).toBe(201)
  const told = await list()
  for (const one of said)
    expect(told).toContainEqual(expect.objectContaining({ ...one, ended: false, version: 1 }))
  const [allergy] = ofType(await ha.record(), 'AllergyIntolerance').filter(
    ({ code }) => (code as { text?: string }).text === 'Tôm hùm',
  )
  expect(allergy).toMatchObject({
    meta: { source: 'urn:sokhoe:source:self', tag: [{ code: 'self-declared' }] },
    verificationStatus: { coding: [{ code: 'unconfirmed' }] },
    reaction: [{ manifestation: [{ text: 'Nổi mề đay' }] }],
  })
})

test('what was sent twice is one statement; other content under the same number is refused', async () => {
  const { add, list } = await haWithBook()
  const uuid = randomUUID()
  const before = (await list()).length
  const said = { kind: 'allergy', name: 'Tôm hùm' }
  const replies = await Promise.all([add(said, uuid), add(said, uuid), add(said, uuid)])
  expect(replies.map(({ statusCode }) => statusCode).toSorted()).toEqual([200, 200, 201])
  expect(new Set(replies.map((reply) => reply.json().id)).size).toBe(1)
  expect(await list()).toHaveLength(before + 1)
  expect((await add({ kind: 'allergy', name: 'Cua' }, uuid)).json()).toMatchObject({
    status: 409,
    type: '/problems/book.sent-changed',
  })
})

test('a declared statement is changed into a next version: its code stays as long as its name does', async () => {
  const { ha, list, change } = await haWithBook()
  const pressure = (await list()).find(({ name }) => name.startsWith('Tăng huyết áp'))
  const { id = '', name = '' } = pressure ?? {}
  const reply = await change(id, 1, { kind: 'condition', name, when: '2014', note: 'Đo ở trạm' })
  expect(reply.json()).toMatchObject({ outcome: 'kept', id, version: 2 })
  const stated = statedAs(await ha.record(), 'condition/hypertension')
  expect(stated).toMatchObject({
    id,
    onsetDateTime: '2014',
    code: { coding: [{ code: 'I10' }, expect.anything()] },
    note: [{ text: 'Đo ở trạm' }],
  })
  await change(id, 2, { kind: 'condition', name: 'Cao máu' })
  expect(statedAs(await ha.record(), 'condition/hypertension')).toMatchObject({ code: { text: 'Cao máu' } })
  const { versions } = (await ha.ask('GET', `/api/books/own/statements/${id}`)).json()
  expect(versions.map((one: Told) => [one.version, one.name])).toEqual([
    [3, 'Cao máu'],
    [2, name],
    [1, name],
  ])
})

test('of two devices that change one statement the second is told, and nothing is lost', async () => {
  const { ha, app, add, change } = await haWithBook()
  const { id } = (await add({ kind: 'medicine', name: 'Metformin 500 mg' })).json()
  const tablet = residentAt(app, '0912345678')
  await tablet.signIn()
  const said = (note: string) => ({ kind: 'medicine', name: 'Metformin 500 mg', note })
  const [one, other] = await Promise.all([
    change(id, 1, said('Sáng 1 viên')),
    tablet.ask('PUT', `/api/books/own/statements/${id}`, {
      payload: { uuid: randomUUID(), version: 1, said: said('Tối 1 viên') },
    }),
  ])
  const late = one.statusCode === 409 ? one : other
  expect([one.statusCode, other.statusCode].toSorted()).toEqual([201, 409])
  expect(late.json()).toMatchObject({ type: '/problems/book.changed-meanwhile', version: 2 })
  const { versions } = (await ha.ask('GET', `/api/books/own/statements/${id}`)).json()
  expect(versions).toHaveLength(2)
})

test('an ended statement stays readable as ended, and may be said again', async () => {
  const { add, change, list } = await haWithBook()
  const { id } = (await add({ kind: 'allergy', name: 'Cua' })).json()
  await change(id, 1)
  const find = async () => (await list()).find((one) => one.id === id)
  expect(await find()).toMatchObject({ ended: true, version: 2 })
  await change(id, 2, { kind: 'allergy', name: 'Cua' })
  expect(await find()).toMatchObject({ ended: false, version: 3 })
})

test('a later declaration does not end what was added by hand; the first allergy ends “none known”', async () => {
  const { ha, add, list } = await haWithBook({ ...FIRST_PART, allergy: [code('none')] })
  await add({ kind: 'allergy', name: 'Penicillin' })
  expect(statedAs(await ha.record(), 'allergy/none')).toMatchObject({
    clinicalStatus: { coding: [{ code: 'inactive' }] },
  })
  await ha.declare({ ...HA, ...FIRST_PART, allergy: [code('ALG001')] })
  expect(await list()).toContainEqual(expect.objectContaining({ name: 'Penicillin', ended: false }))
})

test('only the person’s own statements can be changed: the Patient, a consent, a foreign or forged id cannot', async () => {
  const { ha, app, list, change } = await haWithBook()
  const record = await ha.record()
  const ids = ['Patient', 'Consent', 'QuestionnaireResponse'].map((type) => ofType(record, type)[0]?.id ?? '')
  for (const id of [...ids, 'x', randomUUID()])
    expect((await change(id, 1)).json()).toMatchObject({ type: '/problems/book.statement-unknown' })
  const [mine] = await list()
  const other = residentAt(app, '0987654321')
  await other.scanAndSignIn()
  await other.declare({ ...HA })
  const reply = await other.ask('PUT', `/api/books/own/statements/${mine?.id}`, {
    payload: { uuid: randomUUID(), version: 1 },
  })
  expect(reply.statusCode).toBe(404)
})

test('what cannot be is refused: a day to come, an empty or endless name, control characters, unknown fields', async () => {
  const { add, list } = await haWithBook()
  const before = await list()
  const bad: object[] = [
    { kind: 'allergy', name: 'Cua', when: '2030' },
    { kind: 'allergy', name: 'Cua', when: '2026-02-30' },
    { kind: 'allergy', name: '   ' },
    { kind: 'allergy', name: 'x'.repeat(201) },
    { kind: 'allergy', name: 'Cua\u0000' },
    { kind: 'allergy', name: 'Cua', source: 'TYT-26911' },
    { kind: 'diagnosis', name: 'Cua' },
  ]
  for (const said of bad) expect((await add(said)).statusCode).toBe(400)
  expect(await list()).toEqual(before)
})

test('blood pressure measured at home is kept as the person’s own, with pulse, arm and its own time', async () => {
  const { ha, measure } = await haWithBook()
  const body = {
    kind: 'blood-pressure',
    systolic: 138,
    diastolic: 86,
    pulse: 72,
    arm: 'left',
    posture: 'sitting',
  }
  const uuid = randomUUID()
  expect((await measure(body, uuid)).statusCode).toBe(201)
  expect((await measure(body, uuid)).statusCode).toBe(200)
  expect(statedAs(await ha.record(), `own/blood-pressure/${uuid}`)).toMatchObject({
    resourceType: 'Observation',
    meta: { source: 'urn:sokhoe:source:self' },
    effectiveDateTime: '2026-11-23T07:30:00+07:00',
    bodySite: { text: 'Tay trái' },
    component: [
      { valueQuantity: { value: 138, code: 'mm[Hg]' } },
      { valueQuantity: { value: 86 } },
      { valueQuantity: { value: 72, code: '/min' } },
      { valueCodeableConcept: { text: 'Ngồi' } },
    ],
  })
})

test('glucose keeps the unit and the form in which it was written', async () => {
  const { ha, measure } = await haWithBook()
  await measure({ kind: 'glucose', value: '7.0', unit: 'mmol/L', meal: 'fasting' })
  await measure({ kind: 'glucose', value: '126', unit: 'mg/dL', meal: 'after-meal' })
  const text = await ha.recordText()
  expect(text).toContain('"value":7.0,"unit":"mmol/L"')
  expect(text).toContain('"value":126,"unit":"mg/dL"')
})

test('an unlikely value is asked back and then believed; an impossible one never is', async () => {
  const { measure } = await haWithBook()
  const high = { kind: 'blood-pressure', systolic: 240, diastolic: 125 }
  expect((await measure(high)).json()).toMatchObject({
    type: '/problems/book.unlikely',
    at: ['/systolic', '/diastolic'],
  })
  expect((await measure({ ...high, confirmed: true })).statusCode).toBe(201)
  for (const body of [
    { kind: 'blood-pressure', systolic: 400, diastolic: 90, confirmed: true },
    { kind: 'blood-pressure', systolic: 80, diastolic: 120, confirmed: true },
    { kind: 'glucose', value: '100', unit: 'mmol/L', meal: 'fasting', confirmed: true },
  ])
    expect((await measure(body)).json()).toMatchObject({ type: '/problems/book.impossible' })
})

test('a telephone whose clock is ahead measures now, not tomorrow', async () => {
  const { ha, measure } = await haWithBook()
  const uuid = randomUUID()
  await measure(
    { kind: 'glucose', value: '6.1', unit: 'mmol/L', meal: 'other', at: '2026-12-24T07:00:00+07:00' },
    uuid,
  )
  expect(statedAs(await ha.record(), `own/glucose/${uuid}`)).toMatchObject({
    effectiveDateTime: NOON.toISOString(),
  })
})

test('a proxy writes in the person’s place and is named as the one who said it; ended, she writes nothing', async () => {
  const { app, db, ctx, ha } = await haWithBook()
  const son = residentAt(app, '0987654321')
  await son.scanAndSignIn()
  await son.declare({ ...HA })
  const [of, to] = (
    await db.selectFrom('identity.person').select('home').orderBy('created_at').orderBy('home').execute()
  ).map(({ home }) => home)
  const { phone_hash: phoneHash } = await db
    .selectFrom('identity.keeper')
    .select('phone_hash')
    .where('home', '=', to ?? 0)
    .executeTakeFirstOrThrow()
  await giveProxy(ctx, { of: of ?? 0, to: to ?? 0, topics: ['basics', 'write'], phoneHash, at: NOON })
  const person: string = (await ha.me()).books[0].person
  const add = () =>
    son.ask('POST', `/api/books/${person}/statements`, {
      payload: { uuid: randomUUID(), said: { kind: 'allergy', name: 'Cua' } },
    })
  expect((await add()).statusCode).toBe(201)
  expect((await ha.accesses())[0]).toMatchObject({ who: 'Người đại diện' })
  const measured = ofType(await ha.record(), 'AllergyIntolerance').at(-1)
  const sons = (await son.me()).books.find(({ relation }: { relation: string }) => relation === 'self').person
  expect(measured).toMatchObject({
    asserter: { reference: `Patient/${sons}` },
    patient: { reference: `Patient/${person}` },
  })

  await db.updateTable('access.proxy').set({ ended_at: NOON, ended_by: 'subject' }).execute()
  expect((await add()).statusCode).toBe(403)
})
