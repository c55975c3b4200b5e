import type { Socket } from 'node:net'
import { Problem, type ProblemCode } from './problem.ts'

/** What Node says of it; the bytes that came last, where there are any. */
type Unreadable = Error & { readonly code?: string; readonly rawPacket?: unknown }

const CODES: Readonly<Record<string, ProblemCode>> = {
  HPE_HEADER_OVERFLOW: 'request.head-too-large',
  ERR_HTTP_REQUEST_TIMEOUT: 'request.too-slow',
}

const AT_THE_EXCHANGE = /^[A-Z]+ \/fhir\//

const issueCode = (status: number): string =>
  status === 408 ? 'timeout' : status === 431 ? 'too-long' : 'structure'

function bodyOf(problem: Problem, start: string): readonly [type: string, text: string] {
  if (!AT_THE_EXCHANGE.test(start)) return ['application/problem+json', JSON.stringify(problem)]
  const issue = [{ severity: 'error', code: issueCode(problem.status), details: { text: problem.message } }]
  return ['application/fhir+json; charset=utf-8', JSON.stringify({ resourceType: 'OperationOutcome', issue })]
}

const startOf = ({ rawPacket }: Unreadable): string =>
  Buffer.isBuffer(rawPacket) ? rawPacket.subarray(0, 64).toString('latin1') : ''

/**
 * Answers what never became a request: a head that is too long, that is no HTTP, or that does not come to an end. It is
 * refused in the words of the door at which it knocked, as far as that can be told, and the connection is closed.
 */
export function refuseUnreadable(error: Unreadable, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const problem = new Problem(CODES[error.code ?? ''] ?? 'request.unreadable')
  const [type, text] = bodyOf(problem, startOf(error))
  socket.end(
    `HTTP/1.1 ${problem.status} \r\ncontent-type: ${type}\r\ncontent-length: ${Buffer.byteLength(text)}\r\ncache-control: no-store\r\nconnection: close\r\n\r\n${text}`,
  )
}
