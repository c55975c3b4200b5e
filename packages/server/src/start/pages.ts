import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import helmet from '@fastify/helmet'
import serveStatic from '@fastify/static'
import type { FastifyReply } from 'fastify'
import type { Routes } from '../platform/http.ts'

/** What a campaign's code looks like; nothing else is repeated in a header. */
const CODE = /^[a-z0-9]{2,12}$/
const distOf = (app: string): string => fileURLToPath(new URL(`../../../${app}/dist/`, import.meta.url))
const CITIZEN = distOf('citizen')
const PORTAL = distOf('portal')
const WORKER = join(PORTAL, 'sw.js')

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

/** Hashed files are kept by browsers for a year; everything else is asked for anew. */
const files = (root: string, prefix: string) => ({
  root,
  prefix,
  decorateReply: prefix === '/',
  wildcard: false,
  index: false as const,
  cacheControl: false,
  preCompressed: true,
  setHeaders: (reply: { header: (name: string, value: string) => unknown }, path: string) => {
    // the staff app's files lie under /portal/, its screens under /station/
    if (path.startsWith(WORKER)) reply.header('service-worker-allowed', '/station/')
    reply.header(
      'cache-control',
      path.includes('/assets/') ? 'public, max-age=31536000, immutable' : 'no-cache',
    )
  },
})

const pageOf = (dist: string): Promise<Buffer> => readFile(join(dist, 'index.html'))

async function show(reply: FastifyReply, page: Buffer): Promise<FastifyReply> {
  await reply.helmet()
  return reply.header('cache-control', 'no-cache').type('text/html; charset=utf-8').send(page)
}

const hidden = { schema: { hide: true } } as object

/**
 * The apps: one page each for every address that is not the API's.
 * @param https whether browsers reach us by https, so that they may be told to insist on it
 */
export const pageRoutes =
  (https: boolean): Routes =>
  async (app) => {
    if (!existsSync(CITIZEN) || !existsSync(PORTAL)) return
    await app.register(helmet, {
      global: false,
      contentSecurityPolicy: { useDefaults: false, directives: POLICY },
      crossOriginEmbedderPolicy: false,
      strictTransportSecurity: https ? { maxAge: 31_536_000 } : false,
    })
    await app.register(serveStatic, files(CITIZEN, '/'))
    await app.register(serveStatic, files(PORTAL, '/portal/'))
    const [citizen, portal] = await Promise.all([pageOf(CITIZEN), pageOf(PORTAL)])
    for (const path of ['/', '/q', '/c/:token', '/l/:token', '/p', '/p/:code', '/app', '/app/*'])
      app.get(path, hidden, (_request, reply) => show(reply, citizen))
    for (const path of ['/station', '/station/*', '/department', '/department/*'])
      app.get(path, hidden, (_request, reply) => show(reply, portal))
    app.get('/q/:code', hidden, (request, reply) => {
      const { code } = request.params as { code: string }
      // the phone asks for the campaign while its scripts are still on their way
      if (CODE.test(code))
        reply.header('link', `</api/campaigns/${code}>; rel=preload; as=fetch; crossorigin`)
      return show(reply, citizen)
    })
  }
