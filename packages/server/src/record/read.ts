import type { KeyObject } from 'node:crypto'
import { ask } from '../platform/ask.ts'
import type { Context } from '../platform/context.ts'
import { openDataKey, openedDataKeys, WITH_DATA_KEY } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { openContent, openDirectory } from './pack/codec.ts'
import type { DirectoryEntry } from './pack/directory.ts'
import { stands } from './shelve.ts'
import type { PackRow } from './tables.ts'

/** One version of a resource. Its text is final and lies among others: `bytesOf` cuts it out, unparsed. */
export interface Entry extends DirectoryEntry {
  readonly patientId: number
  /** The texts that arrived together, opened when first asked for. @throws {Problem} record.damaged */
  readonly texts: () => Buffer
}

/** The resource as JSON, ready to be sent. */
export const bytesOf = ({ texts, offset, length }: Entry): Buffer => texts().subarray(offset, offset + length)

/** Final texts begin with type and id. */
const ID = { after: '{"resourceType":"","id":"'.length, length: 36 }

/** Its public id. */
export function idOf({ texts, offset, type }: Entry): string {
  const at = offset + ID.after + Buffer.byteLength(type)
  return texts().toString('latin1', at, at + ID.length)
}

export interface ReadOptions {
  /** Also what may be shown only with a grant of its own; default no. */
  readonly restricted?: boolean
  /** Opens texts only when one of theirs is asked for: whoever shows a page of a long record; default no. */
  readonly later?: boolean
  /**
   * As it was when the shelves had these marks ({@link shelfMarks}): what came later, and Patients without a mark, are
   * left out. What is restricted by now is restricted then too.
   */
  readonly upTo?: ReadonlyMap<number, number>
  /** As it was at this server time: later versions are left out. What is restricted by now is restricted then too. */
  readonly asOf?: Date
  /** Also what is stated no longer, `deleted`; default no. */
  readonly ended?: boolean
  /** Told of each piece that does not open, which is then left out. Without it such a piece refuses the reading. */
  readonly onDamage?: (piece: { patientId: number; firstNo: number }) => void
}

type Packed = Pick<PackRow, 'patient_id' | 'first_no' | 'dictionary' | 'kind' | 'dir' | 'content'>
type Keyed = Packed & { home: number; wrapped: Buffer | null; kek_version: number }

/** Built once: whoever reads most, asks these. Keys not open yet come with the packs, which costs no second trip. */
const COLUMNS = 'patient_id, first_no, dictionary, kind, dir, content'
const PACKS = `select ${COLUMNS} from record.pack`
const KEYED = `select home, wrapped, kek_version, ${COLUMNS}
  from record.pack ${WITH_DATA_KEY}`
const OF_ONE = 'where home = $1 and patient_id = $2'
const OF_MANY = 'where home = any($1::bigint[]) and patient_id = any($2::bigint[])'

function packRows<Row>({ db }: Context, from: string, patientIds: readonly number[]): Promise<Row[]> {
  const homes = patientIds.map(homeOf)
  return patientIds.length === 1
    ? ask<Row>(db, `${from} ${OF_ONE}`, homes[0], patientIds[0])
    : ask<Row>(db, `${from} ${OF_MANY}`, [...new Set(homes)], patientIds)
}

interface Found {
  readonly rows: readonly Packed[]
  readonly keys: ReadonlyMap<number, KeyObject>
}

async function find(ctx: Context, patientIds: readonly number[]): Promise<Found> {
  const keys = openedDataKeys(ctx, patientIds)
  if (patientIds.every((patientId) => keys.has(patientId)))
    return { keys, rows: await packRows<Packed>(ctx, PACKS, patientIds) }
  const rows = await packRows<Keyed>(ctx, KEYED, patientIds)
  for (const { home, patient_id, wrapped, kek_version } of rows)
    if (wrapped && !keys.has(patient_id))
      keys.set(patient_id, openDataKey(ctx, { home, patient_id, wrapped, kek_version }))
  return { keys, rows }
}

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

/** Every version of everything on these shelves. */
async function openAll(
  ctx: Context,
  patientIds: readonly number[],
  { onDamage, later = false }: ReadOptions,
): Promise<Entry[]> {
  const { keys, rows } = await find(ctx, patientIds)
  return rows.flatMap((row) => {
    try {
      const entries = openPack(row, keys.get(row.patient_id))
      if (!later) entries[0]?.texts()
      return entries
    } catch (error) {
      if (!onDamage || !(error instanceof Problem)) throw error
      onDamage({ patientId: row.patient_id, firstNo: row.first_no })
      return []
    }
  })
}

const nameOf = ({ patientId, no }: Entry): string => `${patientId} ${no}`

/** A resource that was ever restricted stays out as a whole: an older version would tell what a newer one hides. */
function withoutRestricted(entries: readonly Entry[], { restricted = false }: ReadOptions): readonly Entry[] {
  if (restricted || !entries.some((entry) => entry.restricted)) return entries
  const hidden = new Set(entries.filter((entry) => entry.restricted).map(nameOf))
  return entries.filter((entry) => !hidden.has(nameOf(entry)))
}

function upToThen(entries: readonly Entry[], { upTo, asOf }: ReadOptions): readonly Entry[] {
  const last = asOf?.getTime()
  const then = last === undefined ? entries : entries.filter(({ at }) => at <= last)
  return upTo ? then.filter(({ patientId, slot }) => slot < (upTo.get(patientId) ?? 0)) : then
}

/** All that may be shown of what lies there. */
const shown = (entries: readonly Entry[], options: ReadOptions): readonly Entry[] =>
  upToThen(withoutRestricted(entries, options), options)

/** The versions that stand, without what is stated no longer. Most resources have one only. */
function current(entries: readonly Entry[], { ended = false }: ReadOptions): readonly Entry[] {
  if (entries.every((entry) => entry.version === 1 && !entry.deleted)) return entries
  const standing = new Map<string, Entry>()
  for (const entry of entries) {
    const other = standing.get(nameOf(entry))
    if (!other || stands(entry, other)) standing.set(nameOf(entry), entry)
  }
  return [...standing.values()].filter((entry) => ended || !entry.deleted)
}

const byPlace = (a: Entry, b: Entry): number => a.patientId - b.patientId || a.no - b.no

/**
 * What stands on these Patients' shelves, in the order in which it first arrived. Whoever asks has already made sure
 * that the actor may, and writes the audit row in the same step.
 *
 * @param patientIds the Patients of one person, or any others
 * @returns none for whoever has no record or was erased
 * @throws {Problem} record.damaged, unless onDamage is given
 */
export async function read(
  ctx: Context,
  patientIds: readonly number[],
  options: ReadOptions = {},
): Promise<Entry[]> {
  if (patientIds.length === 0) return []
  const entries = await openAll(ctx, patientIds, options)
  return current(shown(entries, options), options).toSorted(byPlace)
}

/**
 * Every version that ever arrived, newest arrival first; of one resource where `no` is given. Those from which on it was
 * stated no longer are among them, `deleted`.
 * @throws {Problem} record.damaged, unless onDamage is given
 */
export async function history(
  ctx: Context,
  patientId: number,
  no?: number,
  options: ReadOptions = {},
): Promise<Entry[]> {
  const entries = await openAll(ctx, [patientId], options)
  return shown(entries, options)
    .filter((entry) => no === undefined || entry.no === no)
    .toSorted((a, b) => b.slot - a.slot)
}
