declare module '../../platform/database.ts' {
  interface Tables {
    'identity.judgement': JudgementRow
  }
}

/** What is said of a group of records: one person, as many as there are, some of them one, or not now. */
export type Saying = 'same' | 'different' | 'partly' | 'later'

/** Why later: somebody looks into it, or calls the people. */
export type Later = 'look' | 'call'

/** Waiting for a second person, standing, refused by the second, taken back, or answered since it was put off. */
export type JudgementState = 'waits' | 'stands' | 'refused' | 'undone' | 'over'

export interface JudgementRow {
  judgement_id: number
  at: Date
  staff_id: number
  facility: string
  ward: string
  said: Saying
  state: JudgementState
  why: Later | null
  /** As text: Patients, those who are one person beside each other. */
  parts: string
  /** As text: the pairs that asked and what each was before. */
  pairs: string
  sample: boolean
  suggested: Saying | null
  asked_at: Date
  seconds: number | null
  second_id: number | null
  second_at: Date | null
  ended_at: Date | null
  ended_by: number | null
}
