declare module '../../platform/database.ts' {
  interface Tables {
    'identity.life': LifeRow
    'identity.death_report': {
      home: number
      patient_id: number
      source: string
      died_on: string | null
      at: Date
      settled_at: Date | null
      settled_by: number | null
      settled_as: 'recorded' | 'alive' | 'withdrawn' | null
    }
  }
}

/** What happens in a life and changes who the book says she is. */
export type LifeKind = 'number' | 'correction' | 'move' | 'death'

export interface LifeRow {
  home: number
  no: number
  kind: LifeKind
  at: Date
  /** Neither where she, or whoever acts for her, told it herself. */
  staff_id: number | null
  facility: string | null
  paper: string | null
  told: Buffer
  /** Of a death: YYYY-MM-DD, YYYY-MM or YYYY. */
  died_on: string | null
  /** Of a death: the last day on which the book must be kept. */
  retain_until: string | null
  undone_at: Date | null
  undone_by: number | null
}
