/** What a ward's station asks of who somebody is: finding, confirming, who waits, who may be one, who lives where. */

export {
  type AskedPair,
  answerMerge,
  type Comparing,
  comparing,
  type Decided,
  decidedIn,
  handOut,
  type Judgement,
  judge,
  type Later,
  lastJudgement,
  pairsAsked,
  putOff,
  type QueueOf,
  queues,
  recordsOf,
  type Saying,
  type StatedRecord,
  undoJudgement,
} from '../review/index.ts'
export { homesByName, homesByNumber, homesByTelephone } from './find.ts'
export { livingAt, livingIn, sizesOf, streetsIn, tellSize } from './households.ts'
export { placeRoutes } from './routes.ts'
export type { DocumentKind } from './tables.ts'
export { mayStillUndo, type Shown, undoVerification, verificationOf, verifyBook } from './verification.ts'
export { waitingIn } from './waiting.ts'
