import { formOf } from '@sokhoe/codes'
import { parseJson, writeJson } from '@sokhoe/fhir'
import { dayInVietnam } from '@sokhoe/model'
import { z } from 'zod'
import {
  asSignedIn,
  cookiesOf,
  type Desk,
  giveCookies,
  openTicket,
  PhoneBody,
  personId,
  StartedReply,
  signedIn,
  startChallenge,
  tellMe,
} from '../identity/index.ts'
import { sendRemembered } from '../platform/compress.ts'
import type { Routes } from '../platform/http.ts'
import { Problem } from '../platform/problem.ts'
import { assistRoutes } from './assist/routes.ts'
import { openCampaign, tellCampaign } from './campaign.ts'
import { countScan } from './campaigns/places.ts'
import { campaignWorkRoutes } from './campaigns/routes.ts'
import { declare } from './declare.ts'
import { draftsOf, dropDraft, saveDraft } from './draft.ts'

const Code = z.object({ code: z.string() })
const Uuid = z.object({ uuid: z.uuid().toLowerCase() })
const MOST_DRAFT_CHARACTERS = 200_000

/** From the poster to a session: what the campaign asks, a code by telephone, or a ticket from the station. */
const campaignRoutes =
  (desk: Desk): Routes =>
  async (app) => {
    app.get(
      '/api/campaigns/:code',
      { schema: { summary: 'A campaign and its form', params: Code } },
      async (request, reply) => {
        const { ctx, params } = request
        const campaign = await openCampaign(ctx, params.code)
        if (params.code !== campaign.code) countScan(ctx, params.code)
        const { code, title, alley, starts, ends } = campaign
        const told = { code, state: 'open', title, alley, starts, ends, ...tellCampaign(campaign, ctx.now()) }
        const form = formOf(dayInVietnam(ctx.now()))
        const name = `${JSON.stringify(told)} ${form.version}`
        return await sendRemembered(request, reply, name, () => JSON.stringify({ ...told, form }))
      },
    )

    app.post(
      '/api/campaigns/:code/start',
      {
        schema: {
          summary: 'Send a one-time code',
          params: Code,
          body: PhoneBody,
          response: { 202: StartedReply },
        },
      },
      async (request, reply) => {
        const { ctx, params, body, ip } = request
        await openCampaign(ctx, params.code)
        // the code that was scanned, so that its place can be counted
        const { code } = params
        const ask = { phone: body.phone, address: ip, device: cookiesOf(request).device, campaign: { code } }
        return reply.code(202).send(await startChallenge(ctx, desk, ask))
      },
    )

    app.post(
      '/api/campaigns/:code/ticket',
      {
        schema: {
          summary: 'Begin with a ticket from the station',
          params: Code,
          body: z.object({ ticket: z.string().max(100), phone: z.string().max(200).optional() }),
        },
      },
      async (request, reply) => {
        const { ctx, params, body, ip } = request
        const { code } = await openCampaign(ctx, params.code)
        const { session } = cookiesOf(request)
        const ask = { ticket: body.ticket, phone: body.phone, campaign: { code }, address: ip, session }
        const signedIn = await openTicket(ctx, desk, ask)
        giveCookies(reply, desk, signedIn)
        return tellMe(await asSignedIn(ctx, signedIn))
      },
    )
  }

/** The answers in a draft, as text with every number as written. @throws {Problem} request.not-json */
function responseIn(body: string): string {
  try {
    const { response } = parseJson(body) as { response?: unknown }
    if (typeof response === 'object' && response !== null) return writeJson(response)
  } catch (cause) {
    throw new Problem('request.not-json', { cause })
  }
  throw new Problem('request.invalid', { at: ['/response'] })
}

/** My answers: on their way, and kept. Bodies are taken as text, so that every number keeps its written form. */
const answerRoutes: Routes = async (app) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/fhir+json'],
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  const Text = z.string()

  app.put(
    '/api/me/declarations/:uuid',
    { schema: { summary: 'Keep a declaration', params: Uuid, body: Text } },
    async ({ ctx, params, body }, reply) => {
      const { outcome, patientId, resources, at } = await declare(ctx, signedIn(ctx), params.uuid, body)
      const told = { person: personId(ctx, patientId), kept: resources, at: at.toISOString() }
      return reply.code(outcome === 'kept' ? 201 : 200).send(told)
    },
  )

  app.put(
    '/api/me/drafts/:uuid',
    { schema: { summary: 'Save unsent answers', params: Uuid, body: Text.max(MOST_DRAFT_CHARACTERS) } },
    async ({ ctx, params, body }, reply) => {
      await saveDraft(ctx, signedIn(ctx), params.uuid, responseIn(body))
      return reply.code(204).send()
    },
  )
}

const draftRoutes: Routes = async (app) => {
  app.get('/api/me/drafts', { schema: { summary: 'My unsent answers' } }, async ({ ctx }, reply) => {
    const drafts = await draftsOf(ctx, signedIn(ctx))
    const texts = drafts.map(
      ({ uuid, text, savedAt }) =>
        `{"uuid":"${uuid}","savedAt":"${savedAt.toISOString()}","response":${text}}`,
    )
    return reply.type('application/json').send(`[${texts.join(',')}]`)
  })

  app.delete(
    '/api/me/drafts/:uuid',
    { schema: { summary: 'Forget unsent answers', params: Uuid } },
    async ({ ctx, params }, reply) => {
      await dropDraft(ctx, signedIn(ctx).phoneHash, params.uuid)
      return reply.code(204).send()
    },
  )

  app.get('/api/form', { schema: { summary: 'The form in force' } }, async ({ ctx }) =>
    formOf(dayInVietnam(ctx.now())),
  )
}

export const declarationRoutes =
  (desk: Desk, publicUrl: string): Routes =>
  async (app) => {
    await app.register(campaignRoutes(desk))
    await app.register(campaignWorkRoutes(publicUrl))
    await app.register(answerRoutes)
    await app.register(draftRoutes)
    await app.register(assistRoutes)
  }
