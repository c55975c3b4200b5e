import { readQuery } from '@sokhoe/fhir/query'
import { searchParametersOf } from '@sokhoe/fhir/search'
import { resourceTypes, validate } from '@sokhoe/fhir/validate'
import { expect, test } from 'vitest'
import { clientAt } from '../../../../test/client.ts'
import { openTestHouse } from '../../../../test/house.ts'
import { meansFor } from '../search/means.ts'

interface Listed {
  readonly type: string
  readonly interaction: readonly { readonly code: string }[]
  readonly conditionalCreate: boolean
  readonly conditionalUpdate: boolean
  readonly conditionalDelete: string
  readonly searchParam?: readonly { readonly name: string; readonly type: string }[]
  readonly searchInclude?: readonly string[]
  readonly searchRevInclude?: readonly string[]
  readonly operation?: readonly { readonly name: string }[]
}
interface Rest {
  readonly resource: readonly Listed[]
  readonly interaction: readonly { readonly code: string }[]
  readonly operation?: readonly { readonly name: string }[]
}

async function open() {
  const house = await openTestHouse()
  const { app, ctx } = house
  // a machine that is busy with other things may ask to come again
  let reply = await app.inject('/fhir/R4/metadata')
  for (let turn = 0; reply.statusCode === 503 && turn < 10; turn += 1) {
    await new Promise((resolve) => setTimeout(resolve, 500))
    reply = await app.inject('/fhir/R4/metadata')
  }
  expect(reply.statusCode).toBe(200)
  const statement = reply.json()
  const [rest] = statement.rest as readonly [Rest]
  const client = await clientAt(app, ctx, { operator: true })
  const of = (type: string): Listed => {
    const found = rest.resource.find((each) => each.type === type)
    if (!found) throw new RangeError(`${type} is not listed`)
    return found
  }
  return { ...house, ask: client.ask, reply, statement, rest, of }
}

test('what the server says of itself is valid FHIR, for anybody, and told again only when it changed', async () => {
  const { app, statement, reply } = await open()
  expect(validate(statement).filter(({ severity }) => severity !== 'warning')).toEqual([])
  const etag = String(reply.headers['etag'])
  const again = await app.inject({ url: '/fhir/R4/metadata', headers: { 'if-none-match': etag } })
  expect(again.statusCode).toBe(304)
  expect(statement.rest[0].security.extension[0].extension[0].valueUri).toMatch(/\/token$/)

  const terms = await app.inject('/fhir/R4/metadata?mode=terminology')
  expect(terms.json()).toMatchObject({ resourceType: 'TerminologyCapabilities' })
  expect(validate(terms.json()).filter(({ severity }) => severity !== 'warning')).toEqual([])
  expect((await app.inject('/fhir/R4/metadata?mode=everything')).statusCode).toBe(400)
})

test('every type of R4 is listed, with every parameter by which it is searched', async () => {
  const { rest } = await open()
  expect(rest.resource.map(({ type }) => type)).toEqual([...resourceTypes])
  for (const { type, searchParam = [] } of rest.resource.filter((each) => each.type !== 'Subscription')) {
    const names = searchParam.map(({ name }) => name)
    expect(new Set(names).size).toBe(names.length)
    expect(names, type).toEqual(
      expect.arrayContaining(['_id', '_lastUpdated', '_profile', '_security', '_tag', '_source']),
    )
    const missing = [...searchParametersOf(type).values()].filter((each) => !names.includes(each.name))
    expect(missing.map(({ name }) => name)).toEqual(type === 'Location' ? ['near'] : [])
  }
})

const SAMPLES: Readonly<Record<string, string>> = {
  ...{ string: 'ha', token: 'urn:x|1', reference: 'Patient/1', date: '2026-11', number: '1' },
  ...{ quantity: '1', uri: 'http://example.org/x' },
}

function sampleOf(type: string, name: string): string {
  const parameter = searchParametersOf(type).get(name)
  if (parameter?.type === 'composite')
    return (parameter.components ?? []).map((part) => SAMPLES[part.type] ?? '1').join('$')
  return SAMPLES[parameter?.type ?? 'uri'] ?? '1'
}

test('each parameter, each reference to follow there and back is understood by the search; what is not listed is not', async () => {
  const { rest, clock } = await open()
  const means = meansFor('http://localhost/fhir/R4', clock.now, new Map())
  for (const { type, searchParam = [], searchInclude = [], searchRevInclude = [] } of rest.resource) {
    if (type === 'Subscription') continue
    // a search has at most 200 parameters, 20 of them to follow
    for (const { name } of searchParam) {
      const { faults, unknown } = readQuery([type], [[name, sampleOf(type, name)]], means)
      expect({ faults, unknown }, `${type}.${name}`).toEqual({ faults: [], unknown: [] })
    }
    for (const [name, values] of [
      ['_include', searchInclude],
      ['_revinclude', searchRevInclude],
    ] as const)
      for (const value of values)
        expect(readQuery([type], [[name, value]], means).faults, `${type} ${name}=${value}`).toEqual([])
    expect(readQuery([type], [['no-such-parameter', '1']], means).unknown).toEqual(['no-such-parameter'])
  }
  const near = readQuery(['Location'], [['near', '10|106|1|km']], means)
  expect(near.faults.length + near.unknown.length).toBe(1)
})

/** Some of each kind: a person's, about nobody, kept for the sender alone, a Patient herself. */
const samples = (patient: string): Readonly<Record<string, Readonly<Record<string, unknown>>>> => ({
  Patient: { name: [{ text: 'Trần Văn Nam' }] },
  Observation: {
    status: 'final',
    code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
    subject: { reference: patient },
  },
  Condition: { code: { text: 'Sốt' }, subject: { reference: patient } },
  Encounter: { status: 'finished', class: { code: 'AMB' }, subject: { reference: patient } },
  Organization: { name: 'Khoa nội' },
  Practitioner: { name: [{ text: 'Lê Thị B' }] },
  Questionnaire: { status: 'active', title: 'Bảng hỏi' },
  ValueSet: { status: 'active', url: 'http://example.org/vs' },
  Basic: { code: { text: 'Khác' } },
})

