import { writeJson } from '@sokhoe/fhir'
import { newBoxKeys, putInBox } from '@sokhoe/model/box'
import { expect, test } from 'vitest'
import { openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA } from '../../../test/resident.ts'
import { assistantAt, waitingOf } from '../../../test/visits.ts'
import { signedInWorker, type WorkerAt } from '../../../test/worker.ts'
import { setActive } from '../../identity/staff/accounts.ts'

interface Out {
  readonly tablet: string
  readonly secret: string
  readonly publicKey: string
}

async function openTablet() {
  const house = await openTestHouse()
  const worker = await signedInWorker(house)
  const out: Out = (await worker.ask('POST', '/api/station/tablets', {})).json()
  const { uuid, visit } = waitingOf({ ...HA, ...FIRST_PART })
  const box = await putInBox(out.publicKey, writeJson(visit), `visit ${uuid}`)
  const suspend = async () => {
    const of = house.db.selectFrom('identity.staff').select('staff_id').where('user_name', '=', 'lan.bq')
    await setActive(house.system, (await of.executeTakeFirstOrThrow()).staff_id, false)
  }
  const contact = async (by: WorkerAt = worker, secret = out.secret) =>
    (await by.ask('POST', `/api/station/tablets/${out.tablet}/contact`, { secret })).json()
  const handOver = (boxes: readonly object[], secret = out.secret) =>
    worker.ask('POST', `/api/station/tablets/${out.tablet}/handed-over`, {
      secret,
      clock: worker.clock.at.toISOString(),
      boxes,
    })
  return { ...house, worker, out, uuid, visit, box, suspend, contact, handOver }
}

test('a tablet is good for a day, and learns at its next contact that its worker was suspended', async () => {
  const { contact, suspend, worker } = await openTablet()
  expect(await contact()).toEqual({ state: 'active' })
  expect(await contact(worker, 'wrong')).toMatchObject({ status: 403 })
  worker.clock.at = new Date('2026-11-24T05:00:01Z')
  expect(await contact()).toEqual({ state: 'ended' })
  await suspend()
  expect(await contact()).toEqual({ state: 'suspended' })
})

test('what a tablet can no longer read its worker sends as it is; nobody else opens it', async () => {
  const { app, system, worker, out, uuid, box } = await openTablet()
  const boxed = { uuid, tablet: out.tablet, box }
  const colleague = assistantAt(await signedInWorker({ app, system }, { user: 'colleague' }))
  const elsewhere = assistantAt(
    await signedInWorker({ app, system }, { user: 'elsewhere', role: 'station-lead', ward: '26929' }),
  )
  for (const { sync } of [colleague, elsewhere])
    expect((await sync([boxed])).told[0]?.problem).toMatchObject({ type: '/problems/staff.not-yours' })
  const { sync } = assistantAt(worker)
  const foreign = await putInBox((await newBoxKeys()).publicKey, '{}', `visit ${uuid}`)
  expect((await sync([{ ...boxed, box: foreign }])).told[0]?.outcome).toBe('refused')
  expect((await sync([boxed])).told[0]?.outcome).toBe('kept')
  expect((await sync([boxed])).told[0]?.outcome).toBe('known')
})

test('visits of a suspended worker are handed over once, wait for the lead, and nothing of them is lost', async () => {
  const { app, system, suspend, handOver, out, uuid, box, visit, db } = await openTablet()
  await suspend()
  expect((await handOver([{ uuid, box }], 'wrong')).statusCode).toBe(403)
  expect((await handOver([{ uuid, box }])).statusCode).toBe(204)
  expect((await handOver([{ uuid, box }])).statusCode).toBe(204)
  expect(await db.selectFrom('record.pack').select('n').execute()).toEqual([])

  const station = await signedInWorker({ app, system }, { user: 'colleague' })
  expect((await station.ask('GET', '/api/station/handed-over')).statusCode).toBe(403)
  const lead = await signedInWorker({ app, system }, { user: 'lead', role: 'station-lead' })
  const waiting = async () => (await lead.ask('GET', '/api/station/handed-over')).json()
  expect(await waiting()).toMatchObject([{ tablet: out.tablet, uuid, worker: 'Lê Thị Lan' }])
  const { sync } = assistantAt(lead)
  expect((await sync([{ uuid, tablet: out.tablet }])).told[0]?.outcome).toBe('kept')
  expect(await waiting()).toEqual([])
  expect((await sync([{ uuid, visit }])).told[0]?.outcome).toBe('known')
})
