import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import { isPassing } from '../../platform/database.ts'
import { Problem } from '../../platform/problem.ts'
import { readJson } from '../answers.ts'
import { keepVisit, type VisitOutcome } from './keep.ts'
import { openBox, openHanded, takenOver } from './tablets.ts'
import { bring, clockOffOf, Settled, Uuid, Visit, type Worker } from './visit.ts'

/** So many travel together: small enough that an interrupted journey costs little, and progress is seen. */
const MOST_AT_ONCE = 50

export const Waiting = z.object({
  /** What the tablet's clock says now. */
  clock: z.iso.datetime({ offset: true }).max(40),
  visits: z.array(z.looseObject({ uuid: z.unknown() })).max(MOST_AT_ONCE),
})
export type Waiting = z.infer<typeof Waiting>

type Answered =
  | ({ readonly uuid: unknown } & VisitOutcome)
  | { readonly uuid: unknown; readonly outcome: 'refused'; readonly problem: object }

const Plain = z.object({ uuid: Uuid, visit: Visit })
/** What its tablet can no longer read: brought in its box, or handed over before. */
const Boxed = z.object({
  uuid: Uuid,
  tablet: Uuid,
  box: z.string().max(400_000).optional(),
  settled: Settled.optional(),
})

/** A refusal concerns one visit; whatever may pass by itself concerns the whole journey, and is tried again. */
function refusalOf(error: unknown): Problem {
  if (error instanceof z.ZodError)
    return new Problem('request.invalid', { at: error.issues.map(({ path }) => `/${path.join('/')}`) })
  if (error instanceof Problem && error.status < 500 && error.code !== 'staff.sign-in-needed') return error
  throw error
}

async function answerBoxed(ctx: Context, worker: Worker, sent: z.infer<typeof Boxed>, clockOff: number) {
  const { uuid, tablet, box, settled } = sent
  const opened =
    box === undefined
      ? await openHanded(ctx, worker, tablet, uuid)
      : { text: await openBox(ctx, worker, tablet, { uuid, box }), clockOff }
  const visit = Visit.parse(readJson(opened.text))
  const told = { ...visit, ...(settled && { settled }) }
  const brought = bring(ctx, worker, { uuid, visit: told, clockOff: opened.clockOff, tablet })
  const outcome = await keepVisit(brought)
  if (box === undefined && outcome.outcome !== 'conflict') await takenOver(ctx, worker, tablet, uuid)
  return outcome
}

async function answerOne(ctx: Context, worker: Worker, sent: Waiting['visits'][number], clockOff: number) {
  if ('tablet' in sent) return await answerBoxed(ctx, worker, Boxed.parse(sent), clockOff)
  const { uuid, visit } = Plain.parse(sent)
  return await keepVisit(bring(ctx, worker, { uuid, visit, clockOff }))
}

/**
 * Visits that waited on a tablet, each by itself: kept, known, in conflict or refused with its reason. What was kept
 * before a journey was cut is known when it is sent again.
 *
 * @throws what may pass by itself (the database is away): everything not yet answered is to be sent again
 */
export async function syncVisits(ctx: Context, worker: Worker, waiting: Waiting): Promise<Answered[]> {
  const answered: Answered[] = []
  const clockOff = clockOffOf(ctx, waiting.clock)
  for (const sent of waiting.visits) {
    try {
      const outcome = await answerOne(ctx, worker, sent, clockOff)
      answered.push({ uuid: sent.uuid, ...outcome })
    } catch (error) {
      if (isPassing(error)) throw error
      answered.push({ uuid: sent.uuid, outcome: 'refused', problem: refusalOf(error).toJSON() })
    }
  }
  return answered
}
