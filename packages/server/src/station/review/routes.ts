import { z } from 'zod'
import { authorizeWork } from '../../access/index.ts'
import type { Routes } from '../../platform/http.ts'
import { workerIn } from '../enter.ts'
import { Deciding, decide, undo } from './decide.ts'
import { cityNumbers, wardNumbers } from './numbers.ts'
import { caseList, openCase } from './queue.ts'

/** Records that may be one person's: what is asked, side by side, decided, taken back, counted. */
export const reviewRoutes: Routes = async (app) => {
  app.get(
    '/api/station/review',
    { schema: { summary: 'Which records of my ward may be one person’s, longest waiting first' } },
    async ({ ctx }) => ({ cases: await caseList(ctx, await workerIn(ctx)) }),
  )

  app.post(
    '/api/station/review/open',
    {
      schema: {
        summary: 'The records of one case side by side',
        body: z.object({ case: z.string().max(64) }).strict(),
      },
    },
    async ({ ctx, body }) => openCase(ctx, await workerIn(ctx), body.case),
  )

  app.post(
    '/api/station/review/decide',
    { schema: { summary: 'One person, several, or not now', body: Deciding } },
    async ({ ctx, body }) => decide(ctx, await workerIn(ctx), body),
  )

  app.post(
    '/api/station/review/undo',
    { schema: { summary: 'Take my last decision back' } },
    async ({ ctx }) => undo(ctx, await workerIn(ctx)),
  )

  app.get(
    '/api/station/review/numbers',
    { schema: { summary: 'How long questions wait in my ward, and how well they are answered' } },
    async ({ ctx }) => wardNumbers(ctx, await workerIn(ctx)),
  )

  app.get(
    '/api/department/review',
    { schema: { summary: 'How long questions wait in each ward, and how well they are answered' } },
    async ({ ctx }) => {
      await authorizeWork(ctx, 'review.read', null)
      return await cityNumbers(ctx)
    },
  )
}
