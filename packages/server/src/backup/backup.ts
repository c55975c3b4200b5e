import { createHash, randomUUID } from 'node:crypto'
import { createWriteStream, existsSync } from 'node:fs'
import { mkdir } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { sql } from 'kysely'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { rootOfHeads } from '../audit/index.ts'
import type { Config } from '../platform/config.ts'
import { openDb } from '../platform/database.ts'
import { type Keys, keyMark, readKeys, refuse } from '../platform/keys.ts'
import { databaseDir, joinDatabase } from '../start/database.ts'
import {
  isDistributed,
  KEYS_SCHEMA,
  migrationsOf,
  partitionsOf,
  schemaOf,
  sequencesOf,
  type TableShape,
  tablesOf,
} from './catalog.ts'
import { inNewFolder, syncFolder, writeDurably } from './folder.ts'
import { sealFrames } from './frames.ts'
import {
  fileName,
  fileOf,
  type Manifest,
  type ManifestTable,
  manifestFiles,
  PARTS,
  type Part,
} from './manifest.ts'

export type Say = (text: string) => void

export interface BackupReport {
  readonly dir: string
  readonly at: string
  readonly parts: readonly {
    readonly part: Part
    readonly tables: number
    readonly rows: number
    readonly bytes: number
  }[]
  readonly seconds: number
}

const RELEASE = '0.1.0'

interface Source {
  readonly client: pg.Client
  readonly keys: Keys
  readonly url: string
}

async function settingOf(client: pg.Client, name: string): Promise<string | null> {
  const { rows } = await client.query<{ value: string }>(
    'select value from platform.setting where name = $1',
    [name],
  )
  return rows[0]?.value ?? null
}

/** A backup that no key file opens, or that lacks half of the rows, must not be made. */
async function checkSource({ client, keys }: Source): Promise<void> {
  if ((await migrationsOf(client)).length === 0)
    throw refuse('backup-empty', 'This database holds nothing to back up: it was never opened by the server.')
  const mark = await settingOf(client, 'key-mark')
  if (mark !== null && mark !== keyMark(keys))
    throw refuse('keys-differ', 'The key file is not the one this database was sealed with.')
  if (await isDistributed(client))
    throw refuse(
      'backup-distributed',
      'The rows of this database lie on several servers: back up each of them at one Citus restore point instead.',
    )
}

async function* counted(
  source: AsyncIterable<Buffer>,
  onBytes: (bytes: Buffer) => void,
): AsyncGenerator<Buffer> {
  for await (const piece of source) {
    onBytes(piece)
    yield piece
  }
}

async function dumpTable(
  source: Source,
  dir: string,
  manifest: Manifest,
  table: TableShape,
): Promise<ManifestTable> {
  const rows = source.client.query(copyTo(`copy (${table.rows}) to stdout (format binary)`))
  const hash = createHash('sha256')
  let bytes = 0
  await pipeline(
    rows,
    // most bytes are sealed already and do not get smaller: more effort would only cost time
    createGzip({ level: 1 }),
    (plain: AsyncIterable<Buffer>) => sealFrames(plain, source.keys.backup, fileName(manifest, table.name)),
    (sealed: AsyncIterable<Buffer>) =>
      counted(sealed, (piece) => {
        hash.update(piece)
        bytes += piece.length
      }),
    createWriteStream(join(dir, fileOf(table.name)), { flags: 'wx', mode: 0o600, flush: true }),
  )
  const { name, columns } = table
  return { name, columns: [...columns], rows: rows.rowCount, bytes, sha256: hash.digest('hex') }
}

async function dumpPart(
  source: Source,
  dir: string,
  manifest: Manifest,
  shapes: readonly TableShape[],
  say: Say,
) {
  const { part } = manifest
  const own = shapes.filter(({ name }) => (schemaOf(name) === KEYS_SCHEMA) === (part === 'keys'))
  await mkdir(join(dir, part), { mode: 0o700 })
  const tables: ManifestTable[] = []
  for (const [i, shape] of own.entries()) {
    const table = await dumpTable(source, join(dir, part), manifest, shape)
    tables.push(table)
    say(`${part} ${i + 1} of ${own.length}: ${table.name}, ${table.rows} rows`)
  }
  const mine = <T extends { readonly name: string }>(all: readonly T[]) =>
    all.filter(({ name }) => (schemaOf(name) === KEYS_SCHEMA) === (part === 'keys'))
  // sequences do not wait for transactions: read after the rows, they are never behind them
  const sequences = mine(await sequencesOf(source.client))
  return { ...manifest, tables, partitions: mine(manifest.partitions), sequences }
}

