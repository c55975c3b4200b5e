declare module '../../platform/database.ts' {
  interface Tables {
    'identity.link_key': { key: string; patient_id: number; key_version: number }
    'identity.pair': PairRow
    'identity.ruling': RulingRow
  }
}

/** 'linked' by the engine, 'waits' for a confirmation, 'open' to the station, 'sample', 'settled', 'gone'. */
export type PairState = 'linked' | 'waits' | 'open' | 'sample' | 'settled' | 'gone'

export interface PairRow {
  /** The smaller of the two. */
  patient_id: number
  other_patient_id: number
  verdict: 'same' | 'review'
  score: number
  rule: string | null
  /** As text: levels and weights, never a value of a field. */
  reasons: string
  state: PairState
  ward: string | null
  noted_at: Date
}

export interface RulingRow {
  patient_id: number
  other_patient_id: number
  at: Date
  same: boolean
  staff_id: number
  second_id: number | null
  facility: string
  evidence: string
  ended_at: Date | null
  ended_by: number | null
}
