import { hash } from 'node:crypto'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { issues } from '../outcome.ts'
import type { Message } from '../write/index.ts'

/** For what a facility may say that it sends something, v3-PurposeOfUse. */
const PURPOSES = new Set([
  'TREAT',
  'ETREAT',
  'CAREMGT',
  'HOPERAT',
  'HPAYMT',
  'PATRQT',
  'PUBHLTH',
  'HRESCH',
  'HTEST',
])

/**
 * What the Provenance tells of a message.
 * @throws {Problem} fhir.malformed: X-Purpose names no purpose
 */
export function messageOf({ header, body = Buffer.alloc(0), entry }: Ask): Message {
  const purpose = header('x-purpose') ?? 'TREAT'
  if (!PURPOSES.has(purpose))
    throw new Problem('fhir.malformed', {
      more: issues([
        {
          severity: 'error',
          code: 'value',
          expression: 'http.x-purpose',
          text: `X-Purpose is one of: ${[...PURPOSES].join(', ')}`,
        },
      ]),
    })
  return { digest: Buffer.from(hash('sha256', entry?.message ?? body, 'base64url'), 'base64url'), purpose }
}
