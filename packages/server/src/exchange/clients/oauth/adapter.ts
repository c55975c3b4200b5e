import { type Adapter, type AdapterPayload, errors } from 'oidc-provider'
import type { Context } from '../../../platform/context.ts'
import { fingerprint } from '../../../platform/keys.ts'
import { standingKeys } from '../keys.ts'
import { findClient } from '../registry.ts'

const never = async (): Promise<undefined> => undefined

/** What this house needs of an authorization server's store; the rest of it is never asked for. */
const EMPTY: Adapter = {
  upsert: never,
  find: never,
  findByUserCode: never,
  findByUid: never,
  consume: never,
  destroy: never,
  revokeByGrantId: never,
}

/** A client as the provider knows it: its address of keys, or else the keys that stand. A suspended one is not there. */
async function clientMetadata(ctx: Context, id: string): Promise<AdapterPayload | undefined> {
  const row = await findClient(ctx, id)
  if (!row || row.suspended_at !== null) return undefined
  const keys = row.jwks_url === null ? await standingKeys(ctx, row.no) : []
  return {
    client_id: row.id,
    token_endpoint_auth_method: 'private_key_jwt',
    grant_types: ['client_credentials'],
    response_types: [],
    redirect_uris: [],
    ...(row.jwks_url === null
      ? { jwks: { keys: keys.map(({ jwk }) => JSON.parse(jwk)) } }
      : { jwks_uri: row.jwks_url }),
  }
}

/** An assertion passes once, over all servers: whoever writes it down first has it. */
async function keepAssertion({ pool, keys }: Context, id: string, seconds: number): Promise<void> {
  const row = {
    jti_hash: fingerprint(keys, 'assertion', id),
    expires_at: new Date(Date.now() + seconds * 1000),
  }
  const { numInsertedOrUpdatedRows } = await pool
    .insertInto('exchange.used_assertion')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirstOrThrow()
  if (numInsertedOrUpdatedRows !== 1n) throw new errors.InvalidClientAuth('used before')
}

/** The provider's store on PostgreSQL. Tokens are kept by `keepToken`, since whoever comes with one needs no provider. */
export const adapterOf =
  (ctx: Context) =>
  (name: string): Adapter => {
    if (name === 'Client') return { ...EMPTY, find: (id) => clientMetadata(ctx, id) }
    if (name === 'ReplayDetection')
      return { ...EMPTY, upsert: (id, _payload, seconds = 0) => keepAssertion(ctx, id, seconds) }
    return EMPTY
  }
