import { parseJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import {
  ELSEWHERE as OTHER,
  openFacility,
  PATIENT as patient,
  weighing,
  weightOf,
} from '../../../../test/facility.ts'
import { readPublicId } from '../../../platform/ids.ts'
import { bytesOf, history } from '../../../record/index.ts'

test('what is created is read back with its number as it was written, under the id that the server gave', async () => {
  const { app, client, ask, post } = await openFacility()
  const { id, reply } = await post('Patient', { ...patient, id: 'mine' })
  expect(id).not.toBe('mine')
  expect(reply.headers.location).toMatch(new RegExp(`/fhir/R4/Patient/${id}/_history/1$`))
  expect(reply.headers.etag).toBe('W/"1"')

  const { id: weight, reply: created } = await post('Observation', weighing(id, '54.50'))
  expect(created.body).toContain('"value":54.50')
  const read = await ask('GET', `Observation/${weight}`)
  expect(read.statusCode).toBe(200)
  expect(read.headers).toMatchObject({ etag: 'W/"1"' })
  const head = await app.inject({
    method: 'HEAD',
    url: `/fhir/R4/Observation/${weight}`,
    headers: { authorization: `Bearer ${client.token}` },
  })
  expect([head.statusCode, head.headers.etag, head.body]).toEqual([200, 'W/"1"', ''])
  expect(read.body).toContain('"value":54.50')
  expect(read.json()).toMatchObject({ ...weightOf(id), meta: { versionId: '1' } })
})

test('a part of what is read is marked as one, its numbers stay as written, and the whole is not changed', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', patient)
  const { id: weight } = await post('Observation', weighing(id, '54.50'))
  const read = (query: string) => ask('GET', `Observation/${weight}${query}`)
  const part = await read('?_elements=valueQuantity')
  expect(Object.keys(part.json()).sort()).toEqual(
    ['resourceType', 'id', 'meta', 'status', 'code', 'valueQuantity'].sort(),
  )
  expect(part.json().meta.tag).toMatchObject([{ code: 'SUBSETTED' }])
  expect(part.body).toContain('54.50')
  expect((await read('/_history/1?_summary=text')).json().subject).toBeUndefined()
  expect((await read('?_summary=data')).json().meta.tag).toMatchObject([{ code: 'SUBSETTED' }])
  expect((await read('?_summary=false')).json().meta.tag).toBeUndefined()
  for (const wrong of ['?_summary=some', '?_summary=count', '?_elements=', '?_elements=a%20b'])
    expect((await read(wrong)).statusCode).toBe(400)
})

test('sent twice it is there twice', async () => {
  const { post } = await openFacility()
  const [one, other] = [await post('Patient', patient), await post('Patient', patient)]
  expect(one.id).not.toBe(other.id)
})

test('an update makes the next version; the one before is still read by its number', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', patient)
  const { id: weight } = await post('Observation', weighing(id, '54.50'))
  const changed = { ...JSON.parse(weighing(id, '55')), id: weight }
  const updated = await ask('PUT', `Observation/${weight}`, {
    body: changed,
    headers: { 'if-match': 'W/"1"' },
  })
  expect(updated.statusCode, updated.body).toBe(200)
  expect(updated.headers.etag).toBe('W/"2"')
  expect((await ask('GET', `Observation/${weight}/_history/1`)).body).toContain('54.50')
  expect((await ask('GET', `Observation/${weight}`)).json().valueQuantity.value).toBe(55)

  const late = await ask('PUT', `Observation/${weight}`, { body: changed, headers: { 'if-match': 'W/"1"' } })
  expect(late.statusCode).toBe(412)
  for (const tag of ['*', 'W/"2"'])
    expect(
      (await ask('PUT', `Observation/${weight}`, { body: changed, headers: { 'if-none-match': tag } }))
        .statusCode,
    ).toBe(412)
  expect(late.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'conflict' }] })
})

test('what was deleted is gone, says so, and can be read as it was', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', patient)
  const { id: weight } = await post('Observation', weighing(id, '54.50'))
  expect((await ask('DELETE', `Observation/${weight}`)).statusCode).toBe(204)
  const gone = await ask('GET', `Observation/${weight}`)
  expect(gone.statusCode).toBe(410)
  expect(gone.headers.etag).toBe('W/"2"')
  expect((await ask('GET', `Observation/${weight}/_history/1`)).statusCode).toBe(200)
  expect((await ask('DELETE', `Observation/${weight}`)).statusCode).toBe(204)
  const back = await ask('PUT', `Observation/${weight}`, { body: { ...weightOf(id), id: weight } })
  expect(back.statusCode).toBe(201)
  expect(back.headers.etag).toBe('W/"3"')
})

test('nothing is created by an id of the sender', async () => {
  const { ask } = await openFacility()
  const reply = await ask('PUT', 'Patient/mine', { body: { ...patient, id: 'mine' } })
  expect(reply.statusCode).toBe(405)
})