type Open = Awaited<ReturnType<typeof open>>

interface At {
  readonly type: string
  readonly id: string
  readonly resource: Readonly<Record<string, unknown>>
}

/** How each thing is asked for, as FHIR names it. */
const ASK: Readonly<Record<string, (ask: Open['ask'], at: At) => ReturnType<Open['ask']>>> = {
  create: (ask, { type, resource }) => ask('POST', type, { body: resource }),
  read: (ask, { type, id }) => ask('GET', `${type}/${id}`),
  vread: (ask, { type, id }) => ask('GET', `${type}/${id}/_history/1`),
  update: (ask, { type, id, resource }) =>
    ask('PUT', `${type}/${id}`, { body: { ...resource, id, language: 'vi' } }),
  patch: (ask, { type, id }) =>
    ask('PATCH', `${type}/${id}`, {
      body: [{ op: 'add', path: '/language', value: 'en' }],
      headers: { 'content-type': 'application/json-patch+json' },
    }),
  'history-instance': (ask, { type, id }) => ask('GET', `${type}/${id}/_history`),
  'history-type': (ask, { type }) => ask('GET', `${type}/_history`),
  'search-type': (ask, { type, id }) => ask('GET', `${type}?_id=${id}`),
  delete: (ask, { type, id }) => ask('DELETE', `${type}/${id}`),
}

test('each interaction that is listed is done, each that is not is refused', async () => {
  const { ask, of } = await open()
  const made = await ask('POST', 'Patient', {
    body: { resourceType: 'Patient', name: [{ text: 'Nguyễn Hà' }] },
  })
  for (const [type, content] of Object.entries(samples(`Patient/${made.json().id}`))) {
    const resource = { resourceType: type, ...content }
    const created = await ask('POST', type, { body: resource })
    expect(created.statusCode, created.body).toBe(201)
    const at = { type, id: created.json().id as string, resource }
    const listed = of(type).interaction.map(({ code }) => code)
    for (const [code, run] of Object.entries(ASK)) {
      const reply = await run(ask, at)
      if (listed.includes(code)) expect(reply.statusCode, `${code} ${type} ${reply.body}`).toBeLessThan(300)
      else expect([404, 405], `${code} ${type}`).toContain(reply.statusCode)
    }
    // ids are the server's own
    expect((await ask('PUT', `${type}/mine`, { body: { ...resource, id: 'mine' } })).statusCode).toBe(405)
  }
})

test('each operation that is listed answers at its address, one that is not does not', async () => {
  const { ask, rest } = await open()
  const listed = rest.resource.flatMap(({ type, operation = [] }) =>
    operation.map(({ name }) => `${type} ${name}`),
  )
  expect(listed).toEqual(
    expect.arrayContaining([
      ...[
        'Patient everything',
        'Patient summary',
        'Patient match',
        'Patient validate',
        'CodeSystem lookup',
        'ValueSet expand',
      ],
      ...['ConceptMap translate', 'CodeSystem subsumes', 'Observation validate'],
    ]),
  )
  const empty = { body: { resourceType: 'Parameters' } }
  for (const name of ['lookup', 'validate-code', 'subsumes']) {
    const reply = await ask('POST', `CodeSystem/$${name}`, empty)
    // asked without saying what about
    expect(reply.statusCode, name).toBe(400)
  }
  expect((await ask('POST', 'Patient/$no-such-operation', empty)).statusCode).toBe(404)
  expect((await ask('POST', 'Observation/$lookup', empty)).statusCode).toBe(404)
  expect(rest.operation?.map(({ name }) => name)).toContain('export')
})

test('conditions on what is created, changed and deleted, bundles and the history of all are done as listed', async () => {
  const { ask, of, rest, statement } = await open()
  const listed = of('Organization')
  expect(listed).toMatchObject({
    conditionalCreate: true,
    conditionalUpdate: true,
    conditionalDelete: 'single',
  })
  const identifier = [{ system: 'urn:example:unit', value: 'K1' }]
  const unit = { resourceType: 'Organization', identifier, name: 'Khoa nội' }
  const condition = { headers: { 'if-none-exist': 'identifier=urn:example:unit|K1' } }
  expect((await ask('POST', 'Organization', { body: unit, ...condition })).statusCode).toBe(201)
  expect((await ask('POST', 'Organization', { body: unit, ...condition })).statusCode).toBe(200)
  const named = 'Organization?identifier=urn:example:unit|K1'
  expect((await ask('PUT', named, { body: { ...unit, name: 'Khoa ngoại' } })).statusCode).toBe(200)
  expect((await ask('DELETE', named)).statusCode).toBe(204)

  expect(statement.patchFormat).toEqual(['application/json-patch+json'])
  const codes = rest.interaction.map(({ code }) => code)
  expect(codes.toSorted()).toEqual(['batch', 'history-system', 'search-system', 'transaction'])
  for (const type of ['batch', 'transaction']) {
    const entry = [{ request: { method: 'POST', url: 'Organization' }, resource: unit }]
    const reply = await ask('POST', '', { body: { resourceType: 'Bundle', type, entry } })
    expect(reply.statusCode, reply.body).toBe(200)
  }
  expect((await ask('GET', '_history')).statusCode).toBe(200)
  expect((await ask('GET', `?_type=Organization&identifier=urn:example:unit|K1`)).statusCode).toBe(200)
})
