import type { FhirResource } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import { ELSEWHERE, openFacility, PATIENT, weightOf } from '../../../../test/facility.ts'

interface Told {
  readonly resource?: { readonly resourceType: string }
  readonly response: {
    readonly status: string
    readonly location?: string
    readonly etag?: string
    readonly outcome?: {
      readonly issue: readonly { readonly code: string; readonly expression?: readonly string[] }[]
    }
  }
}

const bundleOf = (type: string, entry: readonly unknown[]) => ({ resourceType: 'Bundle', type, entry })
const create = (resource: FhirResource, more: object = {}, fullUrl?: string) => ({
  ...(fullUrl && { fullUrl }),
  resource,
  request: { method: 'POST', url: resource.resourceType, ...more },
})
const PERSON = 'urn:uuid:11111111-1111-4111-8111-111111111111'
const WARD = 'urn:uuid:22222222-2222-4222-8222-222222222222'
const placeOf = ({ response: { location = '' } }: Told) => location.split('/_history/')[0] ?? ''
const statuses = (told: readonly Told[]) => told.map(({ response }) => response.status.slice(0, 3))

async function openSender() {
  const facility = await openFacility()
  const send = (type: string, entry: readonly unknown[], headers: Record<string, string> = {}) =>
    facility.ask('POST', '', { body: bundleOf(type, entry), headers })
  const sent = async (type: string, entry: readonly unknown[]): Promise<Told[]> => {
    const reply = await send(type, entry)
    expect(reply.statusCode, reply.body).toBe(200)
    expect(reply.json()).toMatchObject({ resourceType: 'Bundle', type: `${type}-response` })
    return reply.json().entry ?? []
  }
  const get = async (place: string) => (await facility.ask('GET', place)).json()
  return { ...facility, send, sent, get }
}

const weighed = { ...weightOf(''), subject: { reference: PERSON }, performer: [{ reference: WARD }] }
const department = {
  resourceType: 'Organization',
  name: 'Khoa Nội',
  identifier: [{ system: 'urn:x', value: '7' }],
}

test('a transaction keeps a Patient, her results and a department together; each knows where the others lie', async () => {
  const { sent, get } = await openSender()
  const told = await sent('transaction', [
    create(weighed),
    create(PATIENT, {}, PERSON),
    create(department, {}, WARD),
    create({ ...weighed, note: [{ text: PERSON }] }),
  ])
  expect(statuses(told)).toEqual(['201', '201', '201', '201'])
  const [weight, person, ward] = told.map(placeOf)
  expect(await get(weight ?? '')).toMatchObject({
    subject: { reference: person },
    performer: [{ reference: ward }],
    meta: { versionId: '1' },
  })
  // a text is no reference
  expect((await get(placeOf(told[3] as Told))).note).toEqual([{ text: PERSON }])
})

test('what a resource contains keeps its name within it', async () => {
  const { sent, get } = await openSender()
  const contained = [{ resourceType: 'Practitioner', id: 'patient', name: [{ text: 'BS. Phúc' }] }]
  const told = await sent('transaction', [
    create(PATIENT, {}, PERSON),
    create({ ...weighed, contained, performer: [{ reference: '#patient' }] }),
  ])
  const [person, weight] = told.map(placeOf)
  expect(await get(weight ?? '')).toMatchObject({
    subject: { reference: person },
    performer: [{ reference: '#patient' }],
  })
})

test('all or nothing: one entry that is wrong, and nothing of the others is there; it is named', async () => {
  const { send, system, get } = await openSender()
  const count = async () => (await system.db.selectFrom('identity.patient').selectAll().execute()).length
  const wrong = [
    create({ ...weighed, status: 'nonsense' }),
    create({ ...weighed, subject: { reference: 'Patient/none' } }),
    { request: { method: 'DELETE', url: 'Observation/none' } },
    { resource: { ...PATIENT, id: 'x' }, request: { method: 'PUT', url: 'Patient/x' } },
    { request: { method: 'POST', url: 'Patient' } },
  ]
  const before = await count()
  for (const [i, entry] of wrong.entries()) {
    const reply = await send('transaction', [create(PATIENT, {}, PERSON), create(department), entry])
    expect(reply.statusCode, reply.body).toBe([422, 422, 404, 405, 400][i])
    expect(JSON.stringify(reply.json().issue)).toContain('Bundle.entry[2]')
  }
  expect(await count()).toBe(before)
  expect((await get('Organization/_history')).entry).toBeUndefined()
})

