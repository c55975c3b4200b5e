import { createHmac, hkdfSync } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { z } from 'zod'
import { type Keys, keyMark, refuse, sameBytes } from '../platform/keys.ts'

/** Record and keys lie apart: destroying a Patient's key, here and in the kept keys parts, is erasure everywhere. */
export const PARTS = ['record', 'keys'] as const
export type Part = (typeof PARTS)[number]

const Table = z.object({
  name: z.string().regex(/^[a-z_]+\.[a-z0-9_]+$/),
  columns: z.array(z.string()).min(1),
  rows: z.int().min(0),
  bytes: z.int().min(0),
  sha256: z.hex(),
})

const Manifest = z.object({
  format: z.literal(1),
  part: z.enum(PARTS),
  /** The same in both parts of one backup. */
  backup: z.uuid(),
  /** The instant whose committed rows it holds. */
  at: z.iso.datetime(),
  release: z.string(),
  migrations: z.array(z.string()).min(1),
  keyMark: z.string(),
  kind: z.string().nullable(),
  tables: z.array(Table),
  partitions: z.array(z.object({ name: z.string(), of: z.string(), bounds: z.string() })),
  sequences: z.array(z.object({ name: z.string(), last: z.string(), called: z.boolean() })),
  /** Of the heads of all audit chains; in the record part. */
  audit: z.object({ heads: z.int(), root: z.hex() }).nullable(),
})

export type Manifest = z.infer<typeof Manifest>
export type ManifestTable = z.infer<typeof Table>

export const fileOf = (table: string): string => `${table}.gz.sealed`
/** What a file's seal is bound to. */
export const fileName = ({ backup, part }: Pick<Manifest, 'backup' | 'part'>, table: string): string =>
  `${backup} ${part} ${table}`

const macOf = (keys: Keys, text: string): Buffer =>
  createHmac('sha256', Buffer.from(hkdfSync('sha256', keys.backup, '', 'sokhoe backup manifest', 32)))
    .update(text)
    .digest()

/** Two files, so that anybody may read the one and only the key holder write the other. */
export function manifestFiles(keys: Keys, manifest: Manifest): Readonly<Record<string, string>> {
  const text = `${JSON.stringify(manifest, null, 1)}\n`
  return { 'manifest.json': text, 'manifest.mac': `${macOf(keys, text).toString('hex')}\n` }
}

function markOf(text: string): string | undefined {
  try {
    return z.object({ keyMark: z.string() }).parse(JSON.parse(text)).keyMark
  } catch {
    return undefined
  }
}

async function read(dir: string, part: Part, file: string): Promise<string> {
  const missing = `There is no ${part} part in this backup (${join(part, file)} is missing).`
  return await readFile(join(dir, part, file), 'utf8').catch((cause) => {
    throw Object.assign(refuse('backup-part-missing', missing), { cause })
  })
}

/**
 * Reads what a part of a backup says of itself, and believes it only under the key it was made with.
 * @throws backup-part-missing, backup-other-keys, backup-changed
 */
export async function readManifest(dir: string, part: Part, keys: Keys): Promise<Manifest> {
  const [text, mac] = [await read(dir, part, 'manifest.json'), await read(dir, part, 'manifest.mac')]
  const mark = markOf(text)
  if (mark !== undefined && mark !== keyMark(keys))
    throw refuse('backup-other-keys', 'The key file is not the one this backup was sealed with.')
  if (!sameBytes(macOf(keys, text), Buffer.from(mac.trim(), 'hex')))
    throw refuse('backup-changed', `${join(part, 'manifest.json')} was changed after the backup was made.`)
  const manifest = Manifest.parse(JSON.parse(text))
  if (manifest.part !== part)
    throw refuse('backup-changed', `The folder ${part} holds the ${manifest.part} part of a backup.`)
  return manifest
}
