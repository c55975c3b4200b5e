import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { clientAt } from '../../../../../test/client.ts'
import { openTestHouse } from '../../../../../test/house.ts'
import type { Context } from '../../../../platform/context.ts'
import { readPublicId } from '../../../../platform/ids.ts'
import { bytesOf, read } from '../../../../record/index.ts'
import { bulkWork } from '../index.ts'
import { claimJob } from '../jobs.ts'
import { importStep } from './job.ts'

const ASYNC = { prefer: 'respond-async', 'content-type': 'application/fhir+ndjson' }

type House = Awaited<ReturnType<typeof openTestHouse>>
type Client = Awaited<ReturnType<typeof clientAt>>

async function work(ctx: Context): Promise<void> {
  for (const each of bulkWork) while (await each.step(ctx));
}

const patient = (id: string, more: object = {}) => ({
  resourceType: 'Patient',
  id,
  name: [{ text: 'Trần Văn An' }],
  gender: 'male',
  birthDate: '1970-02-03',
  ...more,
})

const result = (id: string, patientId: string, more: object = {}) => ({
  resourceType: 'Observation',
  id,
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: { reference: `Patient/${patientId}` },
  ...more,
})

const encounter = (id: string, patientId: string) => ({
  resourceType: 'Encounter',
  id,
  status: 'finished',
  class: { system: 'http://terminology.hl7.org/CodeSystem/v3-ActCode', code: 'AMB' },
  subject: { reference: `Patient/${patientId}` },
})

const ndjson = (...lines: readonly (object | string)[]): string =>
  lines.map((line) => (typeof line === 'string' ? line : JSON.stringify(line))).join('\n')

async function imported(house: House, { ask }: Client, body: string | Buffer) {
  const kicked = await ask('POST', '$import', { body, headers: ASYNC })
  expect(kicked.statusCode).toBe(202)
  const at = new URL(String(kicked.headers['content-location'])).pathname
  expect((await ask('GET', at)).statusCode).toBe(202)
  await work(house.ctx)
  const told = await ask('GET', at)
  expect(told.statusCode).toBe(200)
  const { error } = told.json()
  const outcomes = error.length > 0 ? (await ask('GET', new URL(error[0].url).pathname)).body : ''
  return { at, outcomes: outcomes.split('\n').filter((line) => line !== '') }
}

/** Everything of one source's Patients, as it stands. */
async function standing({ system, db }: House, source: string): Promise<FhirResource[]> {
  const rows = await db
    .selectFrom('identity.patient')
    .select('patient_id')
    .where('source', '=', source)
    .orderBy('patient_id')
    .execute()
  const entries = await read(
    system,
    rows.map((row) => row.patient_id),
  )
  return entries.map((entry) => parseJson(bytesOf(entry).toString()) as FhirResource)
}

const ofType = (all: readonly FhirResource[], type: string) =>
  all.filter((each) => each.resourceType === type)

test('lines of one source stand together by its own ids; their references lead to where they are now', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const said = result('r1', 'p1', {
    encounter: { reference: 'Encounter/e1' },
    performer: [{ reference: 'Practitioner/d1' }],
  })
  const body = ndjson(
    JSON.stringify(said).replace('"final"', '"final","valueQuantity":{"value":7.80}'),
    patient('p1'),
    encounter('e1', 'p1'),
    { resourceType: 'Practitioner', id: 'd1', name: [{ text: 'Lê Thị Bác' }] },
    patient('p2'),
  )
  const { outcomes } = await imported(house, client, body)
  expect(outcomes).toEqual([])

  const all = await standing(house, client.facility)
  expect(ofType(all, 'Patient')).toHaveLength(2)
  const [observation] = ofType(all, 'Observation')
  const [visit] = ofType(all, 'Encounter')
  expect(observation).toMatchObject({
    subject: (visit as { subject?: object }).subject,
    encounter: { reference: `Encounter/${visit?.id}` },
  })
  const [performer] = (observation?.['performer'] ?? []) as { reference: string }[]
  const doctor = performer?.reference.replace('Practitioner/', '') ?? ''
  expect(readPublicId(house.keys.id, doctor)?.patientId).toBe(0)
  const told = await client.ask('GET', `Observation/${observation?.id}`)
  expect(told.statusCode).toBe(200)
  expect(told.body).toContain('"value":7.80')
})

