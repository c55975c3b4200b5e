import { randomUUID } from 'node:crypto'
import { setTimeout as pause } from 'node:timers/promises'
import type { InjectOptions } from 'fastify'
import { issueToken, newClient } from '../src/exchange/clients/index.ts'
import { readScopes } from '../src/exchange/clients/scopes.ts'
import { asSystem, type Context } from '../src/platform/context.ts'
import { readPublicId } from '../src/platform/ids.ts'
import type { DeskApp } from './desk.ts'

/** Any facility of the list. */
export const CHO_RAY = 'HCM-001'

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE'
interface More {
  /** Text and bytes go as they are, everything else as JSON. */
  readonly body?: unknown
  readonly headers?: Readonly<Record<string, string>>
}

const payloadOf = (body: unknown): string | Buffer =>
  typeof body === 'string' || Buffer.isBuffer(body) ? body : JSON.stringify(body)

/** Asks with a token; addresses without a slash in front lie under the exchange's base. */
export function askWith(app: DeskApp, token: string) {
  return async (method: Method, url: string, { body, headers = {} }: More = {}) => {
    const options: InjectOptions = {
      method,
      url: url.startsWith('/') ? url : `/fhir/R4/${url}`,
      headers: {
        authorization: `Bearer ${token}`,
        ...(body !== undefined && { 'content-type': 'application/fhir+json' }),
        ...headers,
      },
      ...(body !== undefined && { payload: payloadOf(body) }),
    }
    // told that the server is busy, a program comes again
    for (let tries = 0; ; tries++) {
      const reply = await app.inject(options)
      if (reply.statusCode !== 503 || tries === 10) return reply
      await pause(500)
    }
  }
}

interface AsClient {
  /** A code of the list of facilities; default Chợ Rẫy. */
  readonly facility?: string
  /** With blanks between; default everything. */
  readonly scopes?: string
  readonly operator?: boolean
}

/** A facility's program with a token. */
export async function clientAt(
  app: DeskApp,
  ctx: Context,
  { facility = CHO_RAY, scopes = 'system/*.cruds', operator = false }: AsClient = {},
) {
  const id = `test-${randomUUID().slice(0, 8)}`
  const no = await newClient(asSystem(ctx, 'test'), { id, name: 'Phần mềm thử', facility, scopes, operator })
  const token = await issueToken(ctx, {
    scopes: readScopes(scopes) ?? [],
    seconds: 3600,
    of: { client: no },
  })
  return { id, no, facility, token, ask: askWith(app, token) }
}

/** A resident's own token. @param patientId public id of any of her Patients */
export async function residentToken(ctx: Context, patientId: string): Promise<string> {
  const named = readPublicId(ctx.keys.id, patientId)
  if (named?.no !== 0) throw new RangeError('that is no Patient')
  const scopes = readScopes('patient/*.rs') ?? []
  return await issueToken(ctx, { scopes, seconds: 3600, of: { patientId: named.patientId } })
}
