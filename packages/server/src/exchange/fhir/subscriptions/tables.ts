import type { Generated, Selectable } from 'kysely'

declare module '../../../platform/database.ts' {
  interface Tables {
    'exchange.subscription': SubscriptionTable
    'exchange.event': EventTable
    'exchange.feed': { name: string; cursor: string }
    'exchange.hook': { client_no: number; address: string; since: Date }
    'exchange.socket_token': {
      token_hash: Buffer
      client_no: number
      subscriptions: string[]
      expires_at: Date
    }
  }
}

export type SubscriptionStatus = 'requested' | 'active' | 'error' | 'off'
export type Channel = 'rest-hook' | 'websocket'
export type Payload = 'empty' | 'id-only' | 'full-resource'

interface SubscriptionTable {
  subscription_id: string
  client_no: number
  /** JSON of the Client that asked. */
  actor: string
  status: SubscriptionStatus
  topic: string
  channel: Channel
  payload: Payload
  sealed: Buffer
  version: number
  heartbeat_s: number | null
  most: number
  made_at: Date
  changed_at: Date
  ends_at: Date | null
  events: Generated<number>
  delivered: Generated<number>
  since: Date
  tries: Generated<number>
  next_try: Date
  last_sent: Date | null
  fault: string | null
  lease_by: string | null
  lease_until: Date | null
}

export type SubscriptionRow = Selectable<SubscriptionTable>

interface EventTable {
  subscription_id: string
  seq: Generated<number>
  no: number | null
  patient_id: number
  resource_no: number
  version: number
  type: string
  verb: string
  at: Date
}

export type EventRow = Selectable<EventTable>
