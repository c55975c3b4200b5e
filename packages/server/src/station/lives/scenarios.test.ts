import { expect, test } from 'vitest'
import { clientAt } from '../../../test/client.ts'
import { PATIENT, weightOf } from '../../../test/facility.ts'
import { type Answers, HA, residentAt, text } from '../../../test/resident.ts'
import { another, cardText, HA_NUMBER, HA_WITH_NUMBER, openStation } from '../../../test/station.ts'
import { assistantAt, waitingOf } from '../../../test/visits.ts'
import { relinkCity } from '../../identity/index.ts'
import { asSystem } from '../../platform/context.ts'

const CMND = '024123456'
const NEXT_NUMBER = '079161098765'

const cccd = (value: string, more: object = {}) => ({ system: 'urn:sokhoe:id:cccd', value, ...more })
const hers = (more: object = {}) => ({ ...PATIENT, ...more })

/** Hà of the ward with a book, a station's lead, and the program of a hospital. */
async function openLives() {
  const house = await openStation({ role: 'station-lead' })
  const client = await clientAt(house.app, house.system)
  const create = async (body: object): Promise<string> => {
    const reply = await client.ask('POST', 'Patient', { body })
    expect(reply.statusCode, reply.body).toBe(201)
    const { id } = reply.json()
    await client.ask('POST', 'Observation', {
      body: { ...weightOf(id), valueQuantity: { value: 54, unit: 'kg' } },
    })
    return id
  }
  const restate = async (id: string, body: object) => {
    const reply = await client.ask('PUT', `Patient/${id}`, { body: { ...body, id } })
    expect(reply.statusCode, reply.body).toBe(200)
  }
  /** The ids of everything that a book at this telephone tells. */
  const told = async (who: Pick<typeof house.ha, 'record'> = house.ha) =>
    (await who.record()).map(({ id }) => id)
  const confirm = async (changes: Parameters<typeof cardText>[0] = {}, person = house.person) => {
    const reply = await house.of(person, 'verify', { how: 'scanned', card: cardText(changes) })
    expect(reply.statusCode, reply.body).toBe(200)
  }
  /** How many questions wait for the station. */
  const cases = async (): Promise<number> =>
    (await house.worker.ask('GET', '/api/station/review')).json().cases.length
  /** What a source says anew of who somebody is joins her in the night. */
  const night = async () =>
    expect(await relinkCity(asSystem(house.ctx, 'night'))).toMatchObject({ phase: 'done' })
  return { ...house, client, create, restate, told, confirm, cases, night }
}

test('what a hospital stated under the nine digits of before comes to her book when her card names them', async () => {
  const { create, told, confirm } = await openLives()
  const id = await create(hers({ identifier: [{ system: 'urn:sokhoe:id:cmnd', value: CMND }] }))
  expect(await told()).not.toContain(id)
  await confirm({ oldIdNumber: CMND })
  expect(await told()).toContain(id)
})

test('a number issued anew to somebody else is hers no more: what comes under it is the other’s', async () => {
  const { create, told, confirm, of, person, app, find } = await openLives()
  await confirm()
  const card = cardText({ idNumber: NEXT_NUMBER, issuedOn: '2026-11-02' })
  expect((await of(person, 'number', { how: 'scanned', card, why: 'reissued' })).statusCode).toBe(200)

  const KHANG: Answers = {
    ...HA_WITH_NUMBER,
    'A.01': [text('Lê Văn Khang')],
    'A.02': [{ valueCoding: { code: '1' } }],
    'A.05': [{ valueDate: '1961-08-15' }],
  }
  const khang = await another(app, '0987654321', KHANG)
  const his = { name: 'Lê Văn Khang', birthDate: '1961-08-15', sex: 'male' }
  await confirm(his, khang.person)
  const patient = {
    resourceType: 'Patient',
    name: [{ text: his.name }],
    gender: 'male',
    birthDate: his.birthDate,
  }
  const id = await create({ ...patient, identifier: [cccd(HA_NUMBER)] })
  expect(await told()).not.toContain(id)
  expect(await told(khang)).toContain(id)
  // a hospital that knows both of hers, the old one as old, is hers
  const both = await create(hers({ identifier: [cccd(NEXT_NUMBER), cccd(HA_NUMBER, { use: 'old' })] }))
  expect(await told()).toContain(both)
  expect(await told(khang)).not.toContain(both)
  const found = (await find(HA_NUMBER)).people.map((one) => one.person)
  expect(found).toEqual([khang.person, person])
})

