import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model/dates'
import { z } from 'zod'
import { lockPerson, moveTo } from '../../identity/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { restatePatientResource } from '../correct.ts'
import { enter, type Worker } from '../enter.ts'
import { Present } from '../verify.ts'

export const MovingBody = z.object({
  /** Code of a ward of today. */
  ward: z.string().regex(/^\d{5}$/),
  address: z.string().trim().max(300).optional(),
  /** What was seen, where something was. */
  paper: z.enum(['residence', 'cccd', 'vneid', 'told']).default('told'),
  present: Present,
})

/**
 * Writes down that somebody lives elsewhere now. Whoever recorded it loses sight of her at once, unless it is her own
 * ward: told is the ward and no more.
 * @throws {Problem} book.ward-unknown · access.refused
 */
export async function movePerson(
  ctx: Context,
  worker: Worker,
  person: string,
  { ward, address, paper, present }: z.infer<typeof MovingBody>,
) {
  const errand = { action: 'station.move', what: 'identity', purpose: 'life', present } as const
  const { home } = await enter(ctx, worker, { ...errand, person })
  const unit = wardAt(ward, dayInVietnam(ctx.now()))
  if (!unit) throw new Problem('book.ward-unknown')
  return await inTransaction(ctx, async (ctx) => {
    const book = await lockPerson(ctx, home)
    if (!book) throw new Problem('access.refused')
    const street = address === '' ? undefined : address
    const now = await moveTo(ctx, book, { ward, address: street }, paper)
    if (now) await restatePatientResource(ctx, worker, { ...book, ward }, now)
    return { outcome: now ? 'moved' : 'known', ward: { code: unit.code, name: unit.name } }
  })
}
