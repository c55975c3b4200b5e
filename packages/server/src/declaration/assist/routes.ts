import { writeJson } from '@sokhoe/fhir'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { readJson } from '../answers.ts'
import { keepVisit } from './keep.ts'
import { syncVisits, Waiting } from './sync.ts'
import { bring, Uuid, Visit, workerIn } from './visit.ts'

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
  return await keepVisit(bring(ctx, worker, { uuid, visit, clock }))
}

const STATUS = { kept: 201, known: 200, conflict: 409 } as const

/** Declaring for somebody who has no telephone. Bodies are taken as text, so that numbers keep their written form. */
export const assistRoutes: Routes = async (app) => {
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
