import { expect, test } from 'vitest'
import { CHO_RAY, clientAt } from '../../../../test/client.ts'
import { openTestHouse } from '../../../../test/house.ts'
import { FIRST_PART, HA, residentAt } from '../../../../test/resident.ts'
import type { Context } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'
import { idOf, put, read } from '../../../record/index.ts'
import { suspendClient } from '../../index.ts'
import { bulkWork } from './index.ts'
import { claimJob, sweepJobs } from './jobs.ts'

const ASYNC = { prefer: 'respond-async' }

type House = Awaited<ReturnType<typeof openTestHouse>>
type Client = Awaited<ReturnType<typeof clientAt>>

async function work(ctx: Context): Promise<void> {
  for (const each of bulkWork) while (await each.step(ctx));
}

/** Somebody who declared; by her declaration she opened her book for treatment. */
async function declared({ app, ctx }: House, phone = '0912345678') {
  const resident = residentAt(app, phone)
  await resident.scanAndSignIn()
  expect((await resident.declare({ ...FIRST_PART, ...HA })).statusCode).toBeLessThan(300)
  const { books } = await resident.me()
  const record = await resident.record()
  const id = String(record.find(({ resourceType }) => resourceType === 'Patient')?.id)
  const patientId = readPublicId(ctx.keys.id, id)?.patientId ?? -1
  return { resident, id, patientId, books }
}

const result = (value: string, more: object = {}) => ({
  resource: {
    resourceType: 'Observation',
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
    subject: { reference: '#patient' },
    valueQuantity: { value: JSON.parse(value) },
    ...more,
  },
})

const state = (ctx: Context, patientId: number, source: string, ...resources: object[]) =>
  put(ctx, { patientId, source, kind: 'visit', resources: resources as never })

async function exported(house: House, { ask }: Client, url = '$export') {
  const kicked = await ask('GET', url, { headers: ASYNC })
  expect(kicked.statusCode).toBe(202)
  const at = new URL(String(kicked.headers['content-location'])).pathname
  expect((await ask('GET', at)).statusCode).toBe(202)
  await work(house.ctx)
  const told = await ask('GET', at)
  expect(told.statusCode).toBe(200)
  return { at, manifest: told.json() }
}

async function lines({ ask }: Client, url: string): Promise<Record<string, unknown>[]> {
  const file = await ask('GET', new URL(url).pathname)
  expect([file.statusCode, file.headers['content-type']]).toEqual([200, 'application/fhir+ndjson'])
  return file.body
    .split('\n')
    .filter((line) => line !== '')
    .map((line) => JSON.parse(line))
}

const allLines = async (client: Client, manifest: { output: { url: string }[] }) =>
  (await Promise.all(manifest.output.map(({ url }) => lines(client, url)))).flat()

test('a facility exports the whole record of who opened hers, type by type, and each reading is written down', async () => {
  const house = await openTestHouse()
  const { resident, patientId } = await declared(house)
  await state(house.system, patientId, CHO_RAY, result('7.80'))
  const client = await clientAt(house.app, house.ctx, {})

  const { manifest } = await exported(house, client)
  expect(manifest).toMatchObject({
    transactionTime: house.clock.now.toISOString(),
    requiresAccessToken: true,
    error: [],
  })
  expect(manifest.request).toMatch(/\/fhir\/R4\/\$export$/)
  const told = await allLines(client, manifest)
  expect(told).toHaveLength(
    manifest.output.reduce((sum: number, { count }: { count: number }) => sum + count, 0),
  )
  // what she may show only with a grant of its own stays out
  const open = await read(house.system, [patientId])
  expect(open.length).toBeGreaterThan(10)
  expect(new Set(told.map(({ id }) => id))).toEqual(new Set(open.map(idOf)))

  expect(JSON.stringify(await resident.accesses())).toContain('Tải dữ liệu hàng loạt')
})

test('numbers are exported as they were written', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  await state(house.system, patientId, CHO_RAY, {
    resource: {
      ...result('7').resource,
      valueQuantity: { value: (JSON as never as { rawJSON: (text: string) => unknown }).rawJSON('7.80') },
    },
  })
  const client = await clientAt(house.app, house.ctx, {})

  const { manifest } = await exported(house, client, '$export?_type=Observation')
  const file = await client.ask('GET', new URL(manifest.output[0].url).pathname)
  expect(file.body).toContain('"value":7.80')
})

test('a grant withdrawn after the files were drawn up leaves nothing of others in them; own contributions stay', async () => {
  const house = await openTestHouse()
  const { resident, patientId } = await declared(house)
  await state(house.system, patientId, CHO_RAY, result('7.8'))
  const client = await clientAt(house.app, house.ctx, {})
  const { manifest } = await exported(house, client)
  expect((await allLines(client, manifest)).length).toBeGreaterThan(5)

  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  const withdrawn = await resident.ask('PUT', '/api/me/consents/treatment', {
    payload: { given: false },
  })
  expect(withdrawn.statusCode).toBeLessThan(300)

  const left = await allLines(client, manifest)
  expect(left.map(({ resourceType }) => resourceType)).toEqual(['Observation'])
})

