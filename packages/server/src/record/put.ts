import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { note } from '../audit/index.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { dataKeysOf, keepDataKey, makeDataKey } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { openContent, openDirectory } from './pack/codec.ts'
import type { DirectoryEntry } from './pack/directory.ts'
import { type ArrivalRows, rowsOf } from './rows.ts'
import { type Arrival, EMPTY_SHELF, type PutResource, type Standing, shelve } from './shelve.ts'
import { sourceKeyMark } from './statement.ts'
import type { PackRow } from './tables.ts'

export interface PutResult {
  /** In the order given. */
  readonly resources: readonly PutResource[]
  /** Of the shelf: grows with every arrival that changed something. */
  readonly version: number
}

interface Numbers {
  readonly firstNo: number
  readonly version: number
  readonly isNew: boolean
}

/** Locks the shelf until the transaction ends: what follows sees everything that was ever put on it. */
async function takeNumbers(ctx: Context, patientId: number, count: number): Promise<Numbers | undefined> {
  const { rows } = await sql<{ first_no: number; version: number }>`
    update record.shelf set next_no = next_no + ${count}, version = version + 1
    where home = ${homeOf(patientId)} and patient_id = ${patientId} and erased_at is null
    returning next_no - ${count} as first_no, version`.execute(ctx.db)
  const [row] = rows
  return row && { firstNo: row.first_no, version: row.version, isNew: false }
}

/** Nothing was new: the numbers go back, unseen by anybody since the shelf is still locked. */
async function giveBack(ctx: Context, patientId: number, count: number): Promise<void> {
  await sql`update record.shelf set next_no = next_no - ${count}, version = version - 1
    where home = ${homeOf(patientId)} and patient_id = ${patientId}`.execute(ctx.db)
}

/**
 * @returns undefined when another writer opened it first
 * @throws {Problem} record.unknown-patient: a shelf begins with its Patient resource
 */
async function openShelf(ctx: Context, { patientId, resources }: Arrival): Promise<Numbers | undefined> {
  const patient = resources.find((each) => each.no === 0)
  if (patient?.resource.resourceType !== 'Patient') throw new Problem('record.unknown-patient')
  const { rows } = await sql<{ version: number }>`
    insert into record.shelf (home, patient_id, next_no, version)
    values (${homeOf(patientId)}, ${patientId}, ${resources.length}, 1)
    on conflict do nothing returning version`.execute(ctx.db)
  return rows[0] && { firstNo: 0, version: 1, isNew: true }
}

type DirRow = Omit<PackRow, 'content'>

async function directoryRows(ctx: Context, patientId: number): Promise<DirRow[]> {
  return await ctx.db
    .selectFrom('record.pack')
    .select(['home', 'patient_id', 'first_no', 'n', 'dictionary', 'kind', 'source', 'at', 'dir'])
    .where('home', '=', homeOf(patientId))
    .where('patient_id', '=', patientId)
    .execute()
}

async function contentRows(ctx: Context, patientId: number, firstNos: readonly number[]) {
  if (firstNos.length === 0) return []
  return await ctx.db
    .selectFrom('record.pack')
    .select(['first_no', 'content'])
    .where('home', '=', homeOf(patientId))
    .where('patient_id', '=', patientId)
    .where('first_no', '=', sql<number>`any(${[...firstNos]}::int[])`)
    .execute()
}

/** The numbers of resources already on the shelf that an arrival speaks of. */
function touched(arrival: Arrival, noOf: Standing['noOf']): Set<number> {
  const nos = arrival.resources.map(
    ({ no, sourceKey }) =>
      no ?? (sourceKey === undefined ? undefined : noOf(sourceKeyMark(arrival.source, sourceKey))),
  )
  return new Set(nos.filter((no) => no !== undefined))
}

/** Opens of a shelf only what an arrival speaks of: mostly nothing. */
async function standingFor(
  ctx: Context,
  arrival: Arrival,
  dataKey: KeyObject,
  rows: readonly DirRow[],
): Promise<Standing> {
  const packs = rows.map((row) => ({ row, entries: openDirectory(dataKey, row) }))
  const bySourceKey = new Map<string, number>()
  for (const { entries } of packs)
    for (const { sourceKey, no } of entries) if (sourceKey !== '') bySourceKey.set(sourceKey, no)
  const noOf = (mark: string) => bySourceKey.get(mark)

  const nos = touched(arrival, noOf)
  const isTouched = ({ no }: DirectoryEntry) => nos.has(no)
  const wanted = packs.filter(({ entries }) => entries.some(isTouched))
  const contents = await contentRows(
    ctx,
    arrival.patientId,
    wanted.map(({ row }) => row.first_no),
  )
  const filed = wanted.flatMap(({ row, entries }) => {
    const content = contents.find((each) => each.first_no === row.first_no)?.content ?? Buffer.alloc(0)
    const bytes = openContent(dataKey, { ...row, content }, entries)
    return entries
      .filter(isTouched)
      .map((entry) => ({ ...entry, bytes: bytes.subarray(entry.offset, entry.offset + entry.length) }))
  })
  return { noOf, versions: (no) => filed.filter((each) => each.no === no) }
}

