import type { KeyObject } from 'node:crypto'
import { homeOf } from '../platform/ids.ts'
import { makePack } from './pack/codec.ts'
import type { Arrival, Shelved } from './shelve.ts'
import type { AlsoRow, AmendRow, CohortRow, KeyRow, OutboxRow, PackRow } from './tables.ts'

/** What one arrival adds to the database, whether it is inserted or copied in bulk. */
export interface ArrivalRows {
  readonly pack: PackRow
  readonly amend: readonly AmendRow[]
  /** Resources whose older cohort rows, keys and other Patients go. */
  readonly recounted: readonly number[]
  readonly cohort: readonly CohortRow[]
  readonly keys: readonly KeyRow[]
  readonly also: readonly AlsoRow[]
  readonly outbox: OutboxRow
}

export interface Taken {
  readonly dataKey: KeyObject
  readonly at: Date
  readonly firstNo: number
}

const alsoRow = (other: number, standsWith: number, no: number): AlsoRow => ({
  home: homeOf(other),
  patient_id: other,
  stands_with: standsWith,
  no,
})

/** Seals what was shelved; the same rows for one arrival and for a million. */
export function rowsOf(
  arrival: Arrival,
  { filed, standing }: Shelved,
  { dataKey, at, firstNo }: Taken,
): ArrivalRows {
  const { patientId, kind, source } = arrival
  const of = { home: homeOf(patientId), patient_id: patientId }
  const later = filed.filter((each) => each.version > 1)
  const amended = new Set(later.map((each) => each.no))
  return {
    pack: makePack(dataKey, { patientId, firstNo, kind, source, at }, filed),
    amend: later.map(({ no, version }) => ({ ...of, no, version, pack_no: firstNo })),
    recounted: standing.flatMap(({ no }) => (amended.has(no) ? [no] : [])),
    cohort: standing.flatMap(({ no, cohort }) => cohort.map((mark) => ({ ...of, no, ...mark }))),
    keys: standing.flatMap(({ no, keys }) => keys.map((key) => ({ ...key, patient_id: patientId, no }))),
    also: standing.flatMap(({ no, also }) => also.map((other) => alsoRow(other, patientId, no))),
    outbox: { ...of, at, first_no: firstNo, n: arrival.resources.length, source },
  }
}
