import { randomUUID } from 'node:crypto'
import { writeJson } from '@sokhoe/fhir'
import type { InjectOptions } from 'fastify'
import { expect, test } from 'vitest'
import { eventsOf } from '../src/audit/index.ts'
import { readPublicId } from '../src/platform/ids.ts'
import { openTestHouse } from './house.ts'
import { FIRST_PART, HA, residentAt, responseOf } from './resident.ts'
import { signedInWorker } from './worker.ts'

/**
 * Every address that opens somebody's book, taken from the server's own description of itself: whoever adds one finds
 * it tried here. A request that does not fit is refused before anybody asks whose book it is, so each address that
 * takes a body needs one that fits; without it the test fails.
 */

type House = Awaited<ReturnType<typeof openTestHouse>>

interface Operation {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE'
  readonly path: string
}

/** Every address is tried thrice, on a machine that may be busy. */
const PATIENCE = 120_000

const METHODS = ['GET', 'POST', 'PUT', 'DELETE'] as const

async function operations({ app }: House, about: RegExp): Promise<Operation[]> {
  const { paths } = (await app.inject('/api/openapi.json')).json() as {
    paths: Record<string, Record<string, unknown>>
  }
  return Object.entries(paths).flatMap(([path, of]) =>
    METHODS.filter((method) => about.test(path) && method.toLowerCase() in of).map((method) => ({
      method,
      path,
    })),
  )
}

const UUID = randomUUID()
const SAID = { kind: 'allergy', name: 'Tôm' }
const TERMS = { topics: ['basics'], until: null, relation: 'spouse' }
const RESPONSE = responseOf(FIRST_PART)

/** A picture of one grey dot. */
const DOT = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAAAAAA6fptVAAAACklEQVR4nGNoAAAAggCBd81ytgAAAABJRU5ErkJggg==',
  'base64',
)

/** A body that fits, by method and the end of the address. */
const BODIES: readonly (readonly [RegExp, InjectOptions])[] = [
  [
    /^PUT .*\/declarations\/\{uuid\}$/,
    { payload: writeJson(RESPONSE), headers: { 'content-type': 'application/json' } },
  ],
  [
    /^PUT .*\/drafts\/\{uuid\}$/,
    { payload: writeJson({ response: RESPONSE }), headers: { 'content-type': 'application/json' } },
  ],
  [/^PUT .*\/consents\/\{purpose\}$/, { payload: { given: true } }],
  [/^POST .*\/statements$/, { payload: { uuid: UUID, said: SAID } }],
  [/^PUT .*\/statements\/\{id\}$/, { payload: { uuid: UUID, version: 1, said: SAID } }],
  [
    /^POST .*books.*\/measurements$/,
    {
      payload: {
        uuid: UUID,
        kind: 'blood-pressure',
        systolic: 120,
        diastolic: 80,
        at: '2026-11-22T01:00:00Z',
      },
    },
  ],
  [
    /^POST .*\/documents$/,
    {
      payload: DOT,
      headers: {
        'content-type': 'image/png',
        'x-document': Buffer.from(JSON.stringify({ uuid: UUID, paper: 'other', title: 'Giấy' })).toString(
          'base64url',
        ),
      },
    },
  ],
  [/^POST .*\/requests$/, { payload: { uuid: UUID, kind: 'close' } }],
  [/^POST .*\/disputes$/, { payload: { uuid: UUID, line: UUID, reason: 'not-mine' } }],
  [/^POST .*\/proxies$/, { payload: TERMS }],
  [/^PUT .*\/proxies\/\{id\}$/, { payload: TERMS }],
  [
    /^POST .*\/compare$/,
    { payload: { card: '079161000008||Nguyễn Thị Thu Hà|30041961|Nữ|Bình Quới|01012022' } },
  ],
  [/^POST .*\/verify$/, { payload: { how: 'seen', document: 'cccd' } }],
  [/^POST .*people.*\/measurements$/, { payload: { uuid: UUID, weight: '54.5' } }],
  [/^POST .*\/move$/, { payload: { ward: '26929' } }],
  [/^POST .*\/death$/, { payload: { diedOn: '2026-11-20', paper: 'death-notice' } }],
  [
    /^POST .*\/number$/,
    {
      payload: {
        how: 'seen',
        document: 'cccd',
        said: { number: '079161000008' },
        why: 'reissued',
      },
    },
  ],
  [/^POST .*\/correct$/, { payload: { how: 'seen', paper: 'court', said: { name: 'Nguyễn Thị Hà' } } }],
  [/^POST /, { payload: {} }],
]

