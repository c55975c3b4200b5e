import { writeJson } from '@sokhoe/fhir'
import { z } from 'zod'
import { authorizeWork } from '../../access/index.ts'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { readJson } from '../answers.ts'
import { keepVisit, openForAssist } from './keep.ts'
import { syncVisits, Waiting } from './sync.ts'
import { handOver, sendOut, tabletState, waitingForLead } from './tablets.ts'
import { bring, clockOffOf, Uuid, Visit, workerIn } from './visit.ts'

const Text = z.string()
/** Fifty visits with long answers. */
const MOST_SYNC_BYTES = 4 * 1024 * 1024

/** What arrived as text, every number as written. @throws {Problem} request.not-json · request.invalid */
function fitting<T>(schema: z.ZodType<T>, text: string): T {
  const parsed = schema.safeParse(readJson(text))
  if (parsed.success) return parsed.data
  throw new Problem('request.invalid', { at: parsed.error.issues.map(({ path }) => `/${path.join('/')}`) })
}

const One = Visit.extend({ clock: z.iso.datetime({ offset: true }).max(40).optional() })

async function keepOne(ctx: Context, uuid: string, text: string) {
  const worker = await workerIn(ctx)
  const { clock, ...visit } = fitting(One, text)
  return await keepVisit(bring(ctx, worker, { uuid, visit, clockOff: clockOffOf(ctx, clock) }))
}

const STATUS = { kept: 201, known: 200, conflict: 409 } as const

/** Visits. Bodies are taken as text, so that numbers keep their written form. */
const visitRoutes: Routes = async (app) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser('application/json', { parseAs: 'string' }, (_request, body, done) =>
    done(null, body),
  )

  app.put(
    '/api/station/declarations/:uuid',
    {
      schema: {
        summary: 'Keep what a worker took down for somebody',
        params: z.object({ uuid: Uuid }),
        body: Text,
      },
    },
    async ({ ctx, params, body }, reply) => {
      const told = await keepOne(ctx, params.uuid, body)
      return reply.code(STATUS[told.outcome]).type('application/json').send(writeJson(told))
    },
  )

  app.post(
    '/api/station/sync',
    { schema: { summary: 'Visits that waited on a tablet', body: Text }, bodyLimit: MOST_SYNC_BYTES },
    async ({ ctx, body }, reply) => {
      const worker = await workerIn(ctx)
      const visits = await syncVisits(ctx, worker, fitting(Waiting, body))
      return reply.type('application/json').send(writeJson({ now: ctx.now().toISOString(), visits }))
    },
  )
}

const Tablet = z.object({ tablet: Uuid })
const Clock = z.iso.datetime({ offset: true }).max(40)
const HandedOver = z.object({
  secret: z.string().max(100),
  clock: Clock,
  boxes: z.array(z.object({ uuid: Uuid, box: z.string().max(400_000) })).max(100),
})

/** Tablets that go out for a day. A tablet proves itself by its secret: its worker may be signed out, or suspended. */
const tabletRoutes: Routes = async (app) => {
  app.post(
    '/api/station/tablets',
    { schema: { summary: 'Send a tablet out for a day' } },
    async ({ ctx }, reply) => reply.code(201).send(await sendOut(ctx, await workerIn(ctx))),
  )

  app.post(
    '/api/station/tablets/:tablet/contact',
    {
      schema: {
        summary: 'Whether this tablet may still be used',
        params: Tablet,
        body: z.object({ secret: z.string().max(100) }),
      },
    },
    async ({ ctx, params, body }) => ({ state: await tabletState(ctx, params.tablet, body.secret) }),
  )

  app.post(
    '/api/station/tablets/:tablet/handed-over',
    {
      schema: { summary: 'Give up visits that cannot be sent', params: Tablet, body: HandedOver },
    },
    async ({ ctx, params, body }, reply) => {
      const { boxes, ...proof } = body
      await handOver(ctx, { ...proof, tablet: params.tablet }, boxes)
      return reply.code(204).send()
    },
  )

  app.get(
    '/api/station/handed-over',
    { schema: { summary: 'Visits that wait for the station’s lead' } },
    async ({ ctx }) => {
      const lead = await workerIn(ctx)
      await authorizeWork(ctx, 'declaration.take-over', lead.ward)
      return await waitingForLead(ctx, lead)
    },
  )
}

const openRoutes: Routes = async (app) => {
  app.post(
    '/api/station/declarations/open',
    {
      schema: { summary: 'Open a person to declare for her', body: z.object({ person: z.string().max(64) }) },
    },
    async ({ ctx, body }) => {
      await workerIn(ctx)
      return await openForAssist(ctx, body.person)
    },
  )
}

/** Declaring for somebody who has no telephone, at the station or at her home. */
export const assistRoutes: Routes = async (app) => {
  await app.register(visitRoutes)
  await app.register(tabletRoutes)
  await app.register(openRoutes)
}
