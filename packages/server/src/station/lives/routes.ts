import { z } from 'zod'
import type { Routes } from '../../platform/http.ts'
import { workerIn } from '../enter.ts'
import { Present } from '../verify.ts'
import { CorrectingBody, correctPerson } from './correction.ts'
import { alive, DyingBody, deaths, died, RevivingBody, revive } from './death.ts'
import { livesAt } from './history.ts'
import { MovingBody, movePerson } from './move.ts'
import { Renumbering, renumber } from './number.ts'

const OfPerson = z.object({ person: z.string().max(64) })

/** Who has died, by a paper; who was said to have and lives. */
const deathRoutes: Routes = async (app) => {
  app.get(
    '/api/station/deaths',
    { schema: { summary: 'Of whom facilities say that she has died' } },
    async ({ ctx }) => deaths(ctx, await workerIn(ctx)),
  )

  app.post(
    '/api/station/people/:person/death',
    { schema: { summary: 'Close the book of somebody who has died', params: OfPerson, body: DyingBody } },
    async ({ ctx, params, body }) => died(ctx, await workerIn(ctx), params.person, body),
  )

  app.post(
    '/api/station/people/:person/revive',
    { schema: { summary: 'The death was a mistake', params: OfPerson, body: RevivingBody } },
    async ({ ctx, params, body }) => revive(ctx, await workerIn(ctx), params.person, body),
  )

  app.post(
    '/api/station/people/:person/alive',
    { schema: { summary: 'A facility was wrong: she lives', params: OfPerson } },
    async ({ ctx, params }) => alive(ctx, await workerIn(ctx), params.person),
  )
}

/** What happens in a life, as the ward's station records it. */
export const livesRoutes: Routes = async (app) => {
  await app.register(deathRoutes)
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
