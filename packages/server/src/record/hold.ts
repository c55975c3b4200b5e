import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import { ask } from '../platform/ask.ts'
import type { Context } from '../platform/context.ts'
import { type DataKeyRow, dataKeysOf, makeDataKey } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { Problem } from '../platform/problem.ts'
import { openContent, openDirectory } from './pack/codec.ts'
import type { DirectoryEntry } from './pack/directory.ts'
import { type Arrival, EMPTY_SHELF, type Standing } from './shelve.ts'
import { sourceKeyMark } from './statement.ts'
import type { PackRow } from './tables.ts'

/** A shelf that is locked until the transaction ends: whoever holds it sees everything that was ever put on it. */
export interface Shelf {
  readonly nextNo: number
  readonly version: number
  readonly dataKey: KeyObject
  /** To be kept with the first arrival; absent where the key is kept already. */
  readonly newKey?: DataKeyRow
  /** There is no row of it yet. */
  readonly isUnwritten?: true
  readonly standing: Standing
}

/** In one order for everybody, so that nobody waits in a circle: first those that may be new, then those that are there. */
const OPEN = `insert into record.shelf (home, patient_id, next_no, version)
  select home, patient_id, 0, 0 from unnest($1::bigint[], $2::bigint[]) as arriving(home, patient_id)
  order by home, patient_id on conflict do nothing returning patient_id`
const HOLD_ONE = `select patient_id, next_no, version from record.shelf
  where home = $1 and patient_id = $2 and erased_at is null for update`
const HOLD_MANY = `select patient_id, next_no, version from record.shelf
  where home = any($1::bigint[]) and patient_id = any($2::bigint[]) and erased_at is null
  order by home, patient_id for update`
const HOLD_FREE = `${HOLD_MANY} skip locked`
const DIRECTORIES_OF_ONE = `select patient_id, first_no, dictionary, kind, dir from record.pack
  where home = $1 and patient_id = $2`
const DIRECTORIES_OF_MANY = `select patient_id, first_no, dictionary, kind, dir from record.pack
  where home = any($1::bigint[]) and patient_id = any($2::bigint[])`

type DirRow = Pick<PackRow, 'patient_id' | 'first_no' | 'dictionary' | 'kind' | 'dir'>

function ofShelves<Row>(
  { db }: Context,
  [ofOne, ofMany]: readonly [string, string],
  patientIds: readonly number[],
): Promise<Row[]> {
  const [first] = patientIds
  if (first === undefined) return Promise.resolve([])
  return patientIds.length === 1
    ? ask<Row>(db, ofOne, homeOf(first), first)
    : ask<Row>(db, ofMany, [...new Set(patientIds.map(homeOf))], patientIds)
}

export const isPatient = ({ resources }: Arrival): boolean =>
  resources.some(({ no, resource }) => no === 0 && resource.resourceType === 'Patient')

/** Whoever was made in this transaction is known to nobody else: there is nothing to ask. */
const unwritten = (arrivals: readonly Arrival[]): number[] => [
  ...new Set(arrivals.flatMap((one) => (one.begins && isPatient(one) ? [one.patientId] : []))),
]

/** @returns those that were opened just now: nothing stands on them */
async function openShelves({ db }: Context, arrivals: readonly Arrival[]): Promise<Set<number>> {
  const patientIds = [...new Set(arrivals.filter(isPatient).map(({ patientId }) => patientId))]
  if (patientIds.length === 0) return new Set()
  const rows = await ask<{ patient_id: number }>(db, OPEN, patientIds.map(homeOf), patientIds)
  return new Set(rows.map((row) => row.patient_id))
}

const mayBeKnown = ({ resources }: Arrival): boolean =>
  resources.some((each) => each.sourceKey !== undefined || each.no !== undefined)

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

/** The numbers of resources already on the shelf that arrivals speak of. */
function touched(arrivals: readonly Arrival[], noOf: Standing['noOf']): Set<number> {
  const nos = arrivals.flatMap(({ source, resources }) =>
    resources.map(
      ({ no, sourceKey }) =>
        no ?? (sourceKey === undefined ? undefined : noOf(sourceKeyMark(source, sourceKey))),
    ),
  )
  return new Set(nos.filter((no) => no !== undefined))
}