/** The heads of the audit chains in the very same snapshot, over a connection of their own. */
async function auditRoot({ url, client }: Source): Promise<NonNullable<Manifest['audit']>> {
  const { rows } = await client.query<{ snapshot: string }>('select pg_export_snapshot() as snapshot')
  const db = openDb(url, { max: 1 })
  try {
    const { root, heads } = await db
      .transaction()
      .setIsolationLevel('repeatable read')
      .execute(async (inside) => {
        await sql`set transaction snapshot ${sql.lit(rows[0]?.snapshot ?? '')}`.execute(inside)
        return await rootOfHeads(inside)
      })
    return { heads, root: root.toString('hex') }
  } finally {
    await db.destroy()
  }
}

async function describe(source: Source): Promise<Manifest> {
  const { client, keys } = source
  const { rows } = await client.query<{ at: Date }>('select transaction_timestamp() as at')
  return {
    format: 1,
    part: 'record',
    backup: randomUUID(),
    at: (rows[0]?.at ?? new Date()).toISOString(),
    release: RELEASE,
    migrations: await migrationsOf(client),
    keyMark: keyMark(keys),
    kind: await settingOf(client, 'kind'),
    tables: [],
    partitions: await partitionsOf(client),
    sequences: [],
    audit: null,
  }
}

/** Both parts, of one and the same instant. */
async function dump(source: Source, dir: string, say: Say): Promise<Manifest[]> {
  await source.client.query('begin isolation level repeatable read read only')
  const about = await describe(source)
  const shapes = await tablesOf(source.client)
  const audit = await auditRoot(source)
  const manifests: Manifest[] = []
  for (const part of PARTS) {
    const manifest = await dumpPart(
      source,
      dir,
      { ...about, part, audit: part === 'record' ? audit : null },
      shapes,
      say,
    )
    for (const [file, text] of Object.entries(manifestFiles(source.keys, manifest)))
      await writeDurably(join(dir, part, file), text)
    await syncFolder(join(dir, part))
    manifests.push(manifest)
  }
  await source.client.query('commit')
  return manifests
}

async function withSource<T>(config: Config, keys: Keys, work: (source: Source) => Promise<T>): Promise<T> {
  if (!config.DATABASE_URL && !existsSync(join(databaseDir(config), 'cluster')))
    throw refuse('backup-empty', `There is no database in ${config.DATA_DIR}.`)
  const { url, stop } = await joinDatabase(config)
  const client = new pg.Client({ connectionString: url, application_name: 'sokhoe-backup' })
  client.on('error', () => {})
  try {
    await client.connect()
    const result = await work({ client, keys, url })
    await client.end()
    return result
  } finally {
    // a connection in the middle of a copy does not take a farewell
    client.connection.stream.destroy()
    await stop()
  }
}

/**
 * Writes everything the house has committed at one instant into a new folder, sealed under the backup key: the record
 * and all that belongs to it in `record/`, the wrapped keys of Patients in `keys/`. The key file itself is not copied.
 * Beside a running server it joins its database and disturbs nobody.
 *
 * @throws with one clear sentence; then there is no such folder
 */
export async function backup(config: Config, dir: string, say: Say = () => {}): Promise<BackupReport> {
  const began = performance.now()
  const keys = await readKeys(config.KEY_FILE)
  return await inNewFolder(dir, (partial) =>
    withSource(config, keys, async (source) => {
      await checkSource(source)
      const manifests = await dump(source, partial, say)
      const parts = manifests.map(({ part, tables }) => ({
        part,
        tables: tables.length,
        rows: tables.reduce((sum, table) => sum + table.rows, 0),
        bytes: tables.reduce((sum, table) => sum + table.bytes, 0),
      }))
      return { dir, at: manifests[0]?.at ?? '', parts, seconds: (performance.now() - began) / 1000 }
    }),
  )
}
