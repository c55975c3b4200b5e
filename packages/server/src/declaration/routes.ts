import { formOf } from '@sokhoe/codes'
import { parseJson, writeJson } from '@sokhoe/fhir'
import { dayInVietnam } from '@sokhoe/model'
import type { FastifyReply, FastifyRequest } from 'fastify'
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
import { draftsOf, dropDraft, ownDrafts, saveDraft } from './draft.ts'
import { ChildBody, keepChild } from './family/child.ts'
import { declareIn } from './family/declare.ts'
import { declaredIn } from './family/declared.ts'
import { draftsIn } from './family/drafts.ts'

const Code = z.object({ code: z.string() })
const Uuid = z.object({ uuid: z.uuid().toLowerCase() })
const OfBook = z.object({ book: z.string().max(64) })
const InBook = OfBook.extend(Uuid.shape)
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

async function keepAnswers(request: FastifyRequest, reply: FastifyReply, whose: string, sent: Sent) {
  const { ctx } = request
  const { outcome, patientId, resources, at } = await declareIn(ctx, whose, sent.uuid, sent.body)
  const told = { person: personId(ctx, patientId), kept: resources, at: at.toISOString() }
  return reply.code(outcome === 'kept' ? 201 : 200).send(told)
}

interface Sent {
  readonly uuid: string
  readonly body: string
}

async function keepDraft({ ctx }: FastifyRequest, reply: FastifyReply, whose: string, { uuid, body }: Sent) {
  await saveDraft(ctx, await draftsIn(ctx, whose), uuid, responseIn(body))
  return reply.code(204).send()
}

/** Answers, mine and those I may give for somebody: on their way, and kept. Bodies are taken as text, so that every number keeps its written form. */
const answerRoutes: Routes = async (app) => {
  app.removeAllContentTypeParsers()
  app.addContentTypeParser(
    ['application/json', 'application/fhir+json'],
    { parseAs: 'string' },
    (_request, body, done) => done(null, body),
  )
  const Text = z.string()
  const Draft = Text.max(MOST_DRAFT_CHARACTERS)

  app.put(
    '/api/me/declarations/:uuid',
    { schema: { summary: 'Keep a declaration', params: Uuid, body: Text } },
    (request, reply) => keepAnswers(request, reply, 'own', { ...request.params, body: request.body }),
  )

  app.put(
    '/api/books/:book/declarations/:uuid',
    { schema: { summary: 'Keep a declaration in a book', params: InBook, body: Text } },
    (request, reply) =>
      keepAnswers(request, reply, request.params.book, { ...request.params, body: request.body }),
  )

  app.put(
    '/api/me/drafts/:uuid',
    { schema: { summary: 'Save unsent answers', params: Uuid, body: Draft } },
    (request, reply) => keepDraft(request, reply, 'own', { ...request.params, body: request.body }),
  )

  app.put(
    '/api/books/:book/drafts/:uuid',
    { schema: { summary: 'Save unsent answers for a book', params: InBook, body: Draft } },
    (request, reply) =>
      keepDraft(request, reply, request.params.book, { ...request.params, body: request.body }),
  )
}

async function tellDrafts({ ctx }: FastifyRequest, reply: FastifyReply, whose: string) {
  const drafts = await draftsOf(ctx, await draftsIn(ctx, whose))
  const texts = drafts.map(
    ({ uuid, text, savedAt }) => `{"uuid":"${uuid}","savedAt":"${savedAt.toISOString()}","response":${text}}`,
  )
  return reply.type('application/json').send(`[${texts.join(',')}]`)
}

const draftRoutes: Routes = async (app) => {
  app.get('/api/me/drafts', { schema: { summary: 'My unsent answers' } }, (request, reply) =>
    tellDrafts(request, reply, 'own'),
  )

  app.get(
    '/api/books/:book/drafts',
    { schema: { summary: 'Unsent answers for a book', params: OfBook } },
    (request, reply) => tellDrafts(request, reply, request.params.book),
  )

  app.delete(
    '/api/me/drafts/:uuid',
    { schema: { summary: 'Forget unsent answers', params: Uuid } },
    async ({ ctx, params }, reply) => {
      await dropDraft(ctx, ownDrafts(signedIn(ctx)), params.uuid)
      return reply.code(204).send()
    },
  )

  app.delete(
    '/api/books/:book/drafts/:uuid',
    { schema: { summary: 'Forget unsent answers for a book', params: InBook } },
    async ({ ctx, params }, reply) => {
      await dropDraft(ctx, await draftsIn(ctx, params.book), params.uuid)
      return reply.code(204).send()
    },
  )

  app.get('/api/form', { schema: { summary: 'The form in force' } }, async ({ ctx }) =>
    formOf(dayInVietnam(ctx.now())),
  )
}

/** A child's book, made by who represents her; and what was declared in a book, to go on from. */
const childRoutes: Routes = async (app) => {
  app.get(
    '/api/books/:book/declared',
    { schema: { summary: 'What was declared in this book', params: OfBook } },
    async ({ ctx, params }, reply) =>
      reply.type('application/fhir+json; charset=utf-8').send(await declaredIn(ctx, params.book)),
  )

  app.post(
    '/api/me/family',
    { schema: { summary: 'Make the book of a child', body: ChildBody } },
    async ({ ctx, body }, reply) => {
      const { patientId, isNew } = await keepChild(ctx, body)
      return reply.code(isNew ? 201 : 200).send({ person: personId(ctx, patientId) })
    },
  )
}

export const declarationRoutes =
  (desk: Desk, publicUrl: string): Routes =>
  async (app) => {
    await app.register(campaignRoutes(desk))
    await app.register(campaignWorkRoutes(publicUrl))
    await app.register(answerRoutes)
    await app.register(draftRoutes)
    await app.register(childRoutes)
    await app.register(assistRoutes)
  }
