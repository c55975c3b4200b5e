import { cityOf, DEMO_WARDS, lookAlikesOf } from '@sokhoe/city'
import { readPhone } from '@sokhoe/model'
import { expect, test } from 'vitest'
import { openTestContext } from '../../test/house.ts'
import { proveChains } from '../audit/index.ts'
import { pairsAsked } from '../identity/index.ts'
import { inTransaction } from '../platform/context.ts'
import { readPublicId } from '../platform/ids.ts'
import { blind } from '../platform/keys.ts'
import { bytesOf, proveRecord, read } from '../record/index.ts'
import { askAboutLookAlikes, loadCity, withClient } from './index.ts'

const PLAN = { seed: 'test', residents: 600, until: '2026-11-23' }

async function openWithCity(plan = PLAN) {
  const house = await openTestContext({ actor: { kind: 'system', name: 'city' } })
  const steps: number[] = []
  const load = () =>
    withClient(house.url, (client) => loadCity(house.ctx, client, plan, (done) => steps.push(done)))
  return { ...house, load, steps, loaded: await load() }
}

test('a city stands in the database as if everybody had come by: books, sealed records, whole audit chains; its wards are asked about look-alikes', async () => {
  const { ctx, db, loaded, steps } = await openWithCity()
  const second = lookAlikesOf(PLAN)
  const people = [...cityOf(PLAN)].flatMap(({ members }) => members)
  const declared = people.filter(({ declaredOn }) => declaredOn !== null)
  expect(loaded).toMatchObject({ residents: 600, books: declared.length })
  expect(steps).toEqual([250, 500, 600])
  expect(await db.selectFrom('identity.person').select('home').execute()).toHaveLength(
    declared.length + second.books.length,
  )

  const proof = await proveRecord(ctx)
  expect(proof).toMatchObject({ broken: 0, unkeyed: 0 })
  const chains = await proveChains(db)
  expect(chains.broken).toEqual([])
  expect(chains.chains).toBeGreaterThanOrEqual(declared.length)

  const links = async () => (await db.selectFrom('identity.link').select('patient_id').execute()).length
  const before = await links()
  await inTransaction(ctx, (inner) => askAboutLookAlikes(inner, PLAN, loaded.lookAlikes))
  for (const ward of DEMO_WARDS) {
    const asked = await pairsAsked(ctx, ward)
    expect(asked.length, ward).toBeGreaterThanOrEqual(3)
    expect(asked.length, ward).toBeLessThanOrEqual(10)
  }
  const pairs = await db.selectFrom('identity.pair').select('rule').execute()
  expect(pairs.map(({ rule }) => rule)).toContain('two-middle-names')
  expect(await links()).toBe(before + second.sightings.length)
  expect(await proveRecord(ctx)).toMatchObject({ broken: 0, unkeyed: 0 })
})

test('each resident who is told of has the telephone, the name and the record that were made for her', async () => {
  const { ctx, db, keys, loaded } = await openWithCity()
  const people = new Map([...cityOf(PLAN)].flatMap(({ members }) => members.map((one) => [one.phone, one])))
  expect(loaded.told).toHaveLength(60)
  for (const { phone, name, person } of loaded.told.slice(0, 20)) {
    expect(people.get(phone)?.name).toBe(name)
    const patientId = readPublicId(keys.id, person)?.patientId ?? 0
    const [patient, ...rest] = await read(ctx, [patientId], { restricted: true })
    expect(JSON.parse(patient ? bytesOf(patient).toString() : '')).toMatchObject({
      resourceType: 'Patient',
      id: person,
      name: [{ text: name }],
      meta: { security: [{ code: 'HTEST' }] },
    })
    expect(rest.length).toBeGreaterThan(3)
    const reading = readPhone(phone, { synthetic: true })
    const hash = blind(keys, 'phone', reading.ok ? reading.e164 : '')
    const keeper = await db
      .selectFrom('identity.keeper')
      .select('home')
      .where('phone_hash', '=', hash)
      .execute()
    expect(keeper.length).toBeGreaterThan(0)
  }
})

test('the same city twice is two cities with the same telephones, and no telephone has two accounts', async () => {
  const { db, load, loaded } = await openWithCity({ ...PLAN, residents: 300 })
  const accounts = () => db.selectFrom('identity.account').select('phone_hash').execute()
  const before = await accounts()
  const again = await load()
  expect(again).toMatchObject({ residents: 300, books: loaded.books })
  expect(await accounts()).toEqual(before)
  expect(again.told.map(({ phone, name }) => `${phone} ${name}`)).toEqual(
    loaded.told.map(({ phone, name }) => `${phone} ${name}`),
  )
  expect(new Set([...again.told, ...loaded.told].map(({ person }) => person)).size).toBe(
    again.told.length + loaded.told.length,
  )
})

test('a ward that is none is refused and nothing is written', async () => {
  const { ctx, url, db } = await openTestContext()
  const wrong = withClient(url, (client) =>
    loadCity(ctx, client, { ...PLAN, wards: ['00000'] } as never, () => {}),
  )
  await expect(wrong).rejects.toThrow(RangeError)
  expect(await db.selectFrom('identity.person').select('home').execute()).toEqual([])
})
