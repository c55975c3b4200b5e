import { writeJson } from '@sokhoe/fhir'
import type { Interaction } from './answer.ts'

/** What this server does, and nothing else. */
const capabilityStatement = (base: string): object => ({
  resourceType: 'CapabilityStatement',
  status: 'active',
  date: '2026-11-26',
  publisher: 'Sở Y tế Thành phố Hồ Chí Minh',
  kind: 'instance',
  software: { name: 'Sổ Khỏe' },
  implementation: { description: 'Sổ Khỏe', url: base },
  fhirVersion: '4.0.1',
  format: ['application/fhir+json'],
  rest: [{ mode: 'server', resource: [] }],
})

export const capabilities: readonly Interaction[] = [
  {
    method: 'GET',
    path: 'metadata',
    open: true,
    run: async ({ base }) => ({ status: 200, body: writeJson(capabilityStatement(base)) }),
  },
]
