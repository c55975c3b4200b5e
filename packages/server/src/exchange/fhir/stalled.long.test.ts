import { connect } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openFacility, PATIENT } from '../../../test/facility.ts'

test('uploads that stop in the middle are ended, and others are served meanwhile', {
  timeout: 300_000,
}, async () => {
  const { app, client, ask } = await openFacility()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const head = [
    'POST /fhir/R4/Patient HTTP/1.1',
    'host: localhost',
    `authorization: Bearer ${client.token}`,
    'content-type: application/fhir+json',
    'content-length: 100000',
  ].join('\r\n')
  const stalled = Array.from({ length: 50 }, () => {
    const socket = connect(port, '127.0.0.1')
    onTestFinished(() => void socket.destroy())
    socket.write(`${head}\r\n\r\n{"resourceType":`)
    socket.on('error', () => undefined)
    let heard = ''
    socket.on('data', (part) => {
      heard += String(part)
    })
    return new Promise<string>((resolve) => socket.on('close', () => resolve(heard)))
  })
  const before = await ask('POST', 'Patient', { body: PATIENT })
  expect(before.statusCode).toBe(201)
  const answers = await Promise.all(stalled)
  for (const heard of answers) expect(heard === '' || /^HTTP\/1\.1 4\d\d/.test(heard), heard).toBe(true)
  expect((await ask('GET', `Patient/${before.json().id}`)).statusCode).toBe(200)
})
