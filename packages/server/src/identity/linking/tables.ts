declare module '../../platform/database.ts' {
  interface Tables {
    'identity.link_key': { key: number; patient_id: number; key_version: number }
    'identity.pair': PairRow
    'identity.ruling': RulingRow
    'identity.merge': MergeRow
  }
}

/** 'linked' by the engine, 'waits' for a confirmation, 'open' to the station, 'sample', 'settled', 'gone'. */
export type PairState = 'linked' | 'waits' | 'open' | 'sample' | 'settled' | 'gone'

/** In place of a rule: its source has said something else since the two were joined, and the station is asked. */
export const SAID_ANEW = 'said-anew'

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

/** By what it is known that two are one: a card or the authority that names both numbers, papers, her word, the records. */
export const EVIDENCE = ['card', 'authority', 'birth-certificate', 'asked', 'records'] as const
export type Evidence = (typeof EVIDENCE)[number]

/** Papers that lay before the worker; her word and what records say are none. */
export const ON_PAPER: readonly Evidence[] = ['card', 'authority', 'birth-certificate']

/** Why a Patient lies with a person whose home another book was, and why it does so no longer. */
export const MERGED = 'two books of one person'
export const PARTED = 'two people after all'

/** Why two are parted again. */
export const REASONS = ['other-person', 'papers-differ', 'asked', 'mistake'] as const
export type UndoReason = (typeof REASONS)[number]

export interface MergeRow {
  /** The person who joins, by her own home. */
  home: number
  /** Which merge of hers. */
  no: number
  at: Date
  /** The person who stays. */
  into_home: number
  state: 'waits' | 'merged' | 'declined' | 'parted' | 'expired'
  evidence: Evidence
  staff_id: number
  facility: string
  ward: string | null
  telephones: Buffer[]
  second_id: number | null
  second_facility: string | null
  merged_at: Date | null
  /** Until when a proposal waits. */
  due_at: Date | null
  status_before: string | null
  ended: Buffer[]
  parted_at: Date | null
  parted_by: number | null
  reason: UndoReason | null
}
