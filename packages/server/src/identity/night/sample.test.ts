import { expect, test } from 'vitest'
import { openTestContext } from '../../../test/house.ts'
import { drawSample } from './sample.ts'

test('each week a sample of the links goes to the stations, sure and unsure ones in their shares, each link once', async () => {
  const { ctx, clock } = await openTestContext()
  const LINKED = 1000
  await ctx.db
    .insertInto('identity.pair')
    .values(
      Array.from({ length: LINKED }, (_, i) => ({
        patient_id: 4096 * (i + 1),
        other_patient_id: 4096 * (i + 1) + 1,
        verdict: 'same' as const,
        // 98 of the 735 that can be asked about are only just the same
        score: i % 10 === 0 ? 7 : 30,
        rule: null,
        reasons: '[]',
        state: i % 4 === 3 ? ('open' as const) : ('linked' as const),
        ward: i < 20 ? null : '26911',
        noted_at: ctx.now(),
      })),
    )
    .execute()
  const drawn = () =>
    ctx.db
      .selectFrom('identity.pair')
      .select(['patient_id', 'score', 'ward'])
      .where('state', '=', 'sample')
      .execute()

  // three of four are linked; fifteen of them nobody can be asked about
  const first = await drawSample(ctx)
  expect(first).toMatchObject({ linked: 735 })
  const some = await drawn()
  expect(some).toHaveLength(first?.drawn ?? -1)
  expect(some.length).toBeGreaterThanOrEqual(150)
  expect(some.length).toBeLessThanOrEqual(200)
  expect(some.filter(({ ward }) => ward === null)).toEqual([])
  const unsure = some.filter(({ score }) => score < 10).length / some.length
  expect(unsure).toBeGreaterThan(0.12)
  expect(unsure).toBeLessThan(0.15)

  expect(await drawSample(ctx)).toBeUndefined()
  clock.now = new Date(clock.now.getTime() + 7 * 86_400_000)
  expect(await drawSample(ctx)).toMatchObject({ linked: 735 - some.length })
  expect((await drawn()).length).toBeGreaterThan(some.length + 100)
})
