import { expect, test } from 'vitest'
import { clientAt } from '../../../test/client.ts'
import { openTestHouse } from '../../../test/house.ts'

const RIGHT = {
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '4548-4' }] },
  valueQuantity: { value: 7.8, unit: '%', system: 'http://unitsofmeasure.org', code: '%' },
}

const NARRATIVE = { status: 'generated', div: '<div xmlns="http://www.w3.org/1999/xhtml">HbA1c 7.8 %</div>' }

interface Issue {
  readonly severity: string
  readonly code: string
  readonly expression?: readonly string[]
}

const open = async (scopes?: string) => {
  const { app, ctx, db } = await openTestHouse()
  const client = await clientAt(app, ctx, scopes === undefined ? {} : { scopes })
  const validate = async (url: string, body: unknown, status = 200): Promise<Issue[]> => {
    const reply = await client.ask('POST', url, { body })
    expect(reply.statusCode, reply.body).toBe(status)
    expect(reply.json()).toMatchObject({ resourceType: 'OperationOutcome' })
    return reply.json().issue.filter(({ severity }: Issue) => severity !== 'warning')
  }
  return { db, client, validate }
}

const parameters = (...parameter: object[]) => ({ resourceType: 'Parameters', parameter })

test('a resource is held against FHIR without being kept; every fault is told with its place', async () => {
  const { validate, db } = await open()
  expect(await validate('Observation/$validate', { ...RIGHT, text: NARRATIVE })).toMatchObject([
    { severity: 'information' },
  ])
  expect(await validate('Observation/$validate', RIGHT)).toEqual([])
  const faults = await validate('Observation/$validate', { ...RIGHT, status: 'done', colour: 'blue' })
  expect(faults.filter(({ severity }) => severity === 'error').length).toBeGreaterThanOrEqual(2)
  expect(faults.flatMap(({ expression = [] }) => expression)).toContain('Observation.status')
  expect(JSON.stringify(faults)).not.toContain('blue')
  const { count } = await db
    .selectFrom('record.pack')
    .select(({ fn }) => fn.countAll<number>().as('count'))
    .executeTakeFirstOrThrow()
  expect(Number(count)).toBe(0)
})

test('it may come in Parameters with a mode, and must be what the address says', async () => {
  const { validate } = await open()
  const resource = { name: 'resource', resource: RIGHT }
  expect(
    await validate('Observation/$validate', parameters(resource, { name: 'mode', valueCode: 'create' })),
  ).toEqual([])
  expect(await validate('Condition/$validate', parameters(resource))).toMatchObject([
    { severity: 'error', expression: ['resourceType'] },
  ])
  expect(await validate('Observation/abc/$validate?mode=update', RIGHT)).toMatchObject([
    { severity: 'error', expression: ['Observation.id'] },
  ])
  await validate('Observation/$validate?mode=guess', RIGHT, 400)
  await validate('Observation/$validate', parameters(), 400)
  await validate('Observation/$validate', '{"resourceType":', 400)
  await validate('Nothing/$validate', RIGHT, 404)
})

test('a profile is asked too; one that nobody here knows is no silent agreement', async () => {
  const { validate } = await open()
  const profile = (name: string) => `Observation/$validate?profile=${name}`
  const tobacco = 'http://hl7.org/fhir/uv/ips/StructureDefinition/Observation-tobaccouse-uv-ips'
  expect((await validate(profile(tobacco), RIGHT)).some(({ severity }) => severity === 'error')).toBe(true)
  expect(
    (await validate(profile('http://nowhere.example/p'), RIGHT)).some(({ severity }) => severity === 'error'),
  ).toBe(true)
})

test('whoever may not create may not ask whether she could', async () => {
  const { validate } = await open('system/Observation.rs')
  await validate('Observation/$validate?mode=create', RIGHT, 403)
  await validate('Observation/$validate', RIGHT)
})

test('what is there is validated at its address, also before it is deleted; what is not there is not found', async () => {
  const { client, validate } = await open()
  const made = await client.ask('POST', 'Patient', {
    body: { resourceType: 'Patient', name: [{ text: 'Trần Văn Nam' }] },
  })
  const { id } = made.json()
  const reply = await client.ask('GET', `Patient/${id}/$validate`)
  expect(reply.statusCode, reply.body).toBe(200)
  expect(reply.json().issue.filter(({ severity }: Issue) => severity === 'error')).toEqual([])
  expect(
    await validate(`Patient/${id}/$validate`, parameters({ name: 'mode', valueCode: 'delete' })),
  ).toEqual([])
  expect((await client.ask('GET', `Patient/${id.replace(/./, 'z')}/$validate`)).statusCode).toBe(404)
})
