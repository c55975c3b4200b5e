import { z } from 'zod'
import { authorizeWork } from '../../access/index.ts'
import type { Routes } from '../../platform/http.ts'
import { workerIn } from '../enter.ts'
import { Deciding, decide, undo } from './decide.ts'
import { cityNumbers, giveTo, HandingOut, wardNumbers } from './numbers.ts'
import { caseList, openCase } from './queue.ts'
import { answerSecond, openSecond, secondList, Two } from './second.ts'

/** Merges that somebody proposed and a second person answers. */
const secondRoutes: Routes = async (app) => {
  app.get(
    '/api/station/review/second',
    { schema: { summary: 'Which merges of my ward wait for a second person' } },
    async ({ ctx }) => ({ merges: await secondList(ctx, await workerIn(ctx)) }),
  )

  app.post(
    '/api/station/review/second/open',
    { schema: { summary: 'Two books that somebody would merge', body: z.strictObject({ people: Two }) } },
    async ({ ctx, body }) => openSecond(ctx, await workerIn(ctx), body.people),
  )

  app.post(
    '/api/station/review/second/answer',
    {
      schema: {
        summary: 'Agree to a merge that somebody else proposed, or not',
        body: z.strictObject({ people: Two, agree: z.boolean() }),
      },
    },
    async ({ ctx, body }) => answerSecond(ctx, await workerIn(ctx), body.people, body.agree),
  )
}

/** How the city's questions stand, for whoever sees no person. */
const departmentRoutes: Routes = async (app) => {
  app.get(
    '/api/department/review',
    { schema: { summary: 'How long questions wait in each ward, and how well they are answered' } },
    async ({ ctx }) => {
      await authorizeWork(ctx, 'review.read', null)
      return await cityNumbers(ctx)
    },
  )

  app.post(
    '/api/department/review/hand-out',
    { schema: { summary: 'Give questions of unknown ward to a ward’s station', body: HandingOut } },
    async ({ ctx, body }) => {
      await authorizeWork(ctx, 'review.hand-out', null)
      return await giveTo(ctx, body)
    },
  )
}

/** Records that may be one person's: what is asked, side by side, decided, taken back, counted. */
export const reviewRoutes: Routes = async (app) => {
  await app.register(secondRoutes)

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
  await app.register(departmentRoutes)
}
