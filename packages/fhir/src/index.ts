/** FHIR R4 with no I/O. */
export {
  decimal,
  isWrittenNumber,
  type JsonFault,
  type JsonLimits,
  numberOf,
  parseJson,
  type WrittenNumber,
  writeJson,
} from './json.ts'
export type { CodeableConcept, Coding, Decimal, FhirResource, Meta, Reference } from './types.ts'
