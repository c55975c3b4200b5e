import type { RequestListener, Server } from 'node:http'
import cookie from '@fastify/cookie'
import underPressure from '@fastify/under-pressure'
import fastify, { type FastifyError, type FastifyReply, type FastifyRequest } from 'fastify'
import {
  type FastifyPluginAsyncZod,
  hasZodFastifySchemaValidationErrors,
  serializerCompiler,
  validatorCompiler,
} from 'fastify-type-provider-zod'
import { compressAnswers } from './compress.ts'
import { isMakeBelieve, type Mode } from './config.ts'
import type { Actor, Context } from './context.ts'
import { isPassing } from './database.ts'
import { faultOf } from './log.ts'
import { observeAnswer } from './metrics.ts'
import { Problem } from './problem.ts'
import { refuseUnreadable } from './unreadable.ts'

declare module 'fastify' {
  interface FastifyRequest {
    ctx: Context
  }
}

/** The routes of one room. */
export type Routes = FastifyPluginAsyncZod

export interface House {
  /** Everything of a request's context but who asks. */
  readonly base: Omit<Context, 'actor'>
  readonly mode: Mode
  readonly trustProxy: string | undefined
  readonly whoIs: (request: FastifyRequest, ctx: Context) => Promise<Actor>
  readonly rooms: readonly Routes[]
  /** Made by fastify where absent, as in tests that inject requests. */
  readonly serve?: (handler: RequestListener) => Server
}

const MOST_BODY_BYTES = 1024 * 1024
/** A server that answers so late had better refuse for a moment. */
const MOST_DELAY_MS = 2000
/** Longer than any name in an address: a route tells for itself that it does not know one. */
const LONGEST_PARAM = 10_000
const CLOCK_HEADER = 'x-test-clock'
/** Where calendars, deadlines and the database all have days. */
const CLOCK_YEARS = [1900, 2200] as const

/** Opens the HTTP edge: who is asking, what fits the schema, and how a refusal is told. */
export async function openHttp({ base, mode, trustProxy, whoIs, rooms, serve }: House) {
  const app = fastify({
    ...(serve && { serverFactory: serve }),
    bodyLimit: MOST_BODY_BYTES,
    trustProxy: trustProxy?.split(',').map((part) => part.trim()) ?? false,
    routerOptions: { maxParamLength: LONGEST_PARAM, caseSensitive: true },
    frameworkErrors: (error, { url }, reply) =>
      (FHIR.test(url) ? tellOutcome : tell)(reply as unknown as FastifyReply, toProblem(error)),
    clientErrorHandler: refuseUnreadable,
    // answers the sockets that are open, then lets go: a graceful end
    forceCloseConnections: 'idle',
    requestTimeout: 30_000,
  })
  app.setValidatorCompiler(validatorCompiler)
  app.setSerializerCompiler(serializerCompiler)
  await app.register(cookie)
  app.decorateRequest('ctx')
  // hooks that wait for nothing are told so: a promise for each of them costs more than what they do
  app.addHook('onRequest', (request, reply, done) => {
    reply.headers(EVERY_ANSWER)
    // whatever refuses it, a busy house too, there is somewhere to write that down
    request.ctx = { ...base, actor: { kind: 'nobody' } }
    done()
  })
  await app.register(underPressure, {
    // where tests share two processors, loading a program's files would count as pressure
    maxEventLoopDelay: mode === 'test' ? 0 : MOST_DELAY_MS,
    pressureHandler: () => {
      throw new Problem('request.busy', { retryAfter: 2 })
    },
  })

  compressAnswers(app)
  app.addHook('onRequest', async (request) => {
    refuseCrossSite(request)
    const now = clockOf(request, mode) ?? base.now
    const ctx: Context = { ...request.ctx, now }
    request.ctx = { ...ctx, actor: await whoIs(request, ctx) }
  })
  app.addHook('onResponse', (request, reply, done) => {
    const route = request.routeOptions.url ?? 'unknown'
    observeAnswer(request.method, route, reply.statusCode, reply.elapsedTime / 1000)
    // the route's pattern only: codes, ids and whatever was asked for stand in the address itself
    base.log.info(
      { method: request.method, route, status: reply.statusCode, ms: Math.round(reply.elapsedTime) },
      'answered',
    )
    done()
  })

  app.setErrorHandler((error, request, reply) => {
    const problem = toProblem(error)
    if (problem.status >= 500)
      base.log.error(
        { route: request.routeOptions.url, fault: faultOf(problem.cause ?? error) },
        problem.code,
      )
    return tell(reply, problem)
  })
  app.setNotFoundHandler(() => {
    throw new Problem('request.not-found')
  })

  for (const room of rooms) await app.register(room)
  return app
}

