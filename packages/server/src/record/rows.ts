import type { KeyObject } from 'node:crypto'
import { homeOf } from '../platform/ids.ts'
import { makePack } from './pack/codec.ts'
import type { Arrival, Shelved } from './shelve.ts'
import type { AmendRow, CohortRow, OutboxRow, PackRow } from './tables.ts'

/** What one arrival adds to the database, whether it is inserted or copied in bulk. */
export interface ArrivalRows {
  readonly pack: PackRow
  readonly amend: readonly AmendRow[]
  /** Resources whose older cohort rows go. */
  readonly recounted: readonly number[]
  readonly cohort: readonly CohortRow[]
  readonly outbox: OutboxRow
}

export interface Taken {
  readonly dataKey: KeyObject
  readonly at: Date
  readonly firstNo: number
}

/** Seals what was shelved; the same rows for one arrival and for a million. */
export function rowsOf(
  arrival: Arrival,
  { filed, cohort }: Shelved,
  { dataKey, at, firstNo }: Taken,
): ArrivalRows {
  const { patientId, kind, source } = arrival
  const of = { home: homeOf(patientId), patient_id: patientId }
  const later = filed.filter((each) => each.version > 1)
  const amended = new Set(later.map((each) => each.no))
  return {
    pack: makePack(dataKey, { patientId, firstNo, kind, source, at }, filed),
    amend: later.map(({ no, version }) => ({ ...of, no, version, pack_no: firstNo })),
    recounted: cohort.flatMap(({ no }) => (amended.has(no) ? [no] : [])),
    cohort: cohort.flatMap(({ no, marks }) => marks.map((mark) => ({ ...of, no, ...mark }))),
    outbox: { ...of, at, first_no: firstNo, n: arrival.resources.length },
  }
}
