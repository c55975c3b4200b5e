/** What the server tells of the rights to one's own book. */

export type Purpose = 'treatment' | 'programme' | 'research' | 'restricted'
export type Consent = {
  purpose: Purpose
  given: boolean | null
  textVersion: string | null
  since: string | null
  history: readonly { given: boolean; at: string; textVersion: string }[]
  text: { version: string; vi: string; en: string }
}

export const STATEMENT_KINDS = [
  'allergy',
  'condition',
  'medicine',
  'immunisation',
  'family',
  'surgery',
] as const
export type StatementKind = (typeof STATEMENT_KINDS)[number]
export type Statement = {
  id: string
  version: number
  kind: StatementKind
  name: string
  when: string | null
  note: string | null
  who: string | null
  healed: boolean
  ended: boolean
  at: string
}
export type Said = {
  kind: StatementKind
  name: string
  when?: string
  note?: string
  who?: string
  healed?: boolean
}

export const PAPERS = ['prescription', 'lab-paper', 'discharge', 'vaccination-card', 'other'] as const
export type Paper = (typeof PAPERS)[number]
export type Document = {
  id: string
  version: number
  paper: Paper
  title: string
  date: string | null
  mediaType: string
  bytes: number
  at: string
  own: boolean
  ended: boolean
}

export const REASONS = ['not-mine', 'wrong-value', 'wrong-date', 'never-happened', 'other'] as const
export type Reason = (typeof REASONS)[number]
export type Dispute = {
  number: number
  line: string
  version: number
  source: string
  reason: Reason
  words: string | null
  document: string | null
  state: 'received' | 'with-source' | 'answered'
  askedAt: string
  dueOn: string
  daysLeft: number
  answer: { is: 'kept' | 'corrected' | 'withdrawn'; at: string; words: string | null } | null
}

export const REQUEST_KINDS = ['close', 'object', 'erase'] as const
export type RequestKind = (typeof REQUEST_KINDS)[number]
export type Request = {
  number: number
  kind: RequestKind
  state: 'received' | 'in-hand' | 'answered'
  words: string | null
  askedAt: string
  dueOn: string
  daysLeft: number
  answer: {
    is: 'granted' | 'refused'
    at: string
    words: string | null
    retention: { class: string; years: number; after: string; until: string | null } | null
  } | null
}
