import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'

test('what the server is, anybody may ask; everything else needs a token, and is refused as an OperationOutcome', async () => {
  const { app } = await openTestHouse()
  const told = await app.inject('/fhir/R4/metadata')
  expect(told.statusCode).toBe(200)
  expect(told.headers['content-type']).toContain('application/fhir+json')
  expect(told.json()).toMatchObject({ resourceType: 'CapabilityStatement', fhirVersion: '4.0.1' })

  const unknown = await app.inject('/fhir/R4/nothing/here/at/all')
  expect(unknown.statusCode).toBe(404)
  expect(unknown.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ code: 'not-found' }] })
})

test('an address that cannot be read is refused as an OperationOutcome too', async () => {
  const { app } = await openTestHouse()
  for (const url of ['/fhir/R4/%zz', '/fhir/R4/Patient/%ff%fe', `/fhir/R4/${'x'.repeat(20_000)}`]) {
    const reply = await app.inject(url)
    expect([400, 404]).toContain(reply.statusCode)
    expect(reply.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] })
  }
})

test('XML is not spoken here, and that is said', async () => {
  const { app } = await openTestHouse()
  for (const reply of [
    await app.inject('/fhir/R4/metadata?_format=xml'),
    await app.inject({ url: '/fhir/R4/metadata', headers: { accept: 'application/fhir+xml' } }),
  ]) {
    expect(reply.statusCode).toBe(406)
    expect(reply.json()).toMatchObject({ resourceType: 'OperationOutcome', issue: [{ severity: 'error' }] })
  }
})
