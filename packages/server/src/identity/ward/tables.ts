import type { Level } from '../people/tables.ts'

/** What was looked at: identity card, insurance card, passport, birth certificate, the State's own app. */
export type DocumentKind = 'cccd' | 'bhyt' | 'passport' | 'birth-certificate' | 'vneid'

declare module '../../platform/database.ts' {
  interface Tables {
    'identity.verification': VerificationRow
    'identity.household_size': {
      address_hash: Buffer
      ward: string
      people: number
      told_at: Date
      staff_id: number
    }
  }
}

export interface VerificationRow {
  home: number
  at: Date
  staff_id: number
  facility: string
  document: DocumentKind
  /** Its code was read, or somebody looked at it. */
  how: 'scanned' | 'seen'
  number_hash: Buffer | null
  assurance_before: 'declared' | 'card' | 'verified' | 'stated' | null
  level_before: Level
  /** Which fields of the book the document put right, with a blank between them. */
  corrected: string
  /** Old numbers that the book learnt from the document, by their blind index. */
  old_learnt: Buffer[]
  /** Those of them that had stood in it until then. */
  old_stood: Buffer[]
  undone_at: Date | null
  undone_by: number | null
}
