import { expect, test, vi } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import {
  ELSEWHERE,
  idsIn,
  LOINC,
  linkIn,
  measured,
  openWard,
  type Reply,
} from '../../../../test/searching.ts'

const WAIT = { timeout: 20_000, interval: 200 }
/** More than are opened at once. */
const PERSONS = 205

const urn = (no: number) => `urn:uuid:00000000-0000-4000-8000-${String(no).padStart(12, '0')}`
const post = (url: string) => ({ request: { method: 'POST', url } })

/** Everybody with one result, in one message. */
const city = {
  resourceType: 'Bundle',
  type: 'transaction',
  entry: Array.from({ length: PERSONS }, (_, i) => [
    {
      ...{ fullUrl: urn(i), ...post('Patient') },
      resource: { resourceType: 'Patient', name: [{ text: `Người ${i}` }], birthDate: '1990-01-01' },
    },
    {
      ...post('Observation'),
      resource: measured('2339-0', String(i), '2026-03-01', { subject: { reference: urn(i) } }),
    },
  ]).flat(),
}

test('what a hospital sent is found by time and by code and day, persons in turn, page by page', async () => {
  const { app, ctx, clock, here } = await openWard()
  const sent = await here.ask('POST', '', { body: city })
  expect(sent.statusCode).toBe(200)
  const first: Reply = await vi.waitFor(async () => {
    const reply: Reply = await here.ask('GET', 'Observation?_lastUpdated=ge2026-11-01&_count=90')
    expect(idsIn(reply)).toHaveLength(90)
    return reply
  }, WAIT)
  expect(first.json()).not.toHaveProperty('total')

  const all = idsIn(first)
  clock.now = new Date(clock.now.getTime() + 1000)
  const again = (id: string, more: object) =>
    here.ask('PUT', `Observation/${id}`, { body: { ...measured('2339-0', '1', '2026-03-02'), id, ...more } })
  const [one] = first.json().entry ?? []
  expect((await again(one?.resource.id ?? '', { subject: one?.resource['subject'] })).statusCode).toBe(200)
  let reply = first
  for (let next = linkIn(reply, 'next'); next !== undefined; next = linkIn(reply, 'next')) {
    reply = await here.ask('GET', next.replace('http://localhost:80', ''))
    all.push(...idsIn(reply))
  }
  expect(all).toHaveLength(PERSONS)
  expect(new Set(all).size).toBe(PERSONS)

  const coded = `Observation?code=${LOINC}|2339-0&date=2026-03-01`
  const counted = await here.ask('GET', `${coded}&_summary=count`)
  expect(counted.json()).toMatchObject({ total: PERSONS - 1 })
  expect((await here.ask('GET', `${coded}&_total=accurate&_count=1`)).json()).toMatchObject({
    total: PERSONS - 1,
    entry: [{}],
  })
  const sorted = await here.ask('GET', `${coded}&_sort=value-quantity`)
  expect([sorted.statusCode, sorted.body.includes('_sort')]).toEqual([403, true])
  // another hospital may see nobody of them, and is told of none
  const there = await clientAt(app, ctx, { facility: ELSEWHERE })
  expect((await there.ask('GET', coded)).json()).toMatchObject({ total: 0 })
  expect((await there.ask('GET', 'Observation?_lastUpdated=ge2026-11-01')).json()).toMatchObject({ total: 0 })
})
