import { dayInVietnam, isDate } from '@sokhoe/model'
import { AgeBand, Board, CountedLevel, Coverage, Definition } from '@sokhoe/model/coverage'
import { z } from 'zod'
import { authorizeWork } from '../access/index.ts'
import { staffIn } from '../identity/index.ts'
import type { Context } from '../platform/context.ts'
import type { Routes } from '../platform/http.ts'
import { Problem } from '../platform/problem.ts'
import { boardOf, type Campaign, campaignSeen } from './board.ts'
import { coverageOf } from './coverage.ts'
import { DEFINITIONS } from './definitions.ts'
import { FIRST_WARD_DAY } from './places.ts'

const Ward = z.string().regex(/^\d{5}$/)
const Code = z.string().regex(/^[a-z0-9]{2,12}$/)

const CoverageQuery = z.object({
  on: z
    .string()
    .length(10)
    .refine((day) => isDate(day) && day >= FIRST_WARD_DAY)
    .optional(),
  by: Coverage.shape.by.default('ward'),
  level: CountedLevel.default('any'),
  band: AgeBand.optional(),
})

/** @throws {Problem} campaign.unknown */
async function campaignIn(ctx: Context, code: string | undefined): Promise<Campaign | undefined> {
  if (code === undefined) return undefined
  const campaign = await campaignSeen(ctx, code)
  if (!campaign) throw new Problem('campaign.unknown')
  return campaign
}

/** @throws {Problem} campaign.ward-unknown */
async function boardIn(ctx: Context, ward: string, campaign: Campaign | undefined, hideFew: boolean) {
  const board = await boardOf(ctx, { ward, hideFew, ...(campaign && { campaign }) })
  if (!board) throw new Problem('campaign.ward-unknown')
  return board
}

/** A station's own board: its ward, or one of its ward's campaigns. */
const stationRoutes: Routes = async (app) => {
  app.get(
    '/api/station/board',
    {
      schema: {
        summary: 'How far my ward, or one of its campaigns, has come',
        querystring: z.object({ campaign: Code.optional() }),
        response: { 200: Board },
      },
    },
    async ({ ctx, query }) => {
      const { ward } = staffIn(ctx)
      const campaign = await campaignIn(ctx, query.campaign)
      const about = campaign?.ward ?? ward
      await authorizeWork(ctx, 'board.read', about)
      if (about === null) throw new Problem('request.invalid', { at: ['/campaign'] })
      return await boardIn(ctx, about, campaign, false)
    },
  )
}

/** The city's numbers, for the Department. */
const departmentRoutes =
  (makeBelieve: boolean): Routes =>
  async (app) => {
    app.get(
      '/api/department/board',
      {
        schema: {
          summary: 'How far a ward, or a campaign, has come',
          querystring: z.union([z.object({ campaign: Code }), z.object({ ward: Ward })]),
          response: { 200: Board },
        },
      },
      async ({ ctx, query }) => {
        await authorizeWork(ctx, 'coverage.read', null)
        const campaign = await campaignIn(ctx, 'campaign' in query ? query.campaign : undefined)
        return await boardIn(ctx, 'ward' in query ? query.ward : (campaign?.ward ?? ''), campaign, true)
      },
    )

    app.get(
      '/api/department/coverage',
      {
        schema: {
          summary: 'How many people have a book, by ward or old district, on a day',
          querystring: CoverageQuery,
          response: { 200: Coverage },
        },
      },
      async ({ ctx, query }) => {
        await authorizeWork(ctx, 'coverage.read', null)
        const today = dayInVietnam(ctx.now())
        const { on = today, by, level, band = null } = query
        if (on > today) throw new Problem('request.invalid', { at: ['/on'] })
        return { ...(await coverageOf(ctx, { on, by, level, band })), demo: makeBelieve }
      },
    )

    app.get(
      '/api/department/definitions',
      {
        schema: { summary: 'What each number means', response: { 200: z.array(Definition) } },
      },
      async (_request, reply) => {
        reply.header('cache-control', 'public, max-age=3600')
        return [...DEFINITIONS]
      },
    )
  }

/** @param makeBelieve everybody here is invented, and what is counted says so */
export const insightRoutes =
  (makeBelieve: boolean): Routes =>
  async (app) => {
    await app.register(stationRoutes)
    await app.register(departmentRoutes(makeBelieve))
  }
