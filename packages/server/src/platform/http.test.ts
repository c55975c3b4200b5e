import { Writable } from 'node:stream'
import { gunzipSync } from 'node:zlib'
import { expect, onTestFinished, test } from 'vitest'
import { z } from 'zod'
import type { Mode } from './config.ts'
import { openHttp, type Routes } from './http.ts'
import { openLog } from './log.ts'
import { Problem } from './problem.ts'

const rooms: readonly Routes[] = [
  async (app) => {
    app.get('/clock', async ({ ctx }) => ({ now: ctx.now().toISOString() }))
    app.post('/change', { schema: { body: z.object({ name: z.string() }) } }, async () => ({ changed: true }))
    app.get('/fault/:name', async ({ params }) => {
      throw new Error(`cannot read ${(params as { name: string }).name}`)
    })
    app.get('/long', async () => ({ text: 'huyết áp '.repeat(1000) }))
    app.get('/limited', async () => {
      throw new Problem('identity.limited', { retryAfter: 90 })
    })
  },
]

async function openEdge(mode: Mode = 'test') {
  const written: string[] = []
  const sink = new Writable({
    write: (chunk, _encoding, done) => {
      written.push(String(chunk))
      done()
    },
  })
  const log = openLog('info', sink)
  const now = () => new Date('2026-11-23T05:00:00Z')
  const base = { now, log } as unknown as Parameters<typeof openHttp>[0]['base']
  const whoIs = async () => ({ kind: 'nobody' }) as const
  const app = await openHttp({ base, mode, trustProxy: undefined, whoIs, rooms })
  onTestFinished(() => app.close())
  return { app, written }
}

const change = (headers: Record<string, string>) =>
  ({
    method: 'POST',
    url: '/change',
    headers: { host: 'sokhoe.example', ...headers },
    payload: { name: 'a' },
  }) as const

test('a page of another site may not change anything; our own pages and programs may', async () => {
  const { app } = await openEdge()
  const foreign = [
    { origin: 'https://evil.example' },
    { origin: 'null' },
    { 'sec-fetch-site': 'cross-site' },
    { 'sec-fetch-site': 'same-site' },
    { 'sec-fetch-site': 'cross-site', origin: 'https://sokhoe.example' },
  ]
  for (const headers of foreign)
    expect((await app.inject(change(headers))).json()).toMatchObject({ type: '/problems/request.cross-site' })

  for (const headers of [{}, { origin: 'https://sokhoe.example' }, { 'sec-fetch-site': 'same-origin' }])
    expect((await app.inject(change(headers as Record<string, string>))).statusCode).toBe(200)
})

test('make-believe may say what time it is; in production the header means nothing', async () => {
  const ask = { url: '/clock', headers: { 'x-test-clock': '2030-01-01T00:00:00Z' } }
  const [demo, production] = [await openEdge('demo'), await openEdge('production')]

  expect((await demo.app.inject(ask)).json()).toEqual({ now: '2030-01-01T00:00:00.000Z' })
  expect((await production.app.inject(ask)).json()).toEqual({ now: '2026-11-23T05:00:00.000Z' })
  for (const clock of ['soon', '9999-12-31T00:00:00Z', '0001-01-01T00:00:00Z'])
    expect((await demo.app.inject({ url: '/clock', headers: { 'x-test-clock': clock } })).statusCode).toBe(
      400,
    )
})

test('whatever comes in, a refusal is a problem in JSON and never a fault of ours', async () => {
  const { app } = await openEdge()
  const json = { 'content-type': 'application/json' }
  const asks = [
    { headers: json, payload: '{"name":' },
    { headers: json, payload: '' },
    { headers: json, payload: '[]' },
    { headers: json, payload: '{"name":7}' },
    { headers: json, payload: '{"__proto__":{"x":1},"name":"a"}' },
    { headers: { 'content-type': 'text/xml' }, payload: '<a/>' },
    { headers: json, payload: `{"name":"${'x'.repeat(1_100_000)}"}` },
  ]
  for (const ask of asks) {
    const reply = await app.inject({ method: 'POST', url: '/change', ...ask })
    expect(reply.statusCode).toBeGreaterThanOrEqual(400)
    expect(reply.statusCode).toBeLessThan(500)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
  }
  expect((await app.inject('/nowhere')).json()).toMatchObject({
    status: 404,
    type: '/problems/request.not-found',
  })
  for (const url of ['/%', '/fault/%ff', `/fault/${'a'.repeat(12_000)}`]) {
    const reply = await app.inject(url)
    expect(reply.statusCode).toBe(404)
    expect(reply.headers['content-type']).toMatch(/^application\/problem\+json/)
  }
})

test('a limit says when to come again', async () => {
  const { app } = await openEdge()
  const reply = await app.inject('/limited')

  expect(reply.statusCode).toBe(429)
  expect(reply.headers['retry-after']).toBe('90')
  expect(reply.json()).toMatchObject({ retryAfter: 90 })
})

test('a fault is logged by route and place, and neither log nor answer repeats what it was about', async () => {
  const { app, written } = await openEdge()
  const reply = await app.inject('/fault/NguyenThiMau')

  expect(reply.statusCode).toBe(500)
  expect(reply.body).not.toContain('NguyenThiMau')
  const log = written.join('')
  expect(log).toContain('/fault/:name')
  expect(log).toContain('http.test.ts')
  expect(log).not.toContain('NguyenThiMau')
})

test('each answer is logged by its route, never by its address', async () => {
  const { app, written } = await openEdge()
  await app.inject('/fault/NguyenThiMau?phone=0901234567')
  await app.inject('/nowhere/0901234567')

  const lines = written
    .join('')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
  expect(lines.filter((line) => line.msg === 'answered')).toMatchObject([
    { method: 'GET', route: '/fault/:name', status: 500 },
    { method: 'GET', route: 'unknown', status: 404 },
  ])
  expect(written.join('')).not.toContain('0901234567')
})

test('long texts travel compressed to whoever reads that, and whole to everybody else', async () => {
  const { app } = await openEdge()
  const packed = await app.inject({ url: '/long', headers: { 'accept-encoding': 'gzip, br' } })
  const plain = await app.inject('/long')

  expect(packed.headers['content-encoding']).toBe('gzip')
  expect(packed.rawPayload.length).toBeLessThan(plain.rawPayload.length / 20)
  expect(gunzipSync(packed.rawPayload).toString()).toBe(plain.body)
  expect(plain.headers['content-encoding']).toBeUndefined()
  expect(plain.headers['vary']).toBe('accept-encoding')
})

test('nothing that is answered may be kept by a cache', async () => {
  const { app } = await openEdge()
  expect((await app.inject('/clock')).headers).toMatchObject({
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'no-referrer',
  })
})
