/** What a ward's station asks of who somebody is: finding a person, confirming a book, who waits for it. */
export { homesByName, homesByNumber, homesByTelephone } from './find.ts'
export type { DocumentKind } from './tables.ts'
export { mayStillUndo, type Shown, undoVerification, verificationOf, verifyBook } from './verification.ts'
export { waitingIn } from './waiting.ts'
