import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { callOut, isPrivateAddress } from './outbound.ts'

async function serverThat(answer: Parameters<typeof createServer>[1]): Promise<string> {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => {
    server.closeAllConnections()
    server.close()
  })
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
}

const call = (address: string, more: object = {}) =>
  callOut({ address, headers: {}, body: '{}', timeoutMs: 2000, mode: 'test', ...more })

test.each([
  '10.1.2.3',
  '127.0.0.1',
  '169.254.169.254',
  '192.168.1.1',
  '::1',
  'fd00::1',
  'fe80::1',
  '0.0.0.0',
  'none',
])('%s is no public place', (address) => expect(isPrivateAddress(address)).toBe(true))

test.each(['1.1.1.1', '113.160.0.1', '2606:4700::1111'])('%s is a public place', (address) =>
  expect(isPrivateAddress(address)).toBe(false),
)

test('in production nothing goes to a private place, whatever it is called, and nothing without https', async () => {
  let called = 0
  const address = await serverThat((_request, response) => {
    called += 1
    response.end()
  })
  const { port } = new URL(address)
  const production = { mode: 'production' }
  for (const place of ['127.0.0.1', 'localhost', '[::1]', '[::ffff:127.0.0.1]', '0.0.0.0', '2130706433'])
    expect(await call(`https://${place}:${port}/`, production)).toBe('address')
  expect(await call(address, production)).toBe('address')
  expect(await call('http://sokhoe.invalid/', {})).toBe('name')
  expect(called).toBe(0)
})

test('a redirect is not followed, a fault is told, an answer without end is not read', async () => {
  const seen: string[] = []
  const other = await serverThat((_request, response) => {
    seen.push('other')
    response.end()
  })
  const answers: Record<
    string,
    (response: Parameters<NonNullable<Parameters<typeof createServer>[1]>>[1]) => void
  > = {
    '/moved': (response) => response.writeHead(307, { location: other }).end(),
    '/broken': (response) => response.writeHead(500).end(),
    '/gone': (response) => response.destroy(),
    '/endless': (response) => {
      response.writeHead(200)
      const more = setInterval(() => response.write('x'.repeat(65_536)), 1)
      response.on('close', () => clearInterval(more))
    },
    '/taken': (response) => response.writeHead(204).end(),
    '/slow': () => undefined,
  }
  const base = await serverThat((request, response) => answers[request.url ?? '']?.(response))
  const told = async (path: string) => await call(new URL(path, base).href, { timeoutMs: 300 })
  expect(await told('/moved')).toBe('redirect')
  expect(await told('/broken')).toBe('status')
  expect(await told('/gone')).toBe('connection')
  expect(await told('/slow')).toBe('time')
  expect(await told('/endless')).toBeUndefined()
  expect(await told('/taken')).toBeUndefined()
  expect(seen).toEqual([])
})
