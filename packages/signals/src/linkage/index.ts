/** Record linkage: whether two statements speak of one human being, how sure that is, and why. No I/O. */
export { groups } from './groups.ts'
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
