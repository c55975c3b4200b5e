import { parseJson } from './json.ts'
import { tellReached } from './online.ts'

/** What the server answered: the data, a refusal by its code, or nothing at all ('offline'). */
export type Answer<T> =
  | { is: 'ready'; data: T; status: number; serverNow: number }
  | { is: 'refused'; code: string; status: number; problem: ProblemBody; retryAfter: number | undefined }

export type ProblemBody = {
  type?: string
  at?: readonly string[]
  left?: number
  reason?: string
  ward?: { code: string; name: string }
  station?: Station
}
export type Station = { name: string; phone: string | null; hours: string | null; address: string | null }

const TIMEOUT_MS = 20_000
/** Not the server's word: the code shown where no answer arrived. */
export const OFFLINE = 'app.offline'

const retryAfterOf = (reply: Response): number | undefined => {
  const seconds = Number(reply.headers.get('retry-after'))
  return seconds > 0 ? seconds : undefined
}

/** The header has whole seconds; the end of that second keeps every countdown on the safe side. */
const timeOf = (reply: Response): number => {
  const at = Date.parse(reply.headers.get('date') ?? '')
  return Number.isNaN(at) ? Date.now() : at + 999
}

async function bodyOf(reply: Response): Promise<unknown> {
  const text = await reply.text()
  if (text === '') return undefined
  return parseJson(text)
}

const codeOf = (problem: ProblemBody, status: number): string =>
  problem.type?.replace(/^.*\/problems\//, '') ?? `http.${status}`

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE'
type Options = { keepalive?: boolean }

/**
 * One request to the own server, with the session cookie.
 *
 * @returns never throws: no network, a timeout or an unreadable answer is a refusal with code `app.offline`
 */
export const send = <T>(
  method: Method,
  path: string,
  body?: unknown,
  options: Options = {},
): Promise<Answer<T>> => exchange<T>(method, path, body, options, bodyOf)

/** As `send`, for an answer that is a file: a PDF to print. */
export const sendForFile = (method: Method, path: string, body?: unknown): Promise<Answer<Blob>> =>
  exchange<Blob>(method, path, body, {}, (reply) => (reply.ok ? reply.blob() : bodyOf(reply)))

async function exchange<T>(
  method: Method,
  path: string,
  body: unknown,
  options: Options,
  read: (reply: Response) => Promise<unknown>,
): Promise<Answer<T>> {
  try {
    const reply = await fetch(path, {
      method,
      headers:
        body === undefined
          ? { accept: 'application/json' }
          : { accept: 'application/json', 'content-type': 'application/json' },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      credentials: 'same-origin',
      cache: 'no-store',
      signal: AbortSignal.timeout(TIMEOUT_MS),
      ...options,
    })
    const data = await read(reply)
    tellReached(true)
    if (reply.ok)
      return {
        is: 'ready',
        data: data as T,
        status: reply.status,
        serverNow: timeOf(reply),
      }
    const problem = (data ?? {}) as ProblemBody
    return {
      is: 'refused',
      code: codeOf(problem, reply.status),
      status: reply.status,
      problem,
      retryAfter: retryAfterOf(reply),
    }
  } catch {
    tellReached(false)
    return { is: 'refused', code: OFFLINE, status: 0, problem: {}, retryAfter: undefined }
  }
}

/** Worth trying again by itself: no network, a busy or a broken server. */
export const isPassing = (status: number): boolean =>
  status === 0 || status === 408 || status === 429 || status >= 500
