import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { isPassing } from '../../platform/database.ts'
import { Problem } from '../../platform/problem.ts'
import { keepVisit, type VisitOutcome } from './keep.ts'
import { bring, Uuid, Visit, type Worker } from './visit.ts'

/** So many travel together: small enough that an interrupted journey costs little, and progress is seen. */
const MOST_AT_ONCE = 50

export const Waiting = z.object({
  /** What the tablet's clock says now. */
  clock: z.iso.datetime({ offset: true }).max(40),
  visits: z.array(z.object({ uuid: z.unknown(), visit: z.unknown() })).max(MOST_AT_ONCE),
})
export type Waiting = z.infer<typeof Waiting>

type Answered =
  | ({ readonly uuid: unknown } & VisitOutcome)
  | { readonly uuid: unknown; readonly outcome: 'refused'; readonly problem: object }

const Sent = z.object({ uuid: Uuid, visit: Visit })

/** A refusal concerns one visit; whatever may pass by itself concerns the whole journey, and is tried again. */
function refusalOf(error: unknown): Problem {
  if (error instanceof z.ZodError)
    return new Problem('request.invalid', { at: error.issues.map(({ path }) => `/${path.join('/')}`) })
  if (error instanceof Problem && error.status < 500 && error.code !== 'staff.sign-in-needed') return error
  throw error
}

async function answerOne(ctx: Context, worker: Worker, sent: Waiting['visits'][number], clock: string) {
  const { uuid, visit } = Sent.parse(sent)
  return await keepVisit(bring(ctx, worker, { uuid, visit, clock }))
}

/**
 * Visits that waited on a tablet, each by itself: kept, known, in conflict or refused with its reason. What was kept
 * before a journey was cut is known when it is sent again.
 *
 * @throws what may pass by itself (the database is away): everything not yet answered is to be sent again
 */
export async function syncVisits(ctx: Context, worker: Worker, waiting: Waiting): Promise<Answered[]> {
  const answered: Answered[] = []
  for (const sent of waiting.visits) {
    try {
      const outcome = await answerOne(ctx, worker, sent, waiting.clock)
      answered.push({ uuid: sent.uuid, ...outcome })
    } catch (error) {
      if (isPassing(error)) throw error
      answered.push({ uuid: sent.uuid, outcome: 'refused', problem: refusalOf(error).toJSON() })
    }
  }
  return answered
}
