/** Who did what to whose record and why. Append-only, hash-chained; a daily root is kept outside the database. */
export { headOf, merkleRoot } from './chain.ts'
export { rootOfHeads, rootsOfDays } from './heads.ts'
export { type AskedEvents, countEvents, type EventPlace, eventAt, searchEvents } from './search.ts'
export {
  type Entry,
  eventsOf,
  firstNoteRows,
  note,
  noteAll,
  noteRefusal,
  prepareMonths,
  proveChains,
  rootOfDay,
} from './store.ts'
export type { EventRow } from './tables.ts'
