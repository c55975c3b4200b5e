import { join } from 'node:path'
import pg, { escapeIdentifier } from 'pg'
import type { Config } from '../platform/config.ts'
import { sqlState } from '../platform/database.ts'
import { refuse } from '../platform/keys.ts'
import { openPostgres } from '../platform/postgres.ts'
import { joinDatabase } from '../start/database.ts'
import { countTables, schemaOf } from './catalog.ts'
import type { Manifest } from './manifest.ts'

/** An empty database that a backup is restored into. */
export interface Target {
  readonly url: string
  /** For the operator: which database, or which folder. */
  readonly name: string
  /** Leaves it as it is. */
  readonly leave: () => Promise<void>
  /** Takes everything away again. */
  readonly drop: () => Promise<void>
}

async function asked<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'sokhoe-restore' })
  client.on('error', () => {})
  await client.connect()
  return await work(client).finally(() => client.end())
}

async function besideGiven(url: string, name: string): Promise<Target> {
  await asked(url, (client) => client.query(`create database ${escapeIdentifier(name)}`)).catch((error) => {
    if (sqlState(error) !== '42501') throw error
    throw refuse('restore-not-allowed', 'To prove a restore this database user needs the right CREATEDB.')
  })
  const own = new URL(url)
  own.pathname = `/${name}`
  const drop = async () =>
    void (await asked(url, (client) => client.query(`drop database ${escapeIdentifier(name)} with (force)`)))
  return { url: own.href, name: `database ${name}`, leave: async () => {}, drop }
}

async function besideEmbedded(config: Config, name: string, keep: boolean): Promise<Target> {
  const dir = join(config.DATA_DIR, name)
  // a database that is dropped at once need not survive a power cut
  const hasty = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
  const postgres = await openPostgres({ dir, throwaway: !keep, settings: keep ? {} : hasty })
  return { url: postgres.url, name: `folder ${dir}`, leave: postgres.stop, drop: postgres.stop }
}

/** A database of its own, beside whatever there is; the live one is neither opened nor needed. */
export async function openBeside(config: Config, keep: boolean): Promise<Target> {
  const stamp = new Date().toISOString().replaceAll(/\D/g, '').slice(0, 17)
  const name = `restore_${stamp}`
  return config.DATABASE_URL
    ? await besideGiven(config.DATABASE_URL, name)
    : await besideEmbedded(config, name, keep)
}

/**
 * The database of the settings, which must be empty.
 * @throws restore-not-empty
 */
export async function openEmpty(config: Config, manifests: readonly Manifest[]): Promise<Target> {
  const { url, stop } = await joinDatabase(config)
  const name = config.DATABASE_URL ? 'the database of DATABASE_URL' : `folder ${config.DATA_DIR}`
  try {
    const tables = await asked(url, countTables)
    if (tables > 0)
      throw refuse(
        'restore-not-empty',
        `There are already ${tables} tables in ${name}: a backup is restored into an empty one, or beside with --prove.`,
      )
  } catch (error) {
    await stop()
    throw error
  }
  const schemas = new Set(manifests.flatMap((each) => each.tables.map((table) => schemaOf(table.name))))
  const drop = async () => {
    await asked(url, async (client) => {
      for (const schema of schemas)
        await client.query(`drop schema if exists ${escapeIdentifier(schema)} cascade`)
      await client.query('drop table if exists public.kysely_migration, public.kysely_migration_lock')
    }).finally(stop)
  }
  return { url, name, leave: stop, drop }
}
