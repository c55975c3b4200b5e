import { mkdtempSync, statfsSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

const MEMORY = '/dev/shm'
/** Several times of what a whole run has there at once. */
const PLENTY = 6 * 1024 ** 3

function isPlenty(): boolean {
  try {
    const { bavail, bsize } = statfsSync(MEMORY)
    return bavail * bsize >= PLENTY && process.availableMemory() >= PLENTY
  } catch {
    return false
  }
}

/**
 * A new folder for a database that lives no longer than a test: in memory where there is plenty of it. Each such
 * database is a thousand files, and many a disk makes and removes those slower than the test itself runs.
 */
export const scratchFolder = (prefix: string): string =>
  mkdtempSync(join(isPlenty() ? MEMORY : tmpdir(), prefix))
