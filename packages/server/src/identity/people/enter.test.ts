import { expect, test } from 'vitest'
import { NOON, openTestHouse } from '../../../test/house.ts'
import { FIRST_PART, HA, residentAt } from '../../../test/resident.ts'
import { signedInWorker } from '../../../test/worker.ts'
import { eventsOf } from '../../audit/index.ts'
import type { Context } from '../../platform/context.ts'
import { staffBy } from '../staff/sign-in.ts'
import { enterAtStation, homeNamed } from './enter.ts'

const ERRAND = { action: 'station.find', what: 'identity', purpose: 'verification' } as const

async function haAndWorker(ward: string) {
  const house = await openTestHouse()
  const ha = residentAt(house.app, '0912345678')
  await ha.scanAndSignIn()
  await ha.declare({ ...HA, ...FIRST_PART })
  const worker = await signedInWorker(house, { ward })
  const actor = await staffBy({ ...house.ctx, now: () => NOON }, worker.token())
  const ctx: Context = { ...house.ctx, actor: actor ?? { kind: 'nobody' } }
  const person: string = (await ha.me()).books[0].person
  return { ...house, ctx, person, home: await homeNamed(ctx, person) }
}

test('a worker opens a person of her own ward, and the person finds it written down', async () => {
  const { ctx, home } = await haAndWorker('26911')
  const { book } = await enterAtStation(ctx, home, ERRAND)

  expect(book.demographics.name).toBe('Nguyễn Thị Thu Hà')
  const [event] = await eventsOf(ctx.pool, book.patientIds)
  expect(event).toMatchObject({ actor: 'staff:station', action: 'station.find', purpose: 'verification' })
})

test('a worker of another ward is refused and the attempt is kept; who shows a live code is let in', async () => {
  const { ctx, home } = await haAndWorker('26929')
  await expect(enterAtStation(ctx, home, ERRAND)).rejects.toMatchObject({ code: 'access.refused' })
  const { book } = await enterAtStation(ctx, home, { ...ERRAND, present: true })

  const events = await eventsOf(ctx.pool, book.patientIds)
  expect(events.map(({ refused }) => refused).slice(0, 2)).toEqual([false, true])
})

test('an id that names nobody is refused like a stranger’s', async () => {
  const { ctx, person } = await haAndWorker('26911')
  const forged = person.replace(/^./, (first) => (first === '0' ? '1' : '0'))

  expect(await homeNamed(ctx, forged)).toBeUndefined()
  await expect(enterAtStation(ctx, undefined, ERRAND)).rejects.toMatchObject({ code: 'access.refused' })
})
