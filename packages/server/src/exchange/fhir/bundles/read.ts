import type { FhirResource } from '@sokhoe/fhir'
import { Problem } from '../../../platform/problem.ts'
import type { Ask, Method } from '../answer.ts'
import { needJson } from '../media.ts'
import { issues } from '../outcome.ts'
import { isObject } from '../parameters.ts'
import { asResource, malformed, readBody } from '../write/index.ts'

/** One entry of a batch or transaction, read but not yet looked into. */
export interface Entry {
  readonly at: number
  readonly method: Method | 'HEAD'
  /** Below the base: 'Patient', 'Patient/id', 'Patient?identifier=…'. */
  readonly url: string
  readonly fullUrl?: string
  readonly resource?: FhirResource
  /** By the name of the header that says the same. */
  readonly conditions: Readonly<Record<string, string>>
  /** Why it cannot even be read; only in a batch, where one entry hinders no other. */
  readonly refused?: Problem
}

export interface Sent {
  readonly type: 'batch' | 'transaction'
  readonly entries: readonly Entry[]
}

/** What is larger comes by bulk import. */
const MOST_ENTRIES = 5000

const METHODS: readonly (Method | 'HEAD')[] = ['GET', 'HEAD', 'POST', 'PUT', 'PATCH', 'DELETE']

const CONDITIONS = {
  ifMatch: 'if-match',
  ifNoneMatch: 'if-none-match',
  ifModifiedSince: 'if-modified-since',
  ifNoneExist: 'if-none-exist',
} as const

function conditionsOf(request: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const [name, header] of Object.entries(CONDITIONS)) {
    const value = request[name]
    if (typeof value === 'string') found[header] = value
  }
  return found
}

/** @param base of this server: an address under it means the same as one below it */
function urlOf(url: unknown, base: string, place: string): string {
  if (typeof url !== 'string') return malformed('An entry needs request.url', place)
  const below = url.startsWith(`${base}/`) ? url.slice(base.length + 1) : url
  if (/^[a-z][a-z0-9+.-]*:/i.test(below)) return malformed('request.url names another server', place)
  return below.replace(/^\//, '')
}

/** Operations and searches are sent by POST too, and may bring nothing. */
const ASKS = /(?:^|\/)(?:\$|_search(?:\?|$))/

function entryOf(value: unknown, at: number, base: string): Entry {
  const place = `Bundle.entry[${at}]`
  if (!isObject(value)) return malformed('An entry is an object', place)
  const { request, resource, fullUrl } = value
  if (!isObject(request)) return malformed('An entry of a batch or transaction needs a request', place)
  const method = METHODS.find((one) => one === request['method'])
  if (!method) return malformed('request.method is GET, HEAD, POST, PUT, PATCH or DELETE', place)
  const url = urlOf(request['url'], base, place)
  const needs = method === 'POST' || method === 'PUT' || method === 'PATCH'
  if (needs && resource === undefined && !ASKS.test(url))
    malformed('An entry that writes needs its resource', place)
  return {
    at,
    method,
    url,
    conditions: conditionsOf(request),
    ...(resource !== undefined && { resource: inEntry(at, () => asResource(resource)) }),
    ...(typeof fullUrl === 'string' && { fullUrl }),
  }
}

/** A refusal that says which entry was meant. */
function toldOf(at: number, problem: Problem): Problem {
  const place = `Bundle.entry[${at}]`
  const told = problem.more['issues']
  const lines = Array.isArray(told)
    ? (told as { severity: 'error'; code: string; text: string; expression?: string }[])
    : []
  if (lines.length === 0) return new Problem(problem.code, { at: [place], cause: problem })
  const moved = lines.map((line) => ({
    ...line,
    expression: line.expression?.startsWith('Bundle.')
      ? line.expression
      : `${place}${(line.expression ?? '').replace(/^(?:[A-Za-z]+)?/, '.resource')}`,
  }))
  return new Problem(problem.code, { more: issues(moved), cause: problem })
}

/** Runs it; what it refuses is refused for this entry. */
function inEntry<T>(at: number, work: () => T): T {
  try {
    return work()
  } catch (error) {
    throw error instanceof Problem ? toldOf(at, error) : error
  }
}

/** An entry of a batch that cannot be read is refused where its answer stands. */
function batchEntryOf(value: unknown, at: number, base: string): Entry {
  try {
    return entryOf(value, at, base)
  } catch (error) {
    if (!(error instanceof Problem)) throw error
    return { at, method: 'GET', url: '', conditions: {}, refused: error }
  }
}

/** The same for what takes time. */
export async function inEntryLater<T>(at: number, work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw error instanceof Problem ? toldOf(at, error) : error
  }
}

/**
 * A Bundle that wants something done.
 * @throws {Problem} fhir.media-type, fhir.malformed, fhir.too-large
 */
export function readSent({ header, body, base }: Ask): Sent {
  needJson(header('content-type'))
  const bundle = readBody(body)
  if (!isObject(bundle) || bundle['resourceType'] !== 'Bundle')
    return malformed('At this address a Bundle is sent; a single resource goes to the address of its type')
  const { type, entry = [] } = bundle
  if (type !== 'batch' && type !== 'transaction')
    return malformed(
      'Bundle.type is batch or transaction; a Bundle that is to be kept goes to Bundle',
      'Bundle.type',
    )
  if (!Array.isArray(entry)) return malformed('Bundle.entry is a list', 'Bundle.entry')
  if (entry.length > MOST_ENTRIES)
    throw new Problem('fhir.too-large', {
      more: issues([
        {
          severity: 'error',
          code: 'too-long',
          expression: 'Bundle.entry',
          text: `A Bundle has ${MOST_ENTRIES} entries at most; send several, or use $import`,
        },
      ]),
    })
  const read = type === 'batch' ? batchEntryOf : entryOf
  return { type, entries: entry.map((one, at) => read(one, at, base)) }
}
