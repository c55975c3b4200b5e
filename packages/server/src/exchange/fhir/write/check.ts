import { type FhirResource, writeJson } from '@sokhoe/fhir'
import { type Issue, isResourceType, validate } from '@sokhoe/fhir/validate'
import { Problem } from '../../../platform/problem.ts'
import { issues } from '../outcome.ts'
import { malformed } from './parse.ts'

/** What makes a resource unreadable is refused with 400, what breaks a rule of FHIR with 422. */
const UNREADABLE = new Set(['structure'])

/** @throws {Problem} fhir.not-found: nothing of R4 has this name */
export function needType(type: string): void {
  if (!isResourceType(type)) throw new Problem('fhir.not-found')
}

/** @throws {Problem} fhir.malformed: the address says another type */
export function needSameType({ resourceType }: FhirResource, type: string): void {
  if (resourceType !== type)
    malformed('resourceType and the type in the address differ; make them the same', 'resourceType')
}

/**
 * Characters of one resource: many of them are read at once, and each in one piece. The longest that HL7 publishes has 29.8
 * million.
 */
const MOST_CHARACTERS = 30 * 1024 * 1024

/**
 * @param sent length of what it came in, which is at least its own
 * @throws {Problem} fhir.too-large
 */
export function needSmall(resource: FhirResource, sent = Number.POSITIVE_INFINITY): void {
  if (sent > MOST_CHARACTERS && writeJson(resource).length > MOST_CHARACTERS)
    throw new Problem('fhir.too-large')
}

/**
 * All that is wrong, in one answer.
 * @throws {Problem} fhir.invalid, fhir.malformed
 */
export function needSound(found: readonly Issue[]): void {
  const wrong = found.filter(({ severity }) => severity === 'error' || severity === 'fatal')
  if (wrong.length === 0) return
  const code = wrong.every((issue) => UNREADABLE.has(issue.code)) ? 'fhir.malformed' : 'fhir.invalid'
  // what must be mended first
  throw new Problem(code, { more: issues([...wrong, ...found.filter((issue) => !wrong.includes(issue))]) })
}

/** What acts by itself is set up at an address of its own; among others it would stand there and do nothing. */
const APART = new Set(['Subscription'])

/** @throws {Problem} fhir.not-supported */
function needOrdinary({ resourceType }: FhirResource): void {
  if (!APART.has(resourceType)) return
  const text = `A ${resourceType} is sent by itself, to its own address`
  const issue = { severity: 'error', code: 'not-supported', expression: resourceType, text } as const
  throw new Problem('fhir.not-supported', { more: issues([issue]) })
}

/** @throws {Problem} fhir.invalid, fhir.malformed */
export function needValid(resource: FhirResource): void {
  needOrdinary(resource)
  needSound(validate(resource))
}
