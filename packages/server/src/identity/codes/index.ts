/** What a telephone proves: one-time codes, tickets, devices, sessions. */
export { accountRow } from './accounts.ts'
export { type Desk, openDesk } from './desk.ts'
export { asSignedIn, codesRoutes, cookiesOf, giveCookies, PhoneBody, StartedReply } from './routes.ts'
export { residentBy, signedIn } from './sessions.ts'
export { startChallenge } from './start.ts'
export { sweepCodes } from './sweep.ts'
export { issueTickets, openTicket } from './tickets.ts'
