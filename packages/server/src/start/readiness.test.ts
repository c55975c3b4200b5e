import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { openDoor } from './readiness.ts'

async function openedDoor() {
  const door = openDoor()
  await new Promise<void>((done) => door.server.listen(0, '127.0.0.1', done))
  onTestFinished(() => void door.server.close())
  const { port } = door.server.address() as AddressInfo
  const ask = async (path: string) => {
    const reply = await fetch(`http://127.0.0.1:${port}${path}`)
    return { status: reply.status, retryAfter: reply.headers.get('retry-after'), body: await reply.json() }
  }
  return { door, ask }
}

test('from the first moment the house is alive, and says why it is not yet ready', async () => {
  const { door, ask } = await openedDoor()
  expect(await ask('/health/live')).toMatchObject({ status: 200, body: { status: 'alive' } })

  for (const stage of ['opening', 'migrating', 'filling', 'ending'] as const) {
    door.enter(stage)
    expect(await ask('/health/ready')).toMatchObject({ status: 503, body: { reason: stage } })
    expect(await ask('/api/me')).toMatchObject({
      status: 503,
      retryAfter: '2',
      body: { type: '/problems/server.not-ready', reason: stage },
    })
  }
})

test('once ready, the house itself answers', async () => {
  const { door, ask } = await openedDoor()
  door.hand((_request, response) => response.end('{"from":"the house"}'))
  door.enter('ready')

  expect(await ask('/health/ready')).toMatchObject({ status: 200, body: { status: 'ready' } })
  expect(await ask('/api/me')).toMatchObject({ status: 200, body: { from: 'the house' } })
})
