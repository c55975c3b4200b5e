import { dayInVietnam } from '@sokhoe/model'
import { z } from 'zod'
import { authorizeWork } from '../../access/index.ts'
import { note } from '../../audit/index.ts'
import { issueTickets, staffIn } from '../../identity/index.ts'
import { inTransaction } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { Problem } from '../../platform/problem.ts'
import { campaignOf, stateOf } from '../campaign.ts'
import {
  beginCampaign,
  campaignFor,
  campaignsIn,
  changeCampaign,
  endCampaign,
  itemsFor,
  tellWork,
} from './manage.ts'
import { changePlace, newPlace, placesOf } from './places.ts'
import { addressOf, posterPdf } from './poster.ts'
import { handoutPdf, ticketPdf } from './sheets.ts'

const Code = z.object({ code: z.string().max(20) })
const Day = z.iso.date()
/** What is printed: one line, no control characters. */
const line = (most: number) =>
  z
    .string()
    .trim()
    .max(most)
    .regex(/^\P{C}*$/u)
    .transform((text) => text.normalize('NFC'))
const orNothing = (most: number) =>
  line(most)
    .nullable()
    .default(null)
    .transform((text) => (text === '' ? null : text))
const Target = z.number().int().min(1).max(20_000_000).nullable().default(null)

const Contact = { phone: orNothing(40), hours: orNothing(80) }
const NewBody = z.object({
  kind: z.enum(['ward', 'alley', 'event']),
  ward: z
    .string()
    .regex(/^\d{5}$/)
    .optional(),
  title: orNothing(120),
  alley: orNothing(120),
  starts: Day.optional(),
  ends: Day.nullable().default(null),
  target: Target,
  ...Contact,
})
const ChangeBody = z.object({
  title: line(120).refine((text) => text !== ''),
  ends: Day.nullable(),
  target: Target,
  ...Contact,
})
const PlaceBody = z.object({
  name: line(80).refine((text) => text !== ''),
  hangs: z.boolean().default(true),
})

const MOST_PAGES = 100
const MOST_TICKETS = 500
const Printed = z.object({
  of: z
    .string()
    .max(MOST_PAGES * 14)
    .transform((text) => [...new Set(text.split(','))])
    .pipe(
      z
        .array(z.string().regex(/^[a-z0-9]{2,12}$/))
        .min(1)
        .max(MOST_PAGES),
    ),
  size: z.enum(['a3', 'a4', 'a5', 'eighth']).default('a4'),
})
const TicketBody = z.object({
  count: z.number().int().min(1).max(MOST_TICKETS),
  until: Day.optional(),
})
const TICKET_DAYS = 30

/** Campaigns as those who run them see and change them: a station's of its ward, the Department's of every ward. */
const campaignWork =
  (base: string): Routes =>
  async (app) => {
    app.get(`${base}/campaigns`, { schema: { summary: 'Campaigns I look after' } }, async ({ ctx }) => {
      const { ward } = staffIn(ctx)
      await authorizeWork(ctx, 'campaign.read', ward)
      return (await campaignsIn(ctx, ward)).map((campaign) => tellWork(campaign, ctx.now()))
    })

    app.post(
      `${base}/campaigns`,
      { schema: { summary: 'Begin a campaign', body: NewBody } },
      async ({ ctx, body }, reply) => {
        const ward = staffIn(ctx).ward ?? body.ward ?? null
        await authorizeWork(ctx, 'campaign.manage', ward)
        if (ward === null || (body.ward ?? ward) !== ward)
          throw new Problem('request.invalid', { at: ['/ward'] })
        const { kind, alley, title, starts, ends, target, phone, hours } = body
        const asked = { kind, ward, alley, ends, target, station: { phone, hours } }
        const campaign = await beginCampaign(ctx, {
          ...asked,
          ...(title && { title }),
          ...(starts && { starts }),
        })
        return reply.code(201).send(tellWork(campaign, ctx.now()))
      },
    )

    app.put(
      `${base}/campaigns/:code`,
      { schema: { summary: 'Change a campaign', params: Code, body: ChangeBody } },
      async ({ ctx, params, body }, reply) => {
        await changeCampaign(ctx, await campaignFor(ctx, 'campaign.manage', params.code), body)
        return reply.code(204).send()
      },
    )

    app.post(
      `${base}/campaigns/:code/end`,
      { schema: { summary: 'End a campaign now', params: Code } },
      async ({ ctx, params }, reply) => {
        const campaign = await campaignFor(ctx, 'campaign.manage', params.code)
        if (stateOf(campaign, ctx.now()) !== 'ended') await endCampaign(ctx, campaign)
        return reply.code(204).send()
      },
    )
  }

