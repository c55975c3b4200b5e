declare module '../platform/database.ts' {
  interface Tables {
    'audit.head': { home: number; patient_id: number; seq: number; hash: Buffer }
    'audit.event': EventRow
    'audit.root': { day: string; root: Buffer; heads: number; made_at: Date }
  }
}

export interface EventRow {
  home: number
  patient_id: number
  seq: number
  at: Date
  actor: string
  actor_id: number | null
  facility: string | null
  action: string
  purpose: string | null
  what: string | null
  refused: boolean
}
