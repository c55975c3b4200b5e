import { isDate } from '@sokhoe/model'
import { z } from 'zod'
import { Problem } from '../../platform/problem.ts'
import type { EidSaid } from './tables.ts'

/** Where the national service is, and as whom this house is known to it. */
export interface EidSettings {
  readonly issuer: string
  readonly clientId: string
  readonly clientSecret: string
  readonly scope: string
  /** Name of the claim that holds the twelve digits. */
  readonly numberClaim: string
  /** Plain http is for demonstrations and tests. */
  readonly makeBelieve: boolean
}

/** What belongs to one confirmation and is never told to the browser, but for the state. */
export interface Proofs {
  readonly state: string
  readonly nonce: string
  readonly verifier: string
}

export interface EidService {
  /** @returns where the resident goes. @throws {Problem} eid.unreachable */
  readonly begin: () => Promise<{ readonly url: string; readonly proofs: Proofs }>
  /**
   * @param query with which she came back
   * @returns what the service says of her; nothing of it is kept here, no token and no subject (VN-43)
   * @throws {Problem} eid.unreachable · eid.refused
   */
  readonly finish: (query: string, proofs: Proofs) => Promise<EidSaid>
}

const TIMEOUT_SECONDS = 10

/** The service did not answer, which is nobody's word. */
function isSilence(error: unknown): boolean {
  const { code, cause } = error as { code?: unknown; cause?: unknown }
  return (
    error instanceof TypeError ||
    code === 'OAUTH_TIMEOUT' ||
    code === 'OAUTH_ABORT' ||
    (cause instanceof Response && cause.status >= 500)
  )
}

const Person = z.object({
  number: z.string().regex(/^\d{12}$/),
  name: z.string().min(1).max(200),
  birthdate: z.string().refine((day) => isDate(day) && day.length === 10),
  gender: z.enum(['male', 'female']).optional().catch(undefined),
})

/** @throws {Problem} eid.refused: the service says too little of her */
function saidIn(claims: Readonly<Record<string, unknown>>, numberClaim: string): EidSaid {
  const read = Person.safeParse({ ...claims, number: claims[numberClaim] })
  if (!read.success) throw new Problem('eid.refused')
  const { number, name, birthdate: birthDate, gender: sex } = read.data
  return { number, name, birthDate, sex }
}

/** Redirects are not followed: what is asked of the service goes to it alone. */
const fetching = (url: string, options: object): Promise<Response> =>
  fetch(url, { ...(options as RequestInit), redirect: 'error' })

/**
 * The State's service of electronic identity by OpenID Connect: authorization code with PKCE, the ID token signed by the
 * keys of the issuer.
 * @param callback address to which the service sends people back
 * @see OpenID Connect Core 1.0, section 3.1; RFC 7636
 */
export function openService(settings: EidSettings, callback: string): EidService {
  const { issuer, clientId, clientSecret, scope, numberClaim, makeBelieve } = settings
  const open = async () => {
    const client = await import('openid-client')
    const config = await client.discovery(
      new URL(issuer),
      clientId,
      undefined,
      client.ClientSecretBasic(clientSecret),
      {
        timeout: TIMEOUT_SECONDS,
        [client.customFetch]: fetching,
        execute: [client.enableNonRepudiationChecks, ...(makeBelieve ? [client.allowInsecureRequests] : [])],
      },
    )
    return { client, config }
  }
  let opened: ReturnType<typeof open> | undefined
  const service = async () => {
    opened ??= open()
    try {
      return await opened
    } catch (error) {
      // asked anew by the next one
      opened = undefined
      throw new Problem('eid.unreachable', { cause: error })
    }
  }
  return {
    begin: async () => {
      const { client, config } = await service()
      const verifier = client.randomPKCECodeVerifier()
      const [state, nonce] = [client.randomState(), client.randomNonce()]
      const url = client.buildAuthorizationUrl(config, {
        redirect_uri: callback,
        scope,
        state,
        nonce,
        code_challenge: await client.calculatePKCECodeChallenge(verifier),
        code_challenge_method: 'S256',
      })
      return { url: url.href, proofs: { state, nonce, verifier } }
    },
    finish: async (query, { state, nonce, verifier }) => {
      const { client, config } = await service()
      const back = new URL(callback)
      back.search = query
      try {
        const answer = await client.authorizationCodeGrant(config, back, {
          expectedState: state,
          expectedNonce: nonce,
          pkceCodeVerifier: verifier,
          idTokenExpected: true,
        })
        return saidIn(answer.claims() ?? {}, numberClaim)
      } catch (error) {
        if (error instanceof Problem) throw error
        throw new Problem(isSilence(error) ? 'eid.unreachable' : 'eid.refused', { cause: error })
      }
    },
  }
}