function tell(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter) reply.header('retry-after', String(problem.retryAfter))
  return reply.code(problem.status).type('application/problem+json').send(JSON.stringify(problem))
}

/** Addresses that are no UTF-8 never reach the exchange's own edge; they are refused in its words all the same. */
const FHIR = /^\/fhir\//

const tellOutcome = (reply: FastifyReply, { status, message: text }: Problem): FastifyReply =>
  reply
    .code(status)
    .type('application/fhir+json; charset=utf-8')
    .send(
      JSON.stringify({
        resourceType: 'OperationOutcome',
        issue: [{ severity: 'error', code: 'not-found', details: { text } }],
      }),
    )

/** Health data are never kept by a cache, a frame or a sniffing browser. HTML pages add their own policy. */
const EVERY_ANSWER = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
}

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS'])

/** A browser says where a request was made; a program says nothing and passes. Only our own pages may change things. */
function refuseCrossSite(request: FastifyRequest): void {
  if (SAFE.has(request.method)) return
  const site = request.headers['sec-fetch-site']
  if (site !== undefined && site !== 'same-origin' && site !== 'none') throw new Problem('request.cross-site')
  const { origin } = request.headers
  if (origin !== undefined && (!URL.canParse(origin) || new URL(origin).host !== request.host))
    throw new Problem('request.cross-site')
}

/** Only where everything is make-believe may a request say what time it is. */
function clockOf(request: FastifyRequest, mode: Mode): (() => Date) | undefined {
  const asked = request.headers[CLOCK_HEADER]
  if (!isMakeBelieve(mode) || typeof asked !== 'string') return undefined
  const instant = new Date(asked)
  const year = instant.getUTCFullYear()
  if (!(year >= CLOCK_YEARS[0] && year < CLOCK_YEARS[1]))
    throw new Problem('request.invalid', { at: [`header ${CLOCK_HEADER}`] })
  return () => instant
}

const EDGE_FAULTS: Readonly<Record<string, ConstructorParameters<typeof Problem>[0]>> = {
  FST_ERR_CTP_BODY_TOO_LARGE: 'request.too-large',
  FST_ERR_CTP_INVALID_MEDIA_TYPE: 'request.unsupported-media-type',
  FST_ERR_CTP_INVALID_JSON_BODY: 'request.not-json',
  FST_ERR_CTP_EMPTY_JSON_BODY: 'request.not-json',
  FST_ERR_BAD_URL: 'request.not-found',
  FST_ERR_MAX_PARAM_LENGTH: 'request.not-found',
}

export function toProblem(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (hasZodFastifySchemaValidationErrors(error))
    return new Problem('request.invalid', { at: error.validation.map((issue) => issue.instancePath || '/') })
  const { code, statusCode } = error as Partial<FastifyError>
  const known = code === undefined ? undefined : EDGE_FAULTS[code]
  if (known) return new Problem(known)
  if (error instanceof SyntaxError && statusCode === 400) return new Problem('request.not-json')
  if (statusCode !== undefined && statusCode >= 400 && statusCode < 500) return new Problem('request.invalid')
  if (isPassing(error)) return new Problem('request.busy', { cause: error, retryAfter: 2 })
  return new Problem('server.fault', { cause: error })
}