test('after a correction by a court the facilities’ Patients say what they said, and are still hers', async () => {
  const { create, told, confirm, of, person, client, night, cases } = await openLives()
  await confirm()
  const id = await create(hers({ identifier: [cccd(HA_NUMBER)] }))
  const said = { name: 'Nguyễn Thu Hải', sex: 'male' }
  const corrected = await of(person, 'correct', { how: 'seen', paper: 'court', said })
  expect(corrected.json(), corrected.body).toMatchObject({ outcome: 'corrected' })
  expect(await told()).toContain(id)
  expect((await client.ask('GET', `Patient/${id}`)).json()).toMatchObject({
    name: [{ text: 'Nguyễn Thị Thu Hà' }],
    gender: 'female',
  })
  // under her new name, with her number, she is known at once
  const there = { ...PATIENT, name: [{ text: said.name }], gender: 'male', identifier: [cccd(HA_NUMBER)] }
  const next = await create(there)
  expect(await told()).toContain(next)
  // the night parts nothing that was hers; what differs from it in name and sex is asked about
  await night()
  expect(await told()).toContain(id)
  expect(await cases()).toBeGreaterThan(0)
})

test('a newborn under its mother’s name is nobody’s but its own; with certificate and number it joins its book', async () => {
  const { create, restate, told, ha, of, confirm, night } = await openLives()
  await confirm()
  const newborn = {
    resourceType: 'Patient',
    name: [{ text: 'CB Nguyễn Thị Thu Hà' }],
    gender: 'female',
    birthDate: '2026-11-20',
    telecom: [{ system: 'phone', value: '0912345678' }],
    // a clerk has copied the mother's number
    identifier: [cccd(HA_NUMBER)],
  }
  const id = await create(newborn)
  expect(await told()).not.toContain(id)

  const child = { name: 'CB Thu Hà', sex: 'female', birthDate: '20/11/2026' }
  const added = await ha.ask('POST', '/api/me/family', { payload: child })
  const { person } = added.json()
  const ofChild = async () => (await ha.ask('GET', `/api/books/${person}/download.json`)).body
  const certificate = { name: 'Trần Bảo An', birthDate: '20/11/2026', number: '079326000123' }
  const seen = { how: 'seen', document: 'birth-certificate', said: certificate, take: ['name', 'number'] }
  const verified = await of(person, 'verify', seen)
  expect(verified.json(), verified.body).toMatchObject({ name: 'Trần Bảo An', level: 'verified' })
  expect(await ofChild()).not.toContain(id)
  await restate(id, { ...newborn, name: [{ text: 'Trần Bảo An' }], identifier: [cccd('079326000123')] })
  await night()
  expect(await ofChild()).toContain(id)
  expect(await told()).not.toContain(id)
})

