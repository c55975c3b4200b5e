import type { Generated, Selectable } from 'kysely'

declare module '../../platform/database.ts' {
  interface Tables {
    'exchange.client': ClientTable
    'exchange.client_key': KeyTable
    'exchange.token': TokenRow
    'exchange.used_assertion': { jti_hash: Buffer; expires_at: Date }
  }
}

interface ClientTable {
  no: number
  id: string
  name: string
  facility: string
  scopes: string[]
  operator: Generated<boolean>
  jwks_url: string | null
  created_at: Date
  created_by: number | null
  changed_at: Date
  suspended_at: Date | null
  last_used_at: Date | null
}

export type ClientRow = Selectable<ClientTable>

interface KeyTable {
  client: number
  kid: string
  /** Its public half, as JSON. */
  jwk: string
  since: Date
  until: Date | null
  last_used_at: Date | null
}

export type KeyRow = Selectable<KeyTable>

interface TokenRow {
  token_hash: Buffer
  client: number | null
  kid: string | null
  patient_id: number | null
  scopes: string[]
  issued_at: Date
  expires_at: Date
}
