import { generateKeyPairSync } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import { errors, type KoaContextWithOIDC, Provider, type TokenEndpointGrantContext } from 'oidc-provider'
import { note } from '../../../audit/index.ts'
import { asSystem, type Context } from '../../../platform/context.ts'
import { grantedTo } from '../operator.ts'
import { clientNamed, markUsed } from '../registry.ts'
import { isWithin, readScopes, writeScope } from '../scopes.ts'
import { issueToken } from '../tokens.ts'
import { adapterOf } from './adapter.ts'
import { ALGORITHMS, TOKEN_PATH } from './discovery.ts'

/** A token lives this long, and an assertion no longer. */
const LIFE_SECONDS = 300
/** By which the clocks of a program and of this house may differ. */
const TOLERANCE_SECONDS = 10
const MOST_KEY_BYTES = 64 * 1024

/** Under which address each request asked for its token: the audience that its assertion must name. */
export type Audiences = WeakMap<IncomingMessage, string>

type Claims = Readonly<Record<string, unknown>>

const now = (): number => Date.now() / 1000

/** Beyond what the provider itself checks. @returns what is wrong, for nobody but us */
function faultOf(claims: Claims, header: Claims, audience: string | undefined): string | undefined {
  const { aud, exp, iat, jti } = claims
  if (aud !== audience) return 'audience'
  if (typeof exp !== 'number' || exp > now() + LIFE_SECONDS + TOLERANCE_SECONDS) return 'lives too long'
  if (iat !== undefined && (typeof iat !== 'number' || iat > now() + TOLERANCE_SECONDS)) return 'issued later'
  if (typeof jti !== 'string' || jti.length > 200) return 'jti'
  if (typeof header['kid'] !== 'string') return 'kid'
  // where its keys are is registered, never told
  return header['jku'] === undefined && header['jwk'] === undefined ? undefined : 'keys'
}

type Kids = WeakMap<IncomingMessage, string>

/** What is asked for must have been registered: fewer than asked would be found out too late. */
const granting = (house: Context, kids: Kids) => async (ctx: TokenEndpointGrantContext) => {
  const { client, params } = ctx.oidc
  const row = await clientNamed(house, client.clientId)
  const asked = readScopes(typeof params.scope === 'string' ? params.scope : '')
  const granted = grantedTo(row.scopes)
  if (!asked?.every((scope) => isWithin(scope, granted)))
    throw new errors.InvalidScope('ask for one or more of the scopes registered for this client', '')
  const kid = kids.get(ctx.req)
  const access_token = await issueToken(house, {
    scopes: asked,
    seconds: LIFE_SECONDS,
    of: { client: row.no, ...(kid !== undefined && { kid }) },
  })
  await markUsed(house, row.no, kid)
  ctx.body = {
    access_token,
    token_type: 'Bearer',
    expires_in: LIFE_SECONDS,
    scope: asked.map(writeScope).join(' '),
  }
}

/** A request that found no client has none to tell of. */
const clientIn = (ctx: KoaContextWithOIDC): string => ctx.oidc.client?.clientId ?? 'unknown'

/** Whatever is answered is written down first. */
const noting = (house: Context) => async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
  await next()
  if (ctx.status >= 500) {
    house.log.error({ status: ctx.status }, 'token')
    ctx.status = 503
    ctx.body = { error: 'temporarily_unavailable', error_description: 'try again shortly' }
    return
  }
  const refused = ctx.status !== 200
  await note(asSystem(house, 'oauth'), { action: 'token.issue', what: clientIn(ctx), refused })
}

/** Keys are fetched by the provider, within its time and from no private address; a demonstration has only such. */
const fetching =
  (makeBelieve: boolean) =>
  (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const { dispatcher, ...plain } = init as RequestInit & { dispatcher?: unknown }
    if (makeBelieve) return fetch(input, { ...plain, redirect: 'error' })
    if (!dispatcher || !String(input).startsWith('https:')) throw new TypeError('keys come by https alone')
    return fetch(input, { ...plain, dispatcher, redirect: 'error' } as RequestInit)
  }

/** It signs nothing, and cannot be begun without a key. */
const unusedKey = () =>
  generateKeyPairSync('ec', { namedCurve: 'P-384' }).privateKey.export({ format: 'jwk' })

interface Asked {
  readonly issuer: string
  readonly makeBelieve: boolean
  readonly audiences: Audiences
}

/** An authorization server of one grant, client_credentials, and one proof, private_key_jwt. */
export function openProvider(ctx: Context, { issuer, makeBelieve, audiences }: Asked): Provider {
  const kids: Kids = new WeakMap()
  const provider = new Provider(issuer, {
    adapter: adapterOf(ctx),
    assertJwtClientAuthClaimsAndHeader: ({ req }, claims, header) => {
      const fault = faultOf(claims, header, audiences.get(req))
      if (fault) throw new errors.InvalidClientAuth(fault)
      kids.set(req, String(header['kid']))
    },
    clientAuthMethods: ['private_key_jwt'],
    clientDefaults: { id_token_signed_response_alg: 'ES384' },
    clockTolerance: TOLERANCE_SECONDS,
    cookies: { keys: [ctx.keys.id.export().toString('base64url')] },
    enabledJWA: { clientAuthSigningAlgValues: [...ALGORITHMS], idTokenSigningAlgValues: ['ES384'] },
    features: { clientCredentials: { enabled: true }, devInteractions: { enabled: false } },
    fetch: fetching(makeBelieve),
    fetchResponseBodyLimits: { jwks_uri: MOST_KEY_BYTES },
    jwks: { keys: [{ ...unusedKey(), use: 'sig', alg: 'ES384' }] },
    renderError: (ctx, out) => {
      ctx.body = out
    },
    responseTypes: [],
    routes: { token: TOKEN_PATH },
    scopes: [],
  })
  Object.defineProperty(provider.OIDCContext.prototype, 'clientJwtAuthExpectedAudience', {
    value(this: { readonly ctx: KoaContextWithOIDC }) {
      return new Set([audiences.get(this.ctx.req)])
    },
  })
  provider.registerGrantType('client_credentials', granting(ctx, kids), ['scope'])
  provider.use(noting(ctx))
  return provider
}
