/** Whom the stations are asked about, what people said of them, and how well that goes. */
export {
  type AskedPair,
  type Comparing,
  comparing,
  pairsAsked,
  recordsOf,
  type StatedRecord,
} from './asked.ts'
export { type Decided, decidedIn, type QueueOf, queues } from './counts.ts'
export { handOut } from './handout.ts'
export { type Judgement, judge, lastJudgement, putOff, undoJudgement } from './judging.ts'
export { answerMerge } from './merges.ts'
export type { Later, Saying } from './tables.ts'
