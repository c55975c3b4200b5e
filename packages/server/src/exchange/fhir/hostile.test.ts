import { setTimeout as pause } from 'node:timers/promises'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { openFacility, PATIENT, weightOf } from '../../../test/facility.ts'
import { openDoor } from '../../start/readiness.ts'
import { inTime } from './in-time.ts'

const JSON_TYPE = 'application/fhir+json'
const MB = 1024 * 1024

type House = Awaited<ReturnType<typeof openFacility>>

/** A refusal in FHIR's own form that quotes nothing of what was sent. */
function needRefused(reply: Awaited<ReturnType<House['ask']>>, status: number, what: string): void {
  expect(reply.statusCode, `${what}: ${reply.body.slice(0, 300)}`).toBe(status)
  const { resourceType, issue } = reply.json()
  expect(resourceType, what).toBe('OperationOutcome')
  expect(issue[0].severity, what).toMatch(/^(?:error|fatal)$/)
  expect(reply.body, what).not.toContain('secret')
}

const deep = (levels: number) =>
  `{"resourceType":"Patient","extension":${'[{"url":"a:b","extension":'.repeat(levels)}[]${'}]'.repeat(levels)}}`

test('whatever is no resource is refused with what is wrong, and nothing of it comes back', async () => {
  const { ask, system } = await openFacility()
  const post = (body: string | Buffer) => ask('POST', 'Patient', { body })
  const bodies: [what: string, body: string | Buffer, status: number][] = [
    ['cut short', '{"resourceType":"Patient","name":[{"text":"secret"', 400],
    ['no JSON', 'secret', 400],
    ['nothing', '', 400],
    ['a list', '[]', 400],
    ['null', 'null', 400],
    ['a number', '7', 400],
    ['no type', '{"name":[]}', 400],
    ['an unknown type', '{"resourceType":"Secret"}', 400],
    [
      'another type than the address',
      '{"resourceType":"Observation","status":"final","code":{"text":"secret"}}',
      400,
    ],
    ['a type that is an object', '{"resourceType":{"secret":1}}', 400],
    ['__proto__', '{"resourceType":"Patient","__proto__":{"secret":true}}', 400],
    ['a name twice', '{"resourceType":"Patient","active":true,"active":false}', 400],
    ['NUL', '{"resourceType":"Patient","name":[{"text":"secret\\u0000"}]}', 400],
    ['NUL as it is', '{"resourceType":"Patient","name":[{"text":"secret\u0000"}]}', 400],
    ['half a character', '{"resourceType":"Patient","name":[{"text":"secret\\ud800"}]}', 400],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), 400],
    ['deep lists', '['.repeat(100_000), 400],
    ['deep extensions', deep(40), 400],
    ['words for numbers', '{"resourceType":"Patient","multipleBirthInteger":"secret"}', 422],
    ['objects for texts', '{"resourceType":"Patient","name":[{"text":{"secret":1}}]}', 422],
    ['a text for a list', '{"resourceType":"Patient","name":"secret"}', 400],
    ['an impossible date', '{"resourceType":"Patient","birthDate":"2026-02-31"}', 422],
    ['millions of tiny values', `{"resourceType":"Patient","name":[${'{},'.repeat(2_000_000)}{}]}`, 413],
  ]
  for (const [what, body, status] of bodies) {
    needRefused(await post(body), status, what)
  }
  expect(await system.db.selectFrom('identity.patient').selectAll().execute()).toEqual([])
})

