/** Crockford's base 32: no I, L, O or U, which paper and eyes confuse. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 12

/** Luhn modulo 32: finds every single wrong character and nearly every pair that changed places. */
function checkOf(body: string): string {
  const sum = [...body].toReversed().reduce((total, character, index) => {
    const value = ALPHABET.indexOf(character) * (index % 2 === 0 ? 2 : 1)
    return total + Math.floor(value / 32) + (value % 32)
  }, 0)
  return ALPHABET.charAt((32 - (sum % 32)) % 32)
}

/** @param random 7 bytes, of which 55 bits are used @returns 'XXXX-XXXX-XXXX', the last character a check */
export function writeTicket(random: Uint8Array): string {
  let bits = random.reduce((all, byte) => (all << 8n) | BigInt(byte), 0n)
  let body = ''
  while (body.length < LENGTH - 1) {
    body += ALPHABET.charAt(Number(bits & 31n))
    bits >>= 5n
  }
  const whole = body + checkOf(body)
  return `${whole.slice(0, 4)}-${whole.slice(4, 8)}-${whole.slice(8)}`
}

/** @returns the twelve characters, however they were typed; undefined where the check says they are wrong */
export function readTicket(typed: string): string | undefined {
  if (typed.length > 100) return undefined
  const plain = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\p{Cf}.\-‐-―−_]/gu, '')
  const whole = plain.replaceAll('O', '0').replace(/[IL]/g, '1')
  if (whole.length !== LENGTH || [...whole].some((character) => !ALPHABET.includes(character)))
    return undefined
  return checkOf(whole.slice(0, -1)) === whole.at(-1) ? whole : undefined
}
