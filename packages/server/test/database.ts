import { createHash, randomUUID } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import pg from 'pg'
import { inject, onTestFinished } from 'vitest'

const MIGRATIONS = new URL('../migrations/', import.meta.url)

/** The address of another database on the same server. */
function beside(url: string, database: string): string {
  const other = new URL(url)
  other.pathname = `/${database}`
  return other.href
}

async function asAdmin<T>(work: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: inject('adminDatabaseUrl') })
  await admin.connect()
  return await work(admin).finally(() => admin.end())
}

function templateName(): string {
  const hash = createHash('sha256')
  for (const file of readdirSync(MIGRATIONS).toSorted()) hash.update(readFileSync(new URL(file, MIGRATIONS)))
  return `template_${hash.digest('hex').slice(0, 16)}`
}

/** Made once a run, whichever test comes first; a half-filled one is never taken for whole. */
async function ensureTemplate(admin: pg.Client, fill: (url: string) => Promise<void>): Promise<string> {
  const name = templateName()
  await admin.query('select pg_advisory_lock(20250701)')
  const { rowCount } = await admin.query('select 1 from pg_database where datname = $1', [name])
  if (!rowCount) {
    const filling = `filling_${randomUUID().replaceAll('-', '')}`
    await admin.query(`create database ${filling}`)
    await fill(beside(inject('adminDatabaseUrl'), filling))
    await admin.query(`alter database ${filling} rename to ${name}`)
  }
  await admin.query('select pg_advisory_unlock(20250701)')
  return name
}

/**
 * A migrated database of one's own on a real PostgreSQL, in about 0.1 s; it goes when the test ends.
 *
 * @param fill migrates an empty database, and closes its connections; called once a run
 * @returns its address
 */
export async function openTestDatabase(fill: (url: string) => Promise<void>): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`
  await asAdmin(async (admin) => {
    const template = await ensureTemplate(admin, fill)
    await admin.query(`create database ${name} template ${template} strategy file_copy`)
  })
  onTestFinished(() =>
    asAdmin(async (admin) => void (await admin.query(`drop database ${name} with (force)`))),
  )
  return beside(inject('adminDatabaseUrl'), name)
}
