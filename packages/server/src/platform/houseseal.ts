import { derivedKey, type Keys } from './keys.ts'
import { sealText, unsealText } from './seal.ts'

const VERSION_BYTES = 2

/**
 * Seals a text that belongs to the house rather than to one Patient (a draft, a card's token). The version of the
 * key-encryption key stands in front, so that it opens after a rotation too.
 * @param purpose draws a key of its own @param about what opening must name again
 */
export function sealForHouse(keys: Keys, purpose: string, text: string, about: string): Buffer {
  const version = Buffer.alloc(VERSION_BYTES)
  version.writeUInt16BE(keys.kek.current)
  return Buffer.concat([version, sealText(derivedKey(keys, purpose), text, about)])
}

/** @throws when bytes, purpose and what they are about do not fit together */
export function openForHouse(keys: Keys, purpose: string, sealed: Buffer, about: string): string {
  const version = sealed.readUInt16BE(0)
  return unsealText(derivedKey(keys, purpose, version), sealed.subarray(VERSION_BYTES), about)
}
