import type { Generated } from 'kysely'

declare module '../platform/database.ts' {
  interface Tables {
    'record.shelf': ShelfRow
    'record.pack': PackRow
    'record.amend': AmendRow
    'record.cohort': CohortRow
    'record.outbox': OutboxRow & { xid: Generated<string> }
    'record.key': KeyRow
    'record.also': AlsoRow
  }
}

interface OfPatient {
  home: number
  patient_id: number
}

export interface ShelfRow extends OfPatient {
  next_no: number
  version: number
  erased_at: Date | null
}

export interface PackRow extends OfPatient {
  at: Date
  first_no: number
  n: number
  dictionary: number
  kind: string
  source: string
  dir: Buffer
  content: Buffer
}

export interface AmendRow extends OfPatient {
  no: number
  version: number
  pack_no: number
}

export interface CohortRow extends OfPatient {
  no: number
  day: string
  code: string
  ward: string
}

export interface OutboxRow extends OfPatient {
  at: Date
  first_no: number
  n: number
  source: string | null
}

export interface KeyRow {
  hash: Buffer
  within: number
  patient_id: number
  no: number
}

/** Of the other Patient, of whom the resource speaks too. */
export interface AlsoRow extends OfPatient {
  stands_with: number
  no: number
}
