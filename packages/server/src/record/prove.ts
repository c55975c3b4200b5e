import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../platform/context.ts'
import { dataKeysOf } from '../platform/datakeys.ts'
import { openContent, openDirectory } from './pack/codec.ts'
import type { DirectoryEntry } from './pack/directory.ts'
import type { AmendRow, PackRow, ShelfRow } from './tables.ts'

export interface RecordProof {
  readonly shelves: number
  readonly packs: number
  /** Versions of resources that were opened. */
  readonly versions: number
  /** Shelves of those who were erased: nothing is left to open. */
  readonly erased: number
  /** Shelves with packs but without a key. */
  readonly unkeyed: number
  /** Shelves of which something does not open or does not fit, and packs that lie on no shelf. */
  readonly broken: number
}

const SHELVES = 100

interface Shelf {
  readonly row: ShelfRow
  readonly packs: readonly PackRow[]
  readonly amend: readonly AmendRow[]
}

/** Shelves with all that lies on them, so many at a time. */
async function* shelvesOf({ db }: Context): AsyncGenerator<Shelf[]> {
  for (let [home, patientId] = [-1, -1]; ; ) {
    const { rows } = await sql<ShelfRow>`
      select * from record.shelf where (home, patient_id) > (${home}, ${patientId})
      order by home, patient_id limit ${SHELVES}`.execute(db)
    const last = rows.at(-1)
    if (!last) return
    ;({ home, patient_id: patientId } = last)
    const [homes, patientIds] = [rows.map((row) => row.home), rows.map((row) => row.patient_id)]
    const [packs, amend] = await Promise.all([
      sql<PackRow>`select * from record.pack
        where home = any(${homes}::bigint[]) and patient_id = any(${patientIds}::bigint[])`.execute(db),
      sql<AmendRow>`select * from record.amend
        where home = any(${homes}::bigint[]) and patient_id = any(${patientIds}::bigint[])`.execute(db),
    ])
    const packsOf = Map.groupBy(packs.rows, (row) => row.patient_id)
    const amendOf = Map.groupBy(amend.rows, (row) => row.patient_id)
    yield rows.map((row) => ({
      row,
      packs: packsOf.get(row.patient_id) ?? [],
      amend: amendOf.get(row.patient_id) ?? [],
    }))
  }
}

type Placed = DirectoryEntry & { readonly packNo: number }

/** Unseals a pack whole. @throws {Problem} record.damaged @throws {RangeError} a directory of another length */
function openPack(dataKey: KeyObject, row: PackRow): Placed[] {
  const entries = openDirectory(dataKey, row)
  openContent(dataKey, row, entries)
  if (entries.length !== row.n) throw new RangeError('directory and pack differ')
  return entries.map((entry) => ({ ...entry, packNo: row.first_no }))
}

const amendMark = ({ no, version, pack_no }: Pick<AmendRow, 'no' | 'version' | 'pack_no'>): string =>
  `${no} ${version} ${pack_no}`

/** Every number was given once and by this shelf; versions count from 1; later versions lie where amend says. */
function fits({ row, amend }: Shelf, entries: readonly Placed[]): boolean {
  const slots = new Set(entries.map((entry) => entry.slot))
  const numbered = slots.size === entries.length && entries.every((entry) => entry.slot < row.next_no)
  const versions = Map.groupBy(entries, (entry) => entry.no)
  const counted = [...versions.values()].every((all) =>
    all
      .map((entry) => entry.version)
      .toSorted((a, b) => a - b)
      .every((version, i) => version === i + 1),
  )
  const later = entries.filter((entry) => entry.version > 1)
  const known = new Set(amend.map(amendMark))
  const found = later.every((entry) => known.has(amendMark({ ...entry, pack_no: entry.packNo })))
  return numbered && counted && found && known.size === later.length
}

type Fate = 'erased' | 'unkeyed' | 'broken' | 'whole'

/** Opens all that lies on a shelf. */
function open(shelf: Shelf, dataKey: KeyObject | undefined): { fate: Fate; versions: number } {
  if (shelf.row.erased_at) return { fate: 'erased', versions: 0 }
  if (!dataKey) return { fate: 'unkeyed', versions: 0 }
  try {
    const entries = shelf.packs.flatMap((row) => openPack(dataKey, row))
    return { fate: fits(shelf, entries) ? 'whole' : 'broken', versions: entries.length }
  } catch {
    return { fate: 'broken', versions: 0 }
  }
}

async function strayPacks({ db }: Context): Promise<number> {
  const { rows } = await sql<{ packs: number }>`
    select count(*) as packs from record.pack pack where not exists (select from record.shelf shelf
      where shelf.home = pack.home and shelf.patient_id = pack.patient_id)`.execute(db)
  return rows[0]?.packs ?? 0
}

/**
 * Unseals everything in the record, and checks that directories, numbers and versions fit together.
 * @throws {Problem} record.damaged: a key does not open; prove the keys first
 */
export async function proveRecord(
  ctx: Context,
  onShelves: (done: number) => void = () => {},
): Promise<RecordProof> {
  const found = { erased: 0, unkeyed: 0, broken: await strayPacks(ctx), whole: 0 }
  let [shelves, packs, versions] = [0, 0, 0]
  for await (const page of shelvesOf(ctx)) {
    const patientIds = page.map(({ row }) => row.patient_id)
    const keys = await dataKeysOf(ctx, patientIds)
    for (const shelf of page) {
      const opened = open(shelf, keys.get(shelf.row.patient_id))
      found[opened.fate] += 1
      packs += shelf.packs.length
      versions += opened.versions
    }
    shelves += page.length
    onShelves(shelves)
  }
  const { erased, unkeyed, broken } = found
  return { shelves, packs, versions, erased, unkeyed, broken }
}
