import { createHmac } from 'node:crypto'

const STEP_SECONDS = 30
const ALPHABET = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

/** Base32 without padding (RFC 4648), as authenticator apps take it. */
export function base32(bytes: Buffer): string {
  let bits = ''
  for (const byte of bytes) bits += byte.toString(2).padStart(8, '0')
  const groups = bits.match(/.{1,5}/g) ?? []
  return groups.map((group) => ALPHABET[Number.parseInt(group.padEnd(5, '0'), 2)] ?? '').join('')
}

/** @throws {RangeError} a letter that is not in the alphabet */
export function readBase32(text: string): Buffer {
  const bits = [...text.toUpperCase()].map((letter) => {
    const value = ALPHABET.indexOf(letter)
    if (value < 0) throw new RangeError('not base32')
    return value.toString(2).padStart(5, '0')
  })
  const bytes = bits.join('').match(/.{8}/g) ?? []
  return Buffer.from(bytes.map((byte) => Number.parseInt(byte, 2)))
}

export const stepAt = (at: Date): number => Math.floor(at.getTime() / 1000 / STEP_SECONDS)

/** Six digits of one time step (RFC 6238 with SHA-1, as authenticator apps have it; RFC 4226 section 5.3). */
export function totpCode(secret: Buffer, step: number): string {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const mac = createHmac('sha1', secret).update(counter).digest()
  const at = mac.readUInt8(mac.length - 1) & 0xf
  return String((mac.readUInt32BE(at) & 0x7fff_ffff) % 1_000_000).padStart(6, '0')
}

/**
 * @param after the last step whose code was used: an earlier one, or the same again, is refused
 * @returns the step that the code is of, one before or after now at most; undefined for a wrong code
 */
export function fittingStep(secret: Buffer, code: string, at: Date, after: number): number | undefined {
  const now = stepAt(at)
  return [now, now - 1, now + 1].find((step) => step > after && totpCode(secret, step) === code)
}
