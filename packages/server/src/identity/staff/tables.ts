export type Role = 'station' | 'station-lead' | 'department' | 'privacy'

declare module '../../platform/database.ts' {
  interface Tables {
    'identity.staff': StaffRow
    'identity.staff_session': {
      token_hash: Buffer
      staff_id: number
      created_at: Date
      seen_at: Date
      ends_at: Date
    }
  }
}

export interface StaffRow {
  staff_id: number
  user_name: string
  display_name: string
  role: Role
  /** Five digits; null for those of the whole city. */
  ward: string | null
  facility: string | null
  /** Argon2id in PHC form. */
  password: string
  totp: Buffer
  /** The last time step whose code was used: no code serves twice. */
  totp_step: number
  wrong: number
  waits_until: Date | null
  active: boolean
  created_at: Date
  created_by: number | null
  changed_at: Date
  signed_in_at: Date | null
}
