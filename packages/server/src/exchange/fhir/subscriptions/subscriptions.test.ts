import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { expect, onTestFinished, test } from 'vitest'
import { WebSocket } from 'ws'
import { askWith, CHO_RAY, clientAt } from '../../../../test/client.ts'
import { openTestHouse } from '../../../../test/house.ts'
import { FIRST_PART, HA, residentAt } from '../../../../test/resident.ts'
import { type Context, inTransaction } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'
import { put } from '../../../record/index.ts'
import { issueToken } from '../../clients/index.ts'
import { readScopes } from '../../clients/scopes.ts'
import { suspendClient } from '../../index.ts'
import { deliverStep } from './deliver.ts'
import { feedStep } from './feed.ts'
import { addHook, removeHook } from './hooks.ts'
import { openSockets } from './sockets.ts'

type House = Awaited<ReturnType<typeof openTestHouse>>
type Client = Awaited<ReturnType<typeof clientAt>>
type Json = Record<string, unknown>

const IG = 'http://hl7.org/fhir/uv/subscriptions-backport/StructureDefinition/'
const BASE = 'http://sokhoe.test/fhir/R4'
const REACHING = { mode: 'test', base: BASE } as const

async function declared({ app, ctx }: House, phone = '0912345678') {
  const resident = residentAt(app, phone)
  await resident.scanAndSignIn()
  expect((await resident.declare({ ...FIRST_PART, ...HA })).statusCode).toBeLessThan(300)
  const record = await resident.record()
  const id = String(record.find(({ resourceType }) => resourceType === 'Patient')?.id)
  return { resident, id, patientId: readPublicId(ctx.keys.id, id)?.patientId ?? -1 }
}

const result = (code: string, more: Json = {}) => ({
  resource: {
    resourceType: 'Observation',
    status: 'final',
    category: [{ coding: [{ code: 'laboratory' }] }],
    code: { coding: [{ system: 'http://loinc.org', code }] },
    subject: { reference: '#patient' },
    ...more,
  },
})

const state = (ctx: Context, patientId: number, source: string, ...resources: object[]) =>
  put(ctx, { patientId, source, kind: 'visit', resources: resources as never })

interface Hook {
  readonly address: string
  readonly got: Json[]
  readonly headers: IncomingMessage['headers'][]
  /** How it answers; default 200. */
  answer: (response: ServerResponse) => void
}

