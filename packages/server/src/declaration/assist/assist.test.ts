import { randomUUID } from 'node:crypto'
import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { CAMPAIGN, openTestHouse } from '../../../test/house.ts'
import {
  type Answers,
  code,
  FIRST_PART,
  HA,
  ofType,
  residentAt,
  text,
  written,
} from '../../../test/resident.ts'
import { assistantAt, waitingOf } from '../../../test/visits.ts'
import { signedInWorker } from '../../../test/worker.ts'
import { eventsOf } from '../../audit/index.ts'
import { firstPatientOf, homeNamed } from '../../identity/index.ts'
import { setActive } from '../../identity/staff/accounts.ts'
import { bytesOf, read } from '../../record/index.ts'

const BASE = '2026-11-23T04:00:00.000Z'
const NAM: Answers = {
  ...HA,
  'A.01': [text('Trần Văn Nam')],
  'A.02': [code('1')],
  'A.05': [{ valueDate: '1948' }],
}
const AN: Answers = { ...HA, 'A.01': [text('Lê An')], 'A.05': [{ valueDate: '2018-02-01' }] }

async function openStation(ward = '26911') {
  const house = await openTestHouse()
  const worker = await signedInWorker(house, { ward })
  const { ctx } = house
  const patientOf = async (person: string) => firstPatientOf((await homeNamed(ctx, person)) ?? 0)
  const bookOf = async (person: string) => {
    const entries = await read(ctx, [await patientOf(person)], { restricted: true })
    return entries.map((entry) => parseJson(bytesOf(entry).toString()) as FhirResource)
  }
  const packs = () => house.db.selectFrom('record.pack').select('n').execute()
  return { ...house, worker, bookOf, patientOf, packs, ...assistantAt(worker) }
}

/** Somebody with a telephone of her own, who has declared already. */
async function withHa(more: Answers = {}) {
  const house = await openStation()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  const person: string = (await ha.declare({ ...HA, ...FIRST_PART, ...more })).json().person
  return { ...house, ha, person }
}

test('somebody without a telephone gets a book of her own word, with who took it down and how she confirmed', async () => {
  const { declare, bookOf, patientOf, db } = await openStation()
  const reply = await declare({ ...NAM, ...FIRST_PART }, { campaign: CAMPAIGN })
  expect(reply.statusCode, reply.body).toBe(201)
  const { person } = reply.json()
  const [whole] = ofType(await bookOf(person), 'QuestionnaireResponse')
  expect(whole).toMatchObject({
    meta: { source: 'urn:sokhoe:source:self' },
    source: { reference: `Patient/${person}` },
    author: { identifier: { value: 'TYT-26911' } },
    authored: '2026-11-23T05:00:00.000Z',
  })
  expect(JSON.stringify(whole)).toContain('BQ-0007')
  expect(await db.selectFrom('identity.person').select(['level', 'channel', 'campaign']).execute()).toEqual([
    { level: 'phone', channel: 'assisted', campaign: CAMPAIGN },
  ])
  expect(await db.selectFrom('identity.keeper').selectAll().execute()).toEqual([])
  expect(await db.selectFrom('access.grant').select('channel').execute()).toEqual([
    { channel: 'assisted' },
    { channel: 'assisted' },
  ])
  const events = await eventsOf(db, [await patientOf(person)])
  expect(events.map(({ action }) => action).toSorted()).toEqual(['record.put', 'station.assist'])
  expect(events.every(({ actor, facility }) => actor === 'staff:station' && facility === 'TYT-26911')).toBe(
    true,
  )
})

test('the same visit sent again is known, with other content it is refused', async () => {
  const { declare, packs } = await openStation()
  const uuid = randomUUID()
  const [first, again] = [await declare(NAM, {}, uuid), await declare(NAM, { base: BASE }, uuid)]
  expect([first.statusCode, again.statusCode]).toEqual([201, 200])
  expect(again.json()).toEqual({ ...first.json(), outcome: 'known' })
  expect((await declare({ ...NAM, 'D2.1.6': [written('150')] }, {}, uuid)).json()).toMatchObject({
    type: '/problems/declaration.changed',
  })
  expect(await packs()).toHaveLength(1)
})

test('a child is declared by a representative, from seven years on with the child', async () => {
  const { declare, bookOf } = await openStation()
  const representative = { name: 'Trần Thị Bé', relation: 'grandparent' }
  const alone = await declare(AN)
  expect(alone.json()).toMatchObject({ status: 422, type: '/problems/declaration.representative-needed' })
  const unasked = await declare(AN, { representative })
  expect(unasked.json()).toMatchObject({ status: 422, type: '/problems/declaration.child-not-asked' })
  const both = await declare(AN, { representative, confirmation: { kind: 'signature', child: true } })
  expect(both.statusCode, both.body).toBe(201)

  const book = await bookOf(both.json().person)
  const [related] = ofType(book, 'RelatedPerson')
  expect(related).toMatchObject({
    name: [{ text: 'Trần Thị Bé' }],
    patient: { reference: `Patient/${both.json().person}` },
  })
  expect(ofType(book, 'QuestionnaireResponse')).toMatchObject([
    { source: { reference: `RelatedPerson/${related?.id}` } },
  ])
})

