import { expect, test } from 'vitest'
import { askWith, CHO_RAY, clientAt, residentToken } from '../../../test/client.ts'
import { openTestHouse } from '../../../test/house.ts'

const GIA_DINH = 'HCM-004'
const JSON_BODY = { 'content-type': 'application/json' }

/** A person whom a hospital knows, with a finding that anybody may treat and one that the law keeps closed. */
async function openHospitals() {
  const house = await openTestHouse()
  const { app, ctx } = house
  const choRay = await clientAt(app, ctx, { facility: CHO_RAY })
  const giaDinh = await clientAt(app, ctx, { facility: GIA_DINH })
  const created = await choRay.ask('POST', 'Patient', {
    body: {
      resourceType: 'Patient',
      name: [{ text: 'Trần Văn Nam' }],
      birthDate: '1948-02-03',
      gender: 'male',
    },
  })
  expect(created.statusCode).toBe(201)
  const patient: string = created.json().id
  const condition = async (code: string): Promise<string> => {
    const reply = await choRay.ask('POST', 'Condition', {
      body: {
        resourceType: 'Condition',
        subject: { reference: `Patient/${patient}` },
        code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code }] },
      },
    })
    expect(reply.statusCode).toBe(201)
    return reply.json().id
  }
  const [open, closed] = [await condition('I10'), await condition('B20')]
  const nam = askWith(app, await residentToken(ctx, patient))
  const consent = async (purpose: string, given: boolean) => {
    const reply = await nam('PUT', `/api/me/consents/${purpose}`, { body: { given }, headers: JSON_BODY })
    expect(reply.json()).toMatchObject({ purpose, given })
  }
  const sees = async ({ ask }: typeof choRay, id: string) => (await ask('GET', `Condition/${id}`)).statusCode
  const lists = async ({ ask }: typeof choRay) => {
    const reply = await ask('GET', `Condition?patient=${patient}&_total=accurate`)
    return [reply.json().total, (reply.json().entry ?? []).length]
  }
  return { ...house, choRay, giaDinh, patient, open, closed, nam, consent, sees, lists }
}

test('another facility reads only while the person’s word stands, from the next request on', async () => {
  const { choRay, giaDinh, patient, open, consent, sees, lists, nam } = await openHospitals()
  expect([await sees(choRay, open), await sees(giaDinh, open)]).toEqual([200, 404])
  expect(await lists(giaDinh)).toEqual([0, 0])

  await consent('treatment', true)
  expect(await sees(giaDinh, open)).toBe(200)
  expect((await giaDinh.ask('GET', `Patient/${patient}/$everything`)).statusCode).toBe(200)
  await consent('treatment', false)
  expect([await sees(choRay, open), await sees(giaDinh, open)]).toEqual([200, 404])
  expect((await giaDinh.ask('GET', `Patient/${patient}/$everything`)).statusCode).toBe(404)

  const told: { who: string; facility: string | null; what: string }[] = (
    await nam('GET', '/api/me/accesses')
  ).json()
  const [refused] = told.filter(({ facility }) => facility === 'Bệnh viện Nhân dân Gia Định')
  expect(refused).toMatchObject({ who: 'Phần mềm của cơ sở khám, chữa bệnh' })
  expect(refused?.what).toContain('(bị từ chối)')
  const book: string = (await nam('GET', '/api/me')).json().books[0].person
  const { accesses } = (await nam('GET', `/api/books/${book}/accesses`)).json()
  expect(
    accesses.some(
      ({ place, did }: { place: string; did: { vi: string } }) =>
        place === 'Bệnh viện Nhân dân Gia Định' && did.vi === 'đọc một phần hồ sơ, để khám, chữa bệnh',
    ),
  ).toBe(true)
})

test('what the law keeps closed is in no list and no count without its own word, and its sender reads it by its id', async () => {
  const { choRay, giaDinh, closed, consent, sees, lists } = await openHospitals()
  await consent('treatment', true)
  expect([await sees(choRay, closed), await sees(giaDinh, closed)]).toEqual([200, 404])
  expect([await lists(choRay), await lists(giaDinh)]).toEqual([
    [1, 1],
    [1, 1],
  ])
  await consent('restricted', true)
  expect(await sees(giaDinh, closed)).toBe(200)
  expect(await lists(giaDinh)).toEqual([2, 2])
  await consent('treatment', false)
  expect(await sees(giaDinh, closed)).toBe(404)
  expect(await lists(giaDinh)).toEqual([0, 0])
})

test('a token opens the types and the kinds of interaction that it names, and nothing else', async () => {
  const { app, ctx, patient, open, nam } = await openHospitals()
  const body = { resourceType: 'Condition', subject: { reference: `Patient/${patient}` } }
  const of = async (scopes: string) => {
    const { ask } = await clientAt(app, ctx, { scopes })
    const replies = await Promise.all([
      ask('GET', `Condition/${open}`),
      ask('GET', `Condition?patient=${patient}`),
      ask('POST', 'Condition', { body }),
      ask('PUT', `Condition/${open}`, { body: { ...body, id: open } }),
      ask('DELETE', `Condition/${open}`),
      ask('GET', `Observation?patient=${patient}`),
    ])
    return replies.map(({ statusCode }) => (statusCode === 403 ? 'no' : 'yes')).join(' ')
  }
  expect(await of('system/Condition.r')).toBe('yes no no no no no')
  expect(await of('system/Condition.s')).toBe('no yes no no no no')
  expect(await of('system/Condition.read')).toBe('yes yes no no no no')
  expect(await of('system/Condition.c')).toBe('no no yes no no no')
  expect(await of('system/Observation.rs')).toBe('no no no no no yes')

  expect((await nam('GET', `Condition/${open}`)).statusCode).toBe(200)
  expect((await nam('POST', 'Condition', { body })).statusCode).toBe(403)
})