/** Sent without waiting for one another: one round trip. */
async function write(ctx: Context, arrival: Arrival, rows: ArrivalRows): Promise<void> {
  const { db } = ctx
  const { home, patient_id } = rows.pack
  const { patientId, kind } = arrival
  if (rows.recounted.length > 0)
    await db
      .deleteFrom('record.cohort')
      .where('home', '=', home)
      .where('patient_id', '=', patient_id)
      .where('no', '=', sql<number>`any(${[...rows.recounted]}::int[])`)
      .execute()
  await Promise.all([
    note(ctx, { action: 'record.put', patientId, what: kind }),
    db.insertInto('record.pack').values(rows.pack).execute(),
    db.insertInto('record.outbox').values(rows.outbox).execute(),
    rows.amend.length > 0 &&
      db
        .insertInto('record.amend')
        .values([...rows.amend])
        .execute(),
    rows.cohort.length > 0 && insertCohort(ctx, rows),
  ])
}

/** One statement text however many rows, so that it stays prepared. */
async function insertCohort(
  { db }: Context,
  { pack: { home, patient_id }, cohort }: ArrivalRows,
): Promise<void> {
  const column = <T>(pick: (row: ArrivalRows['cohort'][number]) => T) => cohort.map(pick)
  await sql`insert into record.cohort (home, patient_id, no, code, ward, day)
    select ${home}, ${patient_id}, mark.* from unnest(${column((row) => row.no)}::int[],
      ${column((row) => row.code)}::text[], ${column((row) => row.ward)}::text[],
      ${column((row) => row.day)}::date[]) as mark`.execute(db)
}

interface Ready {
  readonly numbers: Numbers
  readonly dataKey: KeyObject
  readonly standing: Standing
}

async function onOldShelf(ctx: Context, arrival: Arrival): Promise<Ready | undefined> {
  const { patientId, resources } = arrival
  const mayBeKnown = resources.some((each) => each.sourceKey !== undefined || each.no !== undefined)
  const [numbers, keys, rows] = await Promise.all([
    takeNumbers(ctx, patientId, resources.length),
    dataKeysOf(ctx, [patientId]),
    mayBeKnown ? directoryRows(ctx, patientId) : [],
  ])
  if (!numbers) return undefined
  const dataKey = keys.get(patientId)
  if (!dataKey) throw new Problem('record.damaged', { at: ['data key'] })
  return { numbers, dataKey, standing: await standingFor(ctx, arrival, dataKey, rows) }
}

async function onNewShelf(ctx: Context, arrival: Arrival): Promise<Ready | undefined> {
  const numbers = await openShelf(ctx, arrival)
  if (!numbers) return undefined
  if (arrival.newDataKey) return { numbers, dataKey: arrival.newDataKey, standing: EMPTY_SHELF }
  const { dataKey, row } = makeDataKey(ctx.keys, arrival.patientId)
  await keepDataKey(ctx, row)
  return { numbers, dataKey, standing: EMPTY_SHELF }
}

/** Of two who open a shelf at once, the second waits for the first and then finds it open. */
async function makeReady(ctx: Context, arrival: Arrival): Promise<Ready> {
  const ready =
    (arrival.newDataKey ? undefined : await onOldShelf(ctx, arrival)) ??
    (await onNewShelf(ctx, arrival)) ??
    (await onOldShelf(ctx, arrival))
  if (!ready) throw new Problem('record.unknown-patient')
  return ready
}

/**
 * Keeps what a source states about a Patient: all of it or nothing, with its audit row, in the open transaction or in
 * one of its own. Safe to repeat and safe out of order for statements with a source key. A new Patient's first arrival
 * holds the Patient resource as number 0.
 *
 * @throws {Problem} record.unknown-patient: no such shelf, or erased; record.damaged: its key does not open
 * @throws {RangeError} a number that is not on the shelf, an instant that is none
 */
export async function put(ctx: Context, arrival: Arrival): Promise<PutResult> {
  return await inTransaction(ctx, async (inner) => {
    const { numbers, dataKey, standing } = await makeReady(inner, arrival)
    const { firstNo, version } = numbers
    const at = inner.now()
    const shelved = shelve(arrival, { idKey: inner.keys.id, at, firstNo, standing })
    if (shelved.filed.length === 0) {
      await giveBack(inner, arrival.patientId, arrival.resources.length)
      return { resources: shelved.results, version: version - 1 }
    }
    await write(inner, arrival, rowsOf(arrival, shelved, { dataKey, at, firstNo }))
    return { resources: shelved.results, version }
  })
}
