import { expect, test } from 'vitest'
import { clientAt } from '../../../test/client.ts'
import { ELSEWHERE, openFacility } from '../../../test/facility.ts'
import { openTestContext } from '../../../test/house.ts'
import { code, residentAt, text } from '../../../test/resident.ts'
import { cardText, HA_NUMBER, HA_WITH_NUMBER, openStation } from '../../../test/station.ts'
import { asSystem, type Context, inTransaction } from '../../platform/context.ts'
import { readPublicId } from '../../platform/ids.ts'
import { firstPatientOf, homeNamed, reachOfPatients, restatePatient, statePatients } from '../index.ts'
import type { Demographics } from '../people/demographics.ts'
import { refreshKeys } from './around.ts'
import { candidatesFor } from './candidates.ts'
import { rule } from './rulings.ts'

const HA: Demographics = {
  name: 'Nguyễn Thị Thu Hà',
  sex: 'female',
  birthDate: '1961-04-30',
  identifiers: [{ system: 'cccd', value: HA_NUMBER }],
}
const NOBODY_KNOWS = { ...HA, identifiers: [] }

const state = async (ctx: Context, source: string, demographics: Demographics, more = {}) => {
  const [made] = await inTransaction(ctx, (inner) =>
    statePatients(inner, [{ source, demographics, ...more }]),
  )
  if (!made) throw new Error('no Patient was made')
  return made
}

const pairs = ({ db }: Context) =>
  db
    .selectFrom('identity.pair')
    .select(['patient_id', 'other_patient_id', 'verdict', 'state', 'ward'])
    .orderBy('patient_id')
    .orderBy('other_patient_id')
    .execute()

const personOf = async (ctx: Context, patientId: number) =>
  (await reachOfPatients(asSystem(ctx, 'test'), [patientId])).get(patientId)?.home

test('twenty hospitals that bring one new person with one number at the same moment make one person', async () => {
  const { ctx } = await openTestContext()
  const names = ['Nguyễn Thị Thu Hà', 'NGUYEN THI THU HA', 'Nguyễn Thu Hà', 'Thu Hà Nguyễn Thị']
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      state(ctx, `79${100 + i}`, { ...HA, name: names[i % names.length] ?? '' }),
    ),
  )
  expect(new Set(made.map(({ patientId }) => patientId)).size).toBe(20)
  expect(new Set(made.map(({ person }) => person)).size).toBe(1)
  const persons = await ctx.db.selectFrom('identity.person').select('status').execute()
  expect(persons).toEqual([{ status: 'stated' }])
})

test('without any number twenty who come at the same moment wait in one group for the station', async () => {
  const { ctx } = await openTestContext()
  const made = await Promise.all(
    Array.from({ length: 20 }, (_, i) => state(ctx, `79${100 + i}`, NOBODY_KNOWS)),
  )
  expect(new Set(made.map(({ person }) => person)).size).toBe(20)
  const open = await pairs(ctx)
  expect(new Set(open.map(({ state, verdict }) => `${state} ${verdict}`))).toEqual(new Set(['open review']))
  // each who came saw all who had come before
  expect(open).toHaveLength((20 * 19) / 2)
})

test('what comes through the exchange is recognised in every spelling; a child on the mother’s telephone is not', async () => {
  const { post, app, system } = await openFacility()
  const there = await clientAt(app, system, { facility: ELSEWHERE })
  const telecom = [{ system: 'phone', value: '0912 345 678' }]
  const lives = (ward: string) => [
    { text: '12/3 Đường Số 4', extension: [{ url: 'urn:sokhoe:ext:ward', valueCode: ward }] },
  ]
  const patient = (name: string, birthDate: string, more = {}) => ({
    resourceType: 'Patient',
    name: [{ text: name }],
    birthDate,
    gender: 'female',
    telecom,
    address: lives('26911'),
    ...more,
  })
  const come = async (body: object) => {
    const reply = await there.ask('POST', 'Patient', { body })
    expect(reply.statusCode, reply.body).toBe(201)
    return (await personOf(system, readPublicId(system.keys.id, reply.json().id)?.patientId ?? 0)) ?? 0
  }
  const first = await post('Patient', patient('Nguyễn Thị Thu Hà', '1961-04-30'))
  const her = await personOf(system, readPublicId(system.keys.id, first.id)?.patientId ?? 0)
  expect(await come(patient('NGUYEN THI THU HA', '1961-04-30'))).toBe(her)
  expect(await come(patient('Nguyễn Thu Hà', '1961-04-30'))).toBe(her)
  expect(await come(patient('Nguyễn Thị Thu Hà', '1961-04-30', { address: lives('26929') }))).toBe(her)
  expect(await come(patient('Trần Ngọc Thu An', '2019-08-12'))).not.toBe(her)
})

