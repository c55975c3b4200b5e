import { createSecretKey, type KeyObject, randomBytes } from 'node:crypto'
import { fingerprint, type Keys } from '../../platform/keys.ts'
import { seal, unseal } from '../../platform/seal.ts'

const RANDOM_BYTES = 32
const HASH_BYTES = 32
/** iv 12 · random 32 · blind index 32 · tag 16, in base64url. */
const WRITTEN = /^[A-Za-z0-9_-]{123}$/

/** What names a challenge or a session to the outside: 256 random bits that also say, sealed, where its row lies. */
export type HandleKind = 'challenge' | 'session'

export interface Handle {
  readonly phoneHash: Buffer
  /** What the database keeps of it. */
  readonly hash: Buffer
}

const handleKeys = new WeakMap<Keys, KeyObject>()

function keyOf(keys: Keys): KeyObject {
  const key = handleKeys.get(keys) ?? createSecretKey(fingerprint(keys, 'handle key'))
  handleKeys.set(keys, key)
  return key
}

export function makeHandle(keys: Keys, kind: HandleKind, phoneHash: Buffer): Handle & { text: string } {
  const inside = Buffer.concat([randomBytes(RANDOM_BYTES), phoneHash])
  const text = seal(keyOf(keys), inside, Buffer.from(kind)).toString('base64url')
  return { text, phoneHash, hash: fingerprint(keys, kind, text) }
}

/** @returns undefined for anything this house did not make: a forged handle costs no query */
export function readHandle(keys: Keys, kind: HandleKind, text: string): Handle | undefined {
  if (!WRITTEN.test(text)) return undefined
  try {
    const inside = unseal(keyOf(keys), Buffer.from(text, 'base64url'), Buffer.from(kind))
    const phoneHash = inside.subarray(RANDOM_BYTES, RANDOM_BYTES + HASH_BYTES)
    return { phoneHash, hash: fingerprint(keys, kind, text) }
  } catch {
    return undefined
  }
}
