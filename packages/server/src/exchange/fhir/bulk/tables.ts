import type { Generated, Selectable } from 'kysely'

declare module '../../../platform/database.ts' {
  interface Tables {
    'exchange.job': JobTable
    'exchange.export_patient': { job_id: string; patient_id: number }
    'exchange.export_file': FileRow
    'exchange.import_piece': PieceRow
    'exchange.imported': ImportedRow
    'exchange.job_outcome': { job_id: string; no: number; outcome: string }
  }
}

export type JobKind = 'export' | 'import'
export type JobStatus = 'waiting' | 'running' | 'done' | 'failed'

interface JobTable {
  job_id: string
  kind: JobKind
  client_no: number
  /** JSON of the Client that asked. */
  actor: string
  asked: Buffer
  status: Generated<JobStatus>
  cursor: Generated<string>
  done: Generated<number>
  total: number | null
  horizon: Date
  fault: string | null
  made_at: Date
  ended_at: Date | null
  expires_at: Date
  lease_by: string | null
  lease_until: Date | null
}

export type JobRow = Selectable<JobTable>

export interface FileRow {
  job_id: string
  no: number
  place: 'record' | 'deleted' | 'directory'
  type: string
  after_patient: number
  upto_patient: number
  n: number
  closed: boolean
}

export interface PieceRow {
  job_id: string
  no: number
  first_line: number
  sealed: Buffer
}

export interface ImportedRow {
  key_hash: Buffer
  source: string
  patient_id: number
  no: number
  type: string
  digest: Buffer
  at: Date
}