test('what may be shown only with a grant of its own is in no file and in no count', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  await state(house.system, patientId, CHO_RAY, { ...result('1'), restricted: true })
  await state(house.system, patientId, 'HCM-002', result('2'))
  const client = await clientAt(house.app, house.ctx, {})

  const { manifest } = await exported(house, client, '$export?_type=Observation')
  const told = await allLines(client, manifest)
  expect(told.map(({ valueQuantity }) => (valueQuantity as { value: number })?.value)).not.toContain(1)
  expect(told).toHaveLength(manifest.output[0].count)
})

test('an export tells of one moment: what comes later is in the next, which says too what was deleted', async () => {
  const house = await openTestHouse()
  const { patientId } = await declared(house)
  const kept = await state(house.system, patientId, CHO_RAY, result('1'), result('2'))
  const client = await clientAt(house.app, house.ctx, {})
  const { manifest } = await exported(house, client, '$export?_type=Observation')
  const before = await allLines(client, manifest)

  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  const [first, second] = kept.resources
  await state(house.system, patientId, CHO_RAY, { ...result('10'), no: first?.no })
  await state(house.system, patientId, CHO_RAY, {
    resource: { resourceType: 'Observation' },
    no: second?.no,
    deleted: true,
  })
  expect(await allLines(client, manifest)).toEqual(before)

  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  const since = new Date(Date.parse(manifest.transactionTime) + 1).toISOString()
  const next = await exported(house, client, `$export?_type=Observation&_since=${since}`)
  expect((await allLines(client, next.manifest)).map(({ id }) => id)).toEqual([first?.id])
  const gone = await lines(client, next.manifest.deleted[0].url)
  expect(gone).toMatchObject([
    { type: 'transaction', entry: [{ request: { method: 'DELETE', url: `Observation/${second?.id}` } }] },
  ])
})

test('one Patient’s export is asked for by POST, and holds what the person opened and nobody else’s', async () => {
  const house = await openTestHouse()
  const one = await declared(house)
  const other = await declared(house, '0987654321')
  const client = await clientAt(house.app, house.ctx, {})
  const body = {
    resourceType: 'Parameters',
    parameter: [
      { name: 'patient', valueReference: { reference: `Patient/${one.id}` } },
      { name: '_type', valueString: 'Patient,Condition' },
    ],
  }
  const kicked = await client.ask('POST', 'Patient/$export', { body, headers: ASYNC })
  expect(kicked.statusCode).toBe(202)
  await work(house.ctx)
  const { manifest } = {
    manifest: (await client.ask('GET', new URL(String(kicked.headers['content-location'])).pathname)).json(),
  }
  const told = await allLines(client, manifest)
  expect(told.map(({ id }) => id)).toContain(one.id)
  expect(JSON.stringify(told)).not.toContain(other.id)
})

test('a job is its client’s own: to another it is as if it never was; cancelled, it is gone for everybody', async () => {
  const house = await openTestHouse()
  await declared(house)
  const client = await clientAt(house.app, house.ctx, {})
  const other = await clientAt(house.app, house.ctx, { facility: 'HCM-002' })
  const { at, manifest } = await exported(house, client)
  const file = new URL(manifest.output[0].url).pathname
  for (const url of [at, file, '/fhir/R4/bulk/nothing'])
    expect((await other.ask('GET', url)).statusCode).toBe(404)
  expect((await other.ask('DELETE', at)).statusCode).toBe(404)

  expect((await client.ask('DELETE', at)).statusCode).toBe(202)
  for (const url of [at, file]) expect((await client.ask('GET', url)).statusCode).toBe(404)
})

test('what is not understood is refused with what to do instead; too much at once is told to wait', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx, {})
  const refused = async (url: string, headers: Record<string, string> = ASYNC) => {
    const reply = await client.ask('GET', url, { headers })
    return [reply.statusCode, reply.json().resourceType]
  }
  expect(await refused('$export', {})).toEqual([400, 'OperationOutcome'])
  expect(await refused('$export?_typeFilter=Observation%3Fcode%3Dx')).toEqual([400, 'OperationOutcome'])
  expect(await refused('$export?_outputFormat=csv')).toEqual([400, 'OperationOutcome'])
  expect(await refused('$export?_since=yesterday')).toEqual([400, 'OperationOutcome'])
  expect(await refused('Patient/$export?_type=Organization')).toEqual([400, 'OperationOutcome'])
  expect(await refused('$export?_type=Patient,Nothing')).toEqual([400, 'OperationOutcome'])
  expect(await refused('Group/00000000-0000-0000-0000-000000000000/$export')).toEqual([
    404,
    'OperationOutcome',
  ])

  const lenient = { prefer: 'respond-async, handling=lenient' }
  for (const _ of [1, 2, 3, 4])
    expect((await client.ask('GET', '$export?_elements=id', { headers: lenient })).statusCode).toBe(202)
  const full = await client.ask('GET', '$export', { headers: ASYNC })
  expect([full.statusCode, full.headers['retry-after']]).toEqual([429, '60'])
})

