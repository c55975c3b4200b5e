import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import helmet from '@fastify/helmet'
import serveStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { Routes } from '../platform/http.ts'

/** What a campaign's code looks like; nothing else is repeated in a header. */
const CODE = /^[a-z0-9]{2,12}$/
const DIST = fileURLToPath(new URL('../../../citizen/dist/', import.meta.url))

/** What a page of ours may load: itself, nothing from elsewhere. */
const POLICY = {
  defaultSrc: ["'none'"],
  scriptSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", 'data:', 'blob:'],
  mediaSrc: ["'self'", 'blob:', 'mediastream:'],
  fontSrc: ["'self'"],
  connectSrc: ["'self'"],
  manifestSrc: ["'self'"],
  workerSrc: ["'self'", 'blob:'],
  frameAncestors: ["'none'"],
  baseUri: ["'none'"],
  formAction: ["'self'"],
}

/**
 * The resident's app: one page for every address that is not the API's, its hashed files kept by browsers for a year.
 * @param https whether browsers reach us by https, so that they may be told to insist on it
 */
export const pageRoutes =
  (https: boolean): Routes =>
  async (app) => {
    if (!existsSync(DIST)) return
    await app.register(helmet, {
      global: false,
      contentSecurityPolicy: { useDefaults: false, directives: POLICY },
      crossOriginEmbedderPolicy: false,
      strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
    })
    await app.register(serveStatic, {
      root: DIST,
      wildcard: false,
      index: false,
      cacheControl: false,
      preCompressed: true,
      setHeaders: (reply, path) => {
        reply.header(
          'cache-control',
          path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
        )
      },
    })
    const page = await readFile(new URL('index.html', `file://${DIST}`))
    const show = async (reply: FastifyReply) => {
      await reply.helmet()
      return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
    }
    const hidden = { schema: { hide: true } } as object
    for (const path of ['/', '/q', '/c/:token', '/l/:token', '/app', '/app/*'])
      app.get(path, hidden, (_request, reply) => show(reply))
    app.get('/q/:code', hidden, (request, reply) => {
      const { code } = request.params as { code: string }
      // the phone asks for the campaign while its scripts are still on their way
      if (CODE.test(code))
        reply.header('link', `</api/campaigns/${code}>; rel=preload; as=fetch; crossorigin`)
      return show(reply)
    })
  }
