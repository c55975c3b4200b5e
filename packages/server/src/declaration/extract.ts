/** From the answers to what they state, and from one declaration to the next. Pure: no clock, no store. */
export { type Extraction, extract } from './extraction/extraction.ts'
export { aboutOf, type Identity, identityOf, patientOf } from './extraction/identity.ts'
export { nextPatient } from './extraction/patient.ts'
export { reconcile, type Standing } from './extraction/reconcile.ts'
