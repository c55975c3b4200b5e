/** A body may hold this many UTF-16 units once it is unpacked, and objects within each other this deep. */
export const LIMITS = { length: 32 * 1024 * 1024, depth: 64 }
