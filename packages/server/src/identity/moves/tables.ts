import type { Generated, Selectable } from 'kysely'

declare module '../../platform/database.ts' {
  interface Tables {
    'identity.phone_change': ChangeTable
  }
}

/** What can show that a book is hers: her identity card, her insurance card, the station, or somebody of her family. */
export type ProofKind = 'id-card' | 'insurance' | 'station' | 'family'

/** The homes that each proof given so far fits. */
export type Proofs = Readonly<Partial<Record<ProofKind, readonly number[]>>>

interface ChangeTable {
  /** Blind index of the new number. */
  phone_hash: Buffer
  code_hash: Buffer
  epoch: number
  code: Buffer
  undo_hash: Buffer | null
  /** As JSON where it is read: int8[] arrives as texts. */
  candidates: readonly number[]
  proofs: Generated<Proofs>
  home: number | null
  state: 'collecting' | 'waiting' | 'moved' | 'undone' | 'ended'
  created_at: Date
  ends_at: Date
  begun_at: Date | null
  effective_at: Date | null
  undone_at: Date | null
}

export type ChangeRow = Selectable<ChangeTable>
