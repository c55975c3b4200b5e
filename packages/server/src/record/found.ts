import { ask } from '../platform/ask.ts'
import type { Context } from '../platform/context.ts'
import { gather } from '../platform/gather.ts'
import { homeOf } from '../platform/ids.ts'

/** Where a resource stands. */
export interface StandsAt {
  readonly patientId: number
  readonly no: number
}

interface PlaceRow {
  patient_id: number
  no: number
}

const toPlace = ({ patient_id: patientId, no }: PlaceRow): StandsAt => ({ patientId, no })

/** A blind index as it is looked for; without `within` in whatever system. */
export interface KeyAsked {
  readonly hash: Buffer
  readonly within?: number
}

const BY_KEY = `select place::int, patient_id, no
  from unnest($1::bytea[], $2::bigint[]) with ordinality as asked(hash, within, place)
  join record.key on key.hash = asked.hash and (asked.within is null or key.within = asked.within)`

/** As it is gathered with what others look for: the number's bytes behind the system. */
const nameOfKey = ({ hash, within }: KeyAsked): string => `${within ?? ''} ${hash.toString('latin1')}`

function keyNamed(name: string): { hash: Buffer; within: number | null } {
  const at = name.indexOf(' ')
  return {
    hash: Buffer.from(name.slice(at + 1), 'latin1'),
    within: at === 0 ? null : Number(name.slice(0, at)),
  }
}

const placesOf = gather(
  async ({ db }, names: readonly string[]): Promise<ReadonlyMap<string, StandsAt[]>> => {
    const keys = names.map(keyNamed)
    const rows = await ask<PlaceRow & { place: number }>(
      db,
      BY_KEY,
      keys.map(({ hash }) => hash),
      keys.map(({ within }) => within),
    )
    const byKey = Map.groupBy(rows, ({ place }) => names[place - 1] ?? '')
    return new Map([...byKey].map(([name, of]) => [name, of.map(toPlace)]))
  },
)

/**
 * Resources whose standing version has one of these blind indexes, on whichever shelves. Whoever asks leaves out what
 * the actor may not see, before anything is counted.
 */
export async function findByKeys(ctx: Context, keys: readonly KeyAsked[]): Promise<readonly StandsAt[]> {
  const names = keys.map(nameOfKey)
  const places = await placesOf(ctx, names)
  return names.flatMap((name) => places.get(name) ?? [])
}

const ALSO_OF = `select patient_id as spoken_of, stands_with as patient_id, no from record.also
  where home = any($1::bigint[]) and patient_id = any($2::bigint[]) order by 2, 3`

const spokenOf = gather(async ({ db }, patientIds): Promise<ReadonlyMap<number, StandsAt[]>> => {
  const homes = [...new Set(patientIds.map(homeOf))]
  const rows = await ask<PlaceRow & { spoken_of: number }>(db, ALSO_OF, homes, [...patientIds])
  const byPatient = Map.groupBy(rows, (row) => row.spoken_of)
  return new Map([...byPatient].map(([patientId, of]) => [patientId, of.map(toPlace)]))
})

/** Resources that speak of these Patients too but stand on the shelf of another. */
export async function alsoOf(ctx: Context, patientIds: readonly number[]): Promise<readonly StandsAt[]> {
  const spoken = await spokenOf(ctx, patientIds)
  const all = patientIds.flatMap((patientId) => spoken.get(patientId) ?? [])
  return [...new Map(all.map((place) => [`${place.patientId} ${place.no}`, place])).values()]
}

const MARKS = `select patient_id, next_no from record.shelf
  where home = any($1::bigint[]) and patient_id = any($2::bigint[]) and erased_at is null`

/**
 * How far these shelves have come: whatever arrives later has a slot from the mark on. Given back to `read` or `history`
 * as `upTo`, they answer as of now.
 * @returns no line for whom there is no shelf, or who was erased
 */
export async function shelfMarks(
  { db }: Context,
  patientIds: readonly number[],
): Promise<ReadonlyMap<number, number>> {
  if (patientIds.length === 0) return new Map()
  const homes = [...new Set(patientIds.map(homeOf))]
  const rows = await ask<{ patient_id: number; next_no: number }>(db, MARKS, homes, [...patientIds])
  return new Map(rows.map((row) => [row.patient_id, row.next_no]))
}

export interface CohortAsked {
  readonly codes: readonly string[]
  /** First and last day, YYYY-MM-DD in Asia/Ho_Chi_Minh. */
  readonly from: string
  readonly to: string
}

const WHO = `select distinct patient_id from record.cohort
  where code = any($1::text[]) and day between $2::date and $3::date and patient_id > $4
  order by patient_id limit $5`

/** From where a list of Patients goes on, and how long it is at most. */
export interface Next {
  /** The last of those before; default none. */
  readonly behind?: number
  readonly limit: number
}

/**
 * Patients of whom one of these codes was counted on these days, in the order of their numbers. Whoever asks leaves out
 * whom the actor may not see, before anything is counted.
 */
export async function patientsInCohort(
  { db }: Context,
  { codes, from, to }: CohortAsked,
  { behind = -1, limit }: Next,
): Promise<number[]> {
  const rows = await ask<{ patient_id: number }>(db, WHO, [...codes], from, to, behind, limit)
  return rows.map((row) => row.patient_id)
}

const ARRIVED = `select distinct patient_id from record.outbox
  where source = $1 and at >= $2 and at < $3 and patient_id > $4
    and xid < pg_snapshot_xmin(pg_current_snapshot())
  order by patient_id limit $5`

/** Patients of whom a source stated something in a time, in the order of their numbers; told once older writers are done. */
export async function patientsArrived(
  { db }: Context,
  { source, from, to }: { readonly source: string; readonly from: Date; readonly to: Date },
  { behind = -1, limit }: Next,
): Promise<number[]> {
  const times = [from.toISOString(), to.toISOString()]
  const rows = await ask<{ patient_id: number }>(db, ARRIVED, source, ...times, behind, limit)
  return rows.map((row) => row.patient_id)
}
