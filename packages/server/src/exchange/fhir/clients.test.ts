import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import { Client as KitClient } from 'fhir-kit-client'
import smart from 'fhirclient'
import { expect, onTestFinished, test } from 'vitest'
import { clientAt } from '../../../test/client.ts'
import { openTestHouse } from '../../../test/house.ts'

/** The real server on a port, with a token for a hospital's program. */
async function openDoor() {
  const { app, ctx } = await openTestHouse()
  const address = await app.listen({ port: 0, host: '127.0.0.1' })
  onTestFinished(() => app.close())
  const { token } = await clientAt(app, ctx, { operator: true })
  return { base: `${address}/fhir/R4`, token }
}

const PATIENT = {
  resourceType: 'Patient',
  identifier: [{ system: 'urn:example:chart', value: 'BA-1' }],
  name: [{ text: 'Nguyễn Thị Thu Hà' }],
  gender: 'female',
  birthDate: '1961-04-30',
} as const

const weight = (reference: string, day: string, value: number) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }], text: 'Cân nặng' },
  category: [
    {
      coding: [{ system: 'http://terminology.hl7.org/CodeSystem/observation-category', code: 'vital-signs' }],
    },
  ],
  subject: { reference },
  effectiveDateTime: day,
  valueQuantity: { value, unit: 'kg', system: 'http://unitsofmeasure.org', code: 'kg' },
})

interface Bundle {
  readonly total?: number
  readonly type?: string
  readonly entry?: readonly {
    readonly resource: { readonly resourceType: string; readonly id: string }
    readonly response?: { readonly status: string; readonly location?: string }
  }[]
}

type Linked = Parameters<KitClient['nextPage']>[0]['bundle']

const idsIn = (bundle: unknown): string[] =>
  ((bundle as Bundle).entry ?? []).map(({ resource }) => resource.id)

test('fhir-kit-client creates, reads, changes, patches, searches, turns pages, sends transactions and asks operations', async () => {
  const { base, token } = await openDoor()
  const client = new KitClient({ baseUrl: base, bearerToken: token })
  expect(await client.capabilityStatement()).toMatchObject({ resourceType: 'CapabilityStatement' })

  const patient = await client.create({ resourceType: 'Patient', body: PATIENT })
  const id = String(patient['id'])
  const of = { resourceType: 'Patient', id } as const
  expect(await client.read(of)).toMatchObject({ ...PATIENT, id })
  const changed = { ...PATIENT, id, active: true }
  expect(await client.update({ ...of, body: changed })).toMatchObject({ meta: { versionId: '2' } })
  const jsonPatch = [{ op: 'replace', path: '/active', value: false }] as const
  expect(await client.patch({ ...of, jsonPatch: [...jsonPatch] })).toMatchObject({ active: false })
  expect(await client.vread({ ...of, version: '1' })).not.toHaveProperty('active')
  expect(((await client.history(of)) as Bundle).entry).toHaveLength(3)

  const days = ['2026-01-01', '2026-02-01', '2026-03-01', '2026-04-01', '2026-05-01']
  const entry = days.map((day, i) => ({
    request: { method: 'POST', url: 'Observation' },
    resource: weight(`Patient/${id}`, day, 54 + i),
  }))
  const sent = (await client.transaction({
    body: { resourceType: 'Bundle', type: 'transaction', entry },
  })) as Bundle
  expect(sent.entry?.map(({ response }) => response?.status.slice(0, 3))).toEqual(days.map(() => '201'))

  const first = await client.resourceSearch({
    resourceType: 'Observation',
    searchParams: { patient: id, _count: 2 },
  })
  const told = idsIn(first)
  for (let page = client.nextPage({ bundle: first as Linked }); page; ) {
    const bundle = await page
    told.push(...idsIn(bundle))
    page = client.nextPage({ bundle: bundle as Linked })
  }
  expect(new Set(told).size).toBe(5)
  expect(told).toHaveLength(5)

  const everything = await client.operation({ name: 'everything', ...of, method: 'GET' })
  expect((everything as Bundle).total).toBe(6)
  const summary = await client.operation({ name: 'summary', ...of, method: 'GET' })
  expect(summary).toMatchObject({ resourceType: 'Bundle', type: 'document' })
  const found = await client.operation({
    name: 'expand',
    resourceType: 'ValueSet',
    method: 'GET',
    input: { url: 'urn:sokhoe:valueset:icd-10', filter: 'tang huyet ap', count: '5' },
  })
  expect(JSON.stringify(found)).toContain('"I10"')

  const [observation = ''] = told
  await client.delete({ resourceType: 'Observation', id: observation })
  await expect(client.read({ resourceType: 'Observation', id: observation })).rejects.toMatchObject({
    response: { status: 410 },
  })
})

test('fhirclient reads and searches, follows references, turns pages and writes', async () => {
  const { base, token } = await openDoor()
  const request = new IncomingMessage(new Socket())
  const client = smart(request, new ServerResponse(request)).client({
    serverUrl: base,
    tokenResponse: { access_token: token },
  })
  expect(await client.getFhirVersion()).toBe('4.0.1')
  const { id } = await client.create<{ id: string; resourceType: string }>(PATIENT)
  for (const [i, day] of ['2026-01-01', '2026-02-01', '2026-03-01'].entries())
    await client.create(weight(`Patient/${id}`, day, 54 + i))
  expect(await client.request(`Patient/${id}`)).toMatchObject({ birthDate: '1961-04-30' })

  const url = `Observation?patient=${id}&_count=2`
  const pages: Bundle[] = []
  for await (const page of client.pages(url)) pages.push(page as Bundle)
  expect(pages).toHaveLength(2)
  expect(new Set(pages.flatMap(idsIn)).size).toBe(3)

  const resolved = await client.request(`Observation?patient=${id}`, {
    resolveReferences: ['subject'],
    flat: true,
  })
  expect(resolved).toMatchObject([{ subject: { birthDate: '1961-04-30' } }, {}, {}])

  const summary = await client.request<Bundle>(`Patient/${id}/$summary`)
  expect(summary.type).toBe('document')
  const [observation] = pages.flatMap(idsIn)
  await client.delete(`Observation/${observation}`)
  await expect(client.request(`Observation/${observation}`)).rejects.toMatchObject({ status: 410 })
})