test('other kinds of content are refused by name', async () => {
  const { ask } = await openFacility()
  const xml = '<Patient xmlns="http://hl7.org/fhir"><active value="true"/></Patient>'
  const kinds: [kind: string, body: string][] = [
    ['application/fhir+xml', xml],
    ['text/xml', xml],
    ['text/plain', JSON.stringify(PATIENT)],
    ['multipart/form-data; boundary=x', '--x--'],
    ['application/x-www-form-urlencoded', 'a=b'],
    ['application/fhir+json; charset=iso-8859-1', JSON.stringify(PATIENT)],
    ['application/octet-stream', JSON.stringify(PATIENT)],
  ]
  for (const [kind, body] of kinds)
    needRefused(await ask('POST', 'Patient', { body, headers: { 'content-type': kind } }), 415, kind)
  needRefused(
    await ask('POST', 'Patient', { body: PATIENT, headers: { accept: 'application/fhir+xml' } }),
    406,
    'accept',
  )
  needRefused(await ask('POST', 'Patient?_format=xml', { body: PATIENT }), 406, '_format')
  for (const kind of ['application/json', 'application/json+fhir', 'application/fhir+json; charset=utf-8'])
    expect(
      (await ask('POST', 'Patient', { body: PATIENT, headers: { 'content-type': kind } })).statusCode,
    ).toBe(201)
})

test('bodies that are too large are refused, however small they are made to look', async () => {
  const { ask } = await openFacility()
  const large = Buffer.alloc(60 * MB, 0x20)
  needRefused(await ask('POST', 'Patient', { body: large }), 413, '60 MB')
  const packed = (body: Buffer | string, encoding = 'gzip') =>
    ask('POST', 'Patient', { body: body as Buffer, headers: { 'content-encoding': encoding } })
  needRefused(await packed(gzipSync(large)), 413, 'a bomb')
  needRefused(await packed(gzipSync('{}').subarray(0, 12)), 400, 'cut short')
  needRefused(await packed(Buffer.from('no gzip')), 400, 'no gzip')
  needRefused(await packed(gzipSync('{}'), 'br'), 415, 'another packing')
  const good = await packed(gzipSync(JSON.stringify(PATIENT)))
  expect(good.statusCode, good.body).toBe(201)
})

test('answers come packed, indented and in the form asked for', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', { ...PATIENT, name: [{ text: 'Hà '.repeat(2000) }] })
  const plain = await ask('GET', `Patient/${id}`)
  expect(plain.headers['content-type']).toBe(`${JSON_TYPE}; charset=utf-8`)
  const packed = await ask('GET', `Patient/${id}`, { headers: { 'accept-encoding': 'gzip' } })
  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 4)
  expect((await ask('GET', `Patient/${id}?_pretty=true&_format=json`)).body).toContain(
    '\n  "resourceType": "Patient"',
  )
})

test('what a reader has already is not sent again; what the writer wants back is his to say', async () => {
  const { ask, post } = await openFacility()
  const { id, reply } = await post('Patient', PATIENT)
  const read = (headers: Record<string, string>) => ask('GET', `Patient/${id}`, { headers })
  const known = await read({ 'if-none-match': 'W/"1"' })
  expect([known.statusCode, known.body, known.headers.etag]).toEqual([304, '', 'W/"1"'])
  expect((await read({ 'if-none-match': 'W/"2"' })).statusCode).toBe(200)
  expect((await read({ 'if-modified-since': String(reply.headers['last-modified']) })).statusCode).toBe(304)
  expect((await read({ 'if-modified-since': 'Mon, 01 Jan 2024 00:00:00 GMT' })).statusCode).toBe(200)

  const write = (want: string) =>
    ask('POST', 'Patient', { body: PATIENT, headers: { prefer: `return=${want}` } })
  const [minimal, outcome, whole] = [
    await write('minimal'),
    await write('OperationOutcome'),
    await write('representation'),
  ]
  expect([minimal.statusCode, minimal.body]).toEqual([201, ''])
  expect(minimal.headers.location).toContain('/_history/1')
  expect(outcome.json().resourceType).toBe('OperationOutcome')
  expect(whole.json().resourceType).toBe('Patient')
  for (const tag of ['W/"x"', '1', '*'])
    expect(
      (await ask('PUT', `Patient/${id}`, { body: { ...PATIENT, id }, headers: { 'if-match': tag } }))
        .statusCode,
    ).toBe(400)
})

