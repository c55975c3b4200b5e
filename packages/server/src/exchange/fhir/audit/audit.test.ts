import { validate } from '@sokhoe/fhir/validate'
import { expect, test } from 'vitest'
import { askWith, clientAt, residentToken } from '../../../../test/client.ts'
import { openTestHouse } from '../../../../test/house.ts'
import { FIRST_PART, HA, residentAt } from '../../../../test/resident.ts'

interface Bundle {
  readonly total?: number
  readonly link: readonly { relation: string; url: string }[]
  readonly entry?: readonly { resource: Record<string, unknown> & { id: string } }[]
}

async function openLog() {
  const house = await openTestHouse()
  const { app, ctx } = house
  const ha = residentAt(app, '0912345678')
  await ha.scanAndSignIn()
  const { person }: { person: string } = (await ha.declare({ ...HA, ...FIRST_PART })).json()
  const operator = await clientAt(app, ctx, { operator: true, facility: 'SYT' })
  const hospital = await clientAt(app, ctx)
  const search = async (query: string): Promise<Bundle> =>
    (await operator.ask('GET', `AuditEvent?${query}`)).json()
  return { ...house, ha, person, operator, hospital, search }
}

const idsIn = ({ entry = [] }: Bundle): string[] => entry.map(({ resource }) => resource.id)

test('the operator reads every line of the log as a valid AuditEvent, refused requests too', async () => {
  const { hospital, person, operator, search } = await openLog()
  await hospital.ask('GET', '$nothing-here')
  const bundle = await search('_count=200')
  const resources = (bundle.entry ?? []).map(({ resource }) => resource)
  expect(resources.length).toBeGreaterThan(4)
  for (const resource of resources) {
    const faults = validate(resource).filter(({ severity }) => severity === 'error' || severity === 'fatal')
    expect(faults).toEqual([])
  }
  const refused = resources.find(({ outcome }) => outcome === '4')
  expect(refused).toMatchObject({
    resourceType: 'AuditEvent',
    type: { code: 'rest' },
    agent: [{ who: { identifier: { value: hospital.id }, display: 'Bệnh viện Chợ Rẫy' }, requestor: true }],
  })
  expect(resources.some(({ entity }) => JSON.stringify(entity ?? '').includes(person))).toBe(true)
  const [first] = resources
  expect((await operator.ask('GET', `AuditEvent/${first?.id}`)).json()).toEqual(first)
})

test('events are found by day, client, person, kind and outcome, and counted', async () => {
  const { hospital, person, search, operator, clock } = await openLog()
  await hospital.ask('GET', '$nothing-here')
  clock.now = new Date('2026-11-23T05:30:00Z')
  await hospital.ask('GET', '$nothing-here')

  const count = async (query: string) => (await search(`${query}&_summary=count`)).total
  expect(await count(`agent=${hospital.id}`)).toBe(2)
  expect(await count(`agent=Device/${hospital.id}&date=gt2026-11-23T05:20:00Z`)).toBe(1)
  expect(await count(`agent=${hospital.id}&date=lt2026-11-23T05:20:00Z&date=ge2026-11-23`)).toBe(1)
  expect(await count(`agent=${hospital.id}&date=2026-11-24`)).toBe(0)
  expect(await count(`agent=${hospital.id}&outcome=0`)).toBe(0)
  expect(await count(`agent=${hospital.id}&outcome=4`)).toBe(2)
  expect(await count(`patient=Patient/${person}&action=C`)).toBeGreaterThan(0)
  expect(await count(`patient=${person}&action=D`)).toBe(0)
  expect(await count('patient=nobody')).toBe(0)
  const form = await operator.ask('POST', 'AuditEvent/_search', {
    body: `agent=${hospital.id}&_summary=count`,
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
  })
  expect(form.json().total).toBe(2)

  expect((await operator.ask('GET', 'AuditEvent?date=soon')).statusCode).toBe(400)
  expect((await operator.ask('GET', 'AuditEvent?_page=forged')).statusCode).toBe(400)
  for (const name of ['name', 'constructor', '__proto__']) {
    const strict = await operator.ask('GET', `AuditEvent?${name}=x`, {
      headers: { prefer: 'handling=strict' },
    })
    expect(strict.statusCode, name).toBe(400)
  }
  expect(await count(`agent=${hospital.id}&constructor=x`)).toBe(2)
  expect((await operator.ask('GET', 'AuditEvent?action=constructor')).statusCode).toBeLessThan(500)
})

test('paging tells every line once, newest first, while others are being written', async () => {
  const { hospital, search, operator } = await openLog()
  for (let i = 0; i < 7; i++) await hospital.ask('GET', '$nothing-here')
  let page = await search(`agent=${hospital.id}&_count=3`)
  const seen = idsIn(page)
  for (;;) {
    const next = page.link.find(({ relation }) => relation === 'next')
    if (!next) break
    expect(next.url).not.toContain(hospital.id)
    await hospital.ask('GET', '$nothing-here')
    page = (await operator.ask('GET', new URL(next.url).pathname + new URL(next.url).search)).json()
    seen.push(...idsIn(page))
  }
  expect(seen).toHaveLength(7)
  expect(new Set(seen).size).toBe(7)
})

test('to anybody else the log is not there, and an operator needs the scope', async () => {
  const { app, ctx, hospital, operator, person, search } = await openLog()
  const [id] = idsIn(await search('_count=1'))
  const resident = askWith(app, await residentToken(ctx, person))
  const narrow = await clientAt(app, ctx, { operator: true, scopes: 'system/Observation.rs' })
  const nowhere = '00000000-0000-0000-0000-000000000000'
  for (const ask of [hospital.ask, resident]) {
    const [log, none] = [await ask('GET', `AuditEvent/${id}`), await ask('GET', `AuditEvent/${nowhere}`)]
    expect([log.statusCode, log.body]).toEqual([none.statusCode, none.body])
    expect(log.statusCode).toBe(404)
    expect(JSON.stringify((await ask('GET', 'AuditEvent')).json())).not.toContain(id)
  }
  expect((await narrow.ask('GET', 'AuditEvent')).statusCode).toBe(403)
  expect((await narrow.ask('GET', `AuditEvent/${id}`)).statusCode).toBe(403)
  expect((await operator.ask('GET', `Observation/${id}`)).statusCode).toBe(404)
  expect((await app.inject('/fhir/R4/AuditEvent')).statusCode).toBe(401)
})
