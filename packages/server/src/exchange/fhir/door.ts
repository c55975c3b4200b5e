import { Readable } from 'node:stream'
import { createGunzip, type Gunzip } from 'node:zlib'
import { parseJson } from '@sokhoe/fhir'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { Context } from '../../platform/context.ts'
import { type Routes, toProblem } from '../../platform/http.ts'
import { faultOf } from '../../platform/log.ts'
import { Problem } from '../../platform/problem.ts'
import type { Answer, Ask, Interaction } from './answer.ts'
import { inTime } from './in-time.ts'
import { lengthOf, needRoom } from './leaving.ts'
import { FHIR_JSON, negotiate } from './media.ts'
import { noteEdge, runNoted } from './noting.ts'
import { issuesOf, outcome } from './outcome.ts'

export const BASE = '/fhir/R4'

/** Of a body, and of what a packed one unpacks to. */
const MOST_BODY_BYTES = 32 * 1024 * 1024

const headerOf =
  ({ headers }: FastifyRequest): Ask['header'] =>
  (name) => {
    const value = headers[name]
    return Array.isArray(value) ? value.join(', ') : value
  }

/** @throws {Problem} fhir.malformed for an address that is no UTF-8 */
function queryOf(url: string): [string, string][] {
  const at = url.indexOf('?')
  if (at === -1) return []
  try {
    return url
      .slice(at + 1)
      .split('&')
      .filter((pair) => pair !== '')
      .map((pair) => {
        const [name = '', ...value] = pair.split('=')
        return [decode(name), decode(value.join('='))]
      })
  } catch {
    throw new Problem('fhir.malformed')
  }
}

const decode = (text: string): string => decodeURIComponent(text.replaceAll('+', ' '))

/** A server answers under the name by which it was asked, unless it was told its own. */
const baseOf = (request: FastifyRequest, publicUrl: string | undefined): string =>
  `${publicUrl ?? `${request.protocol}://${request.host}`}${BASE}`

/** Nobody is let in without a token, except where nothing of anybody is told. */
function needToken({ ctx }: FastifyRequest, { open = false }: Interaction): void {
  const { actor } = ctx
  if (open || actor.kind === 'client' || (actor.kind === 'resident' && actor.scopes)) return
  throw new Problem('fhir.sign-in-needed')
}

const first = (query: Ask['query'], name: string): string | undefined =>
  query.find(([each]) => each === name)?.[1]

const MOST_PRETTY = 8 * 1024 * 1024

function pretty(answer: Answer): Answer {
  const { body } = answer
  if (body === undefined || body instanceof Readable) return answer
  const length = isPieces(body) ? lengthOf(body) : body.length
  // whoever reads it by eye reads no more
  if (length > MOST_PRETTY) return answer
  const text =
    typeof body === 'string'
      ? body
      : Buffer.isBuffer(body)
        ? body.toString()
        : joined(body, length).toString()
  return { ...answer, body: JSON.stringify(parseJson(text, { depth: 500, length: 500_000_000 }), null, 2) }
}

/** @param length of all of them, in bytes */
function joined(pieces: readonly (string | Buffer)[], length: number): Buffer {
  const whole = Buffer.allocUnsafe(length)
  let at = 0
  for (const piece of pieces) at += typeof piece === 'string' ? whole.write(piece, at) : piece.copy(whole, at)
  return whole
}

const isPieces = (body: Answer['body']): body is readonly (string | Buffer)[] => Array.isArray(body)

function send(reply: FastifyReply, { status, headers = {}, body, type = FHIR_JSON }: Answer): FastifyReply {
  const isWhole = body !== undefined && !(body instanceof Readable)
  const length = isWhole ? (isPieces(body) ? lengthOf(body) : body.length) : 0
  if (isWhole) needRoom(reply, length)
  reply.code(status).headers(headers)
  if (body === undefined) return reply.send()
  return reply.type(type).send(isPieces(body) ? joined(body, length) : body)
}

const handle =
  (interaction: Interaction, publicUrl: string | undefined) =>
  async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    request.ctx = { ...request.ctx, noted: { durable: 0, inside: 0 } }
    const query = queryOf(request.url)
    const header = headerOf(request)
    negotiate(first(query, '_format'), header('accept'))
    const answer = await runNoted(interaction, {
      ctx: request.ctx,
      method: interaction.method,
      params: request.params as Readonly<Record<string, string>>,
      query,
      header,
      body: Buffer.isBuffer(request.body) ? request.body : undefined,
      base: baseOf(request, publicUrl),
    })
    return send(reply, first(query, '_pretty') === 'true' ? pretty(answer) : answer)
  }

