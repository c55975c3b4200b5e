import { randomUUID } from 'node:crypto'
import { parseJson, writeJson } from '@sokhoe/fhir'
import { placesOf, type QuestionnaireResponse } from '@sokhoe/model'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyResponse } from '../../../model/test/response-arbitrary.ts'
import { CAMPAIGN, openTestHouse } from '../../test/house.ts'
import {
  code,
  FIRST_PART,
  form,
  HA,
  no,
  ofType,
  residentAt,
  responseOf,
  statedAs,
  text,
  whole,
  written,
  yes,
} from '../../test/resident.ts'
import { issueTickets } from '../identity/codes/tickets.ts'
import { extract } from './index.ts'

const PHONE = '0912345678'

async function openWithHa() {
  const house = await openTestHouse()
  const ha = residentAt(house.app, PHONE)
  await ha.scanAndSignIn()
  return { ...house, ha }
}

test('what was declared is read back whole, every number as it was written', async () => {
  const { ha } = await openWithHa()
  const reply = await ha.declare({ ...HA, ...FIRST_PART })
  const bundle = await ha.recordText()
  const record = await ha.record()

  expect(record).toHaveLength(reply.json().kept)
  expect(bundle).toContain('"valueQuantity":{"value":160.0,')
  expect(bundle).toContain('"valueQuantity":{"value":54.50,')
  expect(bundle).toContain('"valueDecimal":160.0')
  for (const { id, meta } of record) {
    expect(id).toMatch(/^[0-9a-f-]{36}$/)
    expect(meta).toMatchObject({
      versionId: '1',
      lastUpdated: '2026-11-23T05:00:00.000Z',
      source: 'urn:sokhoe:source:self',
    })
  }
  const [patient] = ofType(record, 'Patient')
  expect(patient).toMatchObject({
    id: reply.json().person,
    name: [{ text: 'Nguyễn Thị Thu Hà' }],
    gender: 'female',
    birthDate: '1961-04-30',
  })
  expect(statedAs(record, 'condition/hypertension')).toMatchObject({
    onsetDateTime: '2015',
    verificationStatus: { coding: [{ code: 'unconfirmed' }] },
    subject: { reference: `Patient/${patient?.id}` },
    recordedDate: '2026-11-23T05:00:00.000Z',
  })
  const [whole] = ofType(record, 'QuestionnaireResponse')
  expect(whole).toMatchObject({ status: 'completed', questionnaire: `${form.url}|${form.version}` })
  expect((await ha.me()).books).toEqual([
    { person: patient?.id, name: 'Nguyễn Thị Thu Hà', relation: 'self', level: 'phone', arriving: false },
  ])
})

test('extraction loses nothing on the whole path: every statement of any answers stands in the book', async () => {
  const { app } = await openTestHouse()
  let resident = 0
  await fc.assert(
    fc.asyncProperty(anyResponse(form), async (response) => {
      resident += 1
      const one = residentAt(app, `09${String(12_000_000 + resident)}`)
      await one.scanAndSignIn()
      const born = grownUp(response)
      const reply = await one.declareText(writeJson(born))
      expect(reply.statusCode, reply.body).toBe(201)

      const patient = `Patient/${reply.json().person}`
      const { statements } = extract(form, born, { at: reply.json().at, patient })
      const record = await one.record()
      expect(record).toHaveLength(statements.length + 2)
      for (const { key, resource } of statements) {
        const { id: _, meta: __, ...kept } = statedAs(record, key) ?? { resourceType: 'missing' }
        const { meta: ___, ...stated } = resource
        expect(JSON.parse(writeJson(kept)), key).toEqual(JSON.parse(writeJson(stated)))
      }
      const item = ofType(record, 'QuestionnaireResponse')[0]?.['item']
      expect(writeJson(item)).toBe(writeJson(born.item))
    }),
    { numRuns: 25 },
  )
})

/** Any birth date may be a child's: here everybody is grown up. Numbers become written ones, as they arrive. */
function grownUp(response: QuestionnaireResponse): QuestionnaireResponse {
  const text = writeJson(response).replaceAll(/"valueDate":"20[^"]+"/g, '"valueDate":"1999"')
  return parseJson(text.replaceAll(/\{"rawJSON":"([0-9.]+)"\}/g, '$1')) as QuestionnaireResponse
}