const bodyOf = ({ method, path }: Operation): InjectOptions =>
  BODIES.find(([fits]) => fits.test(`${method} ${path}`))?.[1] ?? {}

const VALUES: Readonly<Record<string, string>> = {
  uuid: UUID,
  id: '1',
  kind: 'condition',
  code: '8480-6',
  purpose: 'treatment',
}

const addressOf = (path: string, person: string): string =>
  path.replaceAll(/\{(\w+)\}/g, (_, name: string) =>
    name === 'book' || name === 'person' ? person : (VALUES[name] ?? '1'),
  )

async function haAndAnother() {
  const house = await openTestHouse()
  const [ha, other] = [residentAt(house.app, '0912345678'), residentAt(house.app, '0987654321')]
  for (const one of [ha, other]) await one.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  await other.declare({ ...HA, 'A.01': [{ valueString: 'Trần Văn Bình' }], ...FIRST_PART })
  const person: string = (await ha.me()).books[0].person
  const patientId = readPublicId(house.keys.id, person)?.patientId ?? 0
  const refusals = async () =>
    (await eventsOf(house.db, [patientId], { limit: 10_000 })).filter(({ refused }) => refused).length
  return { ...house, other, person, refusals }
}

test('no address about a book opens it to somebody who is not signed in, or to a stranger; each attempt is kept', {
  timeout: PATIENCE,
}, async () => {
  const { person, other, refusals, ...house } = await haAndAnother()
  const all = await operations(house, /^\/api\/books\/\{book\}/)
  expect(all.length).toBeGreaterThan(30)

  for (const operation of all) {
    const { method, path } = operation
    const [url, body] = [addressOf(path, person), bodyOf(operation)]
    const told = `${method} ${path}`
    const before = await refusals()
    expect((await house.app.inject({ ...body, method, url })).statusCode, `nobody: ${told}`).toBe(401)
    const reply = await other.ask(method, url, body)
    expect(`${reply.statusCode} ${reply.json().type}`, told).toBe('403 /problems/access.refused')
    expect(await refusals(), `written down: ${told}`).toBeGreaterThan(before)
  }
})

test('no address of a station opens a person to a resident’s cookie, or to a worker of another ward', {
  timeout: PATIENCE,
}, async () => {
  const { person, other, refusals, ...house } = await haAndAnother()
  const away = await signedInWorker(house, { ward: '26929' })
  const all = await operations(house, /^\/api\/station\/people\/\{person\}/)
  expect(all.length).toBeGreaterThan(4)

  for (const operation of all) {
    const { method, path } = operation
    const [url, body] = [addressOf(path, person), bodyOf(operation)]
    const told = `${method} ${path}`
    const before = await refusals()
    expect((await other.ask(method, url, body)).statusCode, `resident: ${told}`).toBe(401)
    const reply = await away.ask(method, url, typeof body.payload === 'object' ? body.payload : undefined)
    expect(`${reply.statusCode} ${reply.json().type}`, told).toBe('403 /problems/access.refused')
    expect(await refusals(), `written down: ${told}`).toBeGreaterThan(before)
  }
})

test('whoever opens her own book finds each opening in it, with its purpose', {
  timeout: PATIENCE,
}, async () => {
  const { other, ...house } = await haAndAnother()
  const person: string = (await other.me()).books[0].person
  const patientId = readPublicId(house.keys.id, person)?.patientId ?? 0
  const count = async () => (await eventsOf(house.db, [patientId], { limit: 10_000 })).length

  for (const { method, path } of await operations(house, /^\/api\/books\/\{book\}/)) {
    // unsent answers are the telephone's own, and open nothing of the book
    if (method !== 'GET' || /\{id\}|\/drafts$/.test(path)) continue
    const before = await count()
    const reply = await other.ask(method, addressOf(path, 'own'))
    expect(reply.statusCode, path).toBeLessThan(500)
    if (reply.statusCode === 200) expect(await count(), path).toBeGreaterThan(before)
  }
  const events = await eventsOf(house.db, [patientId], { limit: 10_000 })
  expect(events.filter(({ action, purpose }) => action !== 'record.put' && purpose === null)).toEqual([])
})
