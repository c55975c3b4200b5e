import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto'
import { calculateJwkThumbprint } from 'jose'
import { z } from 'zod'
import { note } from '../../audit/index.ts'
import { type Context, inTransaction } from '../../platform/context.ts'
import { Problem } from '../../platform/problem.ts'
import { clientNamed } from './registry.ts'
import type { KeyRow } from './tables.ts'
import { forgetTokens } from './tokens.ts'

export type KeyAlgorithm = 'ES384' | 'RS384'

export interface PublicKey {
  readonly kid: string
  readonly alg: KeyAlgorithm
  /** The public half and nothing else. */
  readonly jwk: JsonWebKey
}

const LONGEST_KEY = 20_000
const KID = /^[\x21-\x7e]{1,100}$/
/** Two side by side while one follows another, and one to spare. */
const MOST_KEYS = 10

const Jwk = z.object({ kty: z.enum(['EC', 'RSA']), kid: z.string().optional() }).loose()
const JwkSet = z.object({ keys: z.array(z.unknown()).length(1) })

const unfit = (at: readonly string[] = []): Problem => new Problem('client.key-unfit', { at })

/** Whoever sends a private key has shown it: it is refused, and nothing of it is kept. */
function publicHalf(text: string): { key: KeyObject; kid: string | undefined } {
  if (text.includes('-----BEGIN')) {
    if (!/^\s*-----BEGIN (?:RSA )?PUBLIC KEY-----/.test(text)) throw unfit(['/private'])
    return { key: createPublicKey(text), kid: undefined }
  }
  const said: unknown = JSON.parse(text)
  const set = JwkSet.safeParse(said)
  const jwk = Jwk.parse(set.success ? set.data.keys[0] : said)
  if ('d' in jwk) throw unfit(['/private'])
  return { key: createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' }), kid: jwk.kid }
}

const SHORTEST_RSA = 2048
const LONGEST_RSA = 8192

/** @returns undefined for any key but P-384 and RSA of a sound length */
function algorithmOf({ asymmetricKeyType, asymmetricKeyDetails = {} }: KeyObject): KeyAlgorithm | undefined {
  const { namedCurve, modulusLength = 0 } = asymmetricKeyDetails
  if (asymmetricKeyType === 'ec') return namedCurve === 'secp384r1' ? 'ES384' : undefined
  const isSound = modulusLength >= SHORTEST_RSA && modulusLength <= LONGEST_RSA
  return asymmetricKeyType === 'rsa' && isSound ? 'RS384' : undefined
}

/**
 * Reads a public key: PEM, one JWK, or a set of one. Without a name it is called by its thumbprint (RFC 7638).
 * @throws {Problem} client.key-unfit; at /private where a private key was sent
 */
async function readPublicKey(text: string): Promise<PublicKey> {
  if (text.length > LONGEST_KEY) throw unfit()
  try {
    const { key, kid } = publicHalf(text)
    const alg = algorithmOf(key)
    const jwk = key.export({ format: 'jwk' })
    const name = kid ?? (await calculateJwkThumbprint(jwk as Parameters<typeof calculateJwkThumbprint>[0]))
    if (!alg || !KID.test(name)) throw unfit()
    return { kid: name, alg, jwk }
  } catch (error) {
    throw error instanceof Problem ? error : unfit()
  }
}

/** The keys of some clients, the newest first; those that ended too. */
export async function keyRows({ db }: Context, clients: readonly number[]): Promise<KeyRow[]> {
  if (clients.length === 0) return []
  return await db
    .selectFrom('exchange.client_key')
    .selectAll()
    .where('client', 'in', clients)
    .orderBy('client')
    .orderBy('since', 'desc')
    .orderBy('kid')
    .execute()
}

const stands = ({ until }: KeyRow, now: Date): boolean => until === null || until > now

/** What a client may sign with now. */
export const standingKeys = async (ctx: Context, client: number): Promise<KeyRow[]> =>
  (await keyRows(ctx, [client])).filter((key) => stands(key, ctx.now()))

/**
 * Registers one more key of a client, beside those it has: the old one is ended when the program signs with the new.
 * @returns its name
 * @throws {Problem} client.unknown · client.key-unfit · client.key-known
 */
export async function addKey(ctx: Context, id: string, text: string): Promise<string> {
  const { kid, alg, jwk } = await readPublicKey(text)
  return await inTransaction(ctx, async (ctx) => {
    const { no } = await clientNamed(ctx, id, 'for update')
    const known = await keyRows(ctx, [no])
    if (known.some((key) => key.kid === kid)) throw new Problem('client.key-known')
    if (known.filter((key) => stands(key, ctx.now())).length >= MOST_KEYS) throw unfit(['/keys'])
    await ctx.db
      .insertInto('exchange.client_key')
      .values({
        client: no,
        kid,
        jwk: JSON.stringify({ ...jwk, kid, alg, use: 'sig' }),
        since: ctx.now(),
        until: null,
        last_used_at: null,
      })
      .execute()
    await note(ctx, { action: 'client.key', what: id })
    return kid
  })
}

/**
 * Ends a key: nothing signed with it is believed any more, and the tokens obtained by it open nothing.
 * @throws {Problem} client.unknown, for a key that the client does not have too
 */
export async function endKey(ctx: Context, id: string, kid: string): Promise<void> {
  await inTransaction(ctx, async (ctx) => {
    const { no } = await clientNamed(ctx, id)
    const ended = await ctx.db
      .updateTable('exchange.client_key')
      .set({ until: ctx.now() })
      .where('client', '=', no)
      .where('kid', '=', kid)
      .where((where) => where.or([where('until', 'is', null), where('until', '>', ctx.now())]))
      .executeTakeFirst()
    if (ended.numUpdatedRows !== 1n) throw new Problem('client.unknown')
    await note(ctx, { action: 'client.key-end', what: id })
  })
  forgetTokens(ctx)
}