test('an unidentified patient is a person of her own until somebody knows who she is; a wrong answer is taken back', async () => {
  const { create, restate, told, confirm, of, person, worker, client, cases, night } = await openLives()
  await confirm()
  const unknown = {
    resourceType: 'Patient',
    name: [{ text: 'Không rõ tên' }],
    gender: 'female',
    birthDate: '1961',
  }
  const [one, other] = [await create(unknown), await create(unknown)]
  expect(await told()).not.toContain(one)
  expect(await cases()).toBe(0)

  await restate(one, hers({ identifier: [cccd(HA_NUMBER)] }))
  await night()
  expect(await told()).toContain(one)
  // it was not she: the station parts what had been joined, and it is joined no more by the same statement
  const parted = await worker.ask('POST', '/api/station/unlink', { patient: one, reason: 'mistake' })
  expect(parted.statusCode, parted.body).toBe(200)
  expect(await told()).not.toContain(one)
  await restate(one, hers({ identifier: [cccd(HA_NUMBER)], active: true }))
  await night()
  expect(await told()).not.toContain(one)

  // the other one is recognised by the station, from a paper in her bag
  const linked = await worker.ask('POST', '/api/station/link', { person, patient: other, evidence: 'card' })
  expect(linked.statusCode, linked.body).toBe(200)
  expect(await told()).toContain(other)
  expect((await client.ask('GET', `Patient/${other}`)).json()).toMatchObject({ id: other })
  expect((await of(person, 'open')).statusCode).toBe(200)
})

test('what she shares and who acts for her outlast a new telephone, and a hospital’s Patient that is linked and parted', async () => {
  const { create, told, confirm, ha, app, worker, person } = await openLives()
  await confirm()
  await ha.ask('POST', '/api/me/family', {
    payload: { name: 'Trần An', sex: 'male', birthDate: '05/05/2022' },
  })
  const id = await create(hers({ identifier: [cccd(HA_NUMBER)] }))
  expect(await told()).toContain(id)

  // her telephone is lost: with a new one she stands at the desk, with her card
  const next = residentAt(app, '0987654321')
  await next.signIn()
  await next.ask('POST', '/api/phone-changes', { payload: { from: { phone: '0912345678' } } })
  const { mine } = (await next.ask('GET', '/api/phone-changes')).json()
  const checked = { person, code: mine.code, idCard: { card: cardText() } }
  const moved = await worker.ask('POST', '/api/station/phone-changes', checked)
  expect(moved.json(), moved.body).toMatchObject({ state: 'moved' })
  const later = { at: '2026-11-26T06:00:00Z' }
  const hersNow = residentAt(app, '0987654321', later)
  await hersNow.signIn()
  await hersNow.ask('POST', '/api/me/unlock', { payload: { card: cardText() } })
  const family = async () =>
    (await hersNow.me()).books.map(({ relation }: { relation: string }) => relation).toSorted()
  const before = await family()
  expect(before).toEqual(['child', 'self'])
  const books = async () => (await hersNow.record()).map((one) => one.id)
  expect(await books()).toContain(id)

  expect(
    (await worker.ask('POST', '/api/station/unlink', { patient: id, reason: 'mistake' })).statusCode,
  ).toBe(200)
  expect(await books()).not.toContain(id)
  expect(await family()).toEqual(before)
  const linked = { person, patient: id, evidence: 'card' }
  expect((await worker.ask('POST', '/api/station/link', linked)).statusCode).toBe(200)
  expect(await books()).toContain(id)
  expect(await family()).toEqual(before)
})

test('a declaration taken down for somebody who has a book ends in that book, or before the station', async () => {
  const { worker, confirm, person, cases } = await openLives()
  await confirm()
  const { sync } = assistantAt(worker)
  const brought = async (answers: Answers) => (await sync([waitingOf(answers)])).told[0]
  expect(await brought(HA)).toMatchObject({ outcome: 'conflict', same: [{ person }] })
  expect(await brought({ ...HA, 'A.01': [text('Hà')], 'A.11': [text(HA_NUMBER)] })).toMatchObject({
    outcome: 'conflict',
    same: [{ person }],
  })
  expect(await cases()).toBe(0)

  // without marks and without Thị nobody is shown: a second book is made, and the station is asked
  const spelt = { ...HA, 'A.01': [text('NGUYEN THU HA')], 'A.18.2': HA_WITH_NUMBER['A.18.2'] ?? [] }
  expect(await brought(spelt)).toMatchObject({ outcome: 'kept' })
  expect(await cases()).toBe(1)
})
