declare module '../../platform/database.ts' {
  interface Tables {
    'identity.night': NightRow
    'identity.night_pair': {
      patient_id: number
      other_patient_id: number
      verdict: 'same' | 'review'
      score: number
      rule: string | null
      reasons: string
      tie: number
    }
    'identity.link_sample': { week: number; drawn_at: Date; linked: number; drawn: number }
    'identity.model': { version: number; learned_at: Date; records: number; model: unknown }
  }
}

/** What a run does: learns the weights, compares who shares a key, moves Patients to their persons, tells of pairs. */
export type Phase = 'learn' | 'compare' | 'move' | 'pairs' | 'done'

export interface NightRow {
  no: number
  started_at: Date
  phase: Phase
  slice: number
  slices: number
  /** Version of the model it decides with. */
  model: number
  compared: number
  same: number
  review: number
  moved: number
  finished_at: Date | null
}
