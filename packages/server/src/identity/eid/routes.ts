import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { beginEid, finishEid } from './confirm.ts'
import { type EidSettings, openService } from './service.ts'

const CALLBACK = '/api/identity/eid/callback'

/** Anything may come back; what is meant is read by the client of the protocol. */
const Back = z.looseObject({ state: z.string().max(2000).optional() })

const faultless = (code: string): string => (code.startsWith('eid.') ? code.slice('eid.'.length) : 'ended')

/** One word for the page that she sees next. */
async function wordOf(ctx: Context, work: () => Promise<string>): Promise<string> {
  try {
    return await work()
  } catch (error) {
    if (!(error instanceof Problem) || error.status === 500) throw error
    if (error.code === 'eid.unreachable') ctx.log.warn({ part: 'eid' }, error.code)
    return faultless(error.code)
  }
}

/** A book confirmed by the State's electronic identity: only where the house is connected to it. */
export const eidRoutes =
  (settings: EidSettings, publicUrl: string): Routes =>
  async (app) => {
    const service = openService(settings, `${publicUrl}${CALLBACK}`)

    app.post(
      '/api/identity/eid',
      { schema: { summary: 'Begin to confirm my book by the national electronic identity' } },
      async ({ ctx }) => await beginEid(ctx, service),
    )

    app.get(
      CALLBACK,
      { schema: { summary: 'Back from the national electronic identity', querystring: Back } },
      async ({ ctx, url }, reply) => {
        const query = url.split('?')[1] ?? ''
        const word = await wordOf(ctx, () => finishEid(ctx, service, query))
        return reply.redirect(`${publicUrl}/app/book?eid=${word}`, 303)
      },
    )
  }
