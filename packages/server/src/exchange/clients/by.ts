import type { FastifyRequest } from 'fastify'
import type { Actor, Context, Resident, Scope } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { isWithin } from './scopes.ts'
import { holderOf } from './tokens.ts'

/** Where programs speak; no cookie means anything there. */
const EXCHANGE = /^\/fhir(\/|$|\?)/
/** Where a resident's own token opens her book, as her cookie does in a browser. */
const BOOK = /^\/api\/(me|books)(\/|$|\?)/
/** By a token she reads, and says for what her book is open; everything else she does where she signs in. */
const CONSENT = /^\/api\/(me|books\/[^/?]+)\/consents\//
const BEARER = /^bearer +([^\s]+) *$/i

const NOBODY: Actor = { kind: 'nobody' }

/** Her whole book lies behind these addresses. */
const ALL: Scope = { context: 'patient', type: '*', may: 'rs' }

/** @throws {Problem} access.refused */
function needReading({ method, url }: FastifyRequest, { scopes = [] }: Resident): void {
  const isReading = method === 'GET' || method === 'HEAD' || (method === 'PUT' && CONSENT.test(url))
  if (!isReading || !isWithin(ALL, scopes)) throw new Problem('access.refused')
}

/**
 * Who asks, where a token decides.
 * @returns undefined where cookies do
 * @throws {Problem} access.refused: what a resident's token does not open
 */
export async function clientBy(request: FastifyRequest, ctx: Context): Promise<Actor | undefined> {
  const { url, headers } = request
  const isExchange = EXCHANGE.test(url)
  if (headers.authorization === undefined) return isExchange ? NOBODY : undefined
  if (!isExchange && !BOOK.test(url)) return undefined
  const text = BEARER.exec(headers.authorization)?.[1]
  const holder = text === undefined ? undefined : await holderOf(ctx, text)
  if (!holder) return NOBODY
  if (!isExchange && holder.kind === 'resident') needReading(request, holder)
  return holder
}