test('a hospital sees its own statements and nothing of others; foreign, forged and absent answer alike', async () => {
  const { app, system, ask, post } = await openFacility()
  const other = await clientAt(app, system, { facility: OTHER })
  const { id } = await post('Patient', patient)
  const { id: weight } = await post('Observation', weighing(id, '54.50'))
  const answers = await Promise.all(
    [
      `Observation/${weight}`,
      `Observation/${id}`,
      'Observation/00000000-0000-4000-8000-000000000000',
      'Observation/x',
    ].map((url) => other.ask('GET', url)),
  )
  for (const answer of answers) {
    expect(answer.statusCode).toBe(404)
    expect(answer.body).toBe(answers[0]?.body)
    expect(Object.keys(answer.headers)).toEqual(Object.keys(answers[0]?.headers ?? {}))
  }
  const patch = { body: [], headers: { 'content-type': 'application/json-patch+json' } }
  for (const place of [weight, '00000000-0000-4000-8000-000000000000']) {
    const of = `Observation/${place}`
    const there = [
      await other.ask('GET', `${of}/_history`),
      await other.ask('GET', `${of}/_history/1`),
      await other.ask('DELETE', of),
      await other.ask('PATCH', of, patch),
    ]
    for (const one of there) expect([one.statusCode, one.body]).toEqual([404, answers[0]?.body])
    const put = await other.ask('PUT', of, { body: { ...weightOf(id), id: place } })
    expect([put.statusCode, put.json().issue[0].code]).toEqual([405, 'not-supported'])
  }
  expect((await ask('GET', `Observation/${weight}`)).statusCode).toBe(200)
  const refused = await system.db
    .selectFrom('audit.event')
    .select(['patient_id', 'facility'])
    .where('refused', '=', true)
    .execute()
  expect(refused.filter(({ facility }) => facility === OTHER)).toHaveLength(14)
})

test('a Patient that is not here is refused, and so is one that is not shown; other references stay as written', async () => {
  const { app, system, post, ask } = await openFacility()
  const other = await clientAt(app, system, { facility: OTHER })
  const { id } = await post('Patient', patient)
  const replies = await Promise.all([
    other.ask('POST', 'Observation', { body: weightOf(id) }),
    other.ask('POST', 'Observation', { body: weightOf('00000000-0000-4000-8000-000000000000') }),
    other.ask('POST', 'Observation', { body: weightOf('example') }),
  ])
  for (const reply of replies) {
    expect(reply.statusCode).toBe(422)
    expect(reply.body).toBe(replies[0]?.body)
  }
  const performer = [
    { reference: 'Practitioner/somebody' },
    { reference: 'http://example.org/fhir/Practitioner/1' },
  ]
  const { id: weight } = await post('Observation', { ...weightOf(id), performer })
  expect((await ask('GET', `Observation/${weight}`)).json().performer).toEqual(performer)
})

test('a reference under our own base is kept in its short form', async () => {
  const { post } = await openFacility()
  const { id, reply } = await post('Patient', patient)
  const base = String(reply.headers.location).split('/Patient/')[0]
  const { reply: created } = await post('Observation', {
    ...weightOf(id),
    subject: { reference: `${base}/Patient/${id}` },
  })
  expect(created.json().subject.reference).toBe(`Patient/${id}`)
})

test('what is about nobody anybody reads, and its source alone changes; without its Patient a result is for its sender alone', async () => {
  const { app, system, post, ask } = await openFacility()
  const other = await clientAt(app, system, { facility: OTHER })
  const { id } = await post('Organization', { resourceType: 'Organization', name: 'Khoa Nội' })
  expect((await other.ask('GET', `Organization/${id}`)).json().name).toBe('Khoa Nội')
  const changed = { resourceType: 'Organization', id, name: 'Khoa Ngoại' }
  expect((await other.ask('PUT', `Organization/${id}`, { body: changed })).statusCode).toBe(403)
  expect((await ask('PUT', `Organization/${id}`, { body: changed })).statusCode).toBe(200)

  const { subject: _, ...ofNobody } = weightOf('')
  const { id: alone } = await post('Observation', ofNobody)
  expect((await ask('GET', `Observation/${alone}`)).statusCode).toBe(200)
  expect((await other.ask('GET', `Observation/${alone}`)).statusCode).toBe(404)
  expect((await ask('DELETE', `Observation/${alone}`)).statusCode).toBe(204)
  for (const url of [
    `Observation/${alone}`,
    `Observation/${alone}/_history`,
    `Observation/${alone}/_history/1`,
  ])
    expect((await other.ask('GET', url)).statusCode).toBe(404)
  expect((await ask('GET', `Observation/${alone}/_history/1`)).statusCode).toBe(200)
})

test('a token without the scope is refused before anything is looked at', async () => {
  const { app, system } = await openFacility()
  const { ask } = await clientAt(app, system, { scopes: 'system/Observation.r' })
  expect((await ask('POST', 'Patient', { body: patient })).statusCode).toBe(403)
  expect((await ask('GET', 'Patient/x')).statusCode).toBe(403)
})

test('every write keeps who sent it, when, why, and the hash of what was sent, beside it', async () => {
  const { post, system } = await openFacility()
  const { id } = await post('Patient', patient)
  const shelf = await history(system, readPublicId(system.keys.id, id)?.patientId ?? 0)
  const provenance = shelf.find(({ type }) => type === 'Provenance')
  expect(provenance && parseJson(String(bytesOf(provenance)))).toMatchObject({
    target: [{ reference: `Patient/${id}` }],
    reason: [{ coding: [{ code: 'TREAT' }] }],
    agent: [{ onBehalfOf: { identifier: { value: 'HCM-001' } } }],
  })
})

test('a resource that breaks rules is refused with all that is wrong, and quotes nothing', async () => {
  const { ask } = await openFacility()
  const reply = await ask('POST', 'Patient', {
    body: { ...patient, gender: 'sehr-geheim', birthDate: 'geheim', unknown: 1 },
  })
  expect(reply.statusCode).toBe(422)
  expect(reply.json().issue.length).toBeGreaterThanOrEqual(3)
  expect(reply.body).not.toContain('geheim')
})
