/** Programs of facilities: who they are, by which keys they prove it, and what their tokens open. */
export { setKeyAddress } from './address.ts'
export { clientBy } from './by.ts'
export { addKey, endKey } from './keys.ts'
export { tokenFor } from './operator.ts'
export { newClient, suspendClient } from './registry.ts'
export { issueToken } from './tokens.ts'
export { clientsTold } from './told.ts'
