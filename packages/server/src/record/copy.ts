import type pg from 'pg'
import { type Copied, type CopyColumns, copied, sendCopied } from '../platform/copy.ts'
import { type DataKeyRow, makeDataKey } from '../platform/datakeys.ts'
import { homeOf } from '../platform/ids.ts'
import type { Keys } from '../platform/keys.ts'
import type { Filed } from './pack/codec.ts'
import { type ArrivalRows, rowsOf } from './rows.ts'
import { type Arrival, type Standing, shelve } from './shelve.ts'
import type { AlsoRow, AmendRow, CohortRow, KeyRow, OutboxRow, PackRow, ShelfRow } from './tables.ts'

/** A whole new shelf: what arrived, in order of time, the Patient resource first among it as number 0. */
export interface NewShelf {
  readonly patientId: number
  /** The Patient's key where it was made before; default a new one. */
  readonly key?: ReturnType<typeof makeDataKey>
  readonly arrivals: readonly (Omit<Arrival, 'patientId'> & { readonly at: Date })[]
}

export interface ShelfRows {
  readonly shelf: ShelfRow
  readonly dataKey: DataKeyRow
  readonly packs: readonly PackRow[]
  readonly amend: readonly AmendRow[]
  readonly cohort: readonly CohortRow[]
  readonly keys: readonly KeyRow[]
  readonly also: readonly AlsoRow[]
  readonly outbox: readonly OutboxRow[]
}

function standingAmong(filed: readonly Filed[]): Standing {
  return {
    versions: (no) => filed.filter((each) => each.no === no),
    noOf: (mark) => filed.find((each) => each.sourceKey === mark)?.no,
  }
}

type Finding = Pick<ArrivalRows, 'cohort' | 'keys' | 'also'>
const NOTHING_FOUND: Finding = { cohort: [], keys: [], also: [] }

function recount(before: Finding, { recounted, cohort, keys, also }: ArrivalRows): Finding {
  const stays = ({ no }: { readonly no: number }) => !recounted.includes(no)
  return {
    cohort: [...before.cohort.filter(stays), ...cohort],
    keys: [...before.keys.filter(stays), ...keys],
    also: [...before.also.filter(stays), ...also],
  }
}

/** The rows that as many calls of `put` would have written: same texts, same codec, same sealing. */
export function shelfRows(keys: Keys, { patientId, key, arrivals }: NewShelf): ShelfRows {
  const { dataKey, row } = key ?? makeDataKey(keys, patientId)
  const all: ArrivalRows[] = []
  const filed: Filed[] = []
  let nextNo = 0
  for (const { at, ...each } of arrivals) {
    const arrival = { ...each, patientId }
    const shelved = shelve(arrival, { idKey: keys.id, at, firstNo: nextNo, standing: standingAmong(filed) })
    if (shelved.filed.length === 0) continue
    all.push(rowsOf(arrival, shelved, { dataKey, at, firstNo: nextNo }))
    filed.push(...shelved.filed)
    nextNo += arrival.resources.length
  }
  const of = { home: homeOf(patientId), patient_id: patientId }
  return {
    shelf: { ...of, next_no: nextNo, version: all.length, erased_at: null },
    dataKey: row,
    packs: all.map((rows) => rows.pack),
    amend: all.flatMap((rows) => rows.amend),
    ...all.reduce(recount, NOTHING_FOUND),
    outbox: all.map((rows) => rows.outbox),
  }
}

const OF_PATIENT = { home: 'int8', patient_id: 'int8' } as const
const DATA_KEY: CopyColumns<DataKeyRow> = { ...OF_PATIENT, wrapped: 'bytea', kek_version: 'int4' }
const SHELF: CopyColumns<ShelfRow> = {
  ...OF_PATIENT,
  next_no: 'int4',
  version: 'int4',
  erased_at: 'timestamptz',
}
const PACK: CopyColumns<PackRow> = {
  ...OF_PATIENT,
  at: 'timestamptz',
  first_no: 'int4',
  n: 'int4',
  dictionary: 'int2',
  kind: 'text',
  source: 'text',
  dir: 'bytea',
  content: 'bytea',
}
const AMEND: CopyColumns<AmendRow> = { ...OF_PATIENT, no: 'int4', version: 'int4', pack_no: 'int4' }
const COHORT: CopyColumns<CohortRow> = { ...OF_PATIENT, no: 'int4', day: 'date', code: 'text', ward: 'text' }
const KEY: CopyColumns<KeyRow> = { hash: 'bytea', within: 'int8', patient_id: 'int8', no: 'int4' }
const ALSO: CopyColumns<AlsoRow> = { ...OF_PATIENT, stands_with: 'int8', no: 'int4' }
const OUTBOX: CopyColumns<OutboxRow> = {
  ...OF_PATIENT,
  at: 'timestamptz',
  first_no: 'int4',
  n: 'int4',
  source: 'text',
}

const COLUMNS = {
  'keys.data_key': DATA_KEY,
  'record.shelf': SHELF,
  'record.pack': PACK,
  'record.amend': AMEND,
  'record.cohort': COHORT,
  'record.key': KEY,
  'record.also': ALSO,
  'record.outbox': OUTBOX,
} as const

/** The rows of new shelves as they travel, in an order in which they may be loaded. */
export function copiedShelves(shelves: readonly ShelfRows[]): Copied[] {
  const rows: Readonly<Record<keyof typeof COLUMNS, readonly object[]>> = {
    'keys.data_key': shelves.map((each) => each.dataKey),
    'record.shelf': shelves.map((each) => each.shelf),
    'record.pack': shelves.flatMap((each) => each.packs),
    'record.amend': shelves.flatMap((each) => each.amend),
    'record.cohort': shelves.flatMap((each) => each.cohort),
    'record.key': shelves.flatMap((each) => each.keys),
    'record.also': shelves.flatMap((each) => each.also),
    'record.outbox': shelves.flatMap((each) => each.outbox),
  }
  return Object.entries(rows).flatMap(([table, each]) =>
    each.length > 0 ? [copied(COLUMNS, table, each)] : [],
  )
}

/**
 * Loads new shelves in bulk, for imports and simulations. The caller opens the transaction and writes its audit row.
 * @param client a connection of its own, not pipelined
 */
export async function copyIn(client: pg.ClientBase, shelves: readonly ShelfRows[]): Promise<void> {
  for (const each of copiedShelves(shelves)) await sendCopied(client, each)
}
