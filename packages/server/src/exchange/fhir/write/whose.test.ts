import { expect, test } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import { ELSEWHERE, openFacility, PATIENT, weighing, weightOf } from '../../../../test/facility.ts'
import { setGrants } from '../../../access/index.ts'
import { reachOfPatients } from '../../../identity/index.ts'
import { asSystem, type Context } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'

const numbered = (value: string, system = 'urn:sokhoe:id:cccd') => ({
  ...PATIENT,
  identifier: [{ system, value }],
})
const NUMBER = '079161000011'

const personOf = async (ctx: Context, id: string) => {
  const patientId = readPublicId(ctx.keys.id, id)?.patientId ?? 0
  return (await reachOfPatients(asSystem(ctx, 'test'), [patientId])).get(patientId)
}

async function grant(ctx: Context, id: string, given: boolean) {
  const home = (await personOf(ctx, id))?.home ?? 0
  await setGrants(asSystem(ctx, 'test'), home, [
    { purpose: 'treatment', given, textVersion: '1', channel: 'test' },
  ])
}

async function openTwo() {
  const house = await openFacility()
  const there = await clientAt(house.app, house.system, { facility: ELSEWHERE })
  const create = async (body: object) => {
    const reply = await there.ask('POST', 'Patient', { body })
    expect(reply.statusCode, reply.body).toBe(201)
    return reply.json().id as string
  }
  return { ...house, there, create }
}

test('each hospital has its own Patient of one person; a number that is no national one joins nobody', async () => {
  const { system, post, create } = await openTwo()
  const { id: here } = await post('Patient', numbered(NUMBER))
  const there = await create(numbered(NUMBER, 'https://his.example/ids/CCCD'))
  const [person, same] = [await personOf(system, here), await personOf(system, there)]
  expect(there).not.toBe(here)
  expect(same?.home).toBe(person?.home)
  for (const other of [
    numbered(NUMBER, 'urn:hospital:number'),
    numbered('079161', 'urn:sokhoe:id:cccd'),
    {
      ...numbered(NUMBER),
      ...{ name: [{ text: 'Lê Hoa' }], birthDate: '1990-01-17' },
      identifier: [{ use: 'old', system: 'urn:sokhoe:id:cccd', value: NUMBER }],
    },
    PATIENT,
  ])
    expect((await personOf(system, await create(other)))?.home).not.toBe(person?.home)
})

test('without her word a hospital sees and states nothing of what others know; with it, it does, and each subject stays', async () => {
  const { system, post, ask, there, create } = await openTwo()
  const { id: here } = await post('Patient', numbered(NUMBER))
  const { id: weight } = await post('Observation', weighing(here, '54.50'))
  const own = await create(numbered(NUMBER))
  const get = (place: string) => there.ask('GET', place)

  expect((await get(`Patient/${own}`)).json().link).toBeUndefined()
  for (const place of [`Patient/${here}`, `Observation/${weight}`, `Observation/${weight}/_history`])
    expect((await get(place)).statusCode).toBe(404)
  expect((await there.ask('POST', 'Observation', { body: weightOf(here) })).statusCode).toBe(422)

  await grant(system, here, true)
  const linked = await get(`Patient/${own}`)
  expect(linked.json().link).toEqual([{ other: { reference: `Patient/${here}` }, type: 'seealso' }])
  expect(linked.headers.etag).toBe('W/"1"')
  expect((await get(`Patient/${own}/_history/1`)).json().link).toBeUndefined()
  expect((await get(`Observation/${weight}`)).body).toContain('54.50')
  // seen, but another's word
  expect((await there.ask('PUT', `Patient/${here}`, { body: { ...PATIENT, id: here } })).statusCode).toBe(403)
  expect((await there.ask('DELETE', `Observation/${weight}`)).statusCode).toBe(403)
  const stated = await there.ask('POST', 'Observation', { body: weightOf(here) })
  expect(stated.statusCode).toBe(201)
  expect(stated.json().subject.reference).toBe(`Patient/${here}`)
  expect((await ask('GET', `Observation/${stated.json().id}`)).statusCode).toBe(200)

  await grant(system, here, false)
  expect((await get(`Observation/${weight}`)).statusCode).toBe(404)
  const mine = stated.json().id as string
  expect((await get(`Observation/${mine}`)).statusCode).toBe(200)
  const body = { ...weightOf(here), id: mine, status: 'amended' }
  expect((await there.ask('PUT', `Observation/${mine}`, { body })).statusCode).toBe(200)
  expect((await ask('GET', `Observation/${mine}`)).statusCode).toBe(404)
})

test('a resource stays with its Patient; what the source says anew of who she is, she is found by', async () => {
  const { system, post, ask, create } = await openTwo()
  const { id } = await post('Patient', numbered(NUMBER))
  const { id: another } = await post('Patient', PATIENT)
  const { id: weight } = await post('Observation', weightOf(id))
  const moved = await ask('PUT', `Observation/${weight}`, { body: { ...weightOf(another), id: weight } })
  expect(moved.statusCode).toBe(422)

  const renumbered = { ...numbered('079161000029'), id }
  expect((await ask('PUT', `Patient/${id}`, { body: renumbered })).statusCode).toBe(200)
  const before = await personOf(system, await create(numbered(NUMBER)))
  const after = await personOf(system, await create(numbered('079161000029')))
  const person = await personOf(system, id)
  expect([before?.home === person?.home, after?.home === person?.home]).toEqual([false, true])
})

test('what only listed persons may know is read back by its sender alone, by its id, and stands in no list', async () => {
  const { post, ask } = await openTwo()
  const { id } = await post('Patient', PATIENT)
  const finding = {
    resourceType: 'Condition',
    subject: { reference: `Patient/${id}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'B20' }] },
  }
  const { id: restricted } = await post('Condition', finding)
  expect((await ask('GET', `Condition/${restricted}`)).statusCode).toBe(200)
  const lists = await Promise.all(
    ['_history', 'Condition/_history', `Condition?patient=${id}`, `Provenance?patient=${id}`].map((url) =>
      ask('GET', url),
    ),
  )
  for (const list of lists) {
    expect(list.statusCode, list.body).toBe(200)
    expect(list.body).not.toContain(restricted)
  }
})
