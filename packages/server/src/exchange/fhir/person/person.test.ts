import { type FhirResource, parseJson, writeJson } from '@sokhoe/fhir'
import { SPOKEN_OF, summaryDocument } from '@sokhoe/fhir/ips'
import { validate } from '@sokhoe/fhir/validate'
import { expect, test } from 'vitest'
import { askWith, CHO_RAY, clientAt, residentToken } from '../../../../test/client.ts'
import { about, example, exampleNames, SAMPLES, sampleNamed } from '../../../../test/examples.ts'
import { openTestHouse } from '../../../../test/house.ts'
import { HA as ANSWERS, FIRST_PART, residentAt } from '../../../../test/resident.ts'
import { patientAt } from '../../../../test/stated.ts'
import { setGrants } from '../../../access/index.ts'
import { eventsOf } from '../../../audit/index.ts'
import { reachOfPatients } from '../../../identity/index.ts'
import { asSystem, type Context } from '../../../platform/context.ts'
import { readPublicId } from '../../../platform/ids.ts'

const ELSEWHERE = 'HCM-002'

const HA = {
  name: 'Nguyễn Thị Thu Hà',
  sex: 'female',
  birthDate: '1961-04-30',
  identifiers: [{ system: 'cccd', value: '079161000011' }],
} as const

const hl7 = (list: string, code: string) => ({
  coding: [{ system: `http://terminology.hl7.org/CodeSystem/${list}`, code }],
})

const sugar = (value: string, day: string, more: object = {}) => ({
  ...(parseJson(
    `{"resourceType":"Observation","status":"final","valueQuantity":{"value":${value},"unit":"%"}}`,
  ) as object),
  category: [hl7('observation-category', 'laboratory')],
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }], text: 'HbA1c' },
  effectiveDateTime: day,
  ...more,
})

const illness = (code: string, text: string, more: object = {}) => ({
  resourceType: 'Condition',
  clinicalStatus: hl7('condition-clinical', 'active'),
  code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }], text },
  recordedDate: '2026-05-01',
  ...more,
})

interface Entry {
  readonly fullUrl: string
  readonly search?: { readonly mode: string }
  readonly resource: { readonly resourceType: string; readonly id: string; readonly [name: string]: unknown }
}
interface Bundle {
  readonly total: number
  readonly link?: readonly { readonly relation: string; readonly url: string }[]
  readonly entry?: readonly Entry[]
}

const idsIn = ({ entry = [] }: Bundle): string[] => entry.map(({ resource }) => resource.id)
const nextOf = ({ link = [] }: Bundle): string | undefined =>
  link.find(({ relation }) => relation === 'next')?.url.replace(/^https?:\/\/[^/]+/, '')

/** One person whom two hospitals know, each by its own Patient. */
async function openWard() {
  const house = await openTestHouse()
  const { app, ctx } = house
  const here = await clientAt(app, ctx)
  const there = await clientAt(app, ctx, { facility: ELSEWHERE })
  const ofHere = await patientAt(ctx, { facility: CHO_RAY, demographics: HA })
  const ofThere = await patientAt(ctx, { facility: ELSEWHERE, demographics: HA })
  const get = async (url: string, status = 200): Promise<Bundle> => {
    const reply = await here.ask('GET', url)
    expect(reply.statusCode, reply.body).toBe(status)
    return reply.json()
  }
  return { ...house, here, there, ofHere, ofThere, get }
}

async function grant(ctx: Context, patientId: number, purpose: 'treatment' | 'restricted', given: boolean) {
  const system = asSystem(ctx, 'test')
  const reach = (await reachOfPatients(system, [patientId])).get(patientId)
  await setGrants(system, reach?.home ?? 0, [{ purpose, given, textVersion: '1', channel: 'test' }])
}