test('day and month swapped beside one number is one person', async () => {
  const { ctx } = await openTestContext()
  const first = await state(ctx, '79001', { ...HA, birthDate: '1961-04-03' })
  expect((await state(ctx, '79002', { ...HA, birthDate: '1961-03-04' })).person).toBe(first.person)
})

test('a father and a son of one name, and twins, are two; the station is asked', async () => {
  const { ctx } = await openTestContext()
  const father: Demographics = { ...NOBODY_KNOWS, name: 'Trần Văn Nam', sex: 'male', birthDate: '1950-03-02' }
  const first = await state(ctx, '79001', father)
  expect((await state(ctx, '79001', { ...father, birthDate: '1975-07-11' })).person).not.toBe(first.person)
  const twin: Demographics = {
    ...NOBODY_KNOWS,
    name: 'Lê Minh Anh',
    birthDate: '2020-05-06',
    multipleBirth: true,
  }
  const one = await state(ctx, '79001', twin, { telephones: ['0912345678'] })
  const two = await state(ctx, '79001', { ...twin, name: 'Lê Minh Ánh' }, { telephones: ['0912345678'] })
  expect(two.person).not.toBe(one.person)
  expect(await pairs(ctx)).toContainEqual(
    expect.objectContaining({ patient_id: one.patientId, other_patient_id: two.patientId, state: 'open' }),
  )
})

test('what hospitals send waits for a book that nobody has confirmed, is joined by its confirmation and parted without it', async () => {
  const { system: ctx, of, person } = await openStation({ role: 'station-lead' })
  const home = (await homeNamed(ctx, person)) ?? 0
  const stated = await state(ctx, '79001', HA)
  expect(stated.person).not.toBe(home)
  const between = { patient_id: firstPatientOf(home), other_patient_id: stated.patientId, ward: '26911' }
  expect(await pairs(ctx)).toMatchObject([{ ...between, state: 'waits', verdict: 'same' }])

  expect((await of(person, 'verify', { how: 'scanned', card: cardText() })).statusCode).toBe(200)
  expect(await personOf(ctx, stated.patientId)).toBe(home)
  expect(await pairs(ctx)).toMatchObject([{ ...between, state: 'linked' }])
  const later = await state(ctx, '79002', { ...HA, name: 'NGUYEN THI THU HA' })
  expect(later.person).toBe(home)

  expect((await of(person, 'unverify')).statusCode).toBe(200)
  for (const { patientId } of [stated, later]) expect(await personOf(ctx, patientId)).not.toBe(home)
  expect(new Set((await pairs(ctx)).map((pair) => pair.state))).toEqual(new Set(['waits']))
})

test('a child with its mother’s telephone, or with her number by a clerk’s mistake, never comes into her confirmed book', async () => {
  const { system: ctx, of, person } = await openStation()
  const home = (await homeNamed(ctx, person)) ?? 0
  expect((await of(person, 'verify', { how: 'scanned', card: cardText() })).statusCode).toBe(200)
  const child: Demographics = { name: 'Trần Thu Hà', sex: 'female', birthDate: '2019-08-12', identifiers: [] }
  const more = { telephones: ['0912345678'], ward: '26911' }
  const first = await state(ctx, '79001', child, more)
  const second = await state(ctx, '79002', { ...child, identifiers: HA.identifiers }, more)
  for (const made of [first, second]) expect(made.person).not.toBe(home)
  // two people do not bear one number: somebody looks
  expect(await pairs(ctx)).toContainEqual(
    expect.objectContaining({
      patient_id: firstPatientOf(home),
      other_patient_id: second.patientId,
      state: 'open',
      ward: '26911',
    }),
  )
})

test('a confirmed book receives what comes without a number by name, birth date, telephone and the ward of before', async () => {
  const { system: ctx, of, person } = await openStation()
  const home = (await homeNamed(ctx, person)) ?? 0
  expect((await of(person, 'verify', { how: 'scanned', card: cardText() })).statusCode).toBe(200)
  const said: Demographics = { ...NOBODY_KNOWS, name: 'NGUYEN THU HA' }
  const made = await state(ctx, '79001', said, { telephones: ['+84 912 345 678'], ward: '26911' })
  expect(made.person).toBe(home)
  const link = await ctx.db
    .selectFrom('identity.link')
    .select(['who', 'why', 'score'])
    .where('patient_id', '=', made.patientId)
    .executeTakeFirst()
  expect(link).toMatchObject({ who: '79001', why: 'recognised on arrival', score: expect.any(Number) })
})

