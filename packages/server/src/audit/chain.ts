import { createHash } from 'node:crypto'
import type { EventRow } from './tables.ts'

export type Chained = Omit<EventRow, 'home' | 'patient_id' | 'seq'>

/** What is chained of one event, as one text: any change of any field changes it. */
export const chainedText = (event: Chained): string =>
  JSON.stringify([
    event.at.toISOString(),
    event.actor,
    event.actor_id,
    event.facility,
    event.action,
    event.purpose,
    event.what,
    event.refused,
  ])

const sha256 = (...parts: readonly (string | Buffer)[]): Buffer => {
  const hash = createHash('sha256')
  for (const part of parts) hash.update(part)
  return hash.digest()
}

/** The head after one more event: SHA-256 of the head before (nothing for the first) and the event's text. */
const nextHead = (before: Buffer, event: Chained): Buffer => sha256(before, chainedText(event))

/** The head a whole chain must have; events in the order of their numbers. */
export const headOf = (events: readonly Chained[]): Buffer => events.reduce(nextHead, Buffer.alloc(0))

/**
 * Merkle root over the heads, leaf and node prefixed apart (RFC 6962 section 2.1).
 * @param heads in the order of (home, patient_id); an empty list has the hash of nothing
 */
export function merkleRoot(heads: readonly Buffer[]): Buffer {
  let level = heads.map((head) => sha256(Buffer.of(0), head))
  if (level.length === 0) return sha256()
  while (level.length > 1) {
    const next: Buffer[] = []
    for (let i = 0; i < level.length; i += 2) {
      const [left, right] = [level[i], level[i + 1]]
      if (left) next.push(right ? sha256(Buffer.of(1), left, right) : left)
    }
    level = next
  }
  return level[0] ?? sha256()
}
