import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model/dates'
import { z } from 'zod'
import { note } from '../../audit/index.ts'
import { decidedIn, handOut, type QueueOf, queues } from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import type { Worker } from '../enter.ts'

const DAY_MS = 86_400_000

const tellQueue = (ctx: Context, { oldest, ...queue }: QueueOf) => ({
  ...queue,
  oldestDays: (ctx.now().getTime() - oldest.getTime()) / DAY_MS,
})

const EMPTY = { questions: 0, oldestDays: null, middleDays: null, over3Days: 0, over7Days: 0 }

/** How long a ward's questions wait, how well they are answered here, and how good automatic links are in the city. */
export async function wardNumbers(ctx: Context, { ward }: Worker) {
  const [[queue], here, { precision }] = await Promise.all([
    queues(ctx, ward),
    decidedIn(ctx, ward),
    decidedIn(ctx),
  ])
  return { queue: queue ? tellQueue(ctx, queue) : { ward, ...EMPTY }, decided: here, city: { precision } }
}

export const HandingOut = z.strictObject({ ward: z.string().max(8), most: z.int().min(1).max(500) })

/**
 * Gives questions that no ward is asked to a ward's station; whoever gives them sees nobody.
 * @throws {Problem} request.invalid: no ward of today
 */
export async function giveTo(ctx: Context, { ward, most }: z.output<typeof HandingOut>) {
  if (!wardAt(ward, dayInVietnam(ctx.now()))) throw new Problem('request.invalid', { at: ['/ward'] })
  return await inTransaction(ctx, async (ctx) => {
    const given = await handOut(ctx, ward, most)
    await note(ctx, { action: 'review.handed-out', what: `${ward} ${given}` })
    return { given }
  })
}

/** The same over all wards, and nobody's name. */
export async function cityNumbers(ctx: Context) {
  const today = dayInVietnam(ctx.now())
  const [wards, decided] = await Promise.all([queues(ctx), decidedIn(ctx)])
  return {
    decided,
    wards: wards.map((queue) => ({
      ...tellQueue(ctx, queue),
      name: queue.ward === null ? null : (wardAt(queue.ward, today)?.name ?? queue.ward),
    })),
  }
}