test('without her word a hospital reads all that it stated itself, with it all that anybody stated, her Patients linked', async () => {
  const { ctx, get, ofHere, ofThere } = await openWard()
  const [own] = await ofHere.state([sugar('7.10', '2026-03-01')])
  const [theirs] = await ofThere.state([illness('I10', 'Tăng huyết áp')])
  const [hiv] = await ofThere.state([illness('B20', 'HIV')])
  const url = `Patient/${ofHere.id}/$everything`
  expect(idsIn(await get(url))).toEqual([ofHere.id, own?.id])

  await grant(ctx, ofHere.patientId, 'treatment', true)
  const all = await get(url)
  expect(idsIn(all)).toEqual([ofHere.id, own?.id, ofThere.id, theirs?.id])
  expect(all.total).toBe(4)
  const patients = (all.entry ?? []).filter(({ resource }) => resource.resourceType === 'Patient')
  expect(patients.map(({ resource }) => resource['link'])).toEqual([
    [{ other: { reference: `Patient/${ofThere.id}` }, type: 'seealso' }],
    [{ other: { reference: `Patient/${ofHere.id}` }, type: 'seealso' }],
  ])
  // by any of her Patients she is the same person
  expect(idsIn(await get(`Patient/${ofThere.id}/$everything`)).toSorted()).toEqual(idsIn(all).toSorted())

  await grant(ctx, ofHere.patientId, 'restricted', true)
  expect(idsIn(await get(url))).toContain(hiv?.id)
  await grant(ctx, ofHere.patientId, 'restricted', false)
  await grant(ctx, ofHere.patientId, 'treatment', false)
  expect(idsIn(await get(url))).toEqual([ofHere.id, own?.id])
})

test('numbers leave as they were written, and the reading stands in the audit log of each of her Patients', async () => {
  const { ctx, db, here, ofHere, ofThere } = await openWard()
  await ofHere.state([sugar('7.10', '2026-03-01')])
  await grant(ctx, ofHere.patientId, 'treatment', true)
  const reply = await here.ask('GET', `Patient/${ofHere.id}/$everything`)
  expect(reply.body).toContain('"value":7.10')
  for (const { patientId } of [ofHere, ofThere])
    expect((await eventsOf(db, [patientId]))[0]).toMatchObject({
      action: 'exchange.everything',
      purpose: 'treatment',
      facility: CHO_RAY,
      refused: false,
    })
})

test('another hospital’s Patient, a forged id and one that nobody has answer alike', async () => {
  const { here, ofThere, db, ofHere } = await openWard()
  await ofHere.state([sugar('7.10', '2026-03-01')])
  const ids = [ofThere.id, ofHere.id.replace(/.$/, (last) => (last === '0' ? '1' : '0')), 'nobody']
  for (const operation of ['$everything', '$summary']) {
    const replies = await Promise.all(ids.map((id) => here.ask('GET', `Patient/${id}/${operation}`)))
    for (const reply of replies) {
      expect(reply.statusCode).toBe(404)
      expect(reply.body).toBe(replies[0]?.body)
    }
  }
  expect((await eventsOf(db, [ofThere.patientId]))[0]).toMatchObject({ refused: true })
})

test('pages tell each thing once, whatever arrives or changes meanwhile', async () => {
  const { get, ofHere } = await openWard()
  const days = Array.from({ length: 9 }, (_, i) => `2026-03-0${i + 1}`)
  const stated = await ofHere.state(days.map((day) => sugar('7', day)))
  const told: string[] = []
  let [page, pages] = [await get(`Patient/${ofHere.id}/$everything?_count=4`), 1]
  expect(page.total).toBe(10)
  told.push(...idsIn(page))
  await ofHere.state([sugar('8', '2026-04-01')])
  for (let next = nextOf(page); next; next = nextOf(page)) {
    expect(next).not.toContain('4548')
    page = await get(next)
    told.push(...idsIn(page))
    pages += 1
  }
  expect(pages).toBe(3)
  expect(told).toEqual([ofHere.id, ...stated.map(({ id }) => id)])
})

test('a page is good for whoever was given it, for that Patient alone', async () => {
  const { app, ctx, here, get, ofHere } = await openWard()
  await ofHere.state([sugar('7', '2026-03-01'), sugar('8', '2026-03-02')])
  const next = nextOf(await get(`Patient/${ofHere.id}/$everything?_count=1`)) ?? ''
  const other = await clientAt(app, ctx)
  expect((await other.ask('GET', next)).statusCode).toBe(400)
  const another = await patientAt(ctx, {
    facility: CHO_RAY,
    demographics: { name: 'Trần Văn Nam', sex: 'male', birthDate: '1950-01-01', identifiers: [] },
  })
  expect((await here.ask('GET', next.replace(ofHere.id, another.id))).statusCode).toBe(400)
  expect((await here.ask('GET', `Patient/${ofHere.id}/$everything?_page=abc`)).statusCode).toBe(400)
})

