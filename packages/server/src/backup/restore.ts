import { join } from 'node:path'
import pg from 'pg'
import type { Config } from '../platform/config.ts'
import { isMakeBelieve } from '../platform/config.ts'
import type { Context } from '../platform/context.ts'
import { migrate, migrationNames, openDb } from '../platform/database.ts'
import { type Keys, readKeys, refuse } from '../platform/keys.ts'
import { openLog } from '../platform/log.ts'
import type { Say } from './backup.ts'
import { quoted } from './catalog.ts'
import { type Chest, loadTable, openChest } from './chest.ts'
import type { Manifest } from './manifest.ts'
import { type Proven, prove, ROWS, SEALS } from './prove.ts'
import { openBeside, openEmpty, type Target } from './target.ts'

export interface RestoreOptions {
  /** Restores beside, checks, and drops what it made. */
  readonly prove?: boolean
  /** With prove: what was restored stays. */
  readonly keep?: boolean
  readonly say?: Say
}

export interface RestoreReport {
  readonly ok: boolean
  /** Where it was restored; undefined when that was dropped again. */
  readonly kept: string | undefined
  readonly at: string
  readonly proven: readonly Proven[]
  readonly seconds: number
}

async function keysFor(config: Config): Promise<Keys> {
  return await readKeys(config.KEY_FILE).catch((error: Error & { code?: string }) => {
    if (error.code !== 'keys-missing') throw error
    throw refuse(
      'keys-missing',
      `A backup opens only with the key file it was sealed with, and there is none at ${config.KEY_FILE}: bring it from where it is kept.`,
    )
  })
}

/** The form the tables had then. @throws when this release does not know it */
async function checkForm({ record, wrapped }: Chest): Promise<string> {
  const known = await migrationNames()
  const same = record.migrations.every((name, i) => known[i] === name)
  if (!same || record.migrations.join() !== wrapped.migrations.join())
    throw refuse(
      'restore-other-release',
      `This backup was made by release ${record.release} with tables that this release does not know.`,
    )
  return record.migrations.at(-1) ?? ''
}

function checkKind(config: Config, { record }: Chest): void {
  const kind = isMakeBelieve(config.MODE) ? 'make-believe' : 'production'
  if (record.kind !== null && record.kind !== kind)
    throw refuse(
      'kind',
      `This is a backup of a ${record.kind} database: MODE=${config.MODE} does not restore it.`,
    )
}

async function makePartitions(client: pg.Client, partitions: Manifest['partitions']): Promise<void> {
  for (const { name, of, bounds } of partitions)
    await client.query(`create table if not exists ${quoted(name)} partition of ${quoted(of)} ${bounds}`)
}

/** All rows or none: in one transaction. */
async function load(client: pg.Client, chest: Chest, say: Say): Promise<void> {
  await client.query('begin')
  for (const manifest of [chest.record, chest.wrapped]) {
    await makePartitions(client, manifest.partitions)
    const names = manifest.tables.map((table) => quoted(table.name))
    if (names.length > 0) await client.query(`truncate ${names.join(', ')}`)
    for (const [i, table] of manifest.tables.entries()) {
      await loadTable(client, chest, manifest, table)
      say(`${manifest.part} ${i + 1} of ${manifest.tables.length}: ${table.name}, ${table.rows} rows`)
    }
    for (const { name, last, called } of manifest.sequences)
      await client.query('select setval($1::regclass, $2::bigint, $3)', [quoted(name), last, called])
  }
  await client.query('commit')
}

async function fillAndProve(config: Config, chest: Chest, target: Target, say: Say): Promise<Proven[]> {
  const newest = await checkForm(chest)
  await migrate(target.url, newest)
  const client = new pg.Client({ connectionString: target.url, application_name: 'sokhoe-restore' })
  client.on('error', () => {})
  const db = openDb(target.url, { max: 4 })
  try {
    await client.connect()
    await load(client, chest, say)
    const ctx: Context = {
      db,
      pool: db,
      keys: chest.keys,
      now: () => new Date(),
      actor: { kind: 'system', name: 'restore' },
      log: openLog('silent'),
    }
    const proof = { ctx, client, chest, rootsDir: join(config.DATA_DIR, 'audit-roots') }
    const tell = (one: Proven) => say(`${one.ok ? 'proved' : 'NOT PROVED'}: ${one.what}`)
    const rows = await prove(proof, ROWS, tell)
    await migrate(target.url)
    await client.query('analyze')
    const proven = rows.every((one) => one.ok) ? [...rows, ...(await prove(proof, SEALS, tell))] : rows
    await client.end()
    return proven
  } finally {
    client.connection.stream.destroy()
    await db.destroy()
  }
}

/**
 * Restores a backup and checks every seal and chain of what came out.
 *
 * With `prove` into a database of its own, which is dropped afterwards; the live one is not touched. Without, into the
 * database of the settings, which must be empty, and is empty again after any failure.
 *
 * @throws with one clear sentence
 */
export async function restore(
  config: Config,
  dir: string,
  options: RestoreOptions = {},
): Promise<RestoreReport> {
  const { prove: beside = false, keep = false, say = () => {} } = options
  const began = performance.now()
  const chest = await openChest(dir, await keysFor(config), say)
  await checkForm(chest)
  if (!beside) checkKind(config, chest)
  const target = beside
    ? await openBeside(config, keep)
    : await openEmpty(config, [chest.record, chest.wrapped])
  say(`restoring into ${target.name}`)
  let stays = false
  try {
    const proven = await fillAndProve(config, chest, target, say)
    const ok = proven.every((one) => one.ok)
    stays = beside ? keep : ok
    const seconds = (performance.now() - began) / 1000
    return { ok, kept: stays ? target.name : undefined, at: chest.record.at, proven, seconds }
  } finally {
    await (stays ? target.leave() : target.drop())
  }
}
