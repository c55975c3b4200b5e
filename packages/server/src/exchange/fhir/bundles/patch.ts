import type { FhirResource } from '@sokhoe/fhir'
import { Problem } from '../../../platform/problem.ts'
import { malformed } from '../write/index.ts'

/**
 * A patch within a Bundle: a Binary that holds it.
 * @throws {Problem} fhir.not-supported: another kind of patch; fhir.malformed
 * @see https://hl7.org/fhir/R4/http.html#patch
 */
export function patchIn(resource: FhirResource | undefined): Buffer {
  if (resource?.resourceType !== 'Binary') throw new Problem('fhir.not-supported')
  const { contentType, data } = resource
  if (contentType !== 'application/json-patch+json') throw new Problem('fhir.not-supported')
  if (typeof data !== 'string') return malformed('The Binary of a patch holds it in data', 'data')
  return Buffer.from(data, 'base64')
}
