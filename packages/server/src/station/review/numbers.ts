import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model/dates'
import { decidedIn, type QueueOf, queues } from '../../identity/index.ts'
import type { Context } from '../../platform/context.ts'
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
