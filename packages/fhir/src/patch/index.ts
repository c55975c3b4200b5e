/** JSON Patch (RFC 6902) that keeps every number as it was written. */
export { applyPatch, type Patched, type PatchFault } from './patch.ts'