test('a later declaration adds versions and ends what is no longer said; nothing is overwritten', async () => {
  const { ha, clock, db } = await openWithHa()
  await ha.declare({ ...HA, ...FIRST_PART, 'B3.2.1': [code('2'), code('6')] })
  const before = await ha.record()

  clock.now = new Date('2026-12-01T03:00:00Z')
  const reply = await ha.declare({
    'B3.2.1': [code('2')],
    'medicine.2': [code('no')],
    allergy: [code('none')],
    'D2.1.7': [written('56.00')],
  })
  expect(reply.statusCode, reply.body).toBe(201)
  const after = await ha.record()

  expect(statedAs(after, 'condition/asthma')).toMatchObject({
    id: statedAs(before, 'condition/asthma')?.id,
    meta: { versionId: '2', lastUpdated: '2026-12-01T03:00:00.000Z' },
    clinicalStatus: { coding: [{ code: 'inactive' }] },
    recordedDate: '2026-11-23T05:00:00.000Z',
  })
  expect(statedAs(after, 'allergy/ALG001')).toMatchObject({
    clinicalStatus: { coding: [{ code: 'inactive' }] },
  })
  expect(statedAs(after, 'allergy/none')).toMatchObject({ meta: { versionId: '1' } })
  const weights = after.filter((one) => JSON.stringify(one).includes('observation/weight'))
  expect(weights).toHaveLength(2)
  expect(statedAs(after, 'family/diabetes')).toEqual(statedAs(before, 'family/diabetes'))
  expect(ofType(after, 'QuestionnaireResponse')).toHaveLength(2)
  expect(ofType(after, 'Patient')).toEqual(ofType(before, 'Patient'))
  const packs = await db.selectFrom('record.pack').select('n').orderBy('first_no').execute()
  expect(packs).toHaveLength(2)
  expect(packs[1]?.n).toBe(reply.json().kept)
})

test('saying the very same again adds the response and changes no statement', async () => {
  const { ha, clock } = await openWithHa()
  await ha.declare({ ...HA, ...FIRST_PART })
  const before = await ha.record()
  clock.now = new Date('2026-11-23T05:10:00Z')
  expect((await ha.declare({ ...HA, ...FIRST_PART })).json().kept).toBe(1)
  const after = await ha.record()
  const statements = (record: typeof after) =>
    record.filter((one) => one.resourceType !== 'QuestionnaireResponse')
  expect(statements(after)).toEqual(statements(before))
})

test('each part speaks for its own questions: who she is stays whole over parts told one by one', async () => {
  const { ha } = await openWithHa()
  const address = { 'A.18.1': [text('12 Hoa Sứ')] }
  await ha.declare({ ...HA, ...address, 'A.11': [text('079161012345')] })
  const about = {
    'A.10': [text('Giáo viên')],
    'A.07': [code('02')],
    'A.13': [text('Công an')],
    'A.20': [text('0912345678')],
  }
  expect((await ha.declare(about)).statusCode).toBe(201)
  await ha.declare({ ...HA, ...address, 'A.11': [text('079161012345')], 'surgery.any': [code('no')] })

  const [patient] = ofType(await ha.record(), 'Patient')
  expect(patient).toMatchObject({
    name: [{ text: 'Nguyễn Thị Thu Hà' }],
    identifier: [{ system: 'urn:sokhoe:id:cccd', value: '079161012345', assigner: { display: 'Công an' } }],
    address: [{ use: 'home', text: '12 Hoa Sứ' }],
    telecom: [{ value: '0912345678' }],
    meta: { versionId: '2' },
  })
  expect(JSON.stringify(patient?.['extension'])).toContain('Giáo viên')

  await ha.declare({ 'A.07': [code('01')] })
  const [again] = ofType(await ha.record(), 'Patient')
  expect(JSON.stringify(again)).not.toContain('Giáo viên')
  expect(again).toMatchObject({ identifier: [{ value: '079161012345' }], address: [{ text: '12 Hoa Sứ' }] })
})

