import { derivedKey, type Keys } from './keys.ts'
import { seal, unseal } from './seal.ts'

const VERSION_BYTES = 2

/**
 * Seals what belongs to the house rather than to one Patient (a draft, a card's token, a resource of the directory). The
 * version of the key-encryption key stands in front, so that it opens after a rotation too.
 * @param purpose draws a key of its own @param about what opening must name again
 */
export function sealBytesForHouse(keys: Keys, purpose: string, bytes: Buffer, about: string): Buffer {
  const version = Buffer.alloc(VERSION_BYTES)
  version.writeUInt16BE(keys.kek.current)
  return Buffer.concat([version, seal(derivedKey(keys, purpose), bytes, Buffer.from(about))])
}

/** @throws when bytes, purpose and what they are about do not fit together */
export function openBytesForHouse(keys: Keys, purpose: string, sealed: Buffer, about: string): Buffer {
  const version = sealed.readUInt16BE(0)
  return unseal(derivedKey(keys, purpose, version), sealed.subarray(VERSION_BYTES), Buffer.from(about))
}

/** {@link sealBytesForHouse} for a text. */
export const sealForHouse = (keys: Keys, purpose: string, text: string, about: string): Buffer =>
  sealBytesForHouse(keys, purpose, Buffer.from(text), about)

/** @throws when bytes, purpose and what they are about do not fit together */
export const openForHouse = (keys: Keys, purpose: string, sealed: Buffer, about: string): string =>
  openBytesForHouse(keys, purpose, sealed, about).toString()