test('of twenty writers who all saw the same version one writes, and the others are told', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const { id: weight } = await post('Observation', weightOf(id))
  const replies = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      ask('PUT', `Observation/${weight}`, {
        body: { ...weightOf(id), id: weight, note: [{ text: `${i}` }] },
        headers: { 'if-match': 'W/"1"' },
      }),
    ),
  )
  const codes = replies.map(({ statusCode }) => statusCode)
  expect(codes.filter((code) => code === 200)).toHaveLength(1)
  expect(codes.filter((code) => code === 412)).toHaveLength(19)
  expect((await ask('GET', `Observation/${weight}`)).headers.etag).toBe('W/"2"')
})

test('while a very long resource is looked through, others are served', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const entry = Array.from({ length: 12_000 }, (_, i) => ({
    fullUrl: `urn:uuid:00000000-0000-4000-8000-${String(i).padStart(12, '0')}`,
    resource: {
      ...weightOf(id),
      text: { status: 'generated', div: `<div xmlns="http://www.w3.org/1999/xhtml">${i}</div>` },
    },
  }))
  const bundle = { resourceType: 'Bundle', type: 'collection', entry }
  let over = false
  const long = ask('POST', 'Bundle', { body: bundle }).finally(() => {
    over = true
  })
  let served = 0
  while (!over) {
    expect((await ask('GET', `Patient/${id}`)).statusCode).toBe(200)
    served += 1
    await pause(20)
  }
  expect((await long).statusCode).toBe(201)
  expect(served).toBeGreaterThan(3)
  const wrong = { ...bundle, entry: [...entry, { resource: { resourceType: 'Patient', gender: 'secret' } }] }
  needRefused(await ask('POST', 'Bundle', { body: wrong }), 422, 'one wrong among many')
})

test('days on the edges of time, odd addresses and swelling patches break nothing', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const times = ['2016-12-31T23:59:60Z', '0001-01-01T00:00:00+14:00', '9999-12-31T23:59:59Z']
  for (const effectiveDateTime of times) await post('Observation', { ...weightOf(id), effectiveDateTime })
  const newest = await ask('GET', `Observation?patient=${id}&_sort=-date`)
  expect(newest.json().total, newest.body).toBe(times.length)

  for (const path of ['bulk/%00/1', 'bulk/%00', 'Subscription/%00', 'Group/%00/$export'])
    needRefused(await ask('GET', path), 404, path)
  needRefused(await ask('GET', 'Subscription/$status?ids=%00'), 400, 'ids')

  const { id: weight } = await post('Observation', { ...weightOf(id), note: [{ text: 'x'.repeat(MB) }] })
  const copy = { op: 'copy', from: '/note/0', path: '/note/-' }
  const patch = (copies: number) =>
    ask('PATCH', `Observation/${weight}`, {
      body: Array.from({ length: copies }, () => copy),
      headers: { 'content-type': 'application/json-patch+json' },
    })
  needRefused(await patch(100), 413, 'swelling')
  const unknown = { body: [{ op: '__proto__', path: '/status' }] }
  const headers = { 'content-type': 'application/json-patch+json' }
  needRefused(await ask('PATCH', `Observation/${weight}`, { ...unknown, headers }), 400, 'op')
  expect((await patch(5)).statusCode).toBe(200)

  const all = { request: { method: 'GET', url: `Patient/${id}/$everything` } }
  for (const type of ['batch', 'transaction']) {
    const bundle = { resourceType: 'Bundle', type, entry: Array.from({ length: 10 }, () => all) }
    const answers: string[] = (await ask('POST', '', { body: bundle }))
      .json()
      .entry.map(({ response }: { response: { status: string } }) => response.status.slice(0, 3))
    expect(new Set(answers), type).toEqual(new Set(['200', '413']))
  }
})

test('nobody waits for a body that does not come', async () => {
  await expect(inTime(new Promise(() => undefined), 10)).rejects.toMatchObject({ code: 'fhir.too-slow' })
  expect(await inTime(Promise.resolve('it came'), 10)).toBe('it came')
  expect(openDoor().server.requestTimeout).toBeLessThanOrEqual(60_000)
})
