import { createServer, type IncomingMessage } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openHttpProvider } from './http.ts'

const message = { to: '+84901234567', text: '042917 là mã đăng nhập Sổ Khỏe', reference: 'sokhoe-1' }

async function openGateway(answer: { status?: number; body?: string; delay?: number }) {
  const heard: { headers: IncomingMessage['headers']; body: unknown }[] = []
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    heard.push({ headers: request.headers, body: JSON.parse(Buffer.concat(chunks).toString()) })
    setTimeout(
      () => response.writeHead(answer.status ?? 200, { location: '/elsewhere' }).end(answer.body ?? ''),
      answer.delay ?? 0,
    )
  })
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { url: `http://127.0.0.1:${port}/send`, heard }
}

test('a gateway gets the Vietnamese text, the sender and its token, and its number is kept', async () => {
  const { url, heard } = await openGateway({ body: '{"id": 8731}' })
  const provider = openHttpProvider({ url, token: 'secret', from: 'SoKhoe' })
  expect(await provider.send(message)).toEqual({ providerId: '8731' })
  expect(heard).toMatchObject([
    {
      headers: {
        authorization: 'Bearer secret',
        'content-type': 'application/json',
        'idempotency-key': 'sokhoe-1',
      },
      body: { ...message, from: 'SoKhoe' },
    },
  ])
})

test('a gateway that takes a message but answers something unreadable has taken it', async () => {
  for (const body of ['', 'OK', '[]', '{"id": {}}']) {
    const { url } = await openGateway({ body, status: 202 })
    expect(await openHttpProvider({ url }).send(message)).toEqual({ providerId: null })
  }
})

test('a busy or broken gateway is worth another try, a refused message is not', async () => {
  const told = await Promise.all(
    [400, 401, 404, 422, 302, 408, 429, 500, 503].map(async (status) => {
      const { url } = await openGateway({ status })
      const error = await openHttpProvider({ url })
        .send(message)
        .catch((error) => error)
      return [error.fault, error.retryable]
    }),
  )
  expect(told).toEqual([
    ['http-400', false],
    ['http-401', false],
    ['http-404', false],
    ['http-422', false],
    ['unreachable', true],
    ['http-408', true],
    ['http-429', true],
    ['http-500', true],
    ['http-503', true],
  ])
})

test('a gateway that is silent or absent is given up in time, without a word of the message', async () => {
  const { url } = await openGateway({ delay: 5000 })
  const silent = await openHttpProvider({ url, timeout: 50 })
    .send(message)
    .catch((error) => error)
  const absent = await openHttpProvider({ url: 'http://127.0.0.1:1/send' })
    .send(message)
    .catch((error) => error)
  expect([silent, absent]).toMatchObject([
    { fault: 'timeout', retryable: true },
    { fault: 'unreachable', retryable: true },
  ])
  for (const error of [silent, absent])
    expect(`${error.message} ${error.stack}`).not.toMatch(/042917|84901234567/)
})
