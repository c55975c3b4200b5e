import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'
import { openPostgres } from '../src/platform/postgres.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** A superuser's address on the real PostgreSQL of this test run. */
    readonly adminDatabaseUrl: string
  }
}

/** One PostgreSQL for the whole run: that of TEST_DATABASE_URL, or an embedded one that leaves nothing behind. */
export async function setup(project: TestProject): Promise<(() => Promise<void>) | undefined> {
  const given = process.env['TEST_DATABASE_URL']
  if (given) {
    project.provide('adminDatabaseUrl', given)
    return undefined
  }
  const postgres = await openPostgres({
    dir: mkdtempSync(join(tmpdir(), 'sokhoe-test-')),
    throwaway: true,
    settings: process.env['TEST_FSYNC'] === '0' ? { fsync: 'off' } : {},
  })
  project.provide('adminDatabaseUrl', postgres.url)
  return postgres.stop
}
