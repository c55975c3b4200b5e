import { promisify } from 'node:util'
import { gzip } from 'node:zlib'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'

const gzipped = promisify(gzip)

/** Below this a packet holds it anyway. */
const WORTHWHILE = 1400
const MOST_REMEMBERED = 300
const remembered = new Map<string, Buffer>()

const takesGzip = (request: FastifyRequest): boolean =>
  /\bgzip\b/.test(String(request.headers['accept-encoding']))

/** Texts travel compressed to whoever reads gzip; files of the app were compressed when they were built. */
export function compressAnswers(app: Pick<FastifyInstance, 'addHook'>): void {
  app.addHook('onSend', (request, reply, payload: unknown, done) => {
    const isText = typeof payload === 'string' || Buffer.isBuffer(payload)
    if (!isText || payload.length < WORTHWHILE || reply.hasHeader('content-encoding'))
      return void done(null, payload)
    if (!/json|text|xml/.test(String(reply.getHeader('content-type')))) return void done(null, payload)
    reply.header('vary', 'accept-encoding')
    if (!takesGzip(request)) return void done(null, payload)
    reply.header('content-encoding', 'gzip').removeHeader('content-length')
    gzipped(payload, { level: 5 }).then((packed) => done(null, packed), done)
  })
}

/**
 * Sends a JSON text that many will ask for: written and compressed once.
 * @param name changes with everything the text depends on
 */
export async function sendRemembered(
  request: FastifyRequest,
  reply: FastifyReply,
  name: string,
  write: () => string,
): Promise<FastifyReply> {
  reply.type('application/json; charset=utf-8').header('vary', 'accept-encoding')
  if (!takesGzip(request)) return reply.send(write())
  const body = remembered.get(name) ?? (await gzipped(write(), { level: 9 }))
  if (remembered.size >= MOST_REMEMBERED) remembered.clear()
  remembered.set(name, body)
  return reply.header('content-encoding', 'gzip').send(body)
}