/** Everywhere where something of a person could be met. */
const pathsTo = (patient: string, condition: string): string[] => [
  `Condition/${condition}`,
  `Condition/${condition}/_history`,
  `Condition/${condition}/_history/1`,
  'Condition/_history',
  '_history?_count=200',
  `Patient/${patient}/_history`,
  `Condition?patient=${patient}`,
  `Condition?_id=${condition}`,
  `Condition?_id=${condition}&_include=Condition:patient`,
  `Condition?_id=${condition}&_summary=count`,
  `Condition?patient.name=Nam&patient=${patient}`,
  `Condition?patient=${patient}&_elements=id`,
  'Condition?_lastUpdated=ge2020-01-01&_count=200',
  'Condition?code=B20&recorded-date=ge2020-01-01',
  `Patient?_id=${patient}&_revinclude=Condition:patient`,
  `Patient?_id=${patient}&_has:Condition:patient:code=B20`,
  `Patient?identifier=https://cho-ray.example|1`,
  `Patient?name=Trần Văn Nam&birthdate=1948-02-03`,
  `Patient/${patient}`,
  `Patient/${patient}/Condition`,
  `Patient/${patient}/$everything`,
  `Patient/${patient}/$summary`,
  `Provenance?target=Condition/${condition}`,
]

test('on every way what is foreign is met by nobody, and what the law keeps closed only with its own word', async () => {
  const { giaDinh, patient, open, closed, consent } = await openHospitals()
  const met = async (secrets: readonly string[], paths: readonly string[]) => {
    const found: string[] = []
    const batch = {
      resourceType: 'Bundle',
      type: 'batch',
      entry: paths.map((url) => ({ request: { method: 'GET', url } })),
    }
    const replies = [
      ...(await Promise.all(paths.map((url) => giaDinh.ask('GET', encodeURI(url))))),
      await giaDinh.ask('POST', '/fhir/R4', { body: batch }),
    ]
    expect(replies.at(-1)?.json()).toMatchObject({ resourceType: 'Bundle', type: 'batch-response' })
    for (const [at, { statusCode, body }] of replies.entries()) {
      expect(statusCode).toBeLessThan(500)
      // what was asked for stands in links, never in what is answered
      const answered = body.replaceAll(/"link":\[.*?\]/g, '').replaceAll(/"(?:fullUrl|url)":"[^"]*"/g, '')
      if (secrets.some((secret) => answered.includes(secret))) found.push(paths[at] ?? 'batch')
    }
    return found
  }
  const ways = [...new Set([...pathsTo(patient, open), ...pathsTo(patient, closed)])]
  const ids = (id: string) => `"id":"${id}"`
  expect(await met([ids(open), ids(closed), ids(patient), 'Trần Văn Nam', 'B20'], ways)).toEqual([])

  await consent('treatment', true)
  expect(await met([ids(closed), 'B20'], ways)).toEqual([])
  expect((await met([ids(open)], pathsTo(patient, open))).length).toBeGreaterThan(5)

  await consent('restricted', true)
  expect((await met([ids(closed)], pathsTo(patient, closed))).length).toBeGreaterThan(5)
})

test('what was told of a resource while it was open is closed with it', async () => {
  const { choRay, giaDinh, patient, open, consent } = await openHospitals()
  await consent('treatment', true)
  const told = async () => (await giaDinh.ask('GET', `Provenance?target=Condition/${open}`)).json().total
  expect(await told()).toBe(1)
  const body = {
    resourceType: 'Condition',
    id: open,
    subject: { reference: `Patient/${patient}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'B20' }] },
  }
  expect((await choRay.ask('PUT', `Condition/${open}`, { body })).statusCode).toBe(200)
  expect(await told()).toBe(0)
  expect((await giaDinh.ask('GET', '_history?_count=200')).body).not.toContain(open)
})

test('a search by a reference answers alike for what is foreign, closed and never was', async () => {
  const { giaDinh, open, closed } = await openHospitals()
  const forged = '11111111-1111-1111-1111-111111111111'
  const replies = await Promise.all(
    [open, closed, forged].map(async (id) => {
      const { statusCode, body } = await giaDinh.ask('GET', `Provenance?target=Condition/${id}`)
      return `${statusCode} ${body.replaceAll(id, 'id')}`
    }),
  )
  expect(new Set(replies).size, replies.join()).toBe(1)
})

test('what is told of a change or an end of what the law keeps closed is kept closed too', async () => {
  const { choRay, giaDinh, patient, closed, consent } = await openHospitals()
  await consent('treatment', true)
  const body = {
    resourceType: 'Condition',
    id: closed,
    subject: { reference: `Patient/${patient}` },
    code: { coding: [{ system: 'http://hl7.org/fhir/sid/icd-10', code: 'E11' }] },
  }
  expect((await choRay.ask('PUT', `Condition/${closed}`, { body })).statusCode).toBe(200)
  expect((await choRay.ask('DELETE', `Condition/${closed}`)).statusCode).toBe(204)
  for (const path of ['_history?_count=200', `Patient/${patient}/$everything`]) {
    const reply = await giaDinh.ask('GET', path)
    expect(reply.statusCode).toBe(200)
    expect(reply.body, path).not.toContain(closed)
  }
  const told = await giaDinh.ask('GET', `Provenance?target=Condition/${closed}`)
  expect(told.json().total).toBe(0)
})
