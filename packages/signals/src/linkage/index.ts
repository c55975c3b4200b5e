/** Record linkage: whether two statements speak of one human being, how sure that is, and why. No I/O. */

export { cityModel } from './city.ts'
export { decide, judge } from './decide.ts'
export { explain } from './explain.ts'
export { type FileLinks, linkFile, type Step } from './file.ts'
export { groups } from './groups.ts'
export { candidateKeys, fileKeys } from './keys.ts'
export { type LearnOptions, learn } from './learn.ts'
export type { Model } from './model.ts'
export { type Prepared, prepare } from './prepare.ts'
export { BOOK, groupRanks } from './ranks.ts'
export type {
  Decision,
  Edge,
  FieldName,
  Number,
  NumberSystem,
  Reason,
  Ruling,
  Said,
  Verdict,
} from './said.ts'
export { type Shelf, shelf } from './shelf.ts'