test('nothing is kept without a confirmation, a name, a station, or for a ward that is not the worker’s', async () => {
  const { declare, worker, app, packs, system } = await openStation()
  expect((await declare(NAM, { confirmation: {} })).json()).toMatchObject({
    status: 400,
    at: ['/confirmation/kind'],
  })
  expect((await declare(FIRST_PART)).json()).toMatchObject({ type: '/problems/declaration.invalid' })
  expect((await declare(NAM, { takenAt: 'yesterday' })).json()).toMatchObject({ at: ['/takenAt'] })
  const other = assistantAt(await signedInWorker({ app, system }, { user: 'other', ward: '26929' }))
  expect((await other.declare(NAM, { campaign: CAMPAIGN })).json()).toMatchObject({
    type: '/problems/staff.not-yours',
  })
  await worker.ask('POST', '/api/staff/sign-out')
  expect((await declare(NAM)).statusCode).toBe(401)
  expect(await packs()).toEqual([])
})

test('a further declaration goes into the book of somebody of the ward, and of nobody else', async () => {
  const { person, declare, app, system, ha, worker } = await withHa()
  const opened = await worker.ask('POST', '/api/station/declarations/open', { person })
  expect(opened.json()).toMatchObject({ person, name: 'Nguyễn Thị Thu Hà', birthDate: '1961-04-30' })
  const reply = await declare({ 'D2.1.7': [written('57')] }, { person, base: '2026-11-23T05:02:00.000Z' })
  expect(reply.json()).toMatchObject({ outcome: 'kept', person })
  expect(ofType(await ha.record(), 'QuestionnaireResponse')).toHaveLength(2)
  const other = assistantAt(await signedInWorker({ app, system }, { user: 'other', ward: '26929' }))
  expect((await other.declare({ 'D2.1.7': [written('58')] }, { person })).json()).toMatchObject({
    status: 403,
  })
})

test('she declared herself meanwhile: both answers are shown, nothing is written until somebody chose', async () => {
  const { person, sync, ha, bookOf, packs } = await withHa({ 'B2.1.a': [code('0')] })
  const visit = waitingOf(
    { 'B3.2.1': [code('3')], 'D2.1.6': FIRST_PART['D2.1.6'] ?? [] },
    { person, base: BASE },
  )
  const { told } = await sync([visit])
  expect(told).toMatchObject([{ outcome: 'conflict', person, fields: [{ linkId: 'B3.2.1' }], same: [] }])
  expect(await packs()).toHaveLength(1)

  const choose = { seen: told[0]?.seen, choices: { 'B3.2.1': 'book' } }
  const settle = { ...visit, visit: { ...visit.visit, settled: choose } }
  const [first, again] = [await sync([settle]), await sync([settle])]
  expect([first.told[0]?.outcome, again.told[0]?.outcome]).toEqual(['kept', 'known'])
  const responses = ofType(await bookOf(person), 'QuestionnaireResponse')
  expect(responses).toHaveLength(2)
  // what the visit said and what was taken instead are both still there
  expect(JSON.stringify(responses[1])).toContain('urn:sokhoe:ext:given-up')
  const conditions = ofType(await ha.record(), 'Condition')
  expect(JSON.stringify(conditions)).not.toContain('condition/diabetes')
})

test('she changed a statement of her own meanwhile: it is shown beside the visit, and stands where she keeps it', async () => {
  const { person, sync, ha, worker } = await withHa()
  const said = { kind: 'condition', name: 'Gút' }
  await ha.ask('POST', '/api/books/own/statements', { payload: { uuid: randomUUID(), said } })
  worker.clock.at = new Date('2026-11-23T05:10:00Z')
  const visit = waitingOf({ 'B3.2.1': [code('none')] }, { person, base: BASE })
  const { told } = await sync([visit])
  expect(told).toMatchObject([{ outcome: 'conflict', fields: [{ linkId: 'B3.2.1' }] }])
  expect(JSON.stringify(told)).toContain('Gút')
  const chosen = { seen: told[0]?.seen, choices: { 'B3.2.1': 'book' } }
  expect((await sync([{ ...visit, visit: { ...visit.visit, settled: chosen } }])).told[0]?.outcome).toBe(
    'kept',
  )
  const active = ofType(await ha.record(), 'Condition').filter((one) =>
    JSON.stringify(one).includes('"active"'),
  )
  expect(active.map((one) => (one['code'] as { text: string }).text).toSorted()).toEqual([
    'Gút',
    'Tăng huyết áp',
  ])
})

