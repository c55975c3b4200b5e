import { createCipheriv, createDecipheriv, type KeyObject, randomFillSync } from 'node:crypto'

const IV = 12
const TAG = 16

/** Randomness is drawn for many at once; no byte serves twice. */
const drawn = { bytes: Buffer.alloc(IV * 256), at: IV * 256 }

function newIv(): Buffer {
  if (drawn.at === drawn.bytes.length) {
    drawn.bytes = randomFillSync(Buffer.alloc(IV * 256))
    drawn.at = 0
  }
  drawn.at += IV
  return drawn.bytes.subarray(drawn.at - IV, drawn.at)
}

/**
 * AES-256-GCM. @returns iv (12 bytes) · ciphertext · tag (16 bytes)
 * @param about additional data: what the sealed bytes are and whose; opening needs the same
 */
export function seal(key: KeyObject, plain: Buffer, about: Buffer): Buffer {
  const iv = newIv()
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(about)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws when the bytes, the key or what they are about do not fit together */
export function unseal(key: KeyObject, sealed: Buffer, about: Buffer): Buffer {
  if (sealed.length < IV + TAG) throw new RangeError('sealed bytes are too short')
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV)).setAAD(about)
  cipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  const plain = cipher.update(sealed.subarray(IV, sealed.length - TAG))
  // the tag is checked here; a stream cipher has nothing left to give
  cipher.final()
  return plain
}

export const sealText = (key: KeyObject, text: string, about: string): Buffer =>
  seal(key, Buffer.from(text), Buffer.from(about))

export const unsealText = (key: KeyObject, sealed: Buffer, about: string): string =>
  unseal(key, sealed, Buffer.from(about)).toString()
