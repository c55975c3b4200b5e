import { setImmediate as breathe } from 'node:timers/promises'
import { getHeapStatistics } from 'node:v8'
import { type Prepared, shelf } from '@sokhoe/signals/linkage'
import { sql } from 'kysely'
import { ask } from '../../platform/ask.ts'
import type { Context } from '../../platform/context.ts'
import { type DataKeyRow, unwrap, WITH_DATA_KEY } from '../../platform/datakeys.ts'
import { homeOf } from '../../platform/ids.ts'
import { besides, type PatientRow, phonesOf, preparedOf } from '../linking/candidates.ts'
import { openDemographics } from '../people/demographics.ts'
import { paged } from './standing.ts'

/** A Patient opened for tonight: what its source says, folded; its keys in their order; its active numbers, blind. */
export interface Opened {
  /** Taken from where it lies when first asked for. */
  readonly prepared: () => Prepared
  readonly keys: Float64Array
  /** The beginnings of their blind indexes; negative where a number means something within its source only. */
  readonly numbers: Float64Array
}

/** Opened at once: a few statements and some milliseconds of work. */
const AT_ONCE = 500
/** Of them, before others in this process have their turn. */
const STRETCH = 100
/** About so much memory takes one that is open, bytes; all of them together may take half of what there is. */
const BYTES = 300
const mostOpen = (): number => Math.floor(getHeapStatistics().heap_size_limit / 2 / BYTES)

const NOTHING = new Float64Array()
/** Of 32 bytes: two numbers of millions fall together once in thousands of nights, which asks one needless question. */
const MARK = 6

interface Row extends PatientRow, Partial<Pick<DataKeyRow, 'wrapped' | 'kek_version'>> {}

const COLUMNS = `patient.patient_id, patient.person, patient.source, patient.ward, patient.demographics,
  person.status, person.level, data_key.wrapped, data_key.kek_version`
const SOME = `select ${COLUMNS} from unnest($1::bigint[], $2::bigint[]) asked (home, patient_id)
  join identity.patient patient using (home, patient_id) ${WITH_DATA_KEY}
  join identity.person person on person.home = patient.person`
const NEXT = `select ${COLUMNS} from identity.patient patient ${WITH_DATA_KEY}
  join identity.person person on person.home = patient.person
  where (patient.home, patient.patient_id) > ($1, $2) order by patient.home, patient.patient_id limit ${AT_ONCE}`

async function keysOfEach(
  { pool }: Context,
  patientIds: readonly number[],
): Promise<Map<number, Float64Array>> {
  const { rows } = await sql<{ patient_id: number; keys: string }>`
    select patient_id, string_agg(key::text, ' ' order by key) as keys from identity.link_key
    where patient_id = any(${[...patientIds]}::bigint[]) group by patient_id`.execute(pool)
  return new Map(rows.map((row) => [row.patient_id, Float64Array.from(row.keys.split(' '), Number)]))
}

const markOf = ({ hash, own }: { readonly hash: Buffer; readonly own: boolean }): number =>
  own ? -hash.readUIntBE(0, MARK) : hash.readUIntBE(0, MARK)

/** Opens what was read, one after another; whoever was erased has no key any more and is left out. */
async function openRows(
  ctx: Context,
  rows: readonly Row[],
  take: (patientId: number, opened: Opened) => void,
): Promise<void> {
  const ids = rows.map((row) => row.patient_id)
  const [keysOf, beside] = await Promise.all([keysOfEach(ctx, ids), besides({ ...ctx, db: ctx.pool }, ids)])
  for (const [at, row] of rows.entries()) {
    if (at % STRETCH === STRETCH - 1) await breathe()
    const { patient_id, wrapped, kek_version, demographics: sealed } = row
    if (!wrapped || !kek_version) continue
    const dataKey = unwrap(ctx.keys, { patient_id, wrapped, kek_version })
    const numbers = beside.numbers.get(patient_id) ?? []
    const phones = phonesOf(row, beside.phones)
    const demographics = openDemographics(dataKey, patient_id, sealed)
    const prepared = preparedOf(ctx.keys, row, demographics, { numbers, phones })
    const marks = numbers.length > 0 ? Float64Array.from(numbers, markOf) : NOTHING
    take(patient_id, { prepared: () => prepared, keys: keysOf.get(patient_id) ?? NOTHING, numbers: marks })
  }
}

