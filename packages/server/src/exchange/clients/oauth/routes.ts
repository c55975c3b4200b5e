import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../../platform/context.ts'
import { type Routes, toProblem } from '../../../platform/http.ts'
import type { Problem } from '../../../platform/problem.ts'
import { openLimit } from './attempts.ts'
import { smartConfiguration, TOKEN_PATH } from './discovery.ts'
import type { Audiences } from './provider.ts'

interface Where {
  /** Where the house is reached from outside, if it was told; otherwise under whatever name it is asked. */
  readonly publicUrl: string | undefined
  readonly issuer: string
  readonly makeBelieve: boolean
}

/** What OAuth calls the refusals of the edge. */
const errorOf = ({ status }: Problem): string =>
  status >= 500 ? 'temporarily_unavailable' : 'invalid_request'

function tell(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter) reply.header('retry-after', String(problem.retryAfter))
  const status = problem.status === 500 ? 503 : problem.status
  return reply.code(status).send({ error: errorOf(problem), error_description: problem.message })
}

/** Tokens for facilities' programs (SMART Backend Services), and where programs find out about it. */
export function oauthRoutes(ctx: Context, { publicUrl, issuer, makeBelieve }: Where): Routes {
  const audiences: Audiences = new WeakMap()
  const limit = openLimit()
  // loaded with the first who asks for a token: a third of a second that no start has to wait for
  let opened: ReturnType<typeof open> | undefined
  const open = async () =>
    (await import('./provider.ts')).openProvider(ctx, { issuer, makeBelieve, audiences }).callback()
  const hostOf = (request: FastifyRequest): string => publicUrl ?? `${request.protocol}://${request.host}`

  async function token(request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
    const waits = limit.waits(request.ip)
    if (waits !== undefined)
      return reply
        .code(429)
        .header('retry-after', String(waits))
        .send({ error: 'temporarily_unavailable', error_description: 'too many refusals; wait' })
    opened ??= open()
    const answer = await opened
    audiences.set(request.raw, `${hostOf(request)}${TOKEN_PATH}`)
    reply.hijack()
    for (const [name, value] of Object.entries(reply.getHeaders()))
      if (value !== undefined) reply.raw.setHeader(name, value)
    await answer(request.raw, reply.raw)
    if (reply.raw.statusCode >= 400) limit.count(request.ip)
    return reply
  }

  return async (app) => {
    app.setErrorHandler((error, _request, reply) => tell(reply, toProblem(error)))
    app.removeAllContentTypeParsers()
    // the provider reads it, within its own limit
    app.addContentTypeParser('*', (_request, _payload, done) => done(null))
    app.post(
      TOKEN_PATH,
      { schema: { summary: 'A token for a facility’s program', hide: true } as object },
      token,
    )
    app.get(
      '/.well-known/smart-configuration',
      { schema: { hide: true } as object },
      async (request, reply) => reply.send(smartConfiguration(hostOf(request))),
    )
  }
}