test('in a batch each entry stands by itself', async () => {
  const { sent, post, get } = await openSender()
  const { id } = await post('Patient', PATIENT)
  const told = await sent('batch', [
    create(weightOf(id)),
    create({ ...weightOf(id), status: 'nonsense' }),
    { request: { method: 'GET', url: `Patient/${id}` } },
    { request: { method: 'GET', url: 'Patient/none' } },
    { request: { method: 'GET', url: `Observation?patient=${id}` } },
    { request: { method: 'GET', url: 'nowhere/at/all/of/it' } },
    { request: { method: 'FOLD', url: `Patient/${id}` } },
    { request: { method: 'POST', url: 'Observation' } },
    {},
    { request: { method: 'POST', url: `Observation/_search?patient=${id}` } },
    { request: { method: 'POST', url: `Patient/${id}/$everything` } },
  ])
  expect(statuses(told).slice(0, 6)).toEqual(['201', '422', '200', '404', '200', '404'])
  expect(statuses(told).slice(6)).toEqual(['400', '400', '400', '200', '200'])
  expect(told[2]?.resource).toMatchObject({ resourceType: 'Patient', id })
  expect(told[1]?.response.outcome?.issue.length).toBeGreaterThan(0)
  expect(await get(placeOf(told[0] as Told))).toMatchObject({ resourceType: 'Observation' })
})

test('everything one may do is done in one transaction: deleted, created, changed, patched, read', async () => {
  const { sent, post, get, ask } = await openSender()
  const { id } = await post('Patient', PATIENT)
  const ids = await Promise.all(['a', 'b', 'c'].map(async () => (await post('Observation', weightOf(id))).id))
  const [deleted = '', changed = '', patched = ''] = ids
  const operations = [{ op: 'replace', path: '/status', value: 'amended' }]
  const data = Buffer.from(JSON.stringify(operations)).toString('base64')
  const told = await sent('transaction', [
    { request: { method: 'GET', url: `Observation/${changed}` } },
    {
      resource: { resourceType: 'Binary', contentType: 'application/json-patch+json', data },
      request: { method: 'PATCH', url: `Observation/${patched}` },
    },
    {
      resource: { ...weightOf(id), id: changed, status: 'corrected' },
      request: { method: 'PUT', url: `Observation/${changed}`, ifMatch: 'W/"1"' },
    },
    { request: { method: 'DELETE', url: `Observation/${deleted}` } },
  ])
  expect(statuses(told)).toEqual(['200', '200', '200', '204'])
  expect(told[0]?.resource).toMatchObject({ status: 'corrected' })
  expect(told[2]?.response.etag).toBe('W/"2"')
  expect((await get(`Observation/${patched}`)).status).toBe('amended')
  expect((await ask('GET', `Observation/${deleted}`)).statusCode).toBe(410)
})

test('conditions: what is there is not made again, what is referred to by its number is found, what is doubtful refuses all', async () => {
  const { sent, send, get, ask } = await openSender()
  const once = { ifNoneExist: 'identifier=urn:x|7' }
  const [first] = await sent('transaction', [create(department, once)])
  expect(statuses([first as Told])).toEqual(['201'])
  const told = await sent('transaction', [
    create(department, once, WARD),
    create(PATIENT, {}, PERSON),
    create({
      ...weighed,
      performer: [{ reference: 'Organization?identifier=urn:x|7' }, { reference: WARD }],
    }),
  ])
  expect(statuses(told)).toEqual(['200', '201', '201'])
  expect(placeOf(told[0] as Told)).toBe(placeOf(first as Told))
  const place = placeOf(first as Told)
  expect((await get(placeOf(told[2] as Told))).performer).toEqual([
    { reference: place },
    { reference: place },
  ])

  const twice = { ...department, identifier: [{ system: 'urn:x', value: '8' }] }
  const same = { ifNoneExist: 'identifier=urn:x|8' }
  const both = await sent('transaction', [create(twice, same), create(twice, same)])
  expect(statuses(both)).toEqual(['201', '200'])
  expect(both[0]?.response.location).toBe(both[1]?.response.location)

  await sent('batch', [create(twice), create(twice)])
  expect((await send('transaction', [create(twice, same)])).statusCode).toBe(412)
  const missing = { ...weighed, performer: [{ reference: 'Organization?identifier=urn:x|none' }] }
  expect((await send('transaction', [create(PATIENT, {}, PERSON), create(missing)])).statusCode).toBe(422)
  expect(
    (await ask('POST', 'Organization', { body: twice, headers: { 'if-none-exist': 'identifier=urn:x|7' } }))
      .statusCode,
  ).toBe(200)
})

test('of ten who create on one condition at the same moment one does', async () => {
  const { ask } = await openSender()
  const headers = { 'if-none-exist': 'identifier=urn:x|7' }
  const replies = await Promise.all(
    Array.from({ length: 10 }, () => ask('POST', 'Organization', { body: department, headers })),
  )
  expect(new Set(replies.map((reply) => reply.json().id)).size).toBe(1)
  expect(replies.filter(({ statusCode }) => statusCode === 201)).toHaveLength(1)
})

