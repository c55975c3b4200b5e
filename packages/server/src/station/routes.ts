import { z } from 'zod'
import type { Routes } from '../platform/http.ts'
import { CardText } from './document.ts'
import { workerIn } from './enter.ts'
import { find } from './find.ts'
import { homesRoutes } from './homes/routes.ts'
import { livesRoutes } from './lives/routes.ts'
import { digitsOf, Measuring, measure } from './measures/measure.ts'
import { mergingRoutes } from './merging.ts'
import { reviewRoutes } from './review/routes.ts'
import { compareCard, openPerson, Present, unverify, Verifying, verify } from './verify.ts'
import { waiting } from './waiting.ts'

const OfPerson = z.object({ person: z.string().max(64) })

/** Who stands before me: finding, comparing with the card, confirming, and taking a slip back. */
const peopleRoutes: Routes = async (app) => {
  app.post(
    '/api/station/find',
    {
      schema: { summary: 'Find a person by code, card, number or name', body: z.object({ text: CardText }) },
    },
    async ({ ctx, body }) => ({ people: await find(ctx, await workerIn(ctx), body.text) }),
  )

  app.get(
    '/api/station/waiting',
    {
      schema: {
        summary: 'Who of the ward waits to be confirmed',
        querystring: z.object({ after: z.string().max(64).optional() }),
      },
    },
    async ({ ctx, query }) => waiting(ctx, (await workerIn(ctx)).ward, query.after),
  )

  app.post(
    '/api/station/people/:person/open',
    { schema: { summary: 'Open a person', params: OfPerson, body: z.object({ present: Present }) } },
    async ({ ctx, params, body }) => openPerson(ctx, await workerIn(ctx), params.person, body.present),
  )

  app.post(
    '/api/station/people/:person/compare',
    {
      schema: {
        summary: 'A card beside the book, field by field',
        params: OfPerson,
        body: z.object({ card: CardText, present: Present }),
      },
    },
    async ({ ctx, params, body }) => compareCard(ctx, await workerIn(ctx), params.person, body),
  )

  app.post(
    '/api/station/people/:person/verify',
    { schema: { summary: 'Confirm whose the book is', params: OfPerson, body: Verifying } },
    async ({ ctx, params, body }) => verify(ctx, await workerIn(ctx), params.person, body),
  )

  app.post(
    '/api/station/people/:person/unverify',
    { schema: { summary: 'Take a wrong confirmation back', params: OfPerson } },
    async ({ ctx, params }) => unverify(ctx, await workerIn(ctx), params.person),
  )
}

/** What is measured here. */
const deskRoutes: Routes = async (app) => {
  app.post(
    '/api/station/people/:person/measurements',
    { schema: { summary: 'Keep what the station measured', params: OfPerson, body: Measuring } },
    async ({ ctx, params, body }, reply) => {
      const told = await measure(ctx, await workerIn(ctx), params.person, body)
      return reply.code(told.outcome === 'kept' ? 201 : 200).send(told)
    },
  )

  app.get(
    '/api/station/digits',
    { schema: { summary: 'Whether my readings end with round numbers' } },
    async ({ ctx }) => ({ hint: await digitsOf(ctx, await workerIn(ctx)) }),
  )
}

/** Everything of the station behind one door. */
export const stationRoutes: Routes = async (app) => {
  await app.register(peopleRoutes)
  await app.register(deskRoutes)
  await app.register(homesRoutes)
  await app.register(livesRoutes)
  await app.register(mergingRoutes)
  await app.register(reviewRoutes)
}