test('types, days and the time of arrival narrow it; what carries no day is told with every day', async () => {
  const { get, here, ofHere, clock } = await openWard()
  const [march] = await ofHere.state([sugar('7', '2026-03-15')])
  clock.now = new Date('2026-11-23T05:30:00Z')
  const [may] = await ofHere.state([illness('I10', 'Tăng huyết áp')])
  const url = `Patient/${ofHere.id}/$everything`
  expect(idsIn(await get(`${url}?_type=Observation`))).toEqual([march?.id])
  expect(idsIn(await get(`${url}?_since=2026-11-23T05:20:00Z`))).toEqual([may?.id])
  expect(idsIn(await get(`${url}?start=2026-05-01&end=2026-05-31`))).toEqual([ofHere.id, may?.id])
  expect(idsIn(await get(`${url}?end=2026-03`))).toEqual([ofHere.id, march?.id])
  const posted = await here.ask('POST', url, {
    body: { resourceType: 'Parameters', parameter: [{ name: '_type', valueCode: 'Condition' }] },
  })
  expect(idsIn(posted.json())).toEqual([may?.id])
  for (const bad of ['_type=Nothing', '_count=0', '_count=x', 'start=yesterday', '_since=soon'])
    await get(`${url}?${bad}`, 400)
})

test('what the token does not open stays out', async () => {
  const { app, ctx, ofHere } = await openWard()
  const [own] = await ofHere.state([sugar('7', '2026-03-15'), illness('I10', 'Tăng huyết áp')])
  const narrow = await clientAt(app, ctx, { scopes: 'system/Patient.r system/Observation.r' })
  expect(idsIn((await narrow.ask('GET', `Patient/${ofHere.id}/$everything`)).json())).toEqual([
    ofHere.id,
    own?.id,
  ])
  const none = await clientAt(app, ctx, { scopes: 'system/Observation.r' })
  expect((await none.ask('GET', `Patient/${ofHere.id}/$everything`)).statusCode).toBe(403)
})

test('hospital and doctor come along with what names them, once', async () => {
  const { app, ctx, here, get, ofHere } = await openWard()
  const operator = await clientAt(app, ctx, { operator: true })
  const made = await operator.ask('POST', 'Organization', {
    body: { resourceType: 'Organization', name: 'Khoa xét nghiệm' },
  })
  expect(made.statusCode, made.body).toBe(201)
  const performer = [{ reference: `Organization/${made.json().id}` }]
  const stated = await ofHere.state([
    sugar('7', '2026-03-01', { performer }),
    sugar('8', '2026-03-02', { performer }),
  ])
  const all = await get(`Patient/${ofHere.id}/$everything`)
  expect(idsIn(all)).toEqual([ofHere.id, ...stated.map(({ id }) => id), made.json().id])
  expect(all.entry?.at(-1)?.search?.mode).toBe('include')
  expect(all.total).toBe(3)
  const summary = (await here.ask('GET', `Patient/${ofHere.id}/$summary`)).json()
  expect(idsIn(summary)).toContain(made.json().id)
})

test('who sent what is told only to whoever asks for it', async () => {
  const { get, here, ofHere } = await openWard()
  const created = await here.ask('POST', 'Condition', {
    body: { ...illness('I10', 'Tăng huyết áp'), subject: { reference: `Patient/${ofHere.id}` } },
  })
  expect(created.statusCode, created.body).toBe(201)
  const types = async (query: string) =>
    ((await get(`Patient/${ofHere.id}/$everything${query}`)).entry ?? []).map(
      ({ resource }) => resource.resourceType,
    )
  expect(await types('')).toEqual(['Patient', 'Condition'])
  expect(await types('?_type=Provenance')).toEqual(['Provenance'])
})

const IPS = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Bundle-uv-ips'

const errorsIn = (bundle: unknown) =>
  validate(bundle, { profile: IPS }).filter(({ severity }) => severity === 'error' || severity === 'fatal')

