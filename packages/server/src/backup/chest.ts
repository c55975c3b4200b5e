import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { stat } from 'node:fs/promises'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { createGunzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { type Keys, refuse } from '../platform/keys.ts'
import type { Say } from './backup.ts'
import { quoted } from './catalog.ts'
import { openFrames } from './frames.ts'
import { fileName, fileOf, type Manifest, type ManifestTable, readManifest } from './manifest.ts'

/** A backup whose every file is there, as long as it was, and unchanged. */
export interface Chest {
  readonly dir: string
  readonly keys: Keys
  readonly record: Manifest
  readonly wrapped: Manifest
}

async function checkFile(dir: string, { part }: Manifest, table: ManifestTable): Promise<void> {
  const name = join(part, fileOf(table.name))
  const size = await stat(join(dir, name)).then(
    (file) => file.size,
    () => undefined,
  )
  if (size === undefined) throw refuse('backup-file-missing', `${name} is missing from this backup.`)
  if (size !== table.bytes)
    throw refuse('backup-truncated', `${name} has ${size} bytes and should have ${table.bytes}.`)
  const hash = createHash('sha256')
  await pipeline(createReadStream(join(dir, name)), hash)
  if (hash.digest('hex') !== table.sha256)
    throw refuse('backup-changed', `${name} was changed after the backup was made.`)
}

/** Keys may be of a later backup: whoever was erased since is then not restored. Never of an earlier one. */
function checkFit(record: Manifest, wrapped: Manifest): void {
  if (record.keyMark !== wrapped.keyMark)
    throw refuse('backup-parts-differ', 'The record part and the keys part are of different databases.')
  if (wrapped.at < record.at)
    throw refuse(
      'backup-parts-differ',
      `The keys part (${wrapped.at}) is older than the record part (${record.at}): take the one made with it, or a later one.`,
    )
}

/**
 * Opens a backup, and looks at every byte of it before anything is made from it.
 * @throws with one clear sentence that names the file
 */
export async function openChest(dir: string, keys: Keys, say: Say): Promise<Chest> {
  const record = await readManifest(dir, 'record', keys)
  const wrapped = await readManifest(dir, 'keys', keys)
  checkFit(record, wrapped)
  for (const manifest of [record, wrapped])
    for (const table of manifest.tables) await checkFile(dir, manifest, table)
  say(`the backup of ${record.at} is complete: ${record.tables.length + wrapped.tables.length} files`)
  return { dir, keys, record, wrapped }
}

/** Copies one sealed file into its table. */
export async function loadTable(
  client: pg.Client,
  { dir, keys }: Chest,
  manifest: Manifest,
  table: ManifestTable,
): Promise<void> {
  const columns = table.columns.map(quoted).join(', ')
  const into = client.query(copyFrom(`copy ${quoted(table.name)} (${columns}) from stdin (format binary)`))
  await pipeline(
    createReadStream(join(dir, manifest.part, fileOf(table.name)), { highWaterMark: 256 * 1024 }),
    (sealed: AsyncIterable<Buffer>) => openFrames(sealed, keys.backup, fileName(manifest, table.name)),
    createGunzip(),
    into,
  )
  if (into.rowCount !== table.rows)
    throw refuse('backup-changed', `${table.name} gave ${into.rowCount} rows and should give ${table.rows}.`)
}
