import { z } from 'zod'
import { authorizeWork } from '../access/index.ts'
import { staffIn } from '../identity/index.ts'
import type { Context, Staff } from '../platform/context.ts'
import type { Routes } from '../platform/http.ts'
import { Problem } from '../platform/problem.ts'
import { CardText } from './document.ts'
import { find } from './find.ts'
import { compareCard, openPerson, Present, unverify, Verifying, verify } from './verify.ts'
import { waiting } from './waiting.ts'

const OfPerson = z.object({ person: z.string().max(64) })

export interface Worker extends Staff {
  readonly ward: string
}

/** Whoever works at a ward's station. @throws {Problem} staff.sign-in-needed · staff.not-yours */
export async function workerIn(ctx: Context): Promise<Worker> {
  const staff = staffIn(ctx)
  await authorizeWork(ctx, 'station.work', staff.ward)
  if (staff.ward === null) throw new Problem('staff.not-yours')
  return { ...staff, ward: staff.ward }
}

/** Who stands before me: finding, comparing with the card, confirming, and taking a slip back. */
export const stationRoutes: Routes = async (app) => {
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
