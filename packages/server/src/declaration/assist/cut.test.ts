import { type Agent, request } from 'node:http'
import { setTimeout as wait } from 'node:timers/promises'
import { writeJson } from '@sokhoe/fhir'
import { expect, test } from 'vitest'
import { NOON, openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, text } from '../../../test/resident.ts'
import { waitingOf } from '../../../test/visits.ts'
import { signedInWorker } from '../../../test/worker.ts'

interface Journey {
  readonly port: number
  readonly token: string
  readonly visits: readonly object[]
  /** After so many milliseconds the cable is pulled. */
  readonly cutAfter?: number
}

/** One journey of the tablet; undefined when the connection broke before the whole answer was there. */
function travel({
  port,
  token,
  visits,
  cutAfter,
}: Journey): Promise<{ visits: { outcome: string }[] } | undefined> {
  const body = writeJson({ clock: NOON.toISOString(), visits })
  const headers = {
    cookie: `sk_staff=${token}`,
    'content-type': 'application/json',
    'x-test-clock': NOON.toISOString(),
  }
  return new Promise((resolve) => {
    const sent = request({
      port,
      path: '/api/station/sync',
      method: 'POST',
      headers,
      agent: false as unknown as Agent,
    })
    sent.on('error', () => resolve(undefined))
    sent.on('response', async (reply) => {
      const parts: Buffer[] = []
      try {
        for await (const part of reply) parts.push(part as Buffer)
        resolve(JSON.parse(Buffer.concat(parts).toString()))
      } catch {
        resolve(undefined)
      }
    })
    // in two halves, so that a cut may also fall into the middle of what is sent
    sent.write(body.slice(0, body.length / 2))
    void wait(3).then(() => sent.end(body.slice(body.length / 2)))
    if (cutAfter !== undefined) void wait(cutAfter).then(() => sent.destroy())
  })
}

test('a journey cut a hundred times, out of order, loses nothing and doubles nothing', async () => {
  const house = await openTestHouse()
  const worker = await signedInWorker(house)
  await house.app.listen({ port: 0, host: '127.0.0.1' })
  const address = house.app.server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const token = worker.token()
  const visits = Array.from({ length: 40 }, (_, i) =>
    waitingOf({ ...HA, ...FIRST_PART, 'A.01': [text(`Nguyễn Thị Số ${i}`)] }),
  )
  let cuts = 0
  // a journey that was through before its cut is travelled again
  for (let i = 0; cuts < 100 && i < 1000; i += 1) {
    const some = visits.toSorted(
      (a, b) => ((a.uuid.charCodeAt(i % 8) + i) % 7) - ((b.uuid.charCodeAt(i % 8) + i) % 7),
    )
    const answered = await travel({ port, token, visits: some.slice(0, 12), cutAfter: (i % 25) * 2 + 1 })
    if (!answered) cuts += 1
  }
  expect(cuts).toBe(100)
  // what was under way on broken connections comes to its end
  await wait(2000)
  const last = await travel({ port, token, visits })
  expect(
    last?.visits.map(({ outcome }) => outcome).filter((one) => one !== 'kept' && one !== 'known'),
  ).toEqual([])
  const again = await travel({ port, token, visits: visits.toReversed() })
  expect(again?.visits.map(({ outcome }) => outcome)).toEqual(visits.map(() => 'known'))
  for (const table of ['identity.person', 'record.shelf', 'record.pack', 'declaration.visit'] as const)
    expect(await house.db.selectFrom(table).selectAll().execute(), table).toHaveLength(visits.length)
  expect(await house.db.selectFrom('identity.enrolment').selectAll().execute()).toHaveLength(visits.length)
})
