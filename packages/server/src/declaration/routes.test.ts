import { randomUUID } from 'node:crypto'
import { writeJson } from '@sokhoe/fhir'
import { checkResponse, emptyResponse, type Questionnaire } from '@sokhoe/model'
import { expect, test } from 'vitest'
import { CAMPAIGN, openTestHouse } from '../../test/house.ts'
import { FIRST_PART, form, HA, residentAt, responseOf, text, written } from '../../test/resident.ts'
import { newCampaign } from './index.ts'

const PHONE = '0912345678'

async function signedInAt(phone = PHONE) {
  const house = await openTestHouse()
  const ha = residentAt(house.app, phone)
  await ha.scanAndSignIn()
  return { ...house, ha }
}

test('a poster tells ward, station and form, and nothing about anybody', async () => {
  const { app } = await openTestHouse()
  const reply = await app.inject(`/api/campaigns/${CAMPAIGN}`)
  expect(reply.statusCode).toBe(200)
  const told = reply.json()
  expect(told).toMatchObject({
    code: CAMPAIGN,
    state: 'open',
    ward: { code: '26911' },
    ends: null,
    alley: null,
  })
  expect(told.ward.name).toContain('Bình Quới')
  expect(told.station.name).toMatch(/^Trạm Y tế/)
  const shown: Questionnaire = told.form
  expect(shown).toEqual(form)
  expect(checkResponse(shown, responseOf({ ...HA, ...FIRST_PART }), { day: '2026-11-23' })).toEqual([])
})

test('an unknown or malformed campaign is not found, an ended one says whom to ask', async () => {
  const { app, system } = await openTestHouse()
  await newCampaign(system, { ward: '26911', code: 'old9', starts: '2026-01-01', ends: '2026-11-22' })
  await newCampaign(system, { ward: '26911', code: 'today9', starts: '2026-01-01', ends: '2026-11-23' })

  for (const code of ['bq99', 'BQ27', 'x', '%20', "'or1=1", 'a'.repeat(90)]) {
    const reply = await app.inject(`/api/campaigns/${encodeURIComponent(code)}`)
    expect(reply.statusCode, code).toBe(404)
    expect(reply.json()).toMatchObject({ type: '/problems/campaign.unknown', status: 404 })
    const start = await residentAt(app, PHONE).ask(
      'POST',
      `/api/campaigns/${encodeURIComponent(code)}/start`,
      {
        payload: { phone: PHONE },
      },
    )
    expect(start.statusCode, code).toBe(404)
  }
  const ended = await app.inject('/api/campaigns/old9')
  expect(ended.statusCode).toBe(410)
  expect(ended.headers['content-type']).toContain('application/problem+json')
  expect(ended.json()).toMatchObject({
    type: '/problems/campaign.ended',
    ward: { code: '26911' },
    station: { name: expect.stringMatching(/^Trạm Y tế/) },
  })
  expect((await app.inject('/api/campaigns/today9')).statusCode).toBe(200)
})

test('the campaign ends with the last day in Vietnam, not in Greenwich', async () => {
  const { app, system } = await openTestHouse()
  await newCampaign(system, { ward: '26911', code: 'last9', starts: '2026-01-01', ends: '2026-11-23' })
  const at = async (instant: string) =>
    (await app.inject({ url: '/api/campaigns/last9', headers: { 'x-test-clock': instant } })).statusCode
  expect(await at('2026-11-23T16:59:59Z')).toBe(200)
  expect(await at('2026-11-23T17:00:00Z')).toBe(410)
})

test('a declaration is kept once: again is known, with other content it is refused', async () => {
  const { ha, db } = await signedInAt()
  const uuid = randomUUID()
  const answers = { ...HA, ...FIRST_PART }

  const first = await ha.declare(answers, uuid)
  expect(first.statusCode).toBe(201)
  expect(first.json()).toEqual({
    person: expect.stringMatching(/^[0-9a-f-]{36}$/),
    kept: expect.any(Number),
    at: '2026-11-23T05:00:00.000Z',
  })

  const again = await ha.declare(answers, uuid)
  expect(again.statusCode).toBe(200)
  expect(again.json()).toEqual(first.json())

  const shuffled = await ha.declareText(backwards(responseOf(answers)), uuid.toUpperCase())
  expect(shuffled.statusCode).toBe(200)

  const changed = await ha.declare({ ...answers, 'D2.1.7': [written('54.5')] }, uuid)
  expect(changed.statusCode).toBe(409)
  expect(changed.json()).toMatchObject({ type: '/problems/declaration.changed' })
  expect(await db.selectFrom('declaration.kept').select('uuid').execute()).toEqual([{ uuid }])
  expect(await db.selectFrom('record.pack').select('n').execute()).toEqual([{ n: first.json().kept }])
})