async function hookAt(): Promise<Hook> {
  const hook: Hook = { address: '', got: [], headers: [], answer: (response) => response.end() }
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    hook.got.push(JSON.parse(body))
    hook.headers.push(request.headers)
    hook.answer(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return Object.assign(hook, { address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/told` })
}

const wantedAs = (endpoint: string | undefined, criteria: string[], more: Json = {}) => ({
  resourceType: 'Subscription',
  status: 'requested',
  reason: 'to know results',
  criteria: 'urn:sokhoe:topic:laboratory-result',
  ...(criteria.length > 0 && {
    _criteria: {
      extension: criteria.map((valueString) => ({ url: `${IG}backport-filter-criteria`, valueString })),
    },
  }),
  channel: {
    ...(endpoint === undefined ? { type: 'websocket' } : { type: 'rest-hook', endpoint }),
    payload: 'application/fhir+json',
    ...(endpoint !== undefined && { header: ['Authorization: Bearer secret-of-the-hook'] }),
    ...more,
  },
})

/** Arrivals are told only when every older transaction is over, of other tests on this server too. */
async function isBehind({ db }: Context): Promise<boolean> {
  const { rows } = await sql<{ behind: boolean }>`
    select exists (select from record.outbox where (xid, patient_id, first_no) > (
      select coalesce(nullif(split_part(max(cursor), '.', 1), ''), '0')::xid8,
        coalesce(nullif(split_part(max(cursor), '.', 2), ''), '-1')::bigint,
        coalesce(nullif(split_part(max(cursor), '.', 3), ''), '0')::int from exchange.feed)) as behind`.execute(
    db,
  )
  return rows[0]?.behind ?? false
}

async function feed(ctx: Context): Promise<void> {
  do while (await feedStep(ctx));
  while ((await isBehind(ctx)) && (await pause(20, true)))
}

async function work(ctx: Context): Promise<void> {
  await feed(ctx)
  while (await deliverStep(ctx, REACHING));
}

const statusIn = (bundle: Json = {}): Json[] => {
  const [first] = bundle['entry'] as { resource: { parameter: Json[] } }[]
  return first?.resource.parameter ?? []
}

const parameters = (bundle: Json | undefined): Record<string, unknown> =>
  Object.fromEntries(statusIn(bundle).map(({ name, ...value }) => [name, Object.values(value)[0]]))

const eventsIn = (bundle: Json | undefined): { no: string; focus: string | undefined }[] => {
  return statusIn(bundle)
    .filter(({ name }) => name === 'notification-event')
    .map(({ part }) => {
      const parts = part as { name: string; valueString?: string; valueReference?: { reference: string } }[]
      return {
        no: parts.find(({ name }) => name === 'event-number')?.valueString ?? '',
        focus: parts.find(({ name }) => name === 'focus')?.valueReference?.reference,
      }
    })
}

async function subscribed(house: House, client: Client, criteria: string[] = [], more: Json = {}) {
  const hook = await hookAt()
  await addHook(house.system, client.id, hook.address)
  const made = await client.ask('POST', 'Subscription', { body: wantedAs(hook.address, criteria, more) })
  expect(made.statusCode).toBe(201)
  await work(house.ctx)
  return { hook, id: String(made.json().id) }
}

test('a facility is told of a new result by its number and address, after a handshake, and each telling is written down', async () => {
  const house = await openTestHouse()
  const { resident, patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const { hook, id } = await subscribed(house, client)
  expect(parameters(hook.got[0])).toMatchObject({ type: 'handshake', status: 'requested' })
  expect(hook.headers[0]).toMatchObject({ authorization: 'Bearer secret-of-the-hook' })
  expect((await client.ask('GET', `Subscription/${id}`)).json()).toMatchObject({ id, status: 'active' })

  const kept = await state(house.system, patientId, CHO_RAY, result('4548-4'))
  await work(house.ctx)
  expect(hook.got).toHaveLength(2)
  expect(parameters(hook.got[1])).toMatchObject({
    type: 'event-notification',
    status: 'active',
    topic: 'urn:sokhoe:topic:laboratory-result',
    'events-since-subscription-start': '1',
  })
  expect(eventsIn(hook.got[1])).toEqual([{ no: '1', focus: `Observation/${kept.resources[0]?.id}` }])
  expect(JSON.stringify(hook.got[1])).not.toContain('4548-4')
  expect(JSON.stringify(await resident.accesses())).toContain('Được báo có dữ liệu mới')

  await work(house.ctx)
  expect(hook.got).toHaveLength(2)
})

test('filters by person and code hold; what happened before is not told', async () => {
  const house = await openTestHouse()
  const one = await declared(house)
  const other = await declared(house, '0987654321')
  await state(house.system, one.patientId, CHO_RAY, result('4548-4'))
  house.clock.now = new Date(house.clock.now.getTime() + 1000)
  const client = await clientAt(house.app, house.ctx)
  const { hook } = await subscribed(house, client, [
    `Observation?patient=Patient/${one.id}&code=http://loinc.org|4548-4`,
  ])
  await state(house.system, other.patientId, CHO_RAY, result('4548-4'))
  await state(house.system, one.patientId, CHO_RAY, result('2345-7'))
  await state(house.system, one.patientId, CHO_RAY, {
    resource: { ...result('4548-4').resource, category: [] },
  })
  const kept = await state(house.system, one.patientId, CHO_RAY, result('4548-4'))
  await work(house.ctx)
  expect(hook.got.slice(1).flatMap(eventsIn)).toEqual([
    { no: '1', focus: `Observation/${kept.resources[0]?.id}` },
  ])
})