test('a number that is only typed into a confirmed book brings nothing of what facilities know of it', async () => {
  const { system: ctx, of, person, ha } = await openStation()
  const home = (await homeNamed(ctx, person)) ?? 0
  expect((await of(person, 'verify', { how: 'scanned', card: cardText() })).statusCode).toBe(200)
  const other = {
    ...HA,
    name: 'Lê Thị Hoa',
    identifiers: [{ system: 'bhyt', value: 'GD4797912345678' }],
  } as const
  const stated = await state(ctx, '79001', other)
  const declared = await ha.declare({ ...HA_WITH_NUMBER, 'A.15': [text('GD4797912345678')] })
  expect(declared.statusCode).toBeLessThan(300)
  expect(await personOf(ctx, stated.patientId)).not.toBe(home)
  expect((await state(ctx, '79002', other)).person).toBe(stated.person)
})

test('whom people have found to be she waits for her confirmation, goes with it, and comes with the next', async () => {
  const { system: ctx, of, person } = await openStation({ role: 'station-lead' })
  const home = (await homeNamed(ctx, person)) ?? 0
  const { patientId } = await state(ctx, '79001', { ...NOBODY_KNOWS, name: 'Thu Hà', birthDate: '1961' })
  const ruling = { same: true, staff: { id: 1, facility: 'TYT-26911' }, evidence: 'asked' }
  await inTransaction(ctx, (inner) => rule(inner, [firstPatientOf(home), patientId], ruling))
  expect(await personOf(ctx, patientId)).not.toBe(home)
  const verify = async () => {
    expect((await of(person, 'verify', { how: 'scanned', card: cardText() })).statusCode).toBe(200)
    expect(await personOf(ctx, patientId)).toBe(home)
  }
  await verify()
  expect((await of(person, 'unverify')).statusCode).toBe(200)
  expect(await personOf(ctx, patientId)).not.toBe(home)
  await verify()
})

test('who claims another’s number and is confirmed by her own card receives nothing that waited for it', async () => {
  const { system: ctx, of, person } = await openStation()
  const home = (await homeNamed(ctx, person)) ?? 0
  const stated = await state(ctx, '79001', HA)
  expect((await pairs(ctx)).map((pair) => pair.state)).toEqual(['waits'])
  const card = cardText({ idNumber: '079161054321' })
  expect((await of(person, 'verify', { how: 'scanned', card, take: ['number'] })).statusCode).toBe(200)
  expect((await pairs(ctx)).map((pair) => pair.state)).not.toContain('waits')
  expect(await personOf(ctx, stated.patientId)).not.toBe(home)
})

test('two books of one person are never joined by themselves: the station is asked', async () => {
  const { app, system: ctx, ha, person } = await openStation()
  expect((await ha.me()).books).toHaveLength(1)
  const twin = residentAt(app, '0987654321')
  await twin.scanAndSignIn()
  const second = (await twin.declare({ ...HA_WITH_NUMBER, 'A.02': [code('2')] })).json().person
  expect(await homeNamed(ctx, second)).not.toBe(await homeNamed(ctx, person))
  expect((await pairs(ctx)).map((pair) => pair.state)).toEqual(['open'])
})

test('a source that says anew who its Patient is: what was asked and holds no more is asked no more', async () => {
  const { ctx } = await openTestContext()
  const first = await state(ctx, '79001', NOBODY_KNOWS)
  const second = await state(ctx, '79002', NOBODY_KNOWS)
  expect((await pairs(ctx)).map((pair) => pair.state)).toEqual(['open'])
  const changed: Demographics = { ...NOBODY_KNOWS, name: 'Lê Hoa', birthDate: '1990-01-17' }
  const said = { patientId: second.patientId, source: '79002', demographics: changed }
  await inTransaction(ctx, (inner) => restatePatient(inner, said))
  expect((await pairs(ctx)).map((pair) => pair.state)).toEqual(['gone'])
  await inTransaction(ctx, (inner) => restatePatient(inner, { ...said, demographics: HA }))
  expect((await pairs(ctx)).map((pair) => pair.state)).toEqual(['open'])
  expect(await personOf(ctx, second.patientId)).not.toBe(first.person)
})

test('Patients from before there were keys get them, and are proposed by them again', async () => {
  const { ctx } = await openTestContext()
  const { patientId } = await state(ctx, '79001', HA)
  const keys = async () =>
    (await ctx.db.selectFrom('identity.link_key').select('key').orderBy('key').execute()).map(
      ({ key }) => key,
    )
  const written = await keys()
  await ctx.db.deleteFrom('identity.link_key').execute()
  await inTransaction(ctx, (inner) => refreshKeys(inner, [patientId]))
  expect(await keys()).toEqual(written)
  expect((await candidatesFor(ctx, written)).map((one) => one.patientId)).toEqual([patientId])
  expect(await candidatesFor(ctx, [])).toEqual([])
})