/** The same JSON value with the members of every object in the reverse order, and room between them. */
function backwards(value: unknown): string {
  if (Array.isArray(value)) return `[ ${value.map(backwards).join(' ,\n')} ]`
  if (typeof value !== 'object' || value === null || 'rawJSON' in value) return writeJson(value)
  const members = Object.entries(value).toReversed()
  return `{ ${members.map(([name, each]) => `${JSON.stringify(name)} :  ${backwards(each)}`).join(' , ')} }`
}

test('answers that do not fit are refused with question and rule, never with the answer', async () => {
  const { ha, db } = await signedInAt()
  const wrong = await ha.declare({ ...HA, 'D2.1.6': [written('1700')], 'A.11': [text('12345')] })
  expect(wrong.statusCode).toBe(422)
  expect(wrong.json()).toMatchObject({
    type: '/problems/declaration.invalid',
    at: ['A.11 malformed', 'D2.1.6 out-of-range'],
  })
  expect(wrong.body).not.toContain('1700')
  expect(wrong.body).not.toContain('12345')

  const nobody = await ha.declare(FIRST_PART)
  expect(nobody.statusCode).toBe(422)
  expect(nobody.json().at).toEqual(['A.01 required', 'A.02 required', 'A.05 required'])

  const ward = { valueCoding: { system: 'urn:sokhoe:codes:wards', code: '00000' } }
  expect((await ha.declare({ ...HA, 'A.18.2': [ward] })).json().at).toEqual(['A.18.2 not-an-option'])
  const form9 = { ...responseOf(HA), questionnaire: 'urn:sokhoe:form:831|1999-01' }
  expect((await ha.declareText(JSON.stringify(form9))).json().at).toEqual([' wrong-form'])
  expect(await db.selectFrom('identity.person').selectAll().execute()).toEqual([])
})

test('what is not a declaration at all is refused and changes nothing', async () => {
  const { ha, db } = await signedInAt()
  const status = async (
    body: string,
    url = `/api/me/declarations/${randomUUID()}`,
    type = 'application/json',
  ) => (await ha.ask('PUT', url, { payload: body, headers: { 'content-type': type } })).statusCode
  const good = writeJson(responseOf(HA))

  expect(await status('{"resourceType":')).toBe(400)
  expect(await status('')).toBe(400)
  expect(await status('{"__proto__":{"a":1}}')).toBe(422)
  for (const body of ['null', '[]', '"x"', '1', '{}']) expect(await status(body), body).toBe(422)
  expect(await status(`${'['.repeat(100_000)}`)).toBe(400)
  expect(await status(good, '/api/me/declarations/not-a-uuid')).toBe(400)
  expect(await status(good, undefined, 'text/html')).toBe(415)
  expect(await status(`${good}${' '.repeat(1024 * 1024)}`)).toBe(413)
  expect(await status(writeJson(emptyResponse(form)))).toBe(422)
  expect(await db.selectFrom('declaration.kept').selectAll().execute()).toEqual([])

  expect(await status(good, undefined, 'application/fhir+json')).toBe(201)
})

test('nobody declares, reads or saves without having signed in', async () => {
  const { app } = await openTestHouse()
  const nobody = residentAt(app, PHONE)
  const replies = [
    await nobody.declare(HA),
    await nobody.saveDraft(randomUUID(), HA),
    await nobody.ask('GET', '/api/me'),
    await nobody.ask('GET', '/api/me/record'),
    await nobody.ask('GET', '/api/me/card'),
    await nobody.ask('GET', '/api/me/accesses'),
    await nobody.ask('GET', '/api/me/drafts'),
    await nobody.ask('DELETE', `/api/me/drafts/${randomUUID()}`),
  ]
  for (const reply of replies) {
    expect(reply.statusCode).toBe(401)
    expect(reply.json()).toMatchObject({ type: '/problems/identity.sign-in-needed' })
  }
})

test('whoever is surely under 18 needs a representative; a birth year alone decides by its latest age', async () => {
  const { app, db } = await openTestHouse()
  const declareAs = async (phone: string, born: string) => {
    const resident = residentAt(app, phone)
    await resident.scanAndSignIn()
    return await resident.declare({ ...HA, 'A.05': [{ valueDate: born }] })
  }
  const child = await declareAs('0912345601', '2008-11-24')
  expect(child.statusCode).toBe(422)
  expect(child.json()).toMatchObject({ type: '/problems/declaration.representative-needed' })
  expect((await declareAs('0912345602', '2009')).statusCode).toBe(422)
  expect((await declareAs('0912345603', '2008-11-23')).statusCode).toBe(201)
  expect((await declareAs('0912345604', '2008')).statusCode).toBe(201)
  expect((await declareAs('0912345605', '1961')).statusCode).toBe(201)
  const years = await db.selectFrom('identity.patient').select('birth_year').orderBy('birth_year').execute()
  expect(years.map((row) => row.birth_year)).toEqual([1961, 2008, 2008])
})
