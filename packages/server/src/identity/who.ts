import type { FastifyRequest } from 'fastify'
import type { Actor, Context } from '../platform/context.ts'
import { residentBy } from './codes/index.ts'
import { STAFF_COOKIE, staffBy } from './staff/index.ts'

/** Addresses where people work. Elsewhere a worker's cookie means nothing: a nurse reads her own book as a resident. */
const WORK = /^\/api\/(staff|station|department)(\/|$|\?)/

/** Who asks, by the cookie that belongs to the address. */
export async function whoIs(request: FastifyRequest, ctx: Context): Promise<Actor> {
  const found = WORK.test(request.url)
    ? await staffBy(ctx, request.cookies[STAFF_COOKIE])
    : await residentBy(request, ctx)
  return found ?? { kind: 'nobody' }
}