test('another person does not write into this book, a corrected spelling does', async () => {
  const { ha, db } = await openWithHa()
  await ha.declare(HA)
  const other = await ha.declare({
    'A.01': [text('Trần Văn Bình')],
    'A.02': [code('1')],
    'A.05': [{ valueDate: '1970-01-02' }],
  })
  expect(other.statusCode).toBe(409)
  expect(other.json()).toMatchObject({ type: '/problems/declaration.other-person' })
  const brother = await ha.declare({
    ...HA,
    'A.01': [text('Nguyễn Văn Em')],
    'A.05': [{ valueDate: '1975' }],
  })
  expect(brother.statusCode).toBe(409)

  const corrected = await ha.declare({ ...HA, 'A.01': [text('Nguyễn Thị Thu Hạ')] })
  expect(corrected.statusCode).toBe(201)
  expect(ofType(await ha.record(), 'Patient')).toMatchObject([
    { name: [{ text: 'Nguyễn Thị Thu Hạ' }], meta: { versionId: '2' } },
  ])
  expect((await ha.me()).books[0].name).toBe('Nguyễn Thị Thu Hạ')
  expect(await db.selectFrom('record.pack').select('n').execute()).toHaveLength(2)
})

test('two tabs that declare at once at a new telephone make one book', async () => {
  const { ha, db } = await openWithHa()
  const replies = await Promise.all([
    ha.declare({ ...HA, ...FIRST_PART }),
    ha.declare({ ...HA, 'D2.1.6': [written('161')] }),
    ha.declare({ ...HA, 'B3.2.1': [code('none')] }),
  ])
  expect(replies.map((reply) => reply.statusCode)).toEqual([201, 201, 201])
  expect(new Set(replies.map((reply) => reply.json().person)).size).toBe(1)
  expect((await ha.me()).books).toHaveLength(1)
  for (const table of [
    'identity.person',
    'identity.patient',
    'identity.keeper',
    'identity.card',
    'record.shelf',
  ] as const)
    expect(await db.selectFrom(table).selectAll().execute(), table).toHaveLength(1)
  expect(ofType(await ha.record(), 'QuestionnaireResponse')).toHaveLength(3)
})

test('the same declaration sent twenty times at once is one', async () => {
  const { ha, db } = await openWithHa()
  const uuid = randomUUID()
  const replies = await Promise.all(
    Array.from({ length: 20 }, () => ha.declare({ ...HA, ...FIRST_PART }, uuid)),
  )
  const statuses = replies.map((reply) => reply.statusCode).toSorted()
  expect(statuses).toEqual([...Array(19).fill(200), 201])
  expect(new Set(replies.map((reply) => reply.body)).size).toBe(1)
  expect(await db.selectFrom('record.pack').select('n').execute()).toHaveLength(1)
})

test('versions merge in any order: the last said of each question stands', async () => {
  const { app, clock } = await openTestHouse()
  const steps = [
    { 'B3.2.1': [code('2')], 'D2.1.6': [written('160')] },
    { 'B3.2.1': [code('3'), code('6')], allergy: [code('ALG001')] },
    { 'B3.2.1': [code('none')], 'B2.1.a': [code('2')] },
    { allergy: [code('none')], 'B2.1.a': [code('0')] },
  ]
  const stand = (record: Awaited<ReturnType<ReturnType<typeof residentAt>['record']>>) =>
    record
      .filter((one) => JSON.stringify(one['clinicalStatus'] ?? '').includes('"active"'))
      .map((one) => JSON.stringify(one['identifier']))
      .toSorted()
  let resident = 0
  await fc.assert(
    fc.asyncProperty(fc.shuffledSubarray(steps, { minLength: 1 }), async (order) => {
      resident += 1
      const one = residentAt(app, `09${String(13_000_000 + resident)}`)
      await one.scanAndSignIn()
      await one.declare(HA)
      for (const step of order) {
        clock.now = new Date(clock.now.getTime() + 1000)
        expect((await one.declare(step)).statusCode).toBe(201)
      }
      const together = residentAt(app, `09${String(14_000_000 + resident)}`)
      await together.scanAndSignIn()
      await together.declare({ ...HA, ...Object.assign({}, ...order) })
      expect(stand(await one.record())).toEqual(stand(await together.record()))
    }),
    { numRuns: 10 },
  )
})