/** These Patients, in any number. */
export async function openSome(
  ctx: Context,
  patientIds: readonly number[],
): Promise<ReadonlyMap<number, Opened>> {
  const found = new Map<number, Opened>()
  for (let at = 0; at < patientIds.length; at += AT_ONCE) {
    const ids = patientIds.slice(at, at + AT_ONCE)
    const rows = await ask<Row>(ctx.pool, SOME, ids.map(homeOf), ids)
    await openRows(ctx, rows, (patientId, opened) => found.set(patientId, opened))
  }
  return found
}

/** Lists of numbers, one behind another. */
interface Lists {
  readonly all: Float64Array
  /** Where each begins, and where the last one ends. */
  readonly from: Uint32Array
}

function listsOf(each: readonly Float64Array[]): Lists {
  const from = new Uint32Array(each.length + 1)
  for (const [at, one] of each.entries()) from[at + 1] = (from[at] ?? 0) + one.length
  const all = new Float64Array(from[each.length] ?? 0)
  for (const [at, one] of each.entries()) all.set(one, from[at])
  return { all, from }
}

const listAt = ({ all, from }: Lists, at: number): Float64Array => all.subarray(from[at], from[at + 1])

/** Some of the city's Patients in their order, laid by. */
interface Chunk {
  readonly ids: Float64Array
  readonly places: Float64Array
  readonly keys: Lists
  readonly numbers: Lists
}

/** The place of the last that is not greater; -1 where all are. */
function placeOf(count: number, at: (place: number) => number, wanted: number): number {
  let [low, high] = [0, count - 1]
  while (low <= high) {
    const middle = (low + high) >> 1
    if (at(middle) <= wanted) low = middle + 1
    else high = middle - 1
  }
  return high
}

/** Patients that lie open in this process; undefined for whoever does not. */
export type City = (patientId: number) => Opened | undefined

export const NOBODY: City = () => undefined

/**
 * Opens the city in the order of its Patients, as many as memory holds: each once, and laid by in little room.
 * @param onPage after each page, with how many are open
 */
export async function openCity(ctx: Context, onPage: (open: number) => void): Promise<City> {
  const kept = shelf()
  const chunks: Chunk[] = []
  const [most, pages] = [mostOpen(), paged<Row>(async (last) => ({ rows: await next(ctx, last) }))]
  let count = 0
  for await (const rows of pages) {
    const [ids, places]: [number[], number[]] = [[], []]
    const [keys, numbers]: [Float64Array[], Float64Array[]] = [[], []]
    await openRows(ctx, rows, (patientId, opened) => {
      ids.push(patientId)
      places.push(kept.put(opened.prepared()))
      keys.push(opened.keys)
      numbers.push(opened.numbers)
    })
    chunks.push({
      ...{ ids: Float64Array.from(ids), places: Float64Array.from(places) },
      ...{ keys: listsOf(keys), numbers: listsOf(numbers) },
    })
    count += ids.length
    onPage(count)
    if (count >= most) break
  }
  return (patientId) => {
    const chunk = chunks[placeOf(chunks.length, (at) => chunks[at]?.ids[0] ?? Infinity, patientId)]
    if (!chunk) return undefined
    const at = placeOf(chunk.ids.length, (place) => chunk.ids[place] ?? Infinity, patientId)
    if (chunk.ids[at] !== patientId) return undefined
    let prepared: Prepared | undefined
    const take = () => {
      prepared ??= kept.at(chunk.places[at] ?? 0)
      return prepared
    }
    return { prepared: take, keys: listAt(chunk.keys, at), numbers: listAt(chunk.numbers, at) }
  }
}

const next = (ctx: Context, last: Row | undefined): Promise<Row[]> =>
  ask<Row>(ctx.pool, NEXT, last ? homeOf(last.patient_id) : -1, last?.patient_id ?? -1)
