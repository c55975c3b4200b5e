import { isDate } from '@sokhoe/model'
import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { locate } from './locate.ts'

/** Where an address lies today; the address travels in the body, since addresses of this house are logged. */
export const placeRoutes: Routes = async (app) => {
  app.post(
    '/api/places/locate',
    {
      schema: {
        summary: 'The ward of today of an address of any day',
        body: z.object({
          address: z.string().min(1).max(300),
          on: z.string().length(10).refine(isDate).optional(),
        }),
      },
    },
    async ({ ctx, body }) => {
      if (ctx.actor.kind === 'nobody') throw new Problem('identity.sign-in-needed')
      return await locate(ctx, body.address, body.on)
    },
  )
}
