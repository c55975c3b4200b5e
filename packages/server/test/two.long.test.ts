import { randomUUID } from 'node:crypto'
import { rmSync } from 'node:fs'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, expect, onTestFinished, test } from 'vitest'
import { scratchFolder } from '../../../tools/scratch.ts'
import { issueToken, newClient, suspendClient } from '../src/exchange/clients/index.ts'
import { readScopes } from '../src/exchange/clients/scopes.ts'
import { addHook } from '../src/exchange/index.ts'
import type { Context } from '../src/platform/context.ts'
import { openDb } from '../src/platform/database.ts'
import { makeKeys, readKeys } from '../src/platform/keys.ts'
import { openLog } from '../src/platform/log.ts'
import { openPostgres } from '../src/platform/postgres.ts'
import { type Server, startServer } from './server.ts'

const MINUTE = 60_000
const EVERYTHING = 'system/*.cruds'

interface Two {
  readonly ctx: Context
  readonly servers: Server[]
  /** Another in the place of one that is gone. */
  readonly start: (at: 0 | 1) => Promise<void>
  readonly close: () => Promise<void>
}

/** Two whole servers, each a process of its own, on one database. */
async function openTwo(): Promise<Two> {
  const dir = scratchFolder('sokhoe-two-')
  const keyFile = join(dir, 'keys')
  await makeKeys(keyFile)
  const postgres = await openPostgres({ dir: join(dir, 'db'), throwaway: true })
  const { url } = postgres
  const settings = { DATABASE_URL: url, KEY_FILE: keyFile }
  const servers: Server[] = []
  const start = async (at: 0 | 1): Promise<void> => {
    servers[at] = await startServer(join(dir, `server-${at}`), settings)
  }
  await start(0)
  await start(1)
  const db = openDb(url, { max: 4 })
  const ctx: Context = {
    db,
    pool: db,
    keys: await readKeys(keyFile),
    now: () => new Date(),
    actor: { kind: 'system', name: 'test' },
    log: openLog('silent'),
  }
  const close = async () => {
    await db.destroy()
    await Promise.all(servers.map((server) => server.kill()))
    await postgres.stop()
    rmSync(dir, { recursive: true, force: true, maxRetries: 10, retryDelay: 200 })
  }
  return { ctx, servers, start, close }
}

let two: Two
beforeAll(async () => {
  two = await openTwo()
}, MINUTE)
afterAll(() => two.close())

interface Sent {
  readonly method?: string
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

/** A program with a token, asking whichever server. Addresses of one server are asked at the other by their path. */
async function program(facility: string) {
  const id = `two-${randomUUID().slice(0, 8)}`
  const no = await newClient(two.ctx, { id, name: 'Phần mềm', facility, scopes: EVERYTHING })
  const token = await issueToken(two.ctx, {
    scopes: readScopes(EVERYTHING) ?? [],
    seconds: 3600,
    of: { client: no },
  })
  const ask = async (at: 0 | 1, url: string, { method = 'GET', body, headers = {} }: Sent = {}) => {
    const { pathname, search } = new URL(url, 'http://any/fhir/R4/')
    const reply = await fetch(`${two.servers[at]?.base}${pathname}${search}`, {
      method,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body !== undefined && { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    })
    const text = await reply.text()
    const json = (): Record<string, never> => JSON.parse(text)
    return { status: reply.status, headers: reply.headers, text, json }
  }
  return { id, no, ask }
}

type Program = Awaited<ReturnType<typeof program>>

const patient = (id?: string) => ({
  resourceType: 'Patient',
  ...(id !== undefined && { id }),
  name: [{ text: 'Trần Văn An' }],
  birthDate: '1970-02-03',
})

const result = (subject: string, id?: string) => ({
  resourceType: 'Observation',
  ...(id !== undefined && { id }),
  status: 'final',
  category: [{ coding: [{ code: 'laboratory' }] }],
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  subject: { reference: subject },
})

async function newPatient({ ask }: Program): Promise<string> {
  const made = await ask(0, 'Patient', { method: 'POST', body: patient() })
  expect(made.status).toBe(201)
  return `Patient/${made.json()['id']}`
}

const other = (at: 0 | 1): 0 | 1 => (at === 0 ? 1 : 0)

test('of two who change one version at two servers at the same time, one is told that it has changed', async () => {
  const client = await program('HCM-001')
  const place = await newPatient(client)
  for (let version = 1; version <= 10; version += 1) {
    const body = { ...patient(place.replace('Patient/', '')), gender: version % 2 ? 'male' : 'female' }
    const headers = { 'if-match': `W/"${version}"` }
    const both = await Promise.all(
      ([0, 1] as const).map((at) => client.ask(at, place, { method: 'PUT', body, headers })),
    )
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 412])
  }
})

test('a page’s next is asked for at the other server: no line is skipped or told twice', async () => {
  const client = await program('HCM-001')
  const subject = await newPatient(client)
  const made = await Promise.all(
    Array.from({ length: 23 }, (_, i) =>
      client.ask(i % 2 === 0 ? 0 : 1, 'Observation', { method: 'POST', body: result(subject) }),
    ),
  )
  const ids = made.map((one) => one.json()['id'])
  const found: unknown[] = []
  let at: 0 | 1 = 0
  let url: string | undefined = `Observation?patient=${subject}&_count=5`
  while (url !== undefined) {
    const page = await client.ask(at, url)
    expect(page.status).toBe(200)
    const { entry = [], link = [] } = page.json() as {
      entry?: { resource: { id: string } }[]
      link?: { relation: string; url: string }[]
    }
    found.push(...entry.map(({ resource }) => resource.id))
    url = link.find(({ relation }) => relation === 'next')?.url
    at = other(at)
    // what comes meanwhile belongs to no page of this search
    await client.ask(at, 'Observation', { method: 'POST', body: result(subject) })
  }
  expect(found.toSorted()).toEqual(ids.toSorted())
})

