/** Which Patients are one person: what people decide of it and how it is taken back, and what the night finds. */
export {
  drawSample,
  type Night,
  nightProgress,
  type Progress,
  readModel,
  relinkCity,
} from '../night/index.ts'
export { lookAnew } from './around.ts'
export type { StatedPatient } from './arriving.ts'
export { type Matched, matchPatients } from './matching.ts'
export { type Decider, type Merging, mergePersons, unmergePersons } from './merging.ts'
export {
  confirmMerge,
  expireProposals,
  mergesWaiting,
  type Requested,
  requestMerge,
  type WaitingMerge,
} from './proposals.ts'
export { telephonesShown } from './shown.ts'
export { linkPatient, unlinkPatient } from './single.ts'
export { EVIDENCE, REASONS, type UndoReason } from './tables.ts'