test('conditional update, patch and delete: none, one, many', async () => {
  const { ask } = await openSender()
  const at = 'Organization?identifier=urn:x|7'
  const made = await ask('PUT', at, { body: department })
  expect(made.statusCode, made.body).toBe(201)
  const changed = await ask('PUT', at, { body: { ...department, name: 'Khoa Ngoại' } })
  expect(changed.statusCode).toBe(200)
  expect(changed.json().id).toBe(made.json().id)
  expect((await ask('PUT', at, { body: { ...department, id: 'mine' } })).statusCode).toBe(400)
  expect(
    (await ask('PUT', 'Organization?identifier=urn:x|9', { body: { ...department, id: 'mine' } })).statusCode,
  ).toBe(405)
  const headers = { 'content-type': 'application/json-patch+json' }
  const patch = [{ op: 'add', path: '/active', value: true }]
  expect((await ask('PATCH', at, { body: patch, headers })).json()).toMatchObject({ active: true })
  expect((await ask('PATCH', 'Organization?identifier=urn:x|9', { body: patch, headers })).statusCode).toBe(
    404,
  )
  expect((await ask('DELETE', 'Organization')).statusCode).toBe(400)
  await ask('POST', 'Organization', { body: department })
  for (const reply of [await ask('PUT', at, { body: department }), await ask('DELETE', at)])
    expect(reply.statusCode).toBe(412)
  expect((await ask('DELETE', 'Organization?identifier=urn:x|9')).statusCode).toBe(204)
})

test('entries that come from another server refer to each other by its addresses', async () => {
  const { sent, get } = await openSender()
  const told = await sent('transaction', [
    create({ ...PATIENT, id: '1' }, {}, 'https://his.example/fhir/Patient/1'),
    create(
      { ...weightOf('1'), performer: [{ reference: 'https://his.example/fhir/Patient/1' }] } as never,
      {},
      'https://his.example/fhir/Observation/9',
    ),
  ])
  expect(statuses(told)).toEqual(['201', '201'])
  const person = placeOf(told[0] as Told)
  expect(await get(placeOf(told[1] as Told))).toMatchObject({
    subject: { reference: person },
    performer: [{ reference: person }],
  })
})

test('two entries for one resource, a Bundle of no such kind and one with too many entries are refused', async () => {
  const { send, ask, post } = await openSender()
  const { id } = await post('Patient', PATIENT)
  const twice = { request: { method: 'DELETE', url: `Patient/${id}` } }
  expect((await send('transaction', [twice, twice])).statusCode).toBe(400)
  const named = await send('transaction', [create(PATIENT, {}, PERSON), create(PATIENT, {}, PERSON)])
  expect([named.statusCode, named.json().issue[0].code]).toEqual([400, 'duplicate'])
  expect((await send('document', [])).statusCode).toBe(400)
  expect((await ask('POST', '', { body: PATIENT })).statusCode).toBe(400)
  expect((await send('batch', [])).statusCode).toBe(200)
  const many = Array.from({ length: 20_000 }, () => ({ request: { method: 'GET', url: 'Patient/x' } }))
  const reply = await send('batch', many)
  expect(reply.statusCode).toBe(413)
  expect(reply.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'too-long' }] })
})

test('one result of two people stands with the first and is found from the other', async () => {
  const { app, system, sent, ask } = await openSender()
  const OTHER = 'urn:uuid:33333333-3333-4333-8333-333333333333'
  const told = await sent('transaction', [
    create(PATIENT, {}, PERSON),
    create(PATIENT, {}, OTHER),
    create({ ...weighed, performer: [{ reference: OTHER }] }),
  ])
  const other = placeOf(told[1] as Told).replace('Patient/', '')
  const found = (
    await ask('GET', `Observation?performer=Patient/${other}&patient=${placeOf(told[0] as Told)}`)
  ).json()
  expect(found.total ?? found.entry?.length).toBe(1)
  const foreign = await clientAt(app, system, { facility: ELSEWHERE })
  expect((await foreign.ask('GET', placeOf(told[2] as Told))).statusCode).toBe(404)
})

test('a department that names its hospital is read by everybody; what names a person or a result is not', async () => {
  const { app, system, sent } = await openSender()
  const [HOSPITAL, RESULT] = [WARD, 'urn:uuid:44444444-4444-4444-8444-444444444444']
  const told = await sent('transaction', [
    create(department, {}, HOSPITAL),
    create({
      resourceType: 'Location',
      name: 'Phòng 7',
      managingOrganization: { reference: HOSPITAL },
    } as FhirResource),
    create(PATIENT, {}, PERSON),
    create({ ...weighed, performer: [{ reference: HOSPITAL }] }, {}, RESULT),
    create({ resourceType: 'Device', patient: { reference: PERSON } } as FhirResource),
    create({
      resourceType: 'EvidenceVariable',
      status: 'active',
      characteristic: [{ definitionReference: { reference: RESULT } }],
    } as FhirResource),
  ])
  const other = await clientAt(app, system, { facility: ELSEWHERE })
  const seen: number[] = []
  for (const one of told) seen.push((await other.ask('GET', placeOf(one))).statusCode)
  expect(seen).toEqual([200, 200, 404, 404, 404, 404])
})
