import { expect, test } from 'vitest'
import { openTestContext } from '../../../test/house.ts'
import { cardText, HA_NUMBER, openStation } from '../../../test/station.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { linkedPatients, reachOfPatients, restatePatient, statePatients } from '../index.ts'
import type { Demographics } from './demographics.ts'

const HA: Demographics = {
  name: 'Nguyễn Thị Thu Hà',
  sex: 'female',
  birthDate: '1961-04-30',
  identifiers: [{ system: 'cccd', value: HA_NUMBER }],
}
const NAM: Demographics = {
  name: 'Trần Văn Nam',
  sex: 'male',
  birthDate: '1948',
  identifiers: HA.identifiers,
}
const [one, other] = ['79001', '79002']

const state = async (ctx: Context, source: string, demographics: Demographics, own?: string) => {
  const ownNumbers = own === undefined ? [] : [{ system: 'urn:hospital', value: own }]
  const [made] = await inTransaction(ctx, (inner) =>
    statePatients(inner, [{ source, demographics, ownNumbers }]),
  )
  if (!made) throw new Error('no Patient was made')
  return made
}

const doubts = ({ db }: Context) => db.selectFrom('identity.pair').selectAll().execute()
const enrolled = ({ db }: Context) => db.selectFrom('identity.enrolment').selectAll().execute()

test('two hospitals that state the same identity number speak of one person, who has no book', async () => {
  const { ctx } = await openTestContext()
  const [first, second] = [await state(ctx, one, HA), await state(ctx, other, HA)]
  expect(second.patientId).not.toBe(first.patientId)
  expect(second.person).toBe(first.person)
  const reach = (await reachOfPatients(ctx, [first.patientId])).get(first.patientId)
  expect(reach?.patientIds).toEqual([first.patientId, second.patientId])
  expect(reach && linkedPatients(ctx, reach)).toHaveLength(1)
  expect(await enrolled(ctx)).toEqual([])
})

test('twenty hospitals that state one number at the same moment make one person', async () => {
  const { ctx } = await openTestContext()
  const made = await Promise.all(Array.from({ length: 20 }, (_, i) => state(ctx, `79${100 + i}`, HA)))
  expect(new Set(made.map(({ patientId }) => patientId)).size).toBe(20)
  expect(new Set(made.map(({ person }) => person)).size).toBe(1)
})

test('one number, but another name and another birth date: two people, and the station is asked', async () => {
  const { ctx } = await openTestContext()
  const [first, second] = [await state(ctx, one, HA), await state(ctx, other, NAM)]
  expect(second.person).not.toBe(first.person)
  expect(await doubts(ctx)).toMatchObject([
    { patient_id: first.patientId, other_patient_id: second.patientId, state: 'open', verdict: 'review' },
  ])
})

test('a wrong birth date alone, or another family name alone, does not keep two statements apart; another given name does', async () => {
  const { ctx } = await openTestContext()
  const first = await state(ctx, one, HA)
  expect((await state(ctx, other, { ...HA, birthDate: '1962-04-30' })).person).toBe(first.person)
  expect((await state(ctx, other, { ...HA, name: 'Lê Thị Thu Hà' })).person).toBe(first.person)
  expect((await state(ctx, other, { ...HA, name: 'Lê Thị Hoa' })).person).not.toBe(first.person)
})

test("a hospital's own number is known again by that hospital and by no other", async () => {
  const { ctx } = await openTestContext()
  const nobody = { ...HA, identifiers: [] }
  const first = await state(ctx, one, nobody, '17')
  expect((await state(ctx, one, nobody, '17')).person).toBe(first.person)
  expect((await state(ctx, other, nobody, '17')).person).not.toBe(first.person)
})

test('two Patients of one message with the same number are one person', async () => {
  const { ctx } = await openTestContext()
  const made = await inTransaction(ctx, (inner) =>
    statePatients(inner, [
      { source: one, demographics: HA },
      { source: one, demographics: HA },
    ]),
  )
  expect(new Set(made.map(({ patientId }) => patientId)).size).toBe(2)
  expect(new Set(made.map(({ person }) => person)).size).toBe(1)
})

test('a person of whom one source makes Patients without end stays readable', async () => {
  const { ctx } = await openTestContext()
  const many = Array.from({ length: 401 }, () => ({ source: one, demographics: HA }))
  const made = await inTransaction(ctx, (inner) => statePatients(inner, many))
  expect(new Set(made.map(({ person }) => person)).size).toBe(2)
})

test('a number that is stated anew finds the person no more by the old one', async () => {
  const { ctx } = await openTestContext()
  const first = await state(ctx, one, HA)
  const changed: Demographics = { ...HA, identifiers: [{ system: 'cccd', value: '079161099999' }] }
  await inTransaction(ctx, (inner) =>
    restatePatient(inner, { patientId: first.patientId, source: one, demographics: changed }),
  )
  expect((await state(ctx, other, HA)).person).not.toBe(first.person)
  expect((await state(ctx, other, changed)).person).toBe(first.person)
})

test('a number that somebody merely declared receives no Patient; seen by the station it does, until that is taken back', async () => {
  const { system: ctx, of, person, ha } = await openStation({ role: 'station-lead' })
  const stated = await state(ctx, one, HA)
  const reachNow = async () => (await reachOfPatients(ctx, [stated.patientId])).get(stated.patientId)
  expect((await reachNow())?.patientIds).toEqual([stated.patientId])
  expect(await ha.record()).not.toEqual([])

  const verified = await of(person, 'verify', { how: 'scanned', card: cardText() })
  expect(verified.statusCode).toBe(200)
  const joined = await reachNow()
  expect(joined?.patientIds).toHaveLength(2)
  expect(joined?.sources).toEqual([one, 'self'])
  const emptied = await ctx.db
    .selectFrom('identity.person')
    .select('status')
    .where('home', '=', stated.person)
    .executeTakeFirst()
  expect(emptied?.status).toBe('joined')

  expect((await of(person, 'unverify')).statusCode).toBe(200)
  expect((await reachNow())?.patientIds).toEqual([stated.patientId])
})
