import type { Generated } from 'kysely'

declare module '../platform/database.ts' {
  interface Tables {
    'declaration.campaign': CampaignRow
    'declaration.place': PlaceRow
    'declaration.place_day': { place: string; day: string; scans: number; books: number }
    'declaration.draft': {
      phone_hash: Buffer
      uuid: string
      content: Buffer
      saved_at: Date
      epoch: Generated<number>
      home: number | null
    }
    'declaration.kept': {
      phone_hash: Buffer
      uuid: string
      digest: Buffer
      home: number
      patient_id: number
      resources: number
      at: Date
    }
    'declaration.visit': {
      uuid: string
      digest: Buffer
      home: number
      patient_id: number
      resources: number
      ward: string
      staff_id: number
      at: Date
    }
    'declaration.tablet': {
      tablet: string
      secret_hash: Buffer
      staff_id: number
      ward: string
      private_key: Buffer
      made_at: Date
      ends_at: Date
    }
    'declaration.handed_over': {
      tablet: string
      uuid: string
      box: Buffer
      handed_at: Date
      taken_by: number | null
      taken_at: Date | null
    }
  }
}

export interface CampaignRow {
  code: string
  /** Five digits, as the wards of its day. */
  ward: string
  alley: string | null
  title: string
  /** YYYY-MM-DD, the first and the last day in Vietnam; no last day means until it is ended. */
  starts: string
  ends: string | null
  target: number | null
  station_name: string
  station_phone: string | null
  station_hours: string | null
  station_address: string | null
  synthetic: boolean
  created_at: Date
  kind: CampaignKind
  /** Ended before its last day, by whoever looks after it. */
  ended_at: Date | null
}

export type CampaignKind = 'ward' | 'alley' | 'event'

/** Where a poster hangs. */
export interface PlaceRow {
  code: string
  campaign: string
  name: string
  hangs: boolean
  created_at: Date
}
