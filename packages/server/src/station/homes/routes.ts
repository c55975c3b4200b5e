import { wardAt } from '@sokhoe/codes'
import { dayInVietnam } from '@sokhoe/model/dates'
import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { workerIn } from '../enter.ts'
import { roundPdf } from './round.ts'
import { doors, household, streets, tell, walk } from './walk.ts'

/** A code of a street or a door: 32 bytes, written for addresses. */
const Code = z.string().regex(/^[A-Za-z0-9_-]{43}$/)

/** As many streets as one walk has. */
const MOST_STREETS = 40

const Walk = z.object({
  streets: z.array(Code).min(1).max(MOST_STREETS),
  which: z.enum(['all', 'unconfirmed', 'missing']).default('all'),
})

/** Who lives where in the ward: streets, doors, members, and a walk to print. */
export const homesRoutes: Routes = async (app) => {
  app.get('/api/station/streets', { schema: { summary: 'Streets and alleys of my ward' } }, async ({ ctx }) =>
    streets(ctx, await workerIn(ctx)),
  )

  app.get(
    '/api/station/streets/:street',
    { schema: { summary: 'Doors of a street', params: z.object({ street: Code }) } },
    async ({ ctx, params }) => doors(ctx, await workerIn(ctx), params.street),
  )

  app.get(
    '/api/station/households/:door',
    { schema: { summary: 'Who lives behind a door', params: z.object({ door: Code }) } },
    async ({ ctx, params }) => household(ctx, await workerIn(ctx), params.door),
  )

  app.put(
    '/api/station/households/:door',
    {
      schema: {
        summary: 'How many people live there, as told at the door',
        params: z.object({ door: Code }),
        body: z.object({ people: z.number().int().min(1).max(60).nullable() }),
      },
    },
    async ({ ctx, params, body }) => tell(ctx, await workerIn(ctx), params.door, body.people),
  )

  app.post(
    '/api/station/round',
    { schema: { summary: 'A walk to print', body: Walk } },
    async ({ ctx, body }, reply) => {
      const worker = await workerIn(ctx)
      const walked = await walk(ctx, worker, body.streets, body.which)
      const day = dayInVietnam(ctx.now())
      const ward = wardAt(worker.ward, day)?.name ?? worker.ward
      const pdf = await roundPdf({ ward, streets: walked, day, now: ctx.now() })
      return reply
        .type('application/pdf')
        .header('content-disposition', 'inline; filename="di-van-dong.pdf"')
        .send(pdf)
    },
  )
}
