import { isUtf8 } from 'node:buffer'
import { type FhirResource, parseJson } from '@sokhoe/fhir'
import { isResourceType } from '@sokhoe/fhir/validate'
import { Problem } from '../../../platform/problem.ts'
import { issues, type OutcomeIssue } from '../outcome.ts'
import { isObject } from '../parameters.ts'
import { LIMITS } from './limits.ts'

const SENTENCES: Readonly<Record<string, string>> = {
  'not-json': 'The body is not JSON; compare it with https://www.rfc-editor.org/rfc/rfc8259',
  'too-deep': 'Objects and arrays lie more than 64 levels deep; make the resource flatter',
  'duplicate-key': 'A name stands twice in one object; send each once',
  'lone-surrogate': 'A text holds half a character; send whole Unicode characters',
  'too-large': 'The body is longer than 32 million characters; send it in parts',
}

/** @throws {Problem} always */
export function malformed(text: string, expression?: string): never {
  const line: OutcomeIssue = { severity: 'fatal', code: 'structure', text, ...(expression && { expression }) }
  throw new Problem('fhir.malformed', { more: issues([line]) })
}

/** FHIR texts hold no NUL; JSON can only write it in this way. */
const NUL = /\\u0000/

function holdsNul(value: unknown): boolean {
  if (typeof value === 'string') return value.includes('\0')
  if (typeof value !== 'object' || value === null) return false
  return Object.entries(value).some(([name, each]) => name.includes('\0') || holdsNul(each))
}

/** Bodies that are short hold few values whatever stands in them. */
const SHORT = 4 * 1024 * 1024
/** Of commas and opening brackets: so many tiny values would take a hundred times the room of their text. */
const MOST_VALUES = 3_000_000
const [COMMA, BRACE, BRACKET] = [0x2c, 0x7b, 0x5b]

function holdsTooMany(body: Buffer): boolean {
  if (body.length <= SHORT) return false
  let count = 0
  for (const byte of body) if (byte === COMMA || byte === BRACE || byte === BRACKET) count += 1
  return count > MOST_VALUES
}

/**
 * A body as JSON, every number as written.
 * @throws {Problem} fhir.malformed, fhir.too-large
 */
export function readBody(body: Buffer | undefined): unknown {
  if (!body || body.length === 0) malformed('The body is empty; send a resource as JSON')
  if (holdsTooMany(body)) throw new Problem('fhir.too-large')
  if (!isUtf8(body)) malformed('The body is not UTF-8; write it in UTF-8')
  // some programs begin their files with a mark of the order of bytes
  const text = body.toString('utf8').replace(/^\uFEFF/, '')
  try {
    const value = parseJson(text, LIMITS)
    if (NUL.test(text) && holdsNul(value)) malformed('A text holds the character NUL; leave it out')
    return value
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error
    if (error.message === 'too-large') throw new Problem('fhir.too-large')
    return malformed(SENTENCES[error.message] ?? SENTENCES['not-json'] ?? error.message)
  }
}

/** @throws {Problem} fhir.malformed: no resource, or of no type of R4 */
export function asResource(value: unknown): FhirResource {
  if (!isObject(value)) return malformed('A resource is a JSON object')
  const { resourceType } = value
  if (typeof resourceType !== 'string') return malformed('resourceType is missing')
  if (!isResourceType(resourceType))
    return malformed('resourceType names no resource of FHIR R4', 'resourceType')
  return value as FhirResource
}
