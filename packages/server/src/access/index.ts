/** May this actor do this to this person's record? Grants, and the one place that asks and writes it down. */
export { type Action, may } from './may.ts'
export { type Asked, authorize, type Given, setGrants } from './store.ts'
export type { Purpose } from './tables.ts'