test('somebody else’s number reveals nothing, makes a book of its own and leaves a note for the station', async () => {
  const { app, db, ha } = await openWithHa()
  const number = { 'A.11': [text('079161012345')] }
  const first = await ha.declare({ ...HA, ...number })
  const thief = residentAt(app, '0987654321')
  await thief.scanAndSignIn()
  const second = await thief.declare({ ...HA, ...number })

  expect(second.statusCode).toBe(first.statusCode)
  expect(Object.keys(second.json())).toEqual(Object.keys(first.json()))
  expect(second.json()).toMatchObject({ kept: first.json().kept, at: first.json().at })
  expect(second.json().person).not.toBe(first.json().person)
  expect((await thief.me()).books).toMatchObject([{ level: 'phone', person: second.json().person }])
  expect(await thief.record()).toHaveLength(second.json().kept)
  const pairs = await db.selectFrom('identity.pair').select('state').execute()
  expect(pairs).toEqual([{ state: 'open' }])
  const numbers = await db.selectFrom('identity.identifier').select('assurance').execute()
  expect(numbers).toEqual([{ assurance: 'declared' }, { assurance: 'declared' }])
})

test('two who claim one number at the same moment are noted too', async () => {
  const { app, db } = await openTestHouse()
  const claimants = ['0912345601', '0912345602', '0912345603'].map((phone) => residentAt(app, phone))
  for (const one of claimants) await one.scanAndSignIn()
  await Promise.all(claimants.map((one) => one.declare({ ...HA, 'A.11': [text('079161012345')] })))
  expect(await db.selectFrom('identity.pair').selectAll().where('state', '=', 'open').execute()).toHaveLength(
    3,
  )
})

test('consent opens a grant in the same step, a later no ends it, and both stay written down', async () => {
  const { ha, db, clock } = await openWithHa()
  await ha.declare({ ...HA, ...FIRST_PART })
  const grants = () =>
    db.selectFrom('access.grant').select(['purpose', 'until', 'text_version']).orderBy('purpose').execute()
  expect(await grants()).toEqual([
    { purpose: 'programme', until: null, text_version: '2026-11' },
    { purpose: 'treatment', until: null, text_version: '2026-11' },
  ])
  const consents = ofType(await ha.record(), 'Consent')
  expect(consents.map((one) => (one['provision'] as { type: string }).type)).toEqual([
    'permit',
    'permit',
    'deny',
  ])

  clock.now = new Date('2026-12-01T03:00:00Z')
  await ha.declare({ 'consent.programme': [no] })
  expect(await grants()).toEqual([
    { purpose: 'programme', until: clock.now, text_version: '2026-11' },
    { purpose: 'treatment', until: null, text_version: '2026-11' },
  ])
  expect(statedAs(await ha.record(), 'consent/programme')).toMatchObject({
    meta: { versionId: '2' },
    provision: { type: 'deny' },
  })
  await ha.declare({ 'consent.programme': [yes] })
  expect((await grants()).filter(({ until }) => until === null)).toHaveLength(2)
})

test('a refused declaration leaves no grant, no consent and no audit line behind', async () => {
  const { ha, db } = await openWithHa()
  await ha.declare({ ...HA, 'consent.treatment': [yes] })
  const events = await db.selectFrom('audit.event').selectAll().execute()
  await ha.declare({
    'A.01': [text('Trần Văn Bình')],
    'A.02': [code('1')],
    'A.05': [{ valueDate: '1970-01-02' }],
    'consent.treatment': [no],
  })
  expect(await db.selectFrom('access.grant').selectAll().execute()).toMatchObject([{ until: null }])
  expect(await db.selectFrom('audit.event').selectAll().execute()).toEqual(events)
})

