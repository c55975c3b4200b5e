import { createServer, type IncomingMessage, type RequestListener, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { decodeJwt, exportJWK, generateKeyPair, type JWK, type JWTPayload, SignJWT } from 'jose'
import { Provider } from 'oidc-provider'
import { onTestFinished } from 'vitest'

/** Somebody as the State knows her. */
export interface NationalPerson {
  readonly citizen_id: string
  readonly name: string
  readonly birthdate: string
  readonly gender: string
}

const CLIENT = 'so-khoe'
const SECRET = 'a-secret-of-tests-only-0123456789abcdef'

type Lie = (claims: JWTPayload) => JWTPayload

/** What it knows and does at the moment. */
interface Now {
  person: NationalPerson | undefined
  lie: Lie | undefined
  /** With which a changed token is signed. */
  key: CryptoKey
}

function providerAt(
  issuer: string,
  { callback, jwk, at }: { callback: string; jwk: JWK; at: Now },
): Provider {
  const provider: Provider = new Provider(issuer, {
    clients: [{ client_id: CLIENT, client_secret: SECRET, redirect_uris: [callback] }],
    claims: { openid: ['sub'], profile: ['citizen_id', 'name', 'birthdate', 'gender'] },
    conformIdTokenClaims: false,
    cookies: { keys: ['test'] },
    features: { devInteractions: { enabled: false } },
    findAccount: (_, accountId) => ({ accountId, claims: () => ({ sub: accountId, ...at.person }) }),
    interactions: { url: (_, { uid }) => `/interaction/${uid}` },
    jwks: { keys: [jwk] },
    loadExistingGrant: async ({ oidc }) => {
      const grant = new provider.Grant({
        accountId: oidc.session?.accountId ?? '',
        clientId: oidc.client?.clientId ?? '',
      })
      grant.addOIDCScope('openid profile')
      await grant.save()
      return grant
    },
    pkce: { required: () => true },
    renderError: (ctx, out) => {
      ctx.body = out
    },
  })
  return provider
}

/** Tells something else than the provider means to, under the key that a test chooses. */
function lying(response: ServerResponse, lie: Lie, key: CryptoKey): void {
  const end = response.end.bind(response)
  response.end = ((body: string) => {
    const said = JSON.parse(body) as { id_token?: string }
    if (said.id_token === undefined) return end(body)
    const token = new SignJWT(lie(decodeJwt(said.id_token))).setProtectedHeader({
      alg: 'RS256',
      kid: 'national',
    })
    void token.sign(key).then((id_token) => {
      const text = JSON.stringify({ ...said, id_token })
      response.setHeader('content-length', Buffer.byteLength(text))
      end(text)
    })
    return response
  }) as typeof response.end
}

/** The resident's browser at the service, from its address to where it sends her back. */
async function visitAt(url: string, callback: string): Promise<string> {
  const cookies = new Map<string, string>()
  let next = url
  for (let step = 0; step < 10; step++) {
    if (next.startsWith(callback)) return next
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ')
    const reply = await fetch(next, { redirect: 'manual', headers: { cookie } })
    for (const set of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? []
      cookies.set(name, value)
    }
    const to = reply.headers.get('location')
    if (to === null) throw new Error(`the service said ${reply.status}: ${await reply.text()}`)
    next = new URL(to, next).href
  }
  throw new Error('the service sends people round in circles')
}

/** A stand-in for the State's service: a real OpenID provider that asks nobody and knows one person at a time. */
export async function openNational(callback: string) {
  const { privateKey } = await generateKeyPair('RS256', { extractable: true })
  const jwk = { ...(await exportJWK(privateKey)), kid: 'national', alg: 'RS256', use: 'sig' }
  const at: Now = { person: undefined, lie: undefined, key: privateKey }
  const held: { handler: RequestListener } = { handler: (_, response) => void response.writeHead(503).end() }
  const server = createServer((request, response) => held.handler(request, response))
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening))
  const close = () => new Promise((closed) => server.close(closed).closeAllConnections())
  onTestFinished(async () => void (await close()))
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`

  const provider = providerAt(issuer, { callback, jwk, at })
  const signIn = (request: IncomingMessage, response: ServerResponse) =>
    void provider.interactionFinished(request, response, { login: { accountId: 'person' } })
  const answer = provider.callback()
  held.handler = (request, response) => {
    if (request.url?.startsWith('/interaction/')) return signIn(request, response)
    if (at.lie && request.url?.startsWith('/token')) lying(response, at.lie, at.key)
    void answer(request, response)
  }

  const settings = {
    NATIONAL_ID_ISSUER: issuer,
    NATIONAL_ID_CLIENT_ID: CLIENT,
    NATIONAL_ID_CLIENT_SECRET: SECRET,
  }
  return { at, close, settings, visit: (url: string) => visitAt(url, callback) }
}
