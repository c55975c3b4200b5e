import { expect, test } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import { ELSEWHERE, openFacility, PATIENT } from '../../../../test/facility.ts'
import { matchPatients } from '../../../identity/index.ts'
import { inTransaction } from '../../../platform/context.ts'

const NUMBER = { system: 'urn:sokhoe:id:cccd', value: '079161012345' }
const HA = { ...PATIENT, identifier: [NUMBER] }

interface Entry {
  readonly resource: { readonly id: string; readonly name: unknown }
  readonly search: {
    readonly mode: string
    readonly score: number
    readonly extension: readonly [{ readonly url: string; readonly valueCode: string }]
  }
}
interface Answered {
  readonly total: number
  readonly entry?: readonly Entry[]
}

const asking = (resource: unknown, more: readonly object[] = []) => ({
  body: { resourceType: 'Parameters', parameter: [{ name: 'resource', resource }, ...more] },
})
const graded = ({ entry = [] }: Answered) =>
  entry.map(({ resource, search }) => [resource.id, search.extension[0].valueCode])

test('whoever is described is found and graded, in any spelling; who is not sure is not told as certain', async () => {
  const { ask, post } = await openFacility()
  const { id } = await post('Patient', HA)
  await post('Patient', {
    ...PATIENT,
    name: [{ text: 'Trần Văn Nam' }],
    gender: 'male',
    birthDate: '1948-02-03',
  })
  const reply = await ask('POST', 'Patient/$match', asking({ ...HA, name: [{ text: 'NGUYEN THI THU HA' }] }))
  expect(reply.statusCode, reply.body).toBe(200)
  const found: Answered = reply.json()
  expect(found).toMatchObject({ resourceType: 'Bundle', type: 'searchset', total: 1 })
  expect(graded(found)).toEqual([[id, 'certain']])
  expect(found.entry?.[0]?.search).toMatchObject({
    mode: 'match',
    extension: [{ url: 'http://hl7.org/fhir/StructureDefinition/match-grade' }],
  })
  expect(found.entry?.[0]?.search.score).toBeGreaterThan(0.9)
  expect(found.entry?.[0]?.search.score).toBeLessThanOrEqual(1)

  // a name and a birth date alone tell nobody in a big city
  const unsure: Answered = (await ask('POST', 'Patient/$match', asking(PATIENT))).json()
  expect(graded(unsure)[0]?.[0]).toBe(id)
  expect(['probable', 'possible']).toContain(graded(unsure)[0]?.[1])
  const onlyCertain = [{ name: 'onlyCertainMatches', valueBoolean: true }]
  expect((await ask('POST', 'Patient/$match', asking(PATIENT, onlyCertain))).json()).toMatchObject({
    total: 0,
  })
  expect(graded((await ask('POST', 'Patient/$match', asking(HA, onlyCertain))).json())).toEqual([
    [id, 'certain'],
  ])
})

test('of two who both fit nobody is certain, and the answer holds as many as were asked for', async () => {
  const { ask, post } = await openFacility()
  await post('Patient', HA)
  await post('Patient', HA)
  const all: Answered = (await ask('POST', 'Patient/$match', asking(HA))).json()
  expect(graded(all).map(([, grade]) => grade)).toEqual(['probable', 'probable'])
  const one = await ask('POST', 'Patient/$match', asking(HA, [{ name: 'count', valueInteger: 1 }]))
  expect(one.json()).toMatchObject({ total: 1 })
  const certain = await ask(
    'POST',
    'Patient/$match',
    asking(HA, [{ name: 'onlyCertainMatches', valueBoolean: true }]),
  )
  expect(certain.json()).toMatchObject({ total: 0 })
})

test('whom the asker may not see is answered like one who is not there, to the letter, and written down', async () => {
  const { ask, post, app, system, db } = await openFacility()
  const { id } = await post('Patient', HA)
  const there = await clientAt(app, system, { facility: ELSEWHERE })
  const foreign = await there.ask('POST', 'Patient/$match', asking(HA))
  const nobody = await there.ask(
    'POST',
    'Patient/$match',
    asking({ ...HA, name: [{ text: 'Lý Quang' }], birthDate: '1901-01-02', identifier: [] }),
  )
  expect(foreign.statusCode).toBe(200)
  expect(foreign.body).toBe(nobody.body)
  expect(foreign.json()).toEqual({ resourceType: 'Bundle', type: 'searchset', total: 0 })
  expect(foreign.body).not.toContain(id)
  await ask('POST', 'Patient/$match', asking(HA))
  const noted = await db
    .selectFrom('audit.event')
    .select(['actor', 'purpose', 'what'])
    .where('action', '=', 'exchange.search')
    .orderBy('seq')
    .execute()
  expect(noted.filter(({ what }) => what === 'Patient')).toHaveLength(3)
  expect(noted.filter(({ purpose }) => purpose === 'own-contribution')).toHaveLength(1)
})