test('the summary of what two hospitals know is one valid document about one Patient', async () => {
  const { ctx, here, get, ofHere, ofThere } = await openWard()
  await ofHere.state([sugar('7.10', '2026-10-01')])
  await ofThere.state([illness('I10', 'Tăng huyết áp'), illness('B20', 'HIV')])
  const url = `Patient/${ofHere.id}/$summary`
  const own = await get(url)
  expect(errorsIn(own)).toEqual([])
  expect(JSON.stringify(own)).not.toContain('I10')

  await grant(ctx, ofHere.patientId, 'treatment', true)
  const reply = await here.ask('GET', url)
  const whole = parseJson(reply.body) as Bundle
  expect(errorsIn(whole)).toEqual([])
  expect(reply.body).toContain('"value":7.10')
  expect(reply.body).toContain('Tăng huyết áp (I10)')
  expect(reply.body).not.toContain('B20')
  const types = (whole.entry ?? []).map(({ resource }) => resource.resourceType)
  expect(types.filter((type) => type === 'Patient')).toHaveLength(1)
  expect(types[0]).toBe('Composition')
  // what the other hospital stated of its own Patient is hers here
  const condition = whole.entry?.find(({ resource }) => resource.resourceType === 'Condition')
  expect(condition?.resource['subject']).toEqual({ reference: `Patient/${ofHere.id}` })
})

test('what a resident declared herself makes a valid summary, read with her own token', async () => {
  const { app, ctx, clock } = await openTestHouse()
  const ha = residentAt(app, '0903000001')
  await ha.scanAndSignIn()
  const declared = await ha.declare({ ...ANSWERS, ...FIRST_PART })
  expect(declared.statusCode, declared.body).toBe(201)
  clock.now = new Date(clock.now.getTime() + 60_000)
  const record = await ha.record()
  const patient = record.find(({ resourceType }) => resourceType === 'Patient')
  const id = patient?.id ?? ''
  expect(readPublicId(ctx.keys.id, id)?.no).toBe(0)
  const ask = askWith(app, await residentToken(ctx, id))
  const reply = await ask('GET', `Patient/${id}/$summary`)
  expect(reply.statusCode, reply.body).toBe(200)
  const bundle = parseJson(reply.body) as Bundle
  expect(errorsIn(bundle)).toEqual([])
  const [composition] = bundle.entry ?? []
  const sections = composition?.resource['section'] as {
    title: string
    text: { div: string }
    entry?: object[]
  }[]
  const text = (title: string) => sections.find((one) => one.title === title)?.text.div ?? ''
  expect(text('Dị ứng và không dung nạp')).toContain('Penicilin')
  expect(text('Bệnh và vấn đề sức khỏe hiện tại')).toContain('I10')
  expect(text('Thuốc đang dùng')).toContain('huyết áp')
  expect(text('Dấu hiệu sinh tồn')).toContain('54.50 kg')
  expect(text('Dấu hiệu sinh tồn')).toContain('142')
  expect(text('Lối sống và hoàn cảnh')).not.toBe('')
  expect(reply.body).toContain('Tự khai')
  // everything of hers, by the same token
  const all = await ask('GET', `Patient/${id}/$everything`)
  expect((all.json() as Bundle).total).toBeGreaterThan(8)
})

test('a summary is asked by an identifier too; one that names nobody whom the asker may see answers like none', async () => {
  const { ctx, here, ofHere } = await openWard()
  const identifier = [{ system: 'urn:example:chart', value: 'BA-77' }]
  const demographics = {
    name: 'Trần Văn Nam',
    sex: 'male',
    birthDate: '1950-01-01',
    identifiers: [],
  } as const
  const nam = await patientAt(ctx, { facility: CHO_RAY, demographics, patient: { identifier } })
  await patientAt(ctx, {
    facility: ELSEWHERE,
    demographics,
    patient: { identifier: [{ system: 'urn:example:chart', value: 'BA-88' }] },
  })
  const ask = async (value: string) =>
    await here.ask('POST', 'Patient/$summary', {
      body: { resourceType: 'Parameters', parameter: [{ name: 'identifier', valueString: value }] },
    })
  const found = await ask('urn:example:chart|BA-77')
  expect(found.statusCode, found.body).toBe(200)
  expect(idsIn(found.json())).toContain(nam.id)
  expect(idsIn(found.json())).not.toContain(ofHere.id)
  const [foreign, none] = [await ask('urn:example:chart|BA-88'), await ask('urn:example:chart|BA-99')]
  expect([foreign.statusCode, none.statusCode]).toEqual([404, 404])
  expect(foreign.body).toBe(none.body)
  expect((await here.ask('GET', 'Patient/$summary')).statusCode).toBe(400)
})