/** One campaign with its places, each with a short address of its own. */
const placeWork =
  (base: string, publicUrl: string): Routes =>
  async (app) => {
    app.get(
      `${base}/campaigns/:code`,
      { schema: { summary: 'A campaign and the places of its posters', params: Code } },
      async ({ ctx, params }) => {
        const campaign = await campaignFor(ctx, 'campaign.read', params.code)
        const places = await placesOf(ctx, campaign.code)
        return {
          ...tellWork(campaign, ctx.now()),
          url: addressOf(publicUrl, { campaign }),
          places: places.map((place) => ({ ...place, url: addressOf(publicUrl, { campaign, place }) })),
        }
      },
    )

    app.post(
      `${base}/campaigns/:code/places`,
      { schema: { summary: 'Name a place for a poster', params: Code, body: PlaceBody } },
      async ({ ctx, params, body }, reply) => {
        const campaign = await campaignFor(ctx, 'campaign.manage', params.code)
        const { code, name, hangs } = await inTransaction(ctx, async (ctx) => {
          const place = await newPlace(ctx, campaign.code, body.name)
          await note(ctx, { action: 'campaign.place-made', what: place.code })
          return place
        })
        return reply.code(201).send({ code, name, hangs })
      },
    )

    app.put(
      `${base}/campaigns/:code/places/:place`,
      {
        schema: {
          summary: 'Rename a place, or take its poster down',
          params: Code.extend({ place: z.string().max(20) }),
          body: PlaceBody,
        },
      },
      async ({ ctx, params, body }, reply) => {
        const campaign = await campaignFor(ctx, 'campaign.manage', params.code)
        await inTransaction(ctx, async (ctx) => {
          await changePlace(ctx, campaign.code, params.place, body)
          await note(ctx, { action: 'campaign.place-changed', what: params.place })
        })
        return reply.code(204).send()
      },
    )
  }

const printing =
  (base: string, publicUrl: string): Routes =>
  async (app) => {
    app.get(
      `${base}/posters`,
      { schema: { summary: 'Posters of campaigns and places, a page each (PDF)', querystring: Printed } },
      async ({ ctx, query }, reply) => {
        staffIn(ctx)
        const posters = { publicUrl, items: await itemsFor(ctx, query.of), now: ctx.now() }
        const { size } = query
        const pdf = await (size === 'eighth' ? handoutPdf(posters) : posterPdf({ ...posters, size }))
        return reply
          .type('application/pdf')
          .header('content-disposition', `inline; filename="so-khoe-qr-${size}.pdf"`)
          .send(pdf)
      },
    )

    app.post(
      `${base}/campaigns/:code/tickets`,
      { schema: { summary: 'A sheet of tickets, told once (PDF)', params: Code, body: TicketBody } },
      async ({ ctx, params, body }, reply) => {
        const campaign = await campaignFor(ctx, 'campaign.tickets', params.code)
        const last = dayInVietnam(new Date(ctx.now().getTime() + TICKET_DAYS * 86_400_000))
        const until = body.until ?? last
        if (stateOf(campaign, ctx.now()) === 'ended') throw new Problem('campaign.ended')
        if (until < dayInVietnam(ctx.now())) throw new Problem('request.invalid', { at: ['/until'] })
        const tickets = await inTransaction(ctx, async (ctx) => {
          await note(ctx, { action: 'campaign.tickets', what: `${campaign.code} ${body.count}` })
          return await issueTickets(ctx, campaign, body.count, until)
        })
        const pdf = await ticketPdf({ publicUrl, campaign, tickets, until, now: ctx.now() })
        return reply
          .type('application/pdf')
          .header('content-disposition', `attachment; filename="so-khoe-phieu-${campaign.code}.pdf"`)
          .send(pdf)
      },
    )
  }

/** The poster for anybody who has the code: it hangs in the street. */
const openPoster =
  (publicUrl: string): Routes =>
  async (app) => {
    app.get(
      '/posters/:file',
      { schema: { summary: 'The poster (A4)', params: z.object({ file: z.string() }) } },
      async ({ ctx, params }, reply) => {
        const [, code] = /^([a-z0-9]+)\.pdf$/.exec(params.file) ?? []
        if (code === undefined) throw new Problem('request.not-found')
        const campaign = await campaignOf(ctx, code)
        const place = (await placesOf(ctx, campaign.code)).find((place) => place.code === code)
        const items = [{ campaign, ...(place && { place }) }]
        const pdf = await posterPdf({ publicUrl, items, now: ctx.now() })
        return reply.type('application/pdf').send(pdf)
      },
    )
  }

export const campaignWorkRoutes =
  (publicUrl: string): Routes =>
  async (app) => {
    for (const base of ['/api/station', '/api/department']) {
      await app.register(campaignWork(base))
      await app.register(placeWork(base, publicUrl))
      await app.register(printing(base, publicUrl))
    }
    await app.register(openPoster(publicUrl))
  }
