import type { Context } from '../../platform/context.ts'
import { keyRows } from './keys.ts'
import { clientRows } from './registry.ts'
import type { ClientRow, KeyRow } from './tables.ts'

export interface KeyTold {
  readonly kid: string
  readonly alg: string
  /** Instants, ISO 8601. */
  readonly since: string
  /** Null while it stands. */
  readonly until: string | null
  readonly lastUsedAt: string | null
}

export interface ClientTold {
  readonly id: string
  readonly name: string
  readonly facility: string
  /** With blanks between. */
  readonly scopes: string
  readonly operator: boolean
  /** Where its keys are fetched from; null where they are registered. */
  readonly keyAddress: string | null
  readonly createdAt: string
  readonly suspendedAt: string | null
  readonly lastUsedAt: string | null
  /** The newest first, those that ended last. */
  readonly keys: readonly KeyTold[]
}

const instant = (at: Date | null): string | null => at?.toISOString() ?? null

const toldKey = ({ kid, jwk, since, until, last_used_at }: KeyRow): KeyTold => ({
  kid,
  alg: (JSON.parse(jwk) as { alg: string }).alg,
  since: since.toISOString(),
  until: instant(until),
  lastUsedAt: instant(last_used_at),
})

const toldClient = (row: ClientRow, keys: readonly KeyRow[]): ClientTold => ({
  id: row.id,
  name: row.name,
  facility: row.facility,
  scopes: row.scopes.join(' '),
  operator: row.operator,
  keyAddress: row.jwks_url,
  createdAt: row.created_at.toISOString(),
  suspendedAt: instant(row.suspended_at),
  lastUsedAt: instant(row.last_used_at),
  keys: keys.toSorted((a, b) => Number(a.until !== null) - Number(b.until !== null)).map(toldKey),
})

/** Every client with its keys, in the order in which they were registered. */
export async function clientsTold(ctx: Context): Promise<ClientTold[]> {
  const clients = await clientRows(ctx)
  const keys = await keyRows(
    ctx,
    clients.map(({ no }) => no),
  )
  return clients.map((row) =>
    toldClient(
      row,
      keys.filter(({ client }) => client === row.no),
    ),
  )
}