test('two tablets visited the same person: the second is asked, and may put its own answer on top', async () => {
  const { person, sync, bookOf, worker } = await withHa()
  worker.clock.at = new Date('2026-11-23T05:10:00Z')
  const [one, two] = ['3', '6'].map((disease) =>
    waitingOf({ 'B3.2.1': [code(disease)] }, { person, base: '2026-11-23T05:02:00.000Z' }),
  )
  if (!one || !two) throw new Error('two visits')
  expect((await sync([one])).told[0]?.outcome).toBe('kept')
  const { told } = await sync([two])
  expect(told[0]).toMatchObject({ outcome: 'conflict', fields: [{ linkId: 'B3.2.1' }] })
  const chosen = { seen: told[0]?.seen, choices: { 'B3.2.1': 'visit' } }
  expect((await sync([{ ...two, visit: { ...two.visit, settled: chosen } }])).told[0]?.outcome).toBe('kept')
  expect(ofType(await bookOf(person), 'QuestionnaireResponse')).toHaveLength(3)
})

test('somebody who has a book already gets no second one unasked: the same, or another, as the worker says', async () => {
  const { person, sync, db } = await withHa({ 'A.11': [text('079161012345')] })
  const byName = waitingOf({ ...HA, 'A.01': [text('NGUYEN THI THU HA')] })
  const byNumber = waitingOf({
    ...HA,
    'A.01': [text('Hà')],
    'A.05': [{ valueDate: '1961' }],
    'A.11': [text('079161012345')],
  })
  const { told } = await sync([byName, byNumber])
  const candidate = { person, name: 'Nguyễn Thị Thu Hà' }
  expect(told).toMatchObject([
    { outcome: 'conflict', fields: [], same: [candidate] },
    { outcome: 'conflict', same: [candidate] },
  ])
  const another = { ...byName, visit: { ...byName.visit, settled: { others: [person] } } }
  expect((await sync([another])).told[0]?.outcome).toBe('kept')

  const same = { ...byNumber, visit: { ...byNumber.visit, settled: { same: person } } }
  const fields = (await sync([same])).told[0]
  expect(fields?.fields?.map(({ linkId }) => linkId)).toEqual(['A.01', 'A.05'])
  const settle = { same: person, seen: fields?.seen, choices: { 'A.01': 'book', 'A.05': 'book' } }
  expect((await sync([{ ...same, visit: { ...byNumber.visit, settled: settle } }])).told[0]).toMatchObject({
    outcome: 'kept',
    person,
  })
  expect(await db.selectFrom('identity.person').select('home').execute()).toHaveLength(2)
})

test('the same new person on two tablets at the same moment is one book and one question', async () => {
  const { sync, db } = await openStation()
  const both = await Promise.all([sync([waitingOf(NAM)]), sync([waitingOf(NAM)])])
  expect(both.map(({ told }) => told[0]?.outcome).toSorted()).toEqual(['conflict', 'kept'])
  expect(await db.selectFrom('identity.person').select('home').execute()).toHaveLength(1)
})

test('a tablet’s clock that is wrong by a day changes neither the day nor the order; what it said stays said', async () => {
  const { sync, bookOf, worker } = await openStation()
  const ahead = (at: Date, days: number) => new Date(at.getTime() + days * 86_400_000).toISOString()
  const people = [1, -1].map((days) => {
    const name = days > 0 ? 'Đỗ Văn Trước' : 'Đỗ Văn Sau'
    const takenAt = ahead(new Date(worker.clock.at.getTime() - 3_600_000), days)
    return { days, item: waitingOf({ ...NAM, 'A.01': [text(name)] }, { takenAt }), takenAt }
  })
  for (const { days, item, takenAt } of people) {
    const { told } = await sync([item], ahead(worker.clock.at, days))
    expect(told[0]?.outcome).toBe('kept')
    const [whole] = ofType(await bookOf(told[0]?.person ?? ''), 'QuestionnaireResponse')
    expect(whole).toMatchObject({ authored: '2026-11-23T04:00:00.000Z' })
    expect(JSON.stringify(whole)).toContain(takenAt)
    expect(JSON.stringify(whole)).toContain(`"clock-ahead-seconds","valueInteger":${days * 86_400}`)
  }
})

test('one visit that cannot be kept stops no other; each is told by itself', async () => {
  const { sync, packs } = await openStation()
  const good = waitingOf(NAM)
  const { told } = await sync([
    waitingOf({ ...NAM, 'D2.1.6': [written('9000')] }),
    { uuid: 'no uuid', visit: {} },
    { uuid: randomUUID(), visit: null },
    good,
    good,
    waitingOf(NAM, { person: 'somebody' }),
  ])
  expect(told.map(({ outcome }) => outcome)).toEqual([
    'refused',
    'refused',
    'refused',
    'kept',
    'known',
    'refused',
  ])
  expect(told[0]?.problem).toMatchObject({
    type: '/problems/declaration.invalid',
    at: ['D2.1.6 out-of-range'],
  })
  expect(await packs()).toHaveLength(1)
})

test('a worker who was suspended meanwhile brings nothing in', async () => {
  const { sync, system, db, packs } = await openStation()
  const { staff_id } = await db.selectFrom('identity.staff').select('staff_id').executeTakeFirstOrThrow()
  await setActive(system, staff_id, false)
  expect((await sync([waitingOf(NAM)])).reply.json()).toMatchObject({
    type: '/problems/staff.sign-in-needed',
  })
  expect(await packs()).toEqual([])
})
