import { generateKeyPairSync, type KeyObject, randomUUID } from 'node:crypto'
import { SignJWT } from 'jose'
import { addKey } from '../src/exchange/clients/index.ts'
import { asSystem, type Context } from '../src/platform/context.ts'
import type { clientAt } from './client.ts'
import type { DeskApp } from './desk.ts'

/** Where a test house asks for tokens. */
export const AUDIENCE = 'http://sokhoe.test/oauth/token'
const TYPE = 'urn:ietf:params:oauth:client-assertion-type:jwt-bearer'

export const newKey = (alg: 'ES384' | 'RS384' = 'ES384') =>
  alg === 'ES384'
    ? generateKeyPairSync('ec', { namedCurve: 'P-384' })
    : generateKeyPairSync('rsa', { modulusLength: 2048 })

export interface Assertion {
  readonly alg?: string
  readonly kid?: string
  readonly key?: KeyObject | Uint8Array
  readonly header?: object
  /** Over what an honest program says; undefined leaves out. */
  readonly claims?: Readonly<Record<string, unknown>>
}

const now = (): number => Math.floor(Date.now() / 1000)

/** A program that proves itself by a key of its own. */
export async function backendAt(
  app: DeskApp,
  ctx: Context,
  { id }: Pick<Awaited<ReturnType<typeof clientAt>>, 'id'>,
  alg: 'ES384' | 'RS384' = 'ES384',
) {
  const { publicKey, privateKey } = newKey(alg)
  const kid = await addKey(
    asSystem(ctx, 'test'),
    id,
    JSON.stringify({ ...publicKey.export({ format: 'jwk' }), kid: 'first' }),
  )
  const honest = () => ({ iss: id, sub: id, aud: AUDIENCE, jti: randomUUID(), iat: now(), exp: now() + 240 })
  const sign = (asked: Assertion = {}): Promise<string> =>
    new SignJWT({ ...honest(), ...asked.claims })
      .setProtectedHeader({ alg: asked.alg ?? alg, kid: asked.kid ?? kid, typ: 'JWT', ...asked.header })
      .sign(asked.key ?? privateKey)
  const send = (form: string | Readonly<Record<string, string>>, headers: Record<string, string> = {}) =>
    app.inject({
      method: 'POST',
      url: '/oauth/token',
      headers: { host: 'sokhoe.test', 'content-type': 'application/x-www-form-urlencoded', ...headers },
      payload: typeof form === 'string' ? form : new URLSearchParams(form).toString(),
    })
  const ask = (client_assertion: string, more: Readonly<Record<string, string>> = {}) =>
    send({
      grant_type: 'client_credentials',
      scope: 'system/*.rs',
      client_assertion_type: TYPE,
      client_assertion,
      ...more,
    })
  return { id, kid, publicKey, privateKey, sign, send, ask }
}
