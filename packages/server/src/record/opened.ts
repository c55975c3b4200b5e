import type { KeyObject } from 'node:crypto'
import { ask } from '../platform/ask.ts'
import type { Context } from '../platform/context.ts'
import { openDataKey, openedDataKeys, WITH_DATA_KEY } from '../platform/datakeys.ts'
import { gather } from '../platform/gather.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { forgetShelf, keepShelf, keptShelf, type OpenShelf } from './kept.ts'
import { openContent, openDirectory } from './pack/codec.ts'
import type { DirectoryEntry } from './pack/directory.ts'
import type { PackRow } from './tables.ts'

/** One version of a resource. Its text is final and lies among others: `bytesOf` cuts it out, unparsed. */
export interface Entry extends DirectoryEntry {
  readonly patientId: number
  /** The texts that arrived together, opened when first asked for. @throws {Problem} record.damaged */
  readonly texts: () => Buffer
}

export interface Opening {
  /** Opens texts only when one of theirs is asked for: whoever shows a page of a long record; default no. */
  readonly later?: boolean
  /** Told of each piece that does not open, which is then left out. Without it such a piece refuses the reading. */
  readonly onDamage?: (piece: { patientId: number; firstNo: number }) => void
}

type Packed = Pick<PackRow, 'patient_id' | 'first_no' | 'dictionary' | 'kind' | 'dir' | 'content'>
type Row = Packed & { home: number; version: number; wrapped: Buffer | null; kek_version: number }

/** A shelf as it lies: its version and its packs come in one statement, so that they fit. */
interface Sealed {
  readonly version: number
  readonly rows: readonly Row[]
}

const PACKS = `select home, patient_id, version, wrapped, kek_version, first_no, dictionary, kind, dir, content
  from record.shelf join record.pack using (home, patient_id) ${WITH_DATA_KEY}`
const PACKS_OF_ONE = `${PACKS} where home = $1 and patient_id = $2 and erased_at is null`
const PACKS_OF_MANY = `${PACKS}
  where home = any($1::bigint[]) and patient_id = any($2::bigint[]) and erased_at is null`

const sealedOf = gather(async ({ db }, patientIds): Promise<ReadonlyMap<number, Sealed>> => {
  const homes = patientIds.map(homeOf)
  const rows =
    patientIds.length === 1
      ? await ask<Row>(db, PACKS_OF_ONE, homes[0], patientIds[0])
      : await ask<Row>(db, PACKS_OF_MANY, [...new Set(homes)], patientIds)
  const byShelf = Map.groupBy(rows, (row) => row.patient_id)
  return new Map([...byShelf].map(([id, rows]) => [id, { version: rows[0]?.version ?? 0, rows }]))
})

const VERSIONS = `select patient_id, version from record.shelf
  where home = any($1::bigint[]) and patient_id = any($2::bigint[]) and erased_at is null`

const versionsOf = gather(async ({ db }, patientIds): Promise<ReadonlyMap<number, number>> => {
  const homes = [...new Set(patientIds.map(homeOf))]
  const rows = await ask<{ patient_id: number; version: number }>(db, VERSIONS, homes, [...patientIds])
  return new Map(rows.map((row) => [row.patient_id, row.version]))
})

function openPack(row: Packed, dataKey: KeyObject | undefined): Entry[] {
  if (!dataKey) throw new Problem('record.damaged', { at: ['data key'] })
  const entries = openDirectory(dataKey, row)
  let opened: Buffer | undefined
  const texts = (): Buffer => {
    opened ??= openContent(dataKey, row, entries)
    return opened
  }
  return entries.map((entry) => toEntry(row.patient_id, entry, texts))
}

/** Written out: this runs for every resource of every reading, and spreading costs more than all the rest. */
function toEntry(patientId: number, entry: DirectoryEntry, texts: () => Buffer): Entry {
  const { no, version, slot, type, code, date, source, kind, at, stated } = entry
  const { restricted, deleted, sourceKey, offset, length } = entry
  return {
    patientId,
    texts,
    no,
    version,
    slot,
    type,
    code,
    date,
    source,
    kind,
    at,
    stated,
    restricted,
    deleted,
    sourceKey,
    offset,
    length,
  }
}

