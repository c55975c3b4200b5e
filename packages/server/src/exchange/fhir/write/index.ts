/** Everything that is written through the door goes this way: read, found valid, placed, kept with its Provenance. */
export { needValidAside } from './aside.ts'
export { needSameType, needSmall, needType, needValid } from './check.ts'
export type { Deed, Done, Message } from './deed.ts'
export { cohortCode } from './marks.ts'
export { asResource, malformed, readBody } from './parse.ts'
export { perform } from './perform.ts'
export { clientOf } from './prepare.ts'
export { statedPatientOf } from './who.ts'