const NOTHING = Buffer.alloc(0)

interface OnShelf {
  readonly patientId: number
  readonly dataKey: KeyObject
  readonly arrivals: readonly Arrival[]
  readonly rows: readonly DirRow[]
}

/** Opens of a shelf only what the arrivals speak of: mostly nothing. */
async function standingFor(ctx: Context, { patientId, dataKey, arrivals, rows }: OnShelf): Promise<Standing> {
  if (rows.length === 0) return EMPTY_SHELF
  const packs = rows.map((row) => ({ row, entries: openDirectory(dataKey, row) }))
  const bySourceKey = new Map<string, number>()
  for (const { entries } of packs)
    for (const { sourceKey, no } of entries) if (sourceKey !== '') bySourceKey.set(sourceKey, no)
  const noOf = (mark: string) => bySourceKey.get(mark)

  const nos = touched(arrivals, noOf)
  const isTouched = ({ no }: DirectoryEntry) => nos.has(no)
  const wanted = packs.filter(({ entries }) => entries.some(isTouched))
  const contents = await contentRows(
    ctx,
    patientId,
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

function newShelf(ctx: Context, patientId: number, arrivals: readonly Arrival[]): Shelf {
  const begun = { nextNo: 0, version: 0, standing: EMPTY_SHELF }
  const dataKey = arrivals.find(({ newDataKey }) => newDataKey)?.newDataKey
  if (dataKey) return { ...begun, dataKey }
  const made = makeDataKey(ctx.keys, patientId)
  return { ...begun, dataKey: made.dataKey, newKey: made.row }
}

interface ShelfNumbers {
  patient_id: number
  next_no: number
  version: number
}

/**
 * Locks the shelves on which something arrives, opens those of new Patients, and reads of them what the arrivals speak
 * of.
 * @param which 'those free' leaves out what somebody else has locked, unless it is one shelf alone
 * @returns no line for whom there is no shelf, or who was erased
 * @throws {Problem} record.damaged
 */
export async function holdShelves(
  ctx: Context,
  arrivals: readonly Arrival[],
  which: 'all' | 'those free' = 'all',
): Promise<ReadonlyMap<number, Shelf>> {
  const made = new Set(unwritten(arrivals))
  const others = made.size === 0 ? arrivals : arrivals.filter(({ patientId }) => !made.has(patientId))
  const opened = await openShelves(ctx, others)
  const byShelf = Map.groupBy(arrivals, ({ patientId }) => patientId)
  const isOld = (patientId: number) => !opened.has(patientId) && !made.has(patientId)
  const old = [...byShelf.keys()].filter(isOld).toSorted((a, b) => a - b)
  const asked = old.filter((patientId) => byShelf.get(patientId)?.some(mayBeKnown))
  const [numbers, keys, rows] = await Promise.all([
    ofShelves<ShelfNumbers>(ctx, [HOLD_ONE, which === 'all' ? HOLD_MANY : HOLD_FREE], old),
    old.length > 0 ? dataKeysOf(ctx, old) : new Map<number, KeyObject>(),
    ofShelves<DirRow>(ctx, [DIRECTORIES_OF_ONE, DIRECTORIES_OF_MANY], asked),
  ])
  const rowsOf = Map.groupBy(rows, (row) => row.patient_id)
  const shelves = new Map<number, Shelf>()
  for (const patientId of opened)
    shelves.set(patientId, newShelf(ctx, patientId, byShelf.get(patientId) ?? []))
  for (const patientId of made)
    shelves.set(patientId, { ...newShelf(ctx, patientId, byShelf.get(patientId) ?? []), isUnwritten: true })
  const held = numbers.map(async ({ patient_id: patientId, next_no: nextNo, version }) => {
    const dataKey = keys.get(patientId)
    if (!dataKey) throw new Problem('record.damaged', { at: ['data key'] })
    const on = {
      patientId,
      dataKey,
      arrivals: byShelf.get(patientId) ?? [],
      rows: rowsOf.get(patientId) ?? [],
    }
    shelves.set(patientId, { nextNo, version, dataKey, standing: await standingFor(ctx, on) })
  })
  await Promise.all(held)
  return shelves
}