test('whole resources go only where asked for; numbers are as written', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const full = {
    _payload: { extension: [{ url: `${IG}backport-payload-content`, valueCode: 'full-resource' }] },
  }
  const { hook } = await subscribed(house, client, [], full)
  await state(house.system, patientId, 'HCM-002', result('4548-4', { valueQuantity: { value: 7 } }))
  await work(house.ctx)
  expect(hook.got[1]?.['entry']).toMatchObject([{}, { resource: { valueQuantity: { value: 7 } } }])
})

test('a grant withdrawn between event and telling: nothing leaves, and the numbers have no gap', async () => {
  const house = await openTestHouse()
  const one = await declared(house)
  const other = await declared(house, '0987654321')
  const client = await clientAt(house.app, house.ctx)
  const { hook, id } = await subscribed(house, client)

  await state(house.system, one.patientId, 'HCM-002', result('1-1'))
  await state(house.system, other.patientId, 'HCM-002', result('1-1'))
  await feed(house.ctx)
  await one.resident.ask('PUT', '/api/me/consents/treatment', { payload: { given: false } })
  await work(house.ctx)
  expect(
    hook.got
      .slice(1)
      .flatMap(eventsIn)
      .map(({ no }) => no),
  ).toEqual(['1'])
  expect(JSON.stringify(hook.got)).not.toContain(one.id)

  await other.resident.ask('PUT', '/api/me/consents/treatment', { payload: { given: false } })
  const again = (await client.ask('GET', `Subscription/${id}/$events?eventsSinceNumber=1`)).json()
  expect(eventsIn(again)).toEqual([{ no: '1', focus: undefined }])
})

test('what may be shown only with a grant of its own is told to nobody', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const { hook } = await subscribed(house, client)
  await state(house.system, patientId, CHO_RAY, { ...result('1-1'), restricted: true })
  await work(house.ctx)
  expect(hook.got).toHaveLength(1)
})

test('an address that fails is tried again later with the same events; they can be asked for meanwhile', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const { hook, id } = await subscribed(house, client)
  hook.answer = (response) => response.writeHead(500).end()
  await state(house.system, patientId, CHO_RAY, result('1-1'), result('1-2'))
  await work(house.ctx)
  await work(house.ctx)
  expect(hook.got).toHaveLength(2)
  expect((await client.ask('GET', `Subscription/${id}`)).json()).toMatchObject({
    status: 'active',
    error: 'status',
  })
  const [status] = (await client.ask('GET', `Subscription/${id}/$status`)).json().entry
  expect(JSON.stringify(status)).toContain('"events-since-subscription-start","valueString":"2"')
  const asked = (await client.ask('GET', `Subscription/${id}/$events?eventsSinceNumber=2`)).json()
  expect(eventsIn(asked).map(({ no }) => no)).toEqual(['2'])

  hook.answer = (response) => response.end()
  house.clock.now = new Date(house.clock.now.getTime() + 2000)
  await work(house.ctx)
  expect(eventsIn(hook.got[2]).map(({ no }) => no)).toEqual(['1', '2'])
})

test('an address that never answers well ends in error, and begins again when the Subscription is put anew', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const { hook, id } = await subscribed(house, client)
  hook.answer = (response) => response.writeHead(302, { location: 'http://127.0.0.1:1/' }).end()
  const { patientId } = await declared(house)
  await state(house.system, patientId, CHO_RAY, result('1-1'))
  for (let i = 0; i < 20; i++) {
    await work(house.ctx)
    house.clock.now = new Date(house.clock.now.getTime() + 601_000)
  }
  // hours later its token is another
  const scopes = readScopes('system/*.cruds') ?? []
  const token = await issueToken(house.ctx, { scopes, seconds: 3600, of: { client: client.no } })
  const ask = askWith(house.app, token)
  const told = (await ask('GET', `Subscription/${id}`)).json()
  expect(told).toMatchObject({ status: 'error', error: 'redirect' })

  hook.answer = (response) => response.end()
  const again = { ...wantedAs(hook.address, []), id }
  const put = await ask('PUT', `Subscription/${id}`, { body: again, headers: { 'if-match': 'W/"1"' } })
  expect(put.statusCode).toBe(200)
  const stale = await ask('PUT', `Subscription/${id}`, {
    body: again,
    headers: { 'if-match': 'W/"1"' },
  })
  expect(stale.statusCode).toBe(412)
  await work(house.ctx)
  expect(parameters(hook.got.at(-2))).toMatchObject({ type: 'handshake' })
  expect(eventsIn(hook.got.at(-1)).map(({ no }) => no)).toEqual(['1'])
})