test('a crowd of namesakes elsewhere hides nobody from her own hospital, however many came before her', async () => {
  const { ask, app, system, post } = await openFacility()
  const there = await clientAt(app, system, { facility: ELSEWHERE })
  const entry = Array.from({ length: 90 }, () => ({
    resource: PATIENT,
    request: { method: 'POST', url: 'Patient' },
  }))
  const sent = await there.ask('POST', '', { body: { resourceType: 'Bundle', type: 'batch', entry } })
  expect(sent.statusCode, sent.body).toBe(200)
  const { id } = await post('Patient', PATIENT)
  const found: Answered = (await ask('POST', 'Patient/$match', asking(PATIENT))).json()
  expect(found.total).toBe(1)
  expect(found.entry?.[0]?.resource.id).toBe(id)
  const all: Answered = (
    await there.ask('POST', 'Patient/$match', asking(PATIENT, [{ name: 'count', valueInteger: 50 }]))
  ).json()
  expect(graded(all).map(([other]) => other)).not.toContain(id)
})

test('that somebody is there whom the asker may not see costs no step more than that nobody is', async () => {
  const { post, system } = await openFacility()
  await post('Patient', HA)
  const statements = async (name: string): Promise<number> =>
    await inTransaction(system, async (ctx) => {
      let n = 0
      const db = new Proxy(ctx.db, {
        get: (target, key) => {
          n += Number(key === 'executeQuery')
          const value: unknown = Reflect.get(target, key, target)
          return typeof value === 'function' ? value.bind(target) : value
        },
      })
      const actor = { kind: 'client', client: 1, facility: ELSEWHERE, scopes: [], operator: false } as const
      const demographics = { name, sex: 'female', birthDate: '1961-04-30', identifiers: [] } as const
      expect(
        await matchPatients({ ...ctx, db, actor } as never, { source: ELSEWHERE, demographics }),
      ).toEqual([])
      return n
    })
  const there = await statements('Nguyễn Thị Thu Hà')
  expect(there).toBeGreaterThan(1)
  expect(await statements('Lý Quang Vinh')).toBe(there)
})

test('what is not a Patient, a count or a yes is refused without a word of it; a token without searching may not', async () => {
  const { ask, app, system } = await openFacility()
  const wrong = [
    { body: { resourceType: 'Parameters' } },
    asking({ resourceType: 'Observation' }),
    asking(HA, [{ name: 'count', valueInteger: 0 }]),
    asking(HA, [{ name: 'count', valueString: 'Lan' }]),
    asking(HA, [{ name: 'onlyCertainMatches', valueString: 'Lan' }]),
  ]
  for (const body of wrong) {
    const reply = await ask('POST', 'Patient/$match', body)
    expect(reply.statusCode, reply.body).toBe(400)
    expect(reply.body).not.toContain('Lan')
  }
  const strange = asking({
    resourceType: 'Patient',
    name: [{ text: 7 }, null, 'x'],
    birthDate: {},
    identifier: 'x',
  })
  expect((await ask('POST', 'Patient/$match', strange)).json()).toMatchObject({ total: 0 })
  const reader = await clientAt(app, system, { scopes: 'system/Patient.cr' })
  expect((await reader.ask('POST', 'Patient/$match', asking(HA))).statusCode).toBe(403)
})

test('a Patient of twenty thousand numbers and names is taken and looked for like any other, and holds up nobody', async () => {
  const { ask, post, db } = await openFacility()
  const all = Array.from({ length: 20_000 }, (_, i) => i)
  const crowd = {
    ...PATIENT,
    identifier: all.map((i) => ({ ...NUMBER, value: `0791${String(61_000_000 + i)}` })),
    name: [{ family: 'Lê', given: all.map((i) => `Thị${i}`) }],
  }
  await post('Patient', crowd)
  for (const table of ['identity.identifier', 'identity.name_key'] as const)
    expect((await db.selectFrom(table).select('hash').execute()).length).toBeLessThan(100)
  expect((await ask('POST', 'Patient/$match', asking(crowd))).statusCode).toBe(200)
})
