import { noteAll } from '../audit/index.ts'
import { ask } from '../platform/ask.ts'
import type { Context } from '../platform/context.ts'
import type { Db } from '../platform/database.ts'
import { keepDataKeys } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { withoutWaiting } from '../platform/transact.ts'
import type { Shelf } from './hold.ts'
import type { ArrivalRows } from './rows.ts'
import type { Arrival } from './shelve.ts'
import type { PackRow } from './tables.ts'

/** A statement for any number of rows of one kind: each costs more than a row. */
const SET_SHELVES = `update record.shelf set next_no = arriving.next_no, version = arriving.version
  from unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[]) as arriving(home, patient_id, next_no, version)
  where shelf.home = arriving.home and shelf.patient_id = arriving.patient_id`
const BEGIN_SHELVES = `insert into record.shelf (home, patient_id, next_no, version)
  select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[])`
/** Sealed bytes travel in one piece: an array of them would be written out as text. */
const INSERT_PACKS = `insert into record.pack
    (home, patient_id, at, first_no, n, dictionary, kind, source, dir, content)
  select home, patient_id, at, first_no, n, dictionary, kind, source,
    substring($12::bytea from dir_at for dir_n), substring($12::bytea from dir_at + dir_n for content_n)
  from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::int[], $5::int[], $6::int[], $7::text[], $8::text[],
      $9::int[], $10::int[], $11::int[])
    as arriving(home, patient_id, at, first_no, n, dictionary, kind, source, dir_at, dir_n, content_n)`
const INSERT_OUTBOX = `insert into record.outbox (home, patient_id, at, first_no, n, source)
  select * from unnest($1::bigint[], $2::bigint[], $3::timestamptz[], $4::int[], $5::int[], $6::text[])`
const INSERT_AMEND = `insert into record.amend (home, patient_id, no, version, pack_no)
  select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::int[], $5::int[])`
const UNCOUNT = `delete from record.cohort using unnest($1::bigint[], $2::bigint[], $3::int[]) as gone(home, patient_id, no)
  where cohort.home = gone.home and cohort.patient_id = gone.patient_id and cohort.no = gone.no`
const COUNT = `insert into record.cohort (home, patient_id, no, code, ward, day)
  select * from unnest($1::bigint[], $2::bigint[], $3::int[], $4::text[], $5::text[], $6::date[])`
const UNKEY = `delete from record.key using unnest($1::bigint[], $2::int[]) as gone(patient_id, no)
  where key.patient_id = gone.patient_id and key.no = gone.no`
const KEY = `insert into record.key (patient_id, no, within, hash)
  select patient_id, no, within, substring($4::bytea from (place::int - 1) * 16 + 1 for 16)
  from unnest($1::bigint[], $2::int[], $3::bigint[]) with ordinality as found(patient_id, no, within, place)`
const UNSPEAK = `delete from record.also using unnest($1::bigint[], $2::int[]) as gone(stands_with, no)
  where also.stands_with = gone.stands_with and also.no = gone.no`
const SPEAK = `insert into record.also (home, patient_id, stands_with, no)
  select * from unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::int[])`

/** The columns of many rows, in the order of their names. */
const columns = <Row, Name extends keyof Row>(rows: readonly Row[], ...names: Name[]): unknown[][] =>
  names.map((name) => rows.map((row) => row[name]))

const instants = (rows: readonly { readonly at: Date }[]): string[] => rows.map(({ at }) => at.toISOString())

function insertPacks(db: Db, packs: readonly PackRow[]): Promise<unknown> {
  let at = 1
  const places = packs.map(({ dir, content }) => {
    const place = { dirAt: at, dirN: dir.length, contentN: content.length }
    at += dir.length + content.length
    return place
  })
  return ask(
    db,
    INSERT_PACKS,
    ...columns(packs, 'home', 'patient_id'),
    instants(packs),
    ...columns(packs, 'first_no', 'n', 'dictionary', 'kind', 'source'),
    ...columns(places, 'dirAt', 'dirN', 'contentN'),
    Buffer.concat(packs.flatMap(({ dir, content }) => [dir, content])),
  )
}

const some = (
  db: Db,
  text: string,
  rows: readonly unknown[],
  ...values: readonly unknown[]
): Promise<unknown>[] => (rows.length === 0 ? [] : [ask(db, text, ...values)])

/** Only what was there before under these numbers can be taken away. */
function forget(db: Db, all: readonly ArrivalRows[]): Promise<unknown>[] {
  const gone = all.flatMap(({ pack: { home, patient_id }, recounted }) =>
    recounted.map((no) => ({ home, patient_id, no })),
  )
  const byPatient = columns(gone, 'patient_id', 'no')
  return [
    ...some(db, UNCOUNT, gone, ...columns(gone, 'home', 'patient_id', 'no')),
    ...some(db, UNKEY, gone, ...byPatient),
    ...some(db, UNSPEAK, gone, ...byPatient),
  ]
}

function find(db: Db, all: readonly ArrivalRows[]): Promise<unknown>[] {
  const cohort = all.flatMap((rows) => rows.cohort)
  const keys = all.flatMap((rows) => rows.keys)
  const also = all.flatMap((rows) => rows.also)
  const hashes = Buffer.concat(keys.map(({ hash }) => hash))
  return [
    ...some(db, COUNT, cohort, ...columns(cohort, 'home', 'patient_id', 'no', 'code', 'ward', 'day')),
    ...some(db, KEY, keys, ...columns(keys, 'patient_id', 'no', 'within'), hashes),
    ...some(db, SPEAK, also, ...columns(also, 'home', 'patient_id', 'stands_with', 'no')),
  ]
}

/** One arrival that changed something, with all its rows. */
export interface Written {
  readonly ctx: Context
  readonly arrival: Arrival
  readonly rows: ArrivalRows
}

/** Sent in this order without waiting for one another: one round trip. */
export async function writeAll(
  { db }: Context,
  shelves: ReadonlyMap<number, Shelf>,
  written: readonly Written[],
): Promise<void> {
  const all = written.map(({ rows }) => rows)
  const outbox = all.map((rows) => rows.outbox)
  const amend = all.flatMap((rows) => rows.amend)
  const numbers = [...shelves].map(([id, shelf]) => ({ ...shelf, home: homeOf(id), id }))
  const [begun, known] = [numbers.filter((one) => one.isUnwritten), numbers.filter((one) => !one.isUnwritten)]
  const newKeys = [...shelves.values()].flatMap(({ newKey }) => newKey ?? [])
  const notes = written.map(({ ctx, arrival: { patientId, kind } }) => {
    return [ctx, { action: 'record.put', patientId, what: kind }] as const
  })
  const sent = [
    ...some(db, BEGIN_SHELVES, begun, ...columns(begun, 'home', 'id', 'nextNo', 'version')),
    ...some(db, SET_SHELVES, known, ...columns(known, 'home', 'id', 'nextNo', 'version')),
    keepDataKeys({ db }, newKeys),
    insertPacks(
      db,
      all.map((rows) => rows.pack),
    ),
    ask(
      db,
      INSERT_OUTBOX,
      ...columns(outbox, 'home', 'patient_id'),
      instants(outbox),
      ...columns(outbox, 'first_no', 'n', 'source'),
    ),
    ...some(db, INSERT_AMEND, amend, ...columns(amend, 'home', 'patient_id', 'no', 'version', 'pack_no')),
    ...forget(db, all),
    ...find(db, all),
    noteAll(db, notes),
  ]
  await withoutWaiting(db, Promise.all(sent))
}
