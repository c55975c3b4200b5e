import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { workerIn } from '../enter.ts'
import { Present } from '../verify.ts'
import { CorrectingBody, correctPerson } from './correction.ts'
import { livesAt } from './history.ts'
import { MovingBody, movePerson } from './move.ts'
import { Renumbering, renumber } from './number.ts'

const OfPerson = z.object({ person: z.string().max(64) })

/** What happens in a life, as the ward's station records it. */
export const livesRoutes: Routes = async (app) => {
  app.post(
    '/api/station/people/:person/number',
    { schema: { summary: 'Replace a number by the one on a document', params: OfPerson, body: Renumbering } },
    async ({ ctx, params, body }) => renumber(ctx, await workerIn(ctx), params.person, body),
  )

  app.post(
    '/api/station/people/:person/correct',
    {
      schema: {
        summary: 'Put name, sex or birth date right by a paper',
        params: OfPerson,
        body: CorrectingBody,
      },
    },
    async ({ ctx, params, body }) => correctPerson(ctx, await workerIn(ctx), params.person, body),
  )

  app.post(
    '/api/station/people/:person/move',
    { schema: { summary: 'Where she lives now', params: OfPerson, body: MovingBody } },
    async ({ ctx, params, body }) => movePerson(ctx, await workerIn(ctx), params.person, body),
  )

  app.post(
    '/api/station/people/:person/lives',
    {
      schema: {
        summary: 'Numbers, names and homes of before',
        params: OfPerson,
        body: z.object({ present: Present }),
      },
    },
    async ({ ctx, params, body }) => ({
      ...(await livesAt(ctx, await workerIn(ctx), params.person, body.present)),
    }),
  )
}
