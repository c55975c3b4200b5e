import type { Generated } from 'kysely'

declare module '../../platform/database.ts' {
  interface Tables {
    'identity.account': {
      phone_hash: Buffer
      key_version: number
      account_id: Generated<number>
      phone: Buffer | null
      phone_key_version: number | null
      proven: boolean
      epoch: Generated<number>
      created_at: Date
      signed_in_at: Date
    }
    'identity.challenge': {
      phone_hash: Buffer
      challenge_hash: Buffer
      code_hash: Buffer
      phone: Buffer
      phone_key_version: number
      campaign: string | null
      created_at: Date
      expires_at: Date
      used_at: Date | null
    }
    'identity.attempt': {
      phone_hash: Buffer
      scope: Buffer
      wrong: number
      waits: number
      waits_until: Date | null
      at: Date
    }
    'identity.issue': { bucket: Buffer; started: Date; n: number; most: number; seconds: number }
    'identity.device': {
      phone_hash: Buffer
      device_hash: Buffer
      opened: boolean
      homes: Generated<readonly number[]>
      created_at: Date
      seen_at: Date
    }
    'identity.session': {
      phone_hash: Buffer
      token_hash: Buffer
      device_hash: Buffer | null
      opened: boolean
      homes: Generated<readonly number[]>
      epoch: Generated<number>
      campaign: string | null
      created_at: Date
      seen_at: Date
      ends_at: Date
    }
    'identity.ticket': {
      ticket_hash: Buffer
      campaign: string
      created_at: Date
      ends_at: Date
      used_at: Date | null
    }
    'identity.message': {
      id: Generated<number>
      phone_hash: Buffer
      key_version: number
      recipient: Buffer
      content: Buffer | null
      state: MessageState
      attempts: Generated<number>
      next_at: Date
      created_at: Date
      expires_at: Date
      provider_id: string | null
      fault: string | null
    }
  }
}

/** Delivered where the network confirms it; expired with the code it carried. */
export type MessageState = 'queued' | 'sent' | 'delivered' | 'failed' | 'expired'
