import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { type Context, inTransaction } from '../platform/context.ts'
import { dataKeysOf } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { type Filed, makePack, openContent, openDirectory } from './pack/codec.ts'
import type { PackRow } from './tables.ts'

/** More packs than this are merged: each unmerged visit is a random page for whoever reads the record. */
const MOST_PACKS = 16
/** Resources in a segment; one already this full is left as it is. */
const SEGMENT = 64

/** Neighbours together, as many as make a segment; what would stay alone is left out. */
function segmentsOf(rows: readonly PackRow[]): PackRow[][] {
  const segments: PackRow[][] = []
  let [open, count]: [PackRow[], number] = [[], 0]
  for (const row of rows) {
    if (count > 0 && count + row.n > SEGMENT) {
      segments.push(open)
      ;[open, count] = [[], 0]
    }
    open.push(row)
    count += row.n
  }
  return [...segments, open].filter((segment) => segment.length > 1)
}

function openWhole(dataKey: KeyObject, row: PackRow): Filed[] {
  const entries = openDirectory(dataKey, row)
  const content = openContent(dataKey, row, entries)
  return entries.map((entry) => ({
    ...entry,
    bytes: content.subarray(entry.offset, entry.offset + entry.length),
  }))
}

async function replace(ctx: Context, dataKey: KeyObject, segment: readonly PackRow[]): Promise<void> {
  const [first] = segment
  const last = segment.at(-1)
  if (!first || !last) return
  const { home, patient_id, first_no: firstNo } = first
  const filed = segment.flatMap((row) => openWhole(dataKey, row))
  const label = { patientId: patient_id, firstNo, kind: 'segment', source: '', at: last.at }
  const old = sql<number>`any(${segment.map((row) => row.first_no)}::int[])`
  await Promise.all([
    ctx.db
      .deleteFrom('record.pack')
      .where('home', '=', home)
      .where('patient_id', '=', patient_id)
      .where('first_no', '=', old)
      .execute(),
    ctx.db
      .insertInto('record.pack')
      .values(makePack(dataKey, label, filed, 'sealing'))
      .execute(),
    ctx.db
      .updateTable('record.amend')
      .set({ pack_no: firstNo })
      .where('home', '=', home)
      .where('patient_id', '=', patient_id)
      .where('pack_no', '=', old)
      .execute(),
  ])
}

/**
 * Merges a Patient's many small packs into few sealed segments. Numbers, versions and texts stay to the byte; whoever
 * reads meanwhile sees the old packs or the new ones, whoever writes waits.
 *
 * @returns how many packs there were and are
 * @throws {Problem} record.damaged: a pack that does not open is never merged, and nothing is changed
 */
export async function seal(ctx: Context, patientId: number): Promise<{ before: number; after: number }> {
  return await inTransaction(ctx, async (inner) => {
    const at = { home: homeOf(patientId), patient_id: patientId }
    const ofHer = inner.db
      .selectFrom('record.pack')
      .where('home', '=', at.home)
      .where('patient_id', '=', patientId)
    // the shelf's lock keeps writers out until the new packs stand
    const [, keys, rows] = await Promise.all([
      sql`select 1 from record.shelf where home = ${at.home} and patient_id = ${patientId} for update`.execute(
        inner.db,
      ),
      dataKeysOf(inner, [patientId]),
      ofHer.selectAll().orderBy('first_no').execute(),
    ])
    if (rows.length <= MOST_PACKS) return { before: rows.length, after: rows.length }
    const dataKey = keys.get(patientId)
    if (!dataKey) throw new Problem('record.damaged', { at: ['data key'] })
    const segments = segmentsOf(rows)
    for (const segment of segments) await replace(inner, dataKey, segment)
    return { before: rows.length, after: rows.length - segments.flat().length + segments.length }
  })
}

/**
 * The nightly job: seals every record that has grown long. One that does not open is left as it is.
 * @returns how many were sealed, and how many could not be
 */
export async function sealLong(ctx: Context, most = 100_000): Promise<{ sealed: number; damaged: number }> {
  const { rows } = await sql<{ patient_id: number }>`
    select patient_id from record.pack group by home, patient_id having count(*) > ${MOST_PACKS}
    limit ${most}`.execute(ctx.db)
  let [sealed, damaged] = [0, 0]
  for (const { patient_id } of rows) {
    const { before, after } = await seal(ctx, patient_id).catch((error: unknown) => {
      if (!(error instanceof Problem)) throw error
      damaged += 1
      return { before: 0, after: 0 }
    })
    sealed += after < before ? 1 : 0
  }
  return { sealed, damaged }
}
