import { expect, test } from 'vitest'
import { notThis, openDeskHouse, personAt } from '../../../test/desk.ts'
import { NOON } from '../../../test/house.ts'
import { sweepCodes } from './sweep.ts'

const lan = '0500000001'
const DAY = 24 * 3600 * 1000

test('sweeping keeps what still counts and deletes what has served', async () => {
  const { app, ctx, clock } = await openDeskHouse()
  await personAt(app, lan).signIn()
  const stranger = personAt(app, lan)
  const challenge = await stranger.challenge()
  const code = await stranger.lastCode()
  for (const step of [1, 2, 3, 4, 5]) await stranger.answer(challenge, notThis(code, step))
  const counts = async () => {
    const tables = ['challenge', 'issue', 'attempt', 'session', 'device', 'message', 'account'] as const
    const rows = tables.map(async (table) => {
      const all = await ctx.db.selectFrom(`identity.${table}`).selectAll().execute()
      return [table, all.length]
    })
    return Object.fromEntries(await Promise.all(rows))
  }
  const now = { challenge: 2, issue: 3, attempt: 1, session: 1, device: 1, message: 2, account: 1 }
  await sweepCodes(ctx)
  expect(await counts()).toEqual(now)

  clock.now = new Date(NOON.getTime() + 8 * DAY)
  await sweepCodes(ctx)
  expect(await counts()).toEqual({ ...now, challenge: 0, issue: 0, message: 0 })

  clock.now = new Date(NOON.getTime() + 31 * DAY)
  await sweepCodes(ctx)
  expect(await counts()).toEqual({ ...now, challenge: 0, issue: 0, message: 0, attempt: 0, session: 0 })

  clock.now = new Date(NOON.getTime() + 401 * DAY)
  await sweepCodes(ctx)
  expect(await counts()).toMatchObject({ device: 0, account: 1 })
})
