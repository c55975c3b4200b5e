import type { TestProject } from 'vitest/node'
import { scratchFolder } from '../../../tools/scratch.ts'
import { openPostgres } from '../src/platform/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address on the real PostgreSQL of this test run. */
    readonly adminDatabaseUrl: string
  }
}

/** No test ends the machine: what outlives a killed process outlives it without these too. */
const HASTY = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }

/** One PostgreSQL for the whole run: that of TEST_DATABASE_URL, or an embedded one that leaves nothing behind. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) {
    project.provide('adminDatabaseUrl', given)
    return undefined
  }
  const postgres = await openPostgres({
    dir: scratchFolder('sokhoe-test-'),
    throwaway: true,
    settings: HASTY,
  })
  project.provide('adminDatabaseUrl', postgres.url)
  return postgres.stop
}
