import type { FhirResource } from '@sokhoe/fhir'
import type { Ask } from '../answer.ts'
import { needJson } from '../media.ts'
import { asResource, needSameType, needSmall, needValidAside, readBody } from '../write/index.ts'

/**
 * The resource that was sent, of the type in the address, and found valid.
 * @throws {Problem} fhir.media-type, fhir.malformed, fhir.invalid, fhir.too-large
 */
export async function resourceIn({ header, body, entry }: Ask, type: string): Promise<FhirResource> {
  const resource = entry?.resource ?? bodyOf(header('content-type'), body)
  needSameType(resource, type)
  needSmall(resource, (entry?.message ?? body)?.length)
  await needValidAside(resource, entry ? undefined : body)
  return resource
}

function bodyOf(contentType: string | undefined, body: Buffer | undefined): FhirResource {
  needJson(contentType)
  return asResource(readBody(body))
}
