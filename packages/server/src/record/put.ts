import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { note } from '../audit/index.ts'
import { ask } from '../platform/ask.ts'
import { type Context, inTransaction } from '../platform/context.ts'
import { dataKeysOf, keepDataKey, makeDataKey, rememberDataKey } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { withoutWaiting } from '../platform/transact.ts'
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

const TAKE = `update record.shelf set next_no = next_no + $3, version = version + 1
  where home = $1 and patient_id = $2 and erased_at is null
  returning next_no - $3 as first_no, version`

/** Locks the shelf until the transaction ends: what follows sees everything that was ever put on it. */
async function takeNumbers({ db }: Context, patientId: number, count: number): Promise<Numbers | undefined> {
  const [row] = await ask<{ first_no: number; version: number }>(
    db,
    TAKE,
    homeOf(patientId),
    patientId,
    count,
  )
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

const NOTHING = Buffer.alloc(0)

type DirRow = Pick<PackRow, 'patient_id' | 'first_no' | 'dictionary' | 'kind' | 'dir'>

const DIRECTORIES = `select patient_id, first_no, dictionary, kind, dir from record.pack
  where home = $1 and patient_id = $2`

const directoryRows = ({ db }: Context, patientId: number): Promise<DirRow[]> =>
  ask<DirRow>(db, DIRECTORIES, homeOf(patientId), patientId)

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
    const content = contents.find((each) => each.first_no === row.first_no)?.content ?? NOTHING
    const bytes = openContent(dataKey, { ...row, content }, entries)
    return entries
      .filter(isTouched)
      .map((entry) => ({ ...entry, bytes: bytes.subarray(entry.offset, entry.offset + entry.length) }))
  })
  return { noOf, versions: (no) => filed.filter((each) => each.no === no) }
}

const INSERT_PACK = `insert into record.pack
  (home, patient_id, at, first_no, n, dictionary, kind, source, dir, content)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
const INSERT_OUTBOX =
  'insert into record.outbox (home, patient_id, at, first_no, n) values ($1, $2, $3, $4, $5)'
const INSERT_AMEND = `insert into record.amend (home, patient_id, no, version, pack_no)
  select $1, $2, later.*, $5 from unnest($3::int[], $4::int[]) as later`
const UNCOUNT = 'delete from record.cohort where home = $1 and patient_id = $2 and no = any($3::int[])'
const COUNT = `insert into record.cohort (home, patient_id, no, code, ward, day)
  select $1, $2, mark.* from unnest($3::int[], $4::text[], $5::text[], $6::date[]) as mark`

const column = <Row, Value>(rows: readonly Row[], pick: (row: Row) => Value): Value[] => rows.map(pick)

/** Sent in this order without waiting for one another: one round trip. */
async function write({ db, ...ctx }: Context, arrival: Arrival, rows: ArrivalRows): Promise<void> {
  const { pack, outbox, amend, cohort, recounted } = rows
  const { home, patient_id: patientId, at, first_no: firstNo } = pack
  const of = [home, patientId] as const
  const instant = at.toISOString()
  const { n, dictionary, kind, source, dir, content } = pack
  const sent = Promise.all([
    note({ db, ...ctx }, { action: 'record.put', patientId, what: arrival.kind }),
    ask(db, INSERT_PACK, ...of, instant, firstNo, n, dictionary, kind, source, dir, content),
    ask(db, INSERT_OUTBOX, ...of, instant, firstNo, outbox.n),
    amend.length > 0 &&
      ask(
        db,
        INSERT_AMEND,
        ...of,
        column(amend, (row) => row.no),
        column(amend, (row) => row.version),
        firstNo,
      ),
    recounted.length > 0 && ask(db, UNCOUNT, ...of, recounted),
    cohort.length > 0 &&
      ask(
        db,
        COUNT,
        ...of,
        column(cohort, (row) => row.no),
        column(cohort, (row) => row.code),
        column(cohort, (row) => row.ward),
        column(cohort, (row) => row.day),
      ),
  ])
  await withoutWaiting(db, sent)
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
  const { result, dataKey } = await inTransaction(ctx, async (inner) => await putInside(inner, arrival))
  if (!ctx.db.isTransaction) rememberDataKey(ctx, arrival.patientId, dataKey)
  return result
}

async function putInside(ctx: Context, arrival: Arrival): Promise<{ result: PutResult; dataKey: KeyObject }> {
  const { numbers, dataKey, standing } = await makeReady(ctx, arrival)
  const { firstNo, version } = numbers
  const at = ctx.now()
  const shelved = shelve(arrival, { idKey: ctx.keys.id, at, firstNo, standing })
  const { results: resources } = shelved
  if (shelved.filed.length === 0) {
    await giveBack(ctx, arrival.patientId, arrival.resources.length)
    return { result: { resources, version: version - 1 }, dataKey }
  }
  await write(ctx, arrival, rowsOf(arrival, shelved, { dataKey, at, firstNo }))
  return { result: { resources, version }, dataKey }
}
