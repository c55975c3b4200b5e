import { Readable } from 'node:stream'
import { type FhirResource, writeJson } from '@sokhoe/fhir'
import { toProblem } from '../../../platform/http.ts'
import { faultOf } from '../../../platform/log.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Answer, Ask, Body, Interaction, Method } from '../answer.ts'
import { lengthOf, needShort } from '../leaving.ts'
import { runNoted } from '../noting.ts'
import { issuesOf, outcome } from '../outcome.ts'
import type { Told } from './answer.ts'
import { patchIn } from './patch.ts'
import type { Entry } from './read.ts'
import type { Router } from './router.ts'

const NOTHING = Buffer.alloc(0)

function bytesOf(body: Body): Buffer {
  if (typeof body === 'string') return Buffer.from(body)
  if (Buffer.isBuffer(body)) return body
  if (body instanceof Readable) throw new Problem('fhir.not-supported')
  needShort(lengthOf(body))
  return Buffer.concat(body.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)))
}

const shortened = (base: string, location: string | undefined): string | undefined =>
  location?.startsWith(`${base}/`) ? location.slice(base.length + 1) : location

/** One kept for the whole Bundle: what is wanted back, for what it is sent. */
const OF_ALL = new Set(['prefer', 'x-purpose', 'accept'])

function headerOf(ask: Ask, { conditions, method }: Entry): Ask['header'] {
  const type = method === 'PATCH' ? 'application/json-patch+json' : 'application/fhir+json'
  return (name) => {
    if (name === 'content-type') return type
    return conditions[name] ?? (OF_ALL.has(name) ? ask.header(name) : undefined)
  }
}

/** Who does not say what is wanted back gets what was read, and of what was written where it is. */
function resourceFor(ask: Ask, { method }: Entry, { status, body }: Answer): Buffer | undefined {
  if (body === undefined || method === 'HEAD' || status >= 400) return undefined
  const wants = (ask.header('prefer') ?? '').includes('return=representation')
  return method === 'GET' || wants ? bytesOf(body) : undefined
}

function toldOf(ask: Ask, entry: Entry, answer: Answer): Told {
  const { status, headers = {}, body } = answer
  const modified = headers['last-modified']
  const failed = status >= 400 && body !== undefined ? { outcome: bytesOf(body).toString() } : {}
  return {
    status,
    etag: headers['etag'],
    location: shortened(ask.base, headers['location']),
    lastModified: modified === undefined ? undefined : new Date(modified).toISOString(),
    resource: resourceFor(ask, entry, answer),
    ...failed,
  }
}

/** What broke on our side is logged; the sender learns no more than that. */
function refusalOf({ ctx }: Ask, error: unknown): Told {
  const problem = toProblem(error)
  if (problem.status >= 500) ctx.log.error({ fault: faultOf(problem.cause ?? error) }, problem.code)
  return { status: problem.status, outcome: outcome(issuesOf(problem)) }
}

/** Where a resource is read already, its text is needed by operations alone. */
function bodyFor({ path }: Interaction, resource: FhirResource | undefined): Buffer | undefined {
  if (resource === undefined || path === ':type' || path === ':type/:id') return undefined
  return Buffer.from(writeJson(resource))
}

/** Does what one entry asks for, as if it had come by itself; whatever refuses it refuses it alone. */
export async function doOne(ask: Ask, route: Router, entry: Entry): Promise<Told> {
  const { method, url, resource, refused } = entry
  try {
    if (refused) throw refused
    const verb: Method = method === 'HEAD' ? 'GET' : method
    const routed = route(verb, url)
    if (!routed) throw new Problem('fhir.not-found')
    const { interaction, params, query } = routed
    const patch = method === 'PATCH' ? patchIn(resource) : undefined
    const answer = await runNoted(interaction, {
      ctx: ask.ctx,
      base: ask.base,
      method: verb,
      params,
      query,
      header: headerOf(ask, entry),
      body: patch ?? bodyFor(interaction, resource),
      entry: { resource: patch ? undefined : resource, message: ask.body ?? NOTHING },
    })
    return toldOf(ask, entry, answer)
  } catch (error) {
    return refusalOf(ask, error)
  }
}
