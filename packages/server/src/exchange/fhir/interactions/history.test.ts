import { expect, test, vi } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import { ELSEWHERE, openFacility, PATIENT, weighing, weightOf } from '../../../../test/facility.ts'

interface Entry {
  readonly fullUrl: string
  readonly resource?: { readonly resourceType: string; readonly meta: { readonly versionId: string } }
  readonly request: { readonly method: string; readonly url: string }
}
interface Page {
  readonly entry?: readonly Entry[]
  readonly total?: number
  readonly link: readonly { readonly relation: string; readonly url: string }[]
}

const JSON_PATCH = { 'content-type': 'application/json-patch+json' }
const versionsOf = ({ entry = [] }: Page) => entry.map(({ resource }) => resource?.meta.versionId)
const nextOf = ({ link }: Page) => {
  const url = link.find(({ relation }) => relation === 'next')?.url
  return url?.slice(url.indexOf('/fhir/R4'))
}

test('a history tells every version of a resource, the newest first, its end too, page by page', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const { id: weight } = await post('Observation', weighing(id, '54.50'))
  const value = [{ op: 'replace', path: '/valueQuantity/value', value: 55 }]
  await ask('PATCH', `Observation/${weight}`, { body: value, headers: JSON_PATCH })
  await ask('DELETE', `Observation/${weight}`)

  const reply = await ask('GET', `Observation/${weight}/_history`)
  expect(reply.statusCode, reply.body).toBe(200)
  const whole: Page = reply.json()
  expect(whole.total).toBe(3)
  expect(whole.entry?.map(({ request }) => request.method)).toEqual(['DELETE', 'PUT', 'POST'])
  expect(versionsOf(whole)).toEqual([undefined, '2', '1'])
  expect(reply.body).toContain('54.50')

  const first: Page = (await ask('GET', `Observation/${weight}/_history?_count=2`)).json()
  expect(first.entry).toHaveLength(2)
  // what comes meanwhile is not told in the middle of it
  await ask('PUT', `Observation/${weight}`, { body: { ...weightOf(id), id: weight } })
  const second: Page = (await ask('GET', nextOf(first) ?? '')).json()
  expect(versionsOf(second)).toEqual(['1'])
  expect(nextOf(second)).toBeUndefined()

  for (const wrong of ['_count=many', '_since=yesterday', '_page=x']) {
    expect((await ask('GET', `Observation/${weight}/_history?${wrong}`)).statusCode).toBe(400)
  }
})

test('a history tells what stood at some moment of a time, and only how many versions there are', async () => {
  const { ask, post, clock } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const { id: weight } = await post('Observation', weighing(id, '54.50'))
  const start = clock.now
  for (const kg of ['55', '56']) {
    clock.now = new Date(clock.now.getTime() + 60_000)
    await ask('PUT', `Observation/${weight}`, {
      body: { ...JSON.parse(weighing(id, kg)), id: weight },
    })
  }
  const told = async (query: string): Promise<Page> => {
    const reply = await ask('GET', `Observation/${weight}/_history?${query}`)
    expect(reply.statusCode, reply.body).toBe(200)
    return reply.json()
  }
  const minute = (after: number) => new Date(start.getTime() + after * 60_000).toISOString()
  expect(versionsOf(await told(`_at=${start.getUTCFullYear()}`))).toEqual(['3', '2', '1'])
  expect(versionsOf(await told(`_at=${minute(1.5)}`))).toEqual(['2'])
  expect(versionsOf(await told(`_at=${minute(9)}`))).toEqual(['3'])
  expect(versionsOf(await told(`_at=${minute(-1)}`))).toEqual([])
  expect(versionsOf(await told(`_since=${minute(0.5)}`))).toEqual(['3', '2'])
  const count = await told('_count=0')
  expect([count.total, count.entry, nextOf(count)]).toEqual([3, undefined, undefined])
  for (const wrong of ['Observation/_history?_at=2026', '_history?_at=2026'])
    expect((await ask('GET', wrong)).statusCode).toBe(400)
  expect((await ask('GET', 'Observation/_history?_count=0')).json().entry).toBeUndefined()
})

test('the history of a type and of all tells what the facility itself stated, and nothing of others', async () => {
  const { app, system, ask, post, clock } = await openFacility()
  const other = await clientAt(app, system, { facility: ELSEWHERE })
  const { id } = await post('Patient', PATIENT)
  for (const kg of ['50', '51', '52']) {
    clock.now = new Date(clock.now.getTime() + 1000)
    await post('Observation', weighing(id, kg))
    await post('Organization', { resourceType: 'Organization', name: `Khoa ${kg}` })
  }
  // told once every older transaction of the whole database server is over, those of other tests too
  await vi.waitFor(
    async () => {
      const ofType: Page = (await ask('GET', 'Observation/_history')).json()
      expect(ofType.entry).toHaveLength(3)
    },
    { timeout: 20_000, interval: 50 },
  )
  const seen: string[] = []
  for (let url: string | undefined = '_history?_count=2'; url; ) {
    const reply = await ask('GET', url)
    expect(reply.statusCode, reply.body).toBe(200)
    const page: Page = reply.json()
    seen.push(...(page.entry ?? []).map(({ fullUrl }) => fullUrl))
    url = nextOf(page)
  }
  expect(new Set(seen).size).toBe(seen.length)
  const kinds = Map.groupBy(seen, (url) => url.split('/').at(-2))
  expect([
    kinds.get('Patient')?.length,
    kinds.get('Observation')?.length,
    kinds.get('Organization')?.length,
  ]).toEqual([1, 3, 3])
  expect((await other.ask('GET', '_history')).json().entry).toBeUndefined()
})

test('a patch that does not fit changes nothing; its result is held to all rules', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', PATIENT)
  const { id: weight } = await post('Observation', weighing(id, '54.50'))
  const patch = (operations: unknown, headers: Record<string, string> = JSON_PATCH) =>
    ask('PATCH', `Observation/${weight}`, { body: operations, headers })
  expect((await patch([{ op: 'test', path: '/status', value: 'amended' }])).statusCode).toBe(422)
  expect((await patch([{ op: 'replace', path: '/status', value: 'nonsense' }])).statusCode).toBe(422)
  expect((await patch([{ op: 'replace', path: '/id', value: 'other' }])).statusCode).toBe(400)
  expect((await patch([{ op: 'remove' }])).statusCode).toBe(400)
  expect((await patch([], { 'content-type': 'application/fhir+json' })).statusCode).toBe(415)
  const fits = [{ op: 'replace', path: '/status', value: 'amended' }]
  expect((await patch(fits, { ...JSON_PATCH, 'if-match': 'W/"7"' })).statusCode).toBe(412)
  expect((await ask('GET', `Observation/${weight}`)).headers.etag).toBe('W/"1"')

  const both = await Promise.all([
    patch([{ op: 'add', path: '/note', value: [{ text: 'một' }] }]),
    patch([{ op: 'replace', path: '/status', value: 'amended' }]),
  ])
  expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200])
  const after = await ask('GET', `Observation/${weight}`)
  expect(after.headers.etag).toBe('W/"3"')
  expect(after.json()).toMatchObject({ status: 'amended', note: [{ text: 'một' }] })
  expect(after.body).toContain('54.50')
})
