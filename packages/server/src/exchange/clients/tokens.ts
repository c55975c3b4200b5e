import { randomBytes } from 'node:crypto'
import { livingPersonOf } from '../../identity/index.ts'
import { ask } from '../../platform/ask.ts'
import type { Client, Context, Resident, Scope } from '../../platform/context.ts'
import type { Db } from '../../platform/database.ts'
import { fingerprint } from '../../platform/keys.ts'
import { readScope, writeScope } from './scopes.ts'

/** 256 random bits in base64url: nothing can be read out of a token. */
const TOKEN_BYTES = 32
const WRITTEN = /^[A-Za-z0-9_-]{43}$/
/** What was found is believed for so long, then looked up again: suspending acts on every server within it. */
const BELIEVED_MS = 1000
const MOST_BELIEVED = 20_000

export interface NewToken {
  readonly scopes: readonly Scope[]
  readonly seconds: number
  /** Whose it is: a client's, or one resident's own by any of her Patients. */
  readonly of: { readonly client: number; readonly kid?: string } | { readonly patientId: number }
}

const newTokenText = (): string => randomBytes(TOKEN_BYTES).toString('base64url')

/** Keeps the fingerprint of a token only. */
async function keepToken(ctx: Context, text: string, { scopes, seconds, of }: NewToken): Promise<void> {
  const issued_at = ctx.now()
  await ctx.db
    .insertInto('exchange.token')
    .values({
      token_hash: fingerprint(ctx.keys, 'token', text),
      client: 'client' in of ? of.client : null,
      kid: 'client' in of ? (of.kid ?? null) : null,
      patient_id: 'patientId' in of ? of.patientId : null,
      scopes: scopes.map(writeScope),
      issued_at,
      expires_at: new Date(issued_at.getTime() + seconds * 1000),
    })
    .execute()
}

/** @returns the token, told once */
export async function issueToken(ctx: Context, token: NewToken): Promise<string> {
  const text = newTokenText()
  await keepToken(ctx, text, token)
  return text
}

interface Row {
  patient_id: number | null
  scopes: string[]
  expires_at: Date
  no: number | null
  id: string | null
  facility: string | null
  operator: boolean | null
}

/** A suspended client and an ended key take their tokens with them. */
const FIND = `select token.patient_id, token.scopes, token.expires_at, client.no, client.id, client.facility, client.operator
  from exchange.token token
  left join exchange.client client on client.no = token.client
  left join exchange.client_key used on used.client = token.client and used.kid = token.kid
  where token.token_hash = $1 and token.expires_at > $2::timestamptz and client.suspended_at is null
    and (used.until is null or used.until > $2::timestamptz)`

const clientOf = ({ no, id, facility, operator }: Row, scopes: readonly Scope[]): Client | undefined =>
  no === null || id === null || facility === null
    ? undefined
    : { kind: 'client', no, id, facility, scopes, operator: operator ?? false }

/** She comes without a telephone: her one book, and nothing that belongs to a number. */
async function residentOf(
  ctx: Context,
  patientId: number,
  scopes: readonly Scope[],
  hash: Buffer,
): Promise<Resident | undefined> {
  const home = await livingPersonOf(ctx, patientId)
  if (home === undefined) return undefined
  return {
    kind: 'resident',
    account: 0,
    phoneHash: fingerprint(ctx.keys, 'no telephone', String(home)),
    session: hash,
    proven: false,
    opened: true,
    epoch: 0,
    campaign: null,
    books: [home],
    arriving: [],
    proxies: [],
    acting: null,
    locked: [],
    scopes,
  }
}

interface Found {
  readonly actor: Client | Resident
  readonly expiresAt: Date
}

async function find(ctx: Context, text: string): Promise<Found | undefined> {
  const hash = fingerprint(ctx.keys, 'token', text)
  const [row] = await ask<Row>(ctx.pool, FIND, hash, ctx.now().toISOString())
  if (!row) return undefined
  const scopes = row.scopes.map(readScope).filter((scope) => scope !== undefined)
  const actor =
    row.patient_id === null ? clientOf(row, scopes) : await residentOf(ctx, row.patient_id, scopes, hash)
  return actor && { actor, expiresAt: row.expires_at }
}

interface Believed {
  readonly until: number
  readonly found: Promise<Found | undefined>
}

const believed = new WeakMap<Db, Map<string, Believed>>()

function believedOf(pool: Db): Map<string, Believed> {
  const known = believed.get(pool) ?? new Map<string, Believed>()
  believed.set(pool, known)
  return known
}

/** What this server believed of tokens is asked anew: somebody was suspended, or a key ended. */
export const forgetTokens = ({ pool }: Context): void => void believed.delete(pool)

/** Only what was found is believed; who asks at the same moment shares one look. */
function lookUp(ctx: Context, text: string): Promise<Found | undefined> {
  const known = believedOf(ctx.pool)
  const now = performance.now()
  const before = known.get(text)
  if (before && before.until > now) return before.found
  if (known.size >= MOST_BELIEVED) known.clear()
  const found = find(ctx, text)
  known.set(text, { until: now + BELIEVED_MS, found })
  const forget = () => void known.delete(text)
  found.then((one) => (one ? undefined : forget()), forget)
  return found
}

/**
 * Who holds a token, as it stands within the last second.
 * @returns undefined for one that is forged, has ended, or whose client is suspended
 */
export async function holderOf(ctx: Context, text: string): Promise<Client | Resident | undefined> {
  if (!WRITTEN.test(text)) return undefined
  const found = await lookUp(ctx, text)
  return found && found.expiresAt > ctx.now() ? found.actor : undefined
}
