/** What a person says of herself, as resources: its mark of origin, its key, what follows it and how it ends. */
export { CONSENT_PURPOSES, type ConsentGiven, type ConsentPurpose, consentStatement } from './consent.ts'
export { type Reading, readingOf } from './measured.ts'
export { ended, nextVersion, statementKey } from './next.ts'
export { type PatientNow, patientNow } from './patient.ts'
export {
  absent,
  concept,
  folded,
  hl7,
  STATEMENT,
  type Statement,
  selfDeclared,
  stated,
  type Telling,
} from './said.ts'
