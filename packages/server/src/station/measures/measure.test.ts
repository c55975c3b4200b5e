import { randomUUID } from 'node:crypto'
import type { FhirResource } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { ofType, type ResidentAt } from '../../../test/resident.ts'
import { deskOf, openStation } from '../../../test/station.ts'
import { signedInWorker } from '../../../test/worker.ts'
import { eventsOf } from '../../audit/index.ts'

const pressure = (systolic: string, diastolic: string) => ({ systolic, diastolic })
const NUMBERS = {
  pressures: [pressure('142', '88'), pressure('139', '86')],
  pulse: '76',
  weight: '54,50',
  height: '153.0',
  waist: '81',
  glucose: { value: '5,60', unit: 'mmol/L', when: 'fasting' },
}

const codesIn = (resource: FhirResource): string =>
  (resource as { code?: { coding?: { code?: string }[] } }).code?.coding?.[0]?.code ?? ''

async function station() {
  const house = await openStation()
  const measure = (numbers: object, uuid: string = randomUUID()) =>
    house.of(house.person, 'measurements', { uuid, ...numbers })
  return { ...house, measure }
}

const ofStation = async (ha: ResidentAt) =>
  ofType(await ha.record(), 'Observation').filter(
    ({ meta }) => meta?.source === 'urn:sokhoe:source:TYT-26911',
  )

test('what was measured stands in her book under the station’s name, every number as written', async () => {
  const { measure, ha } = await station()
  const reply = await measure(NUMBERS)
  expect(reply.statusCode, reply.body).toBe(201)
  expect(reply.json()).toEqual({
    outcome: 'kept',
    resources: 8,
    mean: { systolic: '140.5', diastolic: '87' },
    digits: null,
  })
  const observations = await ofStation(ha)
  expect(observations.map(codesIn).toSorted()).toEqual(
    ['14770-2', '29463-7', '8280-0', '8302-2', '85354-9', '85354-9', '8867-4', '96607-7'].toSorted(),
  )
  const text = await ha.recordText()
  for (const written of ['"value":54.50,', '"value":153.0,', '"value":5.60,', '"value":140.5,'])
    expect(text).toContain(written)
  const weight = observations.find((one) => codesIn(one) === '29463-7')
  expect(weight).toMatchObject({
    effectiveDateTime: '2026-11-23T12:00:00.000+07:00',
    performer: [{ identifier: { value: 'TYT-26911' } }],
    valueQuantity: { code: 'kg' },
  })
  const mean = observations.find((one) => codesIn(one) === '96607-7')
  const readings = observations.filter((one) => codesIn(one) === '85354-9')
  expect(mean).toMatchObject({
    derivedFrom: readings.map(({ id }) => ({ reference: `Observation/${id}` })),
    note: [{ text: expect.stringContaining('3192') }],
  })
  // what the station states of her stands beside her own word, on a shelf of its own
  expect(ofType(await ha.record(), 'Patient')).toHaveLength(2)
})

test('the same numbers sent again are one measuring, other numbers under the same name are refused', async () => {
  const { measure, ha } = await station()
  const uuid = randomUUID()
  const replies = await Promise.all([1, 2, 3].map(() => measure(NUMBERS, uuid)))
  expect(replies.map((reply) => reply.json().outcome).toSorted()).toEqual(['kept', 'known', 'known'])
  expect((await measure({ ...NUMBERS, pulse: '80' }, uuid)).json()).toMatchObject({
    status: 409,
    type: '/problems/station.changed',
  })
  expect(await ofStation(ha)).toHaveLength(8)
  expect((await measure({ pulse: '80' })).statusCode).toBe(201)
  expect(await ofStation(ha)).toHaveLength(9)
})

test('a number that nobody has is refused; one that is rare is asked back, and then believed', async () => {
  const { measure, ha } = await station()
  expect((await measure({ pressures: [pressure('88', '142')], weight: '545' })).json()).toMatchObject({
    status: 400,
    at: ['weight impossible', 'pressures/0/diastolic order'],
  })
  expect((await measure({ weight: '<b>54</b>' })).json()).toMatchObject({ at: ['weight malformed'] })
  expect((await measure({})).json()).toMatchObject({ status: 400 })
  const high = { pressures: [pressure('215', '118'), pressure('180', '115')], pulse: '44' }
  const doubtful = (await measure(high)).json()
  expect(doubtful).toMatchObject({
    status: 422,
    type: '/problems/station.doubtful',
    at: ['pressures/0/systolic unlikely', 'pulse unlikely', 'pressures apart'],
  })
  expect(await ofStation(ha)).toEqual([])
  expect((await measure({ ...high, sure: doubtful.at })).statusCode).toBe(201)
})

test('one who writes down too many round numbers is told kindly, and nobody else', async () => {
  const { measure, worker, app, system, person } = await station()
  for (let i = 0; i < 12; i++) await measure({ pressures: [pressure('140', '90'), pressure('140', '80')] })
  const hint = { digit: 0, of: 48, found: 48, expected: 10 }
  expect((await worker.ask('GET', '/api/station/digits')).json()).toEqual({ hint })
  const mai = await signedInWorker({ app, system }, { user: 'mai' })
  expect((await mai.ask('GET', '/api/station/digits')).json()).toEqual({ hint: null })
  const reply = await deskOf(mai).of(person, 'measurements', { uuid: randomUUID(), pulse: '70' })
  expect(reply.json()).toMatchObject({ outcome: 'kept', digits: null })
})

test('another ward measures nobody of this one, unless she shows her live code', async () => {
  const { app, system, person, ha, ctx } = await station()
  const away = deskOf(await signedInWorker({ app, system }, { user: 'xa.la', ward: '26929' }))
  const numbers = { uuid: randomUUID(), pulse: '70' }
  expect((await away.of(person, 'measurements', numbers)).statusCode).toBe(403)
  const live = (await ha.ask('POST', '/api/books/own/live-code')).json().text
  const [{ present } = {}] = (await away.find(live)).people
  expect((await away.of(person, 'measurements', { ...numbers, present })).statusCode).toBe(201)
  const sources = ofType(await ha.record(), 'Observation').map(({ meta }) => meta?.source)
  expect(sources).toContain('urn:sokhoe:source:TYT-26929')
  const [{ patient_id } = { patient_id: -1 }] = await ctx.db
    .selectFrom('identity.patient')
    .select('patient_id')
    .where('source', '=', 'self')
    .execute()
  const events = await eventsOf(ctx.pool, [patient_id])
  expect(
    events
      .filter(({ action }) => action === 'station.measure')
      .map(({ refused }) => refused)
      .toSorted(),
  ).toEqual([false, true])
})
