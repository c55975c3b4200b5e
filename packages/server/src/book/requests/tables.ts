import type { RetentionClass } from '../../record/index.ts'

export type RequestKind = 'close' | 'object' | 'erase'

declare module '../../platform/database.ts' {
  interface Tables {
    'book.request': RequestRow
  }
}

export interface RequestRow {
  home: number
  number: number
  kind: RequestKind
  words: Buffer | null
  state: 'received' | 'in-hand' | 'answered'
  law: string
  asked_at: Date
  acknowledge_by: string
  due_on: string
  taken_at: Date | null
  answered_at: Date | null
  answered_by: number | null
  answer: 'granted' | 'refused' | null
  answer_words: Buffer | null
  retention_class: RetentionClass | null
  retain_until: string | null
}
