import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { Context } from '../../platform/context.ts'
import type { Routes } from '../../platform/http.ts'
import { messagesTo } from '../messages/queue.ts'
import { answerChallenge, type SignedIn } from './answer.ts'
import type { Desk } from './desk.ts'
import { DEVICE_SECONDS } from './devices.ts'
import { nationalOf, phoneOf } from './phones.ts'
import { DEVICE_COOKIE, endSession, residentOf, SESSION_COOKIE, SESSION_SECONDS } from './sessions.ts'
import { startChallenge } from './start.ts'

/** As typed or pasted: spaces and full-width digits are forgiven, anything but six digits is not a code. */
const Code = z
  .string()
  .max(40)
  .transform((text) => text.normalize('NFKC').replace(/\s/g, ''))
  .pipe(z.string().regex(/^\d{6}$/))

export const PhoneBody = z.object({ phone: z.string().max(200) })
export const StartedReply = z.object({
  challenge: z.string(),
  expiresAt: z.string(),
  resendAt: z.string(),
})

/** Hands over what shows from now on who signed in. */
export function giveCookies(reply: FastifyReply, { secure }: Desk, { session, device }: SignedIn): void {
  const common = { path: '/', httpOnly: true, sameSite: 'lax', secure } as const
  reply.setCookie(SESSION_COOKIE, session, { ...common, maxAge: SESSION_SECONDS })
  if (device !== undefined) reply.setCookie(DEVICE_COOKIE, device, { ...common, maxAge: DEVICE_SECONDS })
}

/** What the browser of a request holds. */
export const cookiesOf = ({ cookies }: FastifyRequest) => ({
  device: cookies[DEVICE_COOKIE],
  session: cookies[SESSION_COOKIE],
})

/** The same request, now of whoever has just signed in. */
export async function asSignedIn(ctx: Context, { session }: SignedIn): Promise<Context> {
  return { ...ctx, actor: (await residentOf(ctx, session)) ?? { kind: 'nobody' } }
}

/**
 * Codes: asking for one as a returning resident, answering, signing out.
 * @param me what GET /api/me says to whoever is signed in
 */
export const codesRoutes =
  (desk: Desk, me: (ctx: Context) => Promise<object>): Routes =>
  async (app) => {
    app.post(
      '/api/sign-in/start',
      { schema: { summary: 'Send a one-time code', body: PhoneBody, response: { 202: StartedReply } } },
      async (request, reply) => {
        const { device } = cookiesOf(request)
        const ask = { phone: request.body.phone, address: request.ip, device }
        return reply.code(202).send(await startChallenge(request.ctx, desk, ask))
      },
    )

    app.post(
      '/api/challenges/:challenge/answer',
      {
        schema: {
          summary: 'Answer with the one-time code',
          params: z.object({ challenge: z.string() }),
          body: z.object({ code: Code }),
        },
      },
      async (request, reply) => {
        const { ctx, params, body } = request
        const signedIn = await answerChallenge(ctx, { ...params, ...body, ...cookiesOf(request) })
        giveCookies(reply, desk, signedIn)
        return me(await asSignedIn(ctx, signedIn))
      },
    )

    app.post('/api/sign-out', { schema: { summary: 'End this session' } }, async (request, reply) => {
      await endSession(request.ctx, cookiesOf(request).session)
      return reply.clearCookie(SESSION_COOKIE, { path: '/' }).code(204).send()
    })

    if (desk.makeBelieve) await app.register(devRoutes)
  }

/** Stands in for the telephone. Never in production. */
const devRoutes: Routes = async (app) => {
  app.get('/dev/messages', { schema: { querystring: PhoneBody } }, async ({ ctx, query }) => {
    const messages = await messagesTo(ctx, phoneOf(ctx.keys, query.phone, true).hash)
    return messages.map((message) => ({ ...message, to: nationalOf(message.to) }))
  })
}