/** What does not open is told and left out, or refuses all. @returns undefined for it */
function orTold<T>(
  { onDamage }: Opening,
  piece: { patientId: number; firstNo: number },
  open: () => T,
): T | undefined {
  try {
    return open()
  } catch (error) {
    if (!onDamage || !(error instanceof Problem)) throw error
    onDamage(piece)
    return undefined
  }
}

function keyOf(ctx: Context, patientId: number, { rows }: Sealed): KeyObject | undefined {
  const known = openedDataKeys(ctx, [patientId]).get(patientId)
  const [row] = rows
  if (known || !row?.wrapped) return known
  return openDataKey(ctx, { ...row, wrapped: row.wrapped })
}

/** Directories only. */
function openSealed(ctx: Context, patientId: number, sealed: Sealed, opening: Opening): OpenShelf {
  const { version, rows } = sealed
  const dataKey = keyOf(ctx, patientId, sealed)
  const packs = rows.flatMap((row) => {
    const firstNo = row.first_no
    const entries = orTold(opening, { patientId, firstNo }, () => openPack(row, dataKey))
    return entries ? [{ firstNo, entries }] : []
  })
  return { version, packs, isWhole: packs.length === rows.length }
}

/** Every version of everything on an opened shelf. */
function entriesOf(patientId: number, { packs }: OpenShelf, opening: Opening): readonly Entry[] {
  const { later = false } = opening
  return packs.flatMap(({ firstNo, entries }) =>
    later || orTold(opening, { patientId, firstNo }, () => entries[0]?.texts() ?? NOTHING) ? entries : [],
  )
}

const NOTHING = Buffer.alloc(0)

/** All of them as this process keeps them, if none has changed since. */
async function openedBefore(
  ctx: Context,
  patientIds: readonly number[],
): Promise<ReadonlyMap<number, OpenShelf> | undefined> {
  const kept = new Map<number, OpenShelf>()
  for (const patientId of patientIds) {
    const shelf = keptShelf(ctx, patientId)
    if (!shelf) return undefined
    kept.set(patientId, shelf)
  }
  const versions = await versionsOf(ctx, patientIds)
  const changed = patientIds.filter((patientId) => versions.get(patientId) !== kept.get(patientId)?.version)
  for (const patientId of changed) forgetShelf(ctx, patientId)
  return changed.length === 0 ? kept : undefined
}

async function openAnew(
  ctx: Context,
  patientIds: readonly number[],
  opening: Opening,
): Promise<ReadonlyMap<number, OpenShelf>> {
  const sealed = await sealedOf(ctx, patientIds)
  const opened = new Map<number, OpenShelf>()
  for (const patientId of patientIds) {
    const one = sealed.get(patientId)
    if (!one) continue
    const shelf = openSealed(ctx, patientId, one, opening)
    opened.set(patientId, shelf)
    if (shelf.isWhole) keepShelf(ctx, patientId, shelf)
  }
  return opened
}

/**
 * These shelves, with every version of everything on them. What this process opened before it need not open again: a
 * shelf of the same version is the same, and one that was erased has none. All are as they were at one moment.
 * @returns no line for whom there is no shelf, or who was erased
 * @throws {Problem} record.damaged, unless onDamage is given
 */
export const openedShelves = async (
  ctx: Context,
  patientIds: readonly number[],
  opening: Opening,
): Promise<ReadonlyMap<number, OpenShelf>> =>
  (await openedBefore(ctx, patientIds)) ?? (await openAnew(ctx, patientIds, opening))

/**
 * What stands on them, and all that stood.
 * @throws {Problem} record.damaged, unless onDamage is given
 */
export async function openShelves(
  ctx: Context,
  patientIds: readonly number[],
  opening: Opening,
): Promise<Entry[]> {
  const opened = await openedShelves(ctx, patientIds, opening)
  return patientIds.flatMap((patientId) => {
    const shelf = opened.get(patientId)
    return shelf ? entriesOf(patientId, shelf, opening) : []
  })
}
