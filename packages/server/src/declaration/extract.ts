/** From the answers to what they state, and from one declaration to the next. Pure: no clock, no store. */
export type { ConsentGiven, Purpose } from './extraction/consents.ts'
export { type Extraction, extract } from './extraction/extraction.ts'
export { type Contact, type Identity, patientOf } from './extraction/identity.ts'
export { ended, type Reconciled, reconcile, type Standing } from './extraction/reconcile.ts'
export { SELF, STATEMENT, type Statement } from './extraction/statement.ts'
