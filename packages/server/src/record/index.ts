/**
 * The record: whatever anybody states about a person's health, versioned, sealed and named by its source. Everything
 * that is written comes in by `put`, everything that is known is read from here.
 */
export { type BundleOptions, bundleOf, bundlePieces } from './bundle.ts'
export { copiedShelves, copyIn, type NewShelf, type ShelfRows, shelfRows } from './copy.ts'
export { type DocumentContent, documentOf, documentsKept, keepDocument } from './document.ts'
export { type ErasureDecision, erase, RETENTION, type RetentionClass, retainUntil } from './erase.ts'
export {
  alsoOf,
  type CohortAsked,
  findByKeys,
  type KeyAsked,
  patientsArrived,
  patientsInCohort,
  type StandsAt,
  shelfMarks,
} from './found.ts'
export { proveRecord } from './prove.ts'
export { type Arrival, type PutResource, type PutResult, put, putAll, putEach } from './put.ts'
export { bytesOf, type Entry, history, idOf, type ReadOptions, read } from './read.ts'
export * from './said/index.ts'
export { seal, sealLong } from './seal.ts'
export { type Arrivals, type Arrived, arrivals, type Since, since, type Which } from './since.ts'
export {
  type BlindKey,
  type CohortMark,
  isRestrictedStatement,
  patientReference,
  type Stated,
  THIS_PATIENT,
} from './statement.ts'
