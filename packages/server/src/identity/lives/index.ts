/** What happens in a life and changes who the book says she is: each with who recorded it, when and by which paper. */
export { type Correcting, correctByPaper, type Evidence, partsCorrected } from './correcting.ts'
export { deathOf, recordDeath, undoDeath } from './death.ts'
export { type Life, livesOf } from './life.ts'
export { type Moving, moveTo } from './moving.ts'
export { homesByEndedNumber, keepOldNumbers, type Replacing, replaceNumber } from './numbers.ts'
export { deadBy, deathsReported, noteDeaths, settleReports } from './reports.ts'
