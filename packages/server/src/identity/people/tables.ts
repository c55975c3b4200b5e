import type { Level } from '@sokhoe/model/levels'
import type { Generated } from 'kysely'

export type { Level }

/** How somebody came to her book: by herself, through family, helped by a worker, or moved over from elsewhere. */
export type Channel = 'self' | 'family' | 'assisted' | 'import'

declare module '../../platform/database.ts' {
  interface Tables {
    'identity.person': PersonRow
    'identity.enrolment': {
      home: number
      at: Date
      n: 1 | -1
      ward: string | null
      /** The ward of before July 2025, where it is known. */
      former: Generated<string | null>
      campaign: string | null
      birth_year: number | null
      sex: string | null
      level: Level
      channel: Channel
    }
    'identity.patient': PatientRow
    'identity.link': {
      home: number
      patient_id: number
      at: Date
      person: number
      who: string
      why: string
      score: number | null
    }
    'identity.identifier': {
      hash: Buffer
      patient_id: number
      system: string
      key_version: number
      /** Her word, a card that was read, a document that a station saw; or what a facility states. */
      assurance: 'declared' | 'card' | 'verified' | 'stated'
      since: Date
      until: Date | null
      /** Cancelled or replaced by the authority; otherwise what has an end was a word taken back. */
      ended: Generated<boolean>
    }
    'identity.name_key': { hash: Buffer; patient_id: number; key_version: number }
    'identity.keeper': {
      phone_hash: Buffer
      home: number
      relation: string
      since: Date
      until: Date | null
      epoch: Generated<number>
      adds_until: Date | null
      change: Buffer | null
      /** Whose book it is now, where the home's person is another one. */
      person: Generated<number | null>
      /** That book is surer than the one which this telephone kept: it opens by a proof alone. */
      unproven: Generated<boolean>
      /** The home whose joining brought it here. */
      joined: Generated<number | null>
    }
    'identity.child_code': {
      home: number
      proxy_id: number
      code_hash: Buffer
      wrong: Generated<number>
      created_at: Date
      expires_at: Date
    }
    'identity.card': {
      token_hash: Buffer
      home: number
      token: Buffer
      created_at: Date
      revoked_at: Date | null
    }
    'identity.household': {
      home: number
      ward: string
      address_hash: Buffer
      relation: string
      alley_hash: Buffer | null
    }
  }
}

export interface PersonRow {
  home: number
  /** 'active', 'deceased', 'closed'; 'stated': known through facilities, without a book; 'joined': she is another one. */
  status: string
  level: Level
  synthetic: boolean
  created_at: Date
  campaign: string | null
  channel: Channel
}

export interface PatientRow {
  home: number
  patient_id: number
  /** The person, by the home in which she was first met. */
  person: number
  source: string
  demographics: Buffer
  ward: string | null
  /** The ward of before July 2025 on whose ground she lives, where it is known. */
  former: Generated<string | null>
  birth_year: number | null
  sex: string | null
  synthetic: boolean
  created_at: Date
}