test('a ticket from the station opens a new book with the telephone unproven, and never an existing one', async () => {
  const { app, ha, system, db } = await openWithHa()
  await ha.declare({ ...HA, ...FIRST_PART })
  const [ticket = ''] = await issueTickets(system, { code: CAMPAIGN }, 1, '2026-12-31')
  const other = residentAt(app, '0911111111')
  const opened = await other.ask('POST', `/api/campaigns/${CAMPAIGN}/ticket`, {
    payload: { ticket, phone: PHONE },
  })
  expect(opened.statusCode).toBe(200)
  expect(opened.json()).toMatchObject({ books: [], proven: false, level: 'phone', campaign: CAMPAIGN })
  expect(await other.record()).toEqual([])

  const reply = await other.declare({ ...HA, 'D2.1.6': [written('150')] })
  expect(reply.statusCode).toBe(201)
  expect(reply.json().person).not.toBe((await ha.me()).books[0].person)
  expect((await other.me()).books).toMatchObject([{ level: 'phone', relation: 'self' }])
  expect(await db.selectFrom('identity.person').select('level').execute()).toEqual([
    { level: 'phone' },
    { level: 'phone' },
  ])
  expect((await ha.me()).books).toHaveLength(1)
})

test('whoever gives no ward lives in that of the poster, and moves when she says so', async () => {
  const { ha, db } = await openWithHa()
  await ha.declare(HA)
  const ward = () => db.selectFrom('identity.patient').select('ward').executeTakeFirstOrThrow()
  expect(await ward()).toEqual({ ward: '26911' })
  await ha.declare({
    ...HA,
    'A.18.2': [{ valueCoding: { system: 'urn:sokhoe:codes:wards', code: '26884' } }],
  })
  expect(await ward()).toEqual({ ward: '26884' })
  await ha.declare(HA)
  expect(await ward()).toEqual({ ward: '26884' })
})

test('every question of the form that a part asks can be answered alone, after the first part', async () => {
  const { ha } = await openWithHa()
  await ha.declare(HA)
  const later = [...placesOf(form).values()].flatMap(({ item, part, inRepeating }) =>
    part !== 'identity' && !inRepeating && item.type === 'text' && !item.enableWhen ? [item.linkId] : [],
  )
  expect(later.length).toBeGreaterThan(3)
  for (const linkId of later) {
    const reply = await ha.declare({ ...HA, [linkId]: [text('Một điều đáng nhớ')] })
    expect(reply.statusCode, `${linkId} ${reply.body}`).toBe(201)
  }
  const surgery = await ha.declare({ 'surgery.any': [code('no')], 'C.4': [whole(2)] })
  expect(surgery.statusCode).toBe(201)
})

test('ten who write to one book at once all get through, each once', async () => {
  const { ha, db } = await openWithHa()
  await ha.declare(HA)
  const replies = await Promise.all(
    Array.from({ length: 10 }, (_, i) => ha.declare({ 'D2.1.7': [written(`5${i}.5`)] })),
  )
  expect(replies.map((reply) => reply.statusCode)).toEqual(Array(10).fill(201))
  const record = await ha.record()
  const weights = record.filter((one) => JSON.stringify(one).includes('observation/weight'))
  expect(weights).toHaveLength(10)
  expect(ofType(record, 'QuestionnaireResponse')).toHaveLength(11)
  const shelf = await db.selectFrom('record.shelf').select('version').executeTakeFirstOrThrow()
  expect(shelf.version).toBe(11)
})

test('an object that only looks like a number is refused', async () => {
  const { ha, db } = await openWithHa()
  const forged = JSON.stringify(responseOf({ ...HA, 'D2.1.6': [{ valueDecimal: 160 }] }))
  const reply = await ha.declareText(forged.replace(':160', ':{"rawJSON":"160.0"}'))
  expect(reply.statusCode).toBe(422)
  expect(reply.json()).toMatchObject({ type: '/problems/declaration.invalid' })
  expect(await db.selectFrom('record.pack').select('n').execute()).toEqual([])
})

test('a telephone whose clock is ahead, or that says no time, gets ours', async () => {
  const { ha } = await openWithHa()
  const at = async (authored: unknown) => {
    await ha.declareText(writeJson({ ...responseOf(HA), authored }))
    return ofType(await ha.record(), 'QuestionnaireResponse').at(-1)?.['authored']
  }
  expect(await at('2026-11-23T11:58:00+07:00')).toBe('2026-11-23T11:58:00+07:00')
  expect(await at('2031-01-01T00:00:00Z')).toBe('2026-11-23T05:00:00.000Z')
  expect(await at('yesterday')).toBe('2026-11-23T05:00:00.000Z')
})
