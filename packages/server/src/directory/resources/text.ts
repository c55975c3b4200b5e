import { deflateRawSync, inflateRawSync } from 'node:zlib'
import { type FhirResource, writeJson } from '@sokhoe/fhir'
import { openBytesForHouse, sealBytesForHouse } from '../../platform/houseseal.ts'
import type { Keys } from '../../platform/keys.ts'

/** Names a version to its seal, so that nobody can put one in the place of another. */
export interface Which {
  readonly no: number
  readonly version: number
}

const PURPOSE = 'directory resource'
const about = ({ no, version }: Which): string => `${PURPOSE} ${no} ${version}`

interface Place {
  readonly id: string
  readonly version: number
  /** ISO 8601, in Z. */
  readonly lastUpdated: string
}

/** The resource's final text: type, id and its own version and time first, all else as stated. */
export function finalText(resource: FhirResource, { id, version, lastUpdated }: Place): string {
  const { resourceType, id: _, meta, ...rest } = resource
  return writeJson({
    resourceType,
    id,
    meta: { ...meta, versionId: String(version), lastUpdated },
    ...rest,
  })
}

export const sealResource = (keys: Keys, which: Which, text: Buffer): Buffer =>
  sealBytesForHouse(keys, PURPOSE, deflateRawSync(text), about(which))

/** @throws when it does not open */
export const openResource = (keys: Keys, which: Which, sealed: Buffer): Buffer =>
  inflateRawSync(openBytesForHouse(keys, PURPOSE, sealed, about(which)))
