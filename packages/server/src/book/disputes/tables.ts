export const REASONS = ['not-mine', 'wrong-value', 'wrong-date', 'never-happened', 'other'] as const
export type Reason = (typeof REASONS)[number]
export type DisputeAnswer = 'kept' | 'corrected' | 'withdrawn'

declare module '../../platform/database.ts' {
  interface Tables {
    'book.dispute': DisputeRow
  }
}

export interface DisputeRow {
  home: number
  number: number
  /** The line that is disputed: on whose shelf, its number, and the version that was read. */
  patient_id: number
  no: number
  version: number
  source: string
  reason: Reason
  words: Buffer | null
  /** A document of her own shelf that shows it. */
  document_no: number | null
  desk: string | null
  state: 'received' | 'with-source' | 'answered'
  law: string
  asked_at: Date
  due_on: string
  passed_at: Date | null
  answered_at: Date | null
  answered_by: number | null
  answer: DisputeAnswer | null
  answer_words: Buffer | null
}
