/**
 * The exchange: how other systems send and read records. `fhir/` is the door in FHIR R4, the standard that facilities and
 * apps speak.
 */
export { fhirRoutes } from './fhir/index.ts'