test('what is sent twice changes nothing; what is sent anew is the next version; later parts find the earlier ones', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const body = ndjson(patient('p1'), result('r1', 'p1'))
  await imported(house, client, body)
  const before = await standing(house, client.facility)
  await imported(house, client, body)
  expect(await standing(house, client.facility)).toEqual(before)

  await imported(house, client, ndjson(result('r1', 'p1', { status: 'amended' }), encounter('e1', 'p1')))
  const all = await standing(house, client.facility)
  const [observation] = ofType(all, 'Observation')
  expect(observation).toMatchObject({
    id: ofType(before, 'Observation')[0]?.id,
    status: 'amended',
    meta: { versionId: '2' },
  })
  expect(ofType(all, 'Patient')).toHaveLength(1)
  expect(ofType(all, 'Encounter')).toHaveLength(1)

  await imported(house, client, ndjson(patient('p1', { gender: 'female' }), result('r2', 'p1')))
  const last = await standing(house, client.facility)
  expect(ofType(last, 'Observation')).toHaveLength(2)
  const [now] = ofType(last, 'Patient')
  expect(now).toMatchObject({ gender: 'female', meta: { versionId: '2' } })
})

test('each line that is not taken is told by its number and never quoted; all others are kept', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const { outcomes } = await imported(
    house,
    client,
    ndjson(
      patient('p1'),
      '{"resourceType":"Patient","name":"Bí mật',
      result('r1', 'p1'),
      { resourceType: 'Observation', id: 'r2', subject: { reference: 'Patient/p1' } },
      result('r3', 'nobody'),
      '',
      { resourceType: 'Nonsense' },
    ),
  )
  const lines = outcomes.map((line) => JSON.parse(line).issue[0].details.text.split(':')[0])
  expect(new Set(lines)).toEqual(new Set(['body 2', 'body 4', 'body 5', 'body 7']))
  expect(outcomes.join('')).not.toContain('Bí mật')
  const all = await standing(house, client.facility)
  expect(ofType(all, 'Observation')).toHaveLength(1)
})

test('a bundle in a line is taken entry by entry, by the names under which its entries know one another', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const urn = 'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0'
  const bundle = {
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: urn,
        resource: { ...patient('p1'), id: undefined },
        request: { method: 'POST', url: 'Patient' },
      },
      {
        fullUrl: 'urn:uuid:1c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
        resource: { ...result('', ''), id: undefined, subject: { reference: urn } },
        request: { method: 'POST', url: 'Observation' },
      },
    ],
  }
  const { outcomes } = await imported(house, client, ndjson(bundle))
  expect(outcomes).toEqual([])
  const all = await standing(house, client.facility)
  expect(ofType(all, 'Observation')[0]).toMatchObject({
    subject: { reference: `Patient/${ofType(all, 'Patient')[0]?.id}` },
  })
})

