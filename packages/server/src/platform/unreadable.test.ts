import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../test/house.ts'

async function openPort() {
  const { app } = await openTestHouse()
  await app.listen({ port: 0, host: '127.0.0.1' })
  const address = app.server.address()
  if (typeof address !== 'object' || address === null) throw new Error('no port')
  return (bytes: string) => told(address.port, bytes)
}

/** What comes back for bytes that are sent as they are, until the connection is closed. */
const told = (port: number, bytes: string): Promise<string> =>
  new Promise((resolve, reject) => {
    let text = ''
    const socket = connect(port, '127.0.0.1', () => socket.write(bytes))
    socket.on('data', (piece) => {
      text += piece.toString()
    })
    socket.on('error', reject)
    socket.on('close', () => resolve(text))
  })

const bodyOf = (text: string) => JSON.parse(text.slice(text.indexOf('\r\n\r\n')))

test('what never becomes a request is refused in the words of its door, and nothing of it comes back', async () => {
  const send = await openPort()
  const long = 'secret'.repeat(5000)
  const exchange = await send(`GET /fhir/R4/Patient?name=${long} HTTP/1.1\r\nhost: x\r\n\r\n`)
  expect(exchange).toMatch(/^HTTP\/1\.1 431 /)
  expect(exchange).toContain('content-type: application/fhir+json')
  expect(bodyOf(exchange).issue).toMatchObject([{ severity: 'error', code: 'too-long' }])
  const elsewhere = await send(`GET /api/me?name=${long} HTTP/1.1\r\nhost: x\r\n\r\n`)
  expect(bodyOf(elsewhere)).toMatchObject({ type: '/problems/request.head-too-large', status: 431 })
  const nonsense = await send('secret nonsense\r\n\r\n')
  expect(nonsense).toMatch(/^HTTP\/1\.1 400 /)
  expect(bodyOf(nonsense)).toMatchObject({ type: '/problems/request.unreadable' })
  const method = await send('FOO /fhir/R4/Patient HTTP/1.1\r\nhost: x\r\n\r\n')
  expect(bodyOf(method)).toMatchObject({ resourceType: 'OperationOutcome' })
  expect(exchange + elsewhere + nonsense).not.toContain('secret')
})