/** A refusal at this door is an OperationOutcome, whatever refused. */
function tell(reply: FastifyReply, problem: Problem): FastifyReply {
  if (problem.retryAfter) reply.header('retry-after', String(problem.retryAfter))
  // what has not come by now is not waited for
  if (problem.code === 'fhir.too-slow') reply.header('connection', 'close')
  if (problem.status === 401) reply.header('www-authenticate', 'Bearer')
  return reply
    .code(problem.status)
    .type(FHIR_JSON)
    .send(outcome(issuesOf(problem)))
}

/** What is told of an error; not before the refusal is written down. */
async function refusalOf(
  error: unknown,
  { ctx, method, routeOptions }: Omit<FastifyRequest, 'ctx'> & { ctx?: Context },
): Promise<Problem> {
  const problem = toProblem(error)
  // whom the server is too busy to know is told so, and nothing else happens
  if (ctx === undefined) return problem
  const { url } = routeOptions
  if (problem.status >= 500)
    ctx.log.error({ route: url, fault: faultOf(problem.cause ?? error) }, problem.code)
  const what = url === undefined ? `${method} unknown address` : `${method} ${url.slice(BASE.length + 1)}`
  return await noteEdge(ctx, what, problem.status).then(
    () => problem,
    (cause: unknown) => new Problem('request.busy', { cause, retryAfter: 2 }),
  )
}

/** A packed body is unpacked no further than a plain one may be long. */
function unpack(packed: Readable): Gunzip {
  const open = createGunzip()
  let length = 0
  open.on('data', (piece: Buffer) => {
    length += piece.length
    if (length > MOST_BODY_BYTES) open.destroy(new Problem('fhir.too-large'))
  })
  packed.on('error', (error) => open.destroy(error))
  packed.pipe(open)
  return open
}

/** Of all bodies that are on their way together: whoever comes when it is full comes again. */
const MOST_AT_ONCE = 256 * 1024 * 1024
const arriving = { bytes: 0 }

/** Reads on no further than it may; what is left is let run out, so that the sender still hears the answer. */
function gather(from: Readable): Promise<Buffer> {
  const pieces: Buffer[] = []
  let length = 0
  return new Promise<Buffer>((resolve, reject) => {
    const end = (): void => {
      from.off('data', take).off('end', whole).off('error', refuse).off('close', refuse)
      // what it was about is over: what else breaks is nobody's
      from.on('error', () => undefined)
      arriving.bytes -= length
    }
    const refuse = (error?: unknown): void => {
      end()
      reject(error instanceof Problem ? error : new Problem('fhir.malformed'))
    }
    const whole = (): void => {
      end()
      const [only] = pieces
      resolve(only && pieces.length === 1 ? only : Buffer.concat(pieces, length))
    }
    const take = (piece: Buffer): void => {
      length += piece.length
      arriving.bytes += piece.length
      if (length > MOST_BODY_BYTES) refuse(new Problem('fhir.too-large'))
      else if (arriving.bytes > MOST_AT_ONCE) refuse(new Problem('request.busy', { retryAfter: 2 }))
      else pieces.push(piece)
    }
    from.on('data', take).on('end', whole).on('error', refuse).on('close', refuse)
  })
}

async function readBody(request: FastifyRequest, payload: Readable): Promise<Buffer> {
  const encoding = request.headers['content-encoding']
  if (encoding !== undefined && encoding !== 'gzip' && encoding !== 'identity')
    throw new Problem('fhir.media-type')
  try {
    return await inTime(gather(encoding === 'gzip' ? unpack(payload) : payload))
  } catch (error) {
    // what is still on its way runs into nothing, and the connection is free again
    payload.unpipe().resume()
    throw error
  }
}

/** Every interaction of this door behind one edge of its own: its bodies, its refusals, its media types. */
export const openDoor =
  (interactions: readonly Interaction[], publicUrl?: string): Routes =>
  async (app) => {
    app.removeAllContentTypeParsers()
    app.addContentTypeParser('*', { bodyLimit: MOST_BODY_BYTES }, readBody)
    app.setErrorHandler(async (error, request, reply) => tell(reply, await refusalOf(error, request)))
    app.setNotFoundHandler(() => {
      throw new Problem('fhir.not-found')
    })
    for (const interaction of interactions) {
      const { method, path } = interaction
      app.route({
        method,
        url: path === '' ? '/' : `/${path}`,
        schema: { hide: true } as object,
        // nobody sends a body before it is known who it is
        onRequest: (request, _reply, done) => {
          needToken(request, interaction)
          done()
        },
        handler: handle(interaction, publicUrl),
        bodyLimit: MOST_BODY_BYTES,
      })
    }
  }