test('only addresses that the operator opened are called; one taken back, or a client suspended, ends it', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const foreign = await client.ask('POST', 'Subscription', { body: wantedAs('http://127.0.0.1:9/else', []) })
  expect(foreign.statusCode).toBe(422)

  const { hook, id } = await subscribed(house, client)
  const second = await subscribed(house, client)
  await removeHook(house.system, client.id, hook.address)
  await state(house.system, patientId, CHO_RAY, result('1-1'))
  await work(house.ctx)
  expect([hook.got.length, second.hook.got.length]).toEqual([1, 2])
  expect((await client.ask('GET', `Subscription/${id}`)).json()).toMatchObject({
    status: 'error',
    error: 'refused',
  })

  await suspendClient(house.system, client.id, true)
  await state(house.system, patientId, CHO_RAY, result('1-2'))
  await work(house.ctx)
  expect(second.hook.got).toHaveLength(2)
})

test('a sign of life is sent when it was quiet for as long as was asked', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const { hook } = await subscribed(house, client, [], {
    extension: [{ url: `${IG}backport-heartbeat-period`, valueUnsignedInt: 60 }],
  })
  house.clock.now = new Date(house.clock.now.getTime() + 61_000)
  await work(house.ctx)
  expect(parameters(hook.got[1])).toMatchObject({ type: 'heartbeat', 'events-since-subscription-start': '0' })
  await work(house.ctx)
  expect(hook.got).toHaveLength(2)
})

test('an event is kept exactly once, however many look at the arrivals at the same time and wherever one is cut off', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const { hook } = await subscribed(house, client)
  for (let i = 0; i < 30; i++) await state(house.system, patientId, CHO_RAY, result(`1-${i}`))
  // cut off before its commit: nothing of it stands
  await inTransaction(house.ctx, async (ctx) => {
    await feedStep(ctx)
    throw new Error('cut off')
  }).catch(() => undefined)
  await Promise.all([1, 2, 3, 4].map(() => feedStep(house.ctx)))
  await feed(house.ctx)
  await Promise.all([1, 2, 3, 4].map(() => deliverStep(house.ctx, REACHING)))
  await work(house.ctx)
  const numbers = hook.got
    .slice(1)
    .flatMap(eventsIn)
    .map(({ no }) => Number(no))
  expect(numbers).toEqual(Array.from({ length: 30 }, (_, i) => i + 1))
})

test('after a restore, when the record’s order begins anew, nothing is told twice and nothing new is missed', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const { hook } = await subscribed(house, client)
  await state(house.system, patientId, CHO_RAY, result('1-1'))
  await work(house.ctx)
  // as a restore leaves it: every arrival long ago, and a cursor ahead of all that is to come
  await sql`update record.outbox set xid = '3'::xid8`.execute(house.db)
  await sql`update exchange.feed set cursor = '999999999.1.1'`.execute(house.db)
  await state(house.system, patientId, CHO_RAY, result('1-2'))
  await work(house.ctx)
  expect(
    hook.got
      .slice(1)
      .flatMap(eventsIn)
      .map(({ no }) => no),
  ).toEqual(['1', '2'])
})

