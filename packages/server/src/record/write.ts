import { note } from '../audit/index.ts'
import { ask } from '../platform/ask.ts'
import type { Context } from '../platform/context.ts'
import { keepDataKey } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import { withoutWaiting } from '../platform/transact.ts'
import type { Shelf } from './hold.ts'
import type { ArrivalRows } from './rows.ts'
import type { Arrival } from './shelve.ts'

const SET_SHELF = 'update record.shelf set next_no = $3, version = $4 where home = $1 and patient_id = $2'
const INSERT_PACK = `insert into record.pack
  (home, patient_id, at, first_no, n, dictionary, kind, source, dir, content)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`
const INSERT_OUTBOX =
  'insert into record.outbox (home, patient_id, at, first_no, n, source) values ($1, $2, $3, $4, $5, $6)'
const INSERT_AMEND = `insert into record.amend (home, patient_id, no, version, pack_no)
  select $1, $2, later.*, $5 from unnest($3::int[], $4::int[]) as later`
const UNCOUNT = 'delete from record.cohort where home = $1 and patient_id = $2 and no = any($3::int[])'
const COUNT = `insert into record.cohort (home, patient_id, no, code, ward, day)
  select $1, $2, mark.* from unnest($3::int[], $4::text[], $5::text[], $6::date[]) as mark`
const UNKEY = 'delete from record.key where patient_id = $1 and no = any($2::int[])'
const KEY = `insert into record.key (patient_id, no, hash)
  select $1, found.* from unnest($2::int[], $3::bytea[]) as found`
const UNSPEAK = 'delete from record.also where stands_with = $1 and no = any($2::int[])'
const SPEAK = `insert into record.also (stands_with, home, patient_id, no)
  select $1, other.* from unnest($2::bigint[], $3::bigint[], $4::int[]) as other`

const column = <Row, Value>(rows: readonly Row[], pick: (row: Row) => Value): Value[] => rows.map(pick)

/** Only what was there before under these numbers can be taken away. */
function forget({ db }: Context, { pack, recounted }: ArrivalRows): Promise<unknown>[] {
  if (recounted.length === 0) return []
  return [
    ask(db, UNCOUNT, pack.home, pack.patient_id, recounted),
    ask(db, UNKEY, pack.patient_id, recounted),
    ask(db, UNSPEAK, pack.patient_id, recounted),
  ]
}

function find({ db }: Context, { pack, cohort, keys, also }: ArrivalRows): Promise<unknown>[] {
  const { home, patient_id: patientId } = pack
  const sent: Promise<unknown>[] = []
  if (cohort.length > 0)
    sent.push(
      ask(
        db,
        COUNT,
        home,
        patientId,
        column(cohort, (row) => row.no),
        column(cohort, (row) => row.code),
        column(cohort, (row) => row.ward),
        column(cohort, (row) => row.day),
      ),
    )
  if (keys.length > 0)
    sent.push(
      ask(
        db,
        KEY,
        patientId,
        column(keys, (row) => row.no),
        column(keys, (row) => row.hash),
      ),
    )
  if (also.length > 0)
    sent.push(
      ask(
        db,
        SPEAK,
        patientId,
        column(also, (row) => row.home),
        column(also, (row) => row.patient_id),
        column(also, (row) => row.no),
      ),
    )
  return sent
}

/** One arrival that changed something, with all its rows. */
export interface Written {
  readonly ctx: Context
  readonly arrival: Arrival
  readonly rows: ArrivalRows
}

function writeOne({ ctx, arrival, rows }: Written): Promise<unknown>[] {
  const { db } = ctx
  const { pack, outbox, amend } = rows
  const of = [pack.home, pack.patient_id] as const
  const { first_no: firstNo, n, dictionary, kind, source, dir, content } = pack
  const at = pack.at.toISOString()
  return [
    note(ctx, { action: 'record.put', patientId: arrival.patientId, what: arrival.kind }),
    ask(db, INSERT_PACK, ...of, at, firstNo, n, dictionary, kind, source, dir, content),
    ask(db, INSERT_OUTBOX, ...of, at, firstNo, outbox.n, outbox.source),
    ...(amend.length === 0
      ? []
      : [
          ask(
            db,
            INSERT_AMEND,
            ...of,
            column(amend, (row) => row.no),
            column(amend, (row) => row.version),
            firstNo,
          ),
        ]),
    ...forget(ctx, rows),
    ...find(ctx, rows),
  ]
}

/** Sent in this order without waiting for one another: one round trip. */
export async function writeAll(
  ctx: Context,
  shelves: ReadonlyMap<number, Shelf>,
  written: readonly Written[],
): Promise<void> {
  const inOrder = written.toSorted((a, b) => a.arrival.patientId - b.arrival.patientId)
  const numbers = [...shelves].map(([patientId, { nextNo, version }]) =>
    ask(ctx.db, SET_SHELF, homeOf(patientId), patientId, nextNo, version),
  )
  const keys = [...shelves.values()].map(({ newKey }) => newKey && keepDataKey(ctx, newKey))
  await withoutWaiting(ctx.db, Promise.all([...numbers, ...keys, ...inOrder.flatMap(writeOne)]))
}
