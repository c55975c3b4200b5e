/** What a ward's station asks of who somebody is: finding, confirming, who waits, who lives where. */
export { homesByName, homesByNumber, homesByTelephone } from './find.ts'
export { livingAt, livingIn, sizesOf, streetsIn, tellSize } from './households.ts'
export type { DocumentKind } from './tables.ts'
export { mayStillUndo, type Shown, undoVerification, verificationOf, verifyBook } from './verification.ts'
export { waitingIn } from './waiting.ts'
