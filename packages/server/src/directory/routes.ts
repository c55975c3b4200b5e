import { wardPolygons, wardsOn } from '@sokhoe/codes'
import { dayInVietnam, isDate } from '@sokhoe/model'
import { z } from 'zod'
import { sendRemembered } from '../platform/compress.ts'
import type { Routes } from '../platform/http.ts'
import { districtsOn, tellWard } from './districts.ts'

/** A whole day; today where none is said. */
const On = z.object({
  on: z.string().length(10).refine(isDate).optional(),
})

/** Lists change with a release and with the day only; shapes with a release. */
const AN_HOUR = 'public, max-age=3600'
const A_DAY = 'public, max-age=86400'

/** Places as anybody may know them: wards and districts by date, and the shapes of the wards of today. */
export const directoryRoutes: Routes = async (app) => {
  app.get(
    '/api/directory/wards',
    { schema: { summary: 'Wards standing on a day, and where their ground lies now', querystring: On } },
    async (request, reply) => {
      const on = request.query.on ?? dayInVietnam(request.ctx.now())
      reply.header('cache-control', AN_HOUR)
      const write = () => JSON.stringify({ on, wards: wardsOn(on).map((ward) => tellWard(ward, on)) })
      return await sendRemembered(request, reply, `wards ${on}`, write)
    },
  )

  app.get(
    '/api/directory/districts',
    {
      schema: { summary: 'Districts standing on a day, and the wards of today inside them', querystring: On },
    },
    async (request, reply) => {
      const on = request.query.on ?? dayInVietnam(request.ctx.now())
      reply.header('cache-control', AN_HOUR)
      const write = () => JSON.stringify({ on, districts: districtsOn(on) })
      return await sendRemembered(request, reply, `districts ${on}`, write)
    },
  )

  app.get(
    '/api/directory/ward-shapes',
    { schema: { summary: 'Shapes of the 168 wards since 2025-07-01, as TopoJSON' } },
    async (request, reply) => {
      reply.header('cache-control', A_DAY)
      return await sendRemembered(request, reply, 'ward-shapes', wardPolygons)
    },
  )
}