test('a summary of a part says that it is one, and what the token does not open is withheld, not empty', async () => {
  const { app, ctx, here, ofHere } = await openWard()
  await ofHere.state([illness('I10', 'Tăng huyết áp')])
  const url = `Patient/${ofHere.id}/$summary`
  const compositionOf = (bundle: Bundle) =>
    bundle.entry?.[0]?.resource as unknown as {
      title: string
      section: { title: string; emptyReason?: { coding: { code: string }[] } }[]
    }
  const reasons = (bundle: Bundle) =>
    compositionOf(bundle).section.map(({ emptyReason }) => emptyReason?.coding[0]?.code)
  const own = (await here.ask('GET', url)).json()
  expect(compositionOf(own).title).toContain('chỉ phần do bên hỏi đã gửi')
  expect(reasons(own)).toEqual(['unavailable', undefined, 'unavailable'])
  const narrow = await clientAt(app, ctx, { scopes: 'system/Patient.r system/AllergyIntolerance.r' })
  const part = (await narrow.ask('GET', url)).json()
  expect(reasons(part)).toEqual(['unavailable', 'withheld', 'withheld'])
  expect(errorsIn(part)).toEqual([])
  await grant(ctx, ofHere.patientId, 'treatment', true)
  expect(compositionOf((await here.ask('GET', url)).json()).title).toBe('Tóm tắt hồ sơ sức khỏe')
  const refused = await here.ask('GET', `${url}?profile=http://example.org/another`)
  expect(refused.statusCode).toBe(400)
})

test('the summary of what another program made of somebody’s whole life is valid', {
  timeout: 60_000,
}, async () => {
  const { app, ctx } = await openTestHouse()
  const { ask } = await clientAt(app, ctx, { operator: true })
  for (const name of SAMPLES) {
    const sent = await ask('POST', '', { body: sampleNamed(name) })
    expect(sent.statusCode).toBe(200)
    const { entry } = sent.json() as { entry: { response: { location: string } }[] }
    const patient = entry
      .map(({ response }) => /(?:^|\/)Patient\/([^/]+)/.exec(response.location)?.[1])
      .find(Boolean)
    const reply = await ask('GET', `Patient/${patient}/$summary`)
    const bundle = parseJson(reply.body) as Bundle
    expect(errorsIn(bundle)).toEqual([])
    expect(bundle.entry?.length).toBeGreaterThan(10)
    const all = await ask('GET', `Patient/${patient}/$everything?_count=50`)
    expect(nextOf(all.json())).toBeDefined()
  }
})

test('one person of whom everything is told that HL7 gives as an example has a valid summary', {
  timeout: 60_000,
}, () => {
  const base = 'https://sokhoe.example/fhir/R4'
  const along = (resource: FhirResource) => ({
    fullUrl: `${base}/${resource.resourceType}/${resource.id}`,
    type: resource.resourceType,
    resource: () => resource,
    text: writeJson(resource),
  })
  const told = exampleNames()
    .filter((name) => SPOKEN_OF.has(name.split('-')[0] ?? ''))
    .map((name) => about(example(name), 'p1'))
    .filter((resource) => SPOKEN_OF.has(resource.resourceType))
    .filter((resource) => !validate(resource).some(({ severity }) => severity === 'error'))
  const pieces = summaryDocument({
    patient: along({ resourceType: 'Patient', id: 'p1', name: [{ text: 'Hà' }], birthDate: '1961' }),
    linked: [],
    statements: told.map((resource) => ({
      ...along(resource),
      code: '',
      date: '',
      source: 'HCM-001',
      stated: 0,
    })),
    others: [],
    author: along({ resourceType: 'Organization', id: 'house', name: 'Sổ Khỏe' }),
    base,
    ids: ['0198c0de-0000-7000-8000-000000000001', '0198c0de-0000-7000-8000-000000000002'],
    // most of them happened then
    now: '2014-01-01T00:00:00Z',
    sourceName: (source) => source,
  })
  const bundle = parseJson(pieces.map(String).join('')) as Bundle
  expect(errorsIn(bundle)).toEqual([])
  expect(bundle.entry?.length).toBeGreaterThan(80)
})