test('a Subscription is its client’s own: another knows nothing of it', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const other = await clientAt(house.app, house.ctx, { facility: 'HCM-002' })
  const { id } = await subscribed(house, client)
  for (const [method, url] of [
    ['GET', `Subscription/${id}`],
    ['DELETE', `Subscription/${id}`],
    ['GET', `Subscription/${id}/$status`],
    ['GET', `Subscription/${id}/$events`],
  ] as const)
    expect((await other.ask(method, url)).statusCode).toBe(404)
  expect((await other.ask('GET', 'Subscription')).json()).toMatchObject({ total: 0 })
  expect((await client.ask('GET', 'Subscription?status=active')).json()).toMatchObject({ total: 1 })
  const form = { body: 'status=active', headers: { 'content-type': 'application/x-www-form-urlencoded' } }
  expect((await client.ask('POST', 'Subscription/_search', form)).json()).toMatchObject({ total: 1 })
  expect((await client.ask('DELETE', `Subscription/${id}`)).statusCode).toBe(204)
  expect((await client.ask('GET', `Subscription/${id}`)).statusCode).toBe(404)
})

test('a Subscription is sent by itself: in a transaction, or among lines of an import, it would stand there and do nothing', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  const entry = { resource: wantedAs(undefined, []), request: { method: 'POST', url: 'Subscription' } }
  const together = { resourceType: 'Bundle', type: 'transaction', entry: [entry] }
  expect((await client.ask('POST', '', { body: together })).statusCode).toBe(400)
  const apart = await client.ask('POST', '', { body: { ...together, type: 'batch' } })
  expect(apart.json().entry[0].response.status).toMatch(/^201/)
  expect((await client.ask('GET', 'Subscription')).json()).toMatchObject({ total: 1 })
})

test('the catalogue of topics can be read, and what no topic knows is refused', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx)
  expect((await client.ask('GET', 'SubscriptionTopic')).json().total).toBe(4)
  const bodies = [
    { ...wantedAs(undefined, []), criteria: 'urn:nothing' },
    wantedAs(undefined, ['Observation?value-quantity=gt5']),
    wantedAs(undefined, ['Condition?code=x']),
    { ...wantedAs(undefined, []), criteria: 'urn:sokhoe:topic:resource-change' },
    { ...wantedAs(undefined, []), channel: { type: 'email', endpoint: 'mailto:a@b.vn' } },
    { resourceType: 'Subscription' },
  ]
  for (const body of bodies) {
    const reply = await client.ask('POST', 'Subscription', { body })
    expect([reply.statusCode, reply.json().resourceType]).toEqual([422, 'OperationOutcome'])
  }
})

test('on a websocket that a token bound, events arrive once; a token binds once', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const client = await clientAt(house.app, house.ctx)
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const close = openSockets(server, house.ctx, '/socket', BASE)
  onTestFinished(async () => {
    await close()
    server.close()
  })
  const made = await client.ask('POST', 'Subscription', { body: wantedAs(undefined, []) })
  const bound = (await client.ask('GET', `Subscription/${made.json().id}/$get-ws-binding-token`)).json()
  const token = bound.parameter[0].valueString

  const got: Json[] = []
  const open = async () => {
    const socket = new WebSocket(`ws://127.0.0.1:${(server.address() as AddressInfo).port}/socket`)
    await new Promise((resolve) => socket.once('open', resolve))
    socket.send(`bind-with-token ${token}`)
    return socket
  }
  const socket = await open()
  socket.on('message', (data) => got.push(JSON.parse(String(data))))
  await expect.poll(() => got.length).toBe(1)
  expect(parameters(got[0])).toMatchObject({ type: 'handshake' })
  const second = await open()
  const closed = await new Promise((resolve) => second.once('close', resolve))
  expect(closed).toBe(1008)

  await state(house.system, patientId, CHO_RAY, result('1-1'), result('1-2'))
  await feed(house.ctx)
  await expect
    .poll(
      () =>
        got
          .slice(1)
          .flatMap(eventsIn)
          .map(({ no }) => no),
      { timeout: 20_000 },
    )
    .toEqual(['1', '2'])
  await suspendClient(house.system, client.id, true)
  const ended = new Promise((resolve) => socket.once('close', resolve))
  expect(await ended).toBe(1008)
})
