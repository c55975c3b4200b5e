import type { FastifyReply } from 'fastify'
import { Problem } from '../../platform/problem.ts'
import { issues } from './outcome.ts'

/** Of all answers that are on their way together: whoever asks when it is full asks again. */
const MOST_AT_ONCE = 256 * 1024 * 1024
/** Shorter ones are not counted. */
const SHORT = 64 * 1024
/** Of one answer. */
export const MOST_OF_ONE = 64 * 1024 * 1024

const leaving = { bytes: 0 }

export const lengthOf = (pieces: readonly (string | Buffer)[]): number =>
  pieces.reduce((sum, piece) => sum + Buffer.byteLength(piece), 0)

/** @throws {Problem} fhir.too-costly */
export function needShort(bytes: number): void {
  if (bytes <= MOST_OF_ONE) return
  const text = 'The answer is too long; ask for less at once, with _count or by type'
  throw new Problem('fhir.too-costly', { more: issues([{ severity: 'error', code: 'too-costly', text }]) })
}

/**
 * Asked before an answer is put together: it takes its room until it has left, however slowly it is read.
 * @throws {Problem} fhir.too-costly; request.busy
 */
export function needRoom({ raw }: FastifyReply, bytes: number): void {
  if (bytes <= SHORT) return
  needShort(bytes)
  if (leaving.bytes + bytes > MOST_AT_ONCE) throw new Problem('request.busy', { retryAfter: 2 })
  leaving.bytes += bytes
  let isHere = true
  const leave = (): void => {
    if (isHere) leaving.bytes -= bytes
    isHere = false
  }
  raw.once('finish', leave).once('close', leave)
}