test('a doctor whom an earlier bundle brought is found by her uuid again', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const [doctor, of] = [
    'urn:uuid:0c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
    'urn:uuid:1c3151bd-1cbf-4d64-b04d-cd9187a4c6e0',
  ]
  const bundle = (id: string, urn: string) => ({
    resourceType: 'Bundle',
    type: 'transaction',
    entry: [
      {
        fullUrl: doctor,
        resource: { resourceType: 'Practitioner', name: [{ text: 'Lê Bác' }] },
        request: { method: 'POST', url: 'Practitioner' },
      },
      { fullUrl: urn, resource: patient(id), request: { method: 'POST', url: 'Patient' } },
      {
        fullUrl: urn.replace('c315', 'd315'),
        resource: {
          ...result(`r-${id}`, ''),
          subject: { reference: urn },
          performer: [{ reference: doctor }],
        },
        request: { method: 'POST', url: 'Observation' },
      },
    ],
  })
  for (const [id, urn] of [
    ['p1', of],
    ['p2', of.replace('1c31', '2c31')],
  ] as const)
    expect((await imported(house, client, ndjson(bundle(id, urn)))).outcomes).toEqual([])
  const performers = ofType(await standing(house, client.facility), 'Observation').map(
    ({ performer }) => performer,
  )
  expect(performers).toHaveLength(2)
  expect(performers[0]).toEqual(performers[1])
  expect(JSON.stringify(performers)).toContain('Practitioner/')
})

test('an import that was cut off goes on with another server, and keeps everything once', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const many = Array.from({ length: 40 }, (_, i) => [
    patient(`p${i}`),
    ...Array.from({ length: 15 }, (_, j) => result(`r${i}-${j}`, `p${i}`)),
  ]).flat()
  const kicked = await client.ask('POST', '$import', { body: ndjson(...many), headers: ASYNC })
  // whoever took it up was killed after a part of it
  const job = await claimJob(house.ctx)
  expect(job?.kind).toBe('import')
  let parts = 0
  const dying: Context = {
    ...house.ctx,
    now: () => {
      parts += 1
      if (parts > 2) throw new TypeError('killed')
      return house.clock.now
    },
  }
  if (job) await expect(importStep(dying, job)).rejects.toThrow('killed')
  const half = await standing(house, client.facility)
  expect([half.length > 0, half.length < 640]).toEqual([true, true])

  await house.db
    .updateTable('exchange.job')
    .set({ lease_until: new Date(0) })
    .execute()
  await work(house.ctx)
  const told = await client.ask('GET', new URL(String(kicked.headers['content-location'])).pathname)
  expect(told.statusCode).toBe(200)
  const all = await standing(house, client.facility)
  expect(ofType(all, 'Patient')).toHaveLength(40)
  expect(ofType(all, 'Observation')).toHaveLength(600)
  expect(await house.db.selectFrom('exchange.import_piece').selectAll().execute()).toEqual([])
})

test('what the token does not open is refused line by line; without lines, or in another form, nothing begins', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx, { scopes: 'system/Patient.cu' })
  const { outcomes } = await imported(house, client, ndjson(patient('p1'), result('r1', 'p1')))
  expect(outcomes.map((line) => JSON.parse(line).issue[0].code)).toEqual(['forbidden'])
  const refused = async (body: string, headers: Record<string, string>) =>
    (await client.ask('POST', '$import', { body, headers })).statusCode
  expect(await refused('', ASYNC)).toBe(400)
  expect(await refused('{}', { 'content-type': 'application/fhir+ndjson' })).toBe(400)
  expect(await refused('<Patient/>', { ...ASYNC, 'content-type': 'application/xml' })).toBe(415)
})

test('where the database has no room, the job ends with a clear word, and the same is taken later', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  await sql`create function full_disk() returns trigger language plpgsql as
    $$ begin raise exception 'no room' using errcode = '53100'; end $$`.execute(house.db)
  await sql`create trigger full_disk before insert on exchange.imported execute function full_disk()`.execute(
    house.db,
  )
  const body = ndjson(patient('p1'), result('r1', 'p1'))
  const kicked = await client.ask('POST', '$import', { body, headers: ASYNC })
  await work(house.ctx)
  const told = await client.ask('GET', new URL(String(kicked.headers['content-location'])).pathname)
  expect([told.statusCode, told.json().issue[0].code]).toEqual([503, 'transient'])
  expect(await standing(house, client.facility)).toEqual([])

  await sql`drop trigger full_disk on exchange.imported`.execute(house.db)
  expect((await imported(house, client, body)).outcomes).toEqual([])
  expect(await standing(house, client.facility)).toHaveLength(3)
})