test('a client suspended at one server is refused at the other', async () => {
  const client = await program('HCM-002')
  for (const at of [0, 1] as const) expect((await client.ask(at, 'Subscription')).status).toBe(200)
  await suspendClient(two.ctx, client.id, true)
  await expect
    .poll(
      async () =>
        (await Promise.all([client.ask(0, 'Subscription'), client.ask(1, 'Subscription')])).map(
          ({ status }) => status,
        ),
      { timeout: 20_000 },
    )
    .toEqual([401, 401])
})

const NDJSON = { prefer: 'respond-async', 'content-type': 'application/fhir+ndjson' }

const people = (n: number, each: number): string =>
  Array.from({ length: n }, (_, i) =>
    [patient(`p${i}`), ...Array.from({ length: each }, (_, j) => result(`Patient/p${i}`, `r${i}-${j}`))].map(
      (one) => JSON.stringify(one),
    ),
  )
    .flat()
    .join('\n')

async function whenDone(client: Program, at: 0 | 1, url: string) {
  let told = await client.ask(at, url)
  while (told.status === 202) {
    await pause(100)
    told = await client.ask(at, url)
  }
  expect(told.status).toBe(200)
  return told.json() as unknown as {
    output: { url: string; type: string; count: number }[]
    error: unknown[]
  }
}

test(
  'an import and an export begun at one server are finished by the other when the first is killed; files come from both',
  async () => {
    const client = await program('HCM-003')
    const kicked = await client.ask(0, '$import', { method: 'POST', body: people(150, 20), headers: NDJSON })
    expect(kicked.status).toBe(202)
    const job = String(kicked.headers.get('content-location'))
    await expect
      .poll(async () => (await client.ask(1, job)).headers.get('x-progress'), {
        interval: 20,
        timeout: 20_000,
      })
      .toMatch(/^[1-9]\d? %$/)
    await two.servers[0]?.kill()
    expect((await whenDone(client, 1, job)).error).toEqual([])
    await two.start(0)

    const begun = await client.ask(0, '$export', { headers: { prefer: 'respond-async' } })
    const place = String(begun.headers.get('content-location'))
    await two.servers[0]?.kill()
    const { output } = await whenDone(client, 1, place)
    await two.start(0)
    const counts: Record<string, number> = {}
    for (const { url, type } of output) {
      const files = await Promise.all([client.ask(0, url), client.ask(1, url)])
      expect(files[0]?.text).toBe(files[1]?.text)
      const lines = files[0]?.text.split('\n').filter((line) => line !== '') ?? []
      counts[type] = (counts[type] ?? 0) + lines.length
      expect(new Set(lines).size).toBe(lines.length)
    }
    expect(counts).toMatchObject({ Patient: 150, Observation: 3000 })
  },
  3 * MINUTE,
)

async function hookAt() {
  const numbers: number[] = []
  const server = createServer(async (request, response) => {
    let body = ''
    for await (const piece of request) body += String(piece)
    for (const [, number] of body.matchAll(/"event-number","valueString":"(\d+)"/g))
      numbers.push(Number(number))
    response.end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return { numbers, address: `http://127.0.0.1:${(server.address() as AddressInfo).port}/` }
}

const upTo = (n: number): number[] => Array.from({ length: n }, (_, i) => i + 1)

test(
  'a subscriber is told once though two servers deliver; when one is killed nothing is missing and no number is left out',
  async () => {
    const client = await program('HCM-004')
    const { numbers, address } = await hookAt()
    await addHook(two.ctx, client.id, address)
    const subject = await newPatient(client)
    const body = {
      resourceType: 'Subscription',
      status: 'requested',
      reason: 'results',
      criteria: 'urn:sokhoe:topic:laboratory-result',
      channel: { type: 'rest-hook', endpoint: address, payload: 'application/fhir+json' },
    }
    const made = await client.ask(0, 'Subscription', { method: 'POST', body })
    expect(made.status).toBe(201)
    const say = async (n: number, at: (i: number) => 0 | 1): Promise<void> => {
      for (let i = 0; i < n; i += 1)
        expect(
          (await client.ask(at(i), 'Observation', { method: 'POST', body: result(subject) })).status,
        ).toBe(201)
    }
    await say(40, (i) => (i % 2 === 0 ? 0 : 1))
    await expect.poll(() => numbers.length, { timeout: 20_000 }).toBe(40)
    expect(numbers).toEqual(upTo(40))

    const saying = say(40, () => 1)
    await pause(150)
    await two.servers[0]?.kill()
    await saying
    await expect.poll(() => new Set(numbers).size, { timeout: 90_000 }).toBe(80)
    expect([...new Set(numbers)].toSorted((a, b) => a - b)).toEqual(upTo(80))
    await two.start(0)
  },
  3 * MINUTE,
)

test('a limit of one client counts what it asked for at both servers', async () => {
  const client = await program('HCM-005')
  const all = await Promise.all(
    Array.from({ length: 16 }, (_, i) =>
      client.ask(i % 2 === 0 ? 0 : 1, '$export', { headers: { prefer: 'respond-async' } }),
    ),
  )
  const taken = all.filter(({ status }) => status === 202).length
  const late = all.filter(({ status }) => status === 429).length
  expect([taken + late, taken >= 4, late >= 4]).toEqual([16, true, true])
})