test('only types that the token opens are exported; one asked for by name that it does not open is refused', async () => {
  const house = await openTestHouse()
  await declared(house)
  const client = await clientAt(house.app, house.ctx, { scopes: 'system/Condition.rs' })
  const { manifest } = await exported(house, client)
  expect(manifest.output.map(({ type }: { type: string }) => type)).toEqual(['Condition'])
  expect((await client.ask('GET', '$export?_type=Patient', { headers: ASYNC })).statusCode).toBe(403)
})

test('whoever was suspended meanwhile gets nothing: the job ends refused', async () => {
  const house = await openTestHouse()
  await declared(house)
  const client = await clientAt(house.app, house.ctx, {})
  await client.ask('GET', '$export', { headers: ASYNC })
  await suspendClient(house.system, client.id, true)
  await work(house.ctx)
  const { status, fault } = await house.db
    .selectFrom('exchange.job')
    .select(['status', 'fault'])
    .executeTakeFirstOrThrow()
  expect([status, fault]).toEqual(['failed', 'refused'])
})

test('what expired is forgotten, and whoever lost a lease changes nothing', async () => {
  const house = await openTestHouse()
  await declared(house)
  const client = await clientAt(house.app, house.ctx, {})
  await client.ask('GET', '$export', { headers: ASYNC })
  const job = await claimJob(house.ctx)
  expect(job?.status).toBe('running')
  expect(await claimJob(house.ctx)).toBeUndefined()

  house.clock.now = new Date(house.clock.now.getTime() + 25 * 3_600_000)
  await sweepJobs(house.ctx)
  expect(await house.db.selectFrom('exchange.job').selectAll().execute()).toEqual([])
})

test('the whole export holds what is about nobody too, and what a facility keeps for itself only for itself', async () => {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.ctx, {})
  const other = await clientAt(house.app, house.ctx, { facility: 'HCM-002' })
  const clinic = { resourceType: 'Organization', name: 'Phòng khám Hoa Sen' }
  const made = await client.ask('POST', 'Organization', { body: clinic })
  expect(made.statusCode).toBe(201)
  const code = { text: 'thử máy' }
  await other.ask('POST', 'Observation', { body: { resourceType: 'Observation', status: 'final', code } })

  const { manifest } = await exported(house, client)
  const told = await allLines(client, manifest)
  expect(told.filter(({ resourceType }) => resourceType === 'Organization')).toMatchObject([
    { id: made.json().id, name: 'Phòng khám Hoa Sen' },
  ])
  expect(JSON.stringify(told)).not.toContain('thử máy')
  const theirs = await exported(house, other, '$export?_type=Observation')
  expect(JSON.stringify(await allLines(other, theirs.manifest))).toContain('thử máy')
  house.clock.now = new Date(house.clock.now.getTime() + 60_000)
  const since = new Date(house.clock.now.getTime() - 1000).toISOString()
  const none = await exported(house, client, `$export?_since=${since}`)
  expect(none.manifest.output).toEqual([])
  const hers = await exported(house, client, 'Patient/$export')
  expect(JSON.stringify(hers.manifest)).not.toContain('Organization')
})

test('a group’s export holds its members’ records and nobody else’s; who may not see the group is told of none', async () => {
  const house = await openTestHouse()
  const [one, other] = [await declared(house), await declared(house, '0987654321')]
  const client = await clientAt(house.app, house.ctx, {})
  const stranger = await clientAt(house.app, house.ctx, { facility: 'HCM-002' })
  const member = [{ entity: { reference: `Patient/${one.id}` } }]
  const body = { resourceType: 'Group', type: 'person', actual: true, member }
  const made = await client.ask('POST', 'Group', { body })
  expect(made.statusCode).toBe(201)
  const url = `Group/${made.json().id}/$export`

  const { manifest } = await exported(house, client, url)
  const told = await allLines(client, manifest)
  expect(told.map(({ id }) => id)).toContain(one.id)
  expect(JSON.stringify(told)).not.toContain(other.id)
  await one.resident.ask('PUT', '/api/me/consents/treatment', { payload: { given: false } })
  expect((await stranger.ask('GET', url, { headers: ASYNC })).statusCode).toBe(404)
})
