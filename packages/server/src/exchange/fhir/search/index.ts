/** Searches: read, answered from the record and the directory, in pages that neither repeat nor skip. */
export { searching } from './interactions.ts'
export { type Match, matchesOf } from './matches.ts'
