import type { FhirResource } from '@sokhoe/fhir'
import type { Client } from '../../../platform/context.ts'
import type { Message } from './deed.ts'

const V3 = 'http://terminology.hl7.org/CodeSystem'

/**
 * Who sent what, for whom, when and why: kept beside what it tells of, in the same transaction.
 * @param targets references to what was created, changed or deleted
 * @see https://hl7.org/fhir/R4/provenance.html
 */
export const provenanceOf = (
  { id, facility }: Client,
  { digest, purpose }: Message,
  targets: readonly string[],
  at: Date,
): FhirResource => ({
  resourceType: 'Provenance',
  target: targets.map((reference) => ({ reference })),
  recorded: at.toISOString(),
  reason: [{ coding: [{ system: `${V3}/v3-ActReason`, code: purpose }] }],
  agent: [
    {
      type: { coding: [{ system: `${V3}/provenance-participant-type`, code: 'transmitter' }] },
      who: { identifier: { system: 'urn:sokhoe:client', value: id } },
      onBehalfOf: { identifier: { system: 'urn:sokhoe:facility', value: facility } },
    },
  ],
  entity: [
    {
      role: 'source',
      // a name for bytes by their hash: RFC 6920
      what: {
        identifier: {
          system: 'urn:ietf:rfc:3986',
          value: `ni:///sha-256;${digest.toString('base64url')}`,
        },
      },
    },
  ],
})
