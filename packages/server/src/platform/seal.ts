import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto'

const IV = 12
const TAG = 16

/**
 * AES-256-GCM. @returns iv (12 bytes) · ciphertext · tag (16 bytes)
 * @param about additional data: what the sealed bytes are and whose; opening needs the same
 */
export function seal(key: Buffer, plain: Buffer, about: Buffer): Buffer {
  const iv = randomBytes(IV)
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(about)
  return Buffer.concat([iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

/** @throws when the bytes, the key or what they are about do not fit together */
export function unseal(key: Buffer, sealed: Buffer, about: Buffer): Buffer {
  if (sealed.length < IV + TAG) throw new RangeError('sealed bytes are too short')
  const cipher = createDecipheriv('aes-256-gcm', key, sealed.subarray(0, IV)).setAAD(about)
  cipher.setAuthTag(sealed.subarray(sealed.length - TAG))
  return Buffer.concat([cipher.update(sealed.subarray(IV, sealed.length - TAG)), cipher.final()])
}

export const sealText = (key: Buffer, text: string, about: string): Buffer =>
  seal(key, Buffer.from(text), Buffer.from(about))

export const unsealText = (key: Buffer, sealed: Buffer, about: string): string =>
  unseal(key, sealed, Buffer.from(about)).toString()
