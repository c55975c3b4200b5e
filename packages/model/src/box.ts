/**
 * A sealed box: whoever has the public key puts a text in, only whoever has the private key takes it out. Browser and
 * server have the same Web Crypto. ECDH on P-256 with a key made for this box alone, HKDF-SHA-256, AES-256-GCM.
 */

const CURVE = { name: 'ECDH', namedCurve: 'P-256' } as const
const POINT = 65
const IV = 12
const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)

const toBase64 = (bytes: Uint8Array): string =>
  btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(''))
const fromBase64 = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0))

async function keyBetween(mine: CryptoKey, theirs: CryptoKey, about: string): Promise<CryptoKey> {
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, mine, 256)
  const raw = await crypto.subtle.importKey('raw', shared, 'HKDF', false, ['deriveKey'])
  const draw = { name: 'HKDF', hash: 'SHA-256', salt: new Uint8Array(), info: bytesOf(`sokhoe box ${about}`) }
  return await crypto.subtle.deriveKey(draw, raw, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

const publicKeyOf = (raw: Uint8Array<ArrayBuffer>): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, CURVE, true, [])

/** A new pair, as base64: the public key to give away, the private one to keep sealed. */
export async function newBoxKeys(): Promise<{ publicKey: string; privateKey: string }> {
  const pair = await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])
  const [shown, hidden] = await Promise.all([
    crypto.subtle.exportKey('raw', pair.publicKey),
    crypto.subtle.exportKey('pkcs8', pair.privateKey),
  ])
  return { publicKey: toBase64(new Uint8Array(shown)), privateKey: toBase64(new Uint8Array(hidden)) }
}

/**
 * @param about what the box holds and whose; opening it must name the same
 * @returns base64 of: the box's own public key (65 bytes), iv (12), ciphertext and tag
 */
export async function putInBox(publicKey: string, text: string, about: string): Promise<string> {
  const own = await crypto.subtle.generateKey(CURVE, true, ['deriveBits'])
  const key = await keyBetween(own.privateKey, await publicKeyOf(fromBase64(publicKey)), about)
  const iv = crypto.getRandomValues(new Uint8Array(IV))
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, bytesOf(text))
  const point = await crypto.subtle.exportKey('raw', own.publicKey)
  return toBase64(new Uint8Array([...new Uint8Array(point), ...iv, ...new Uint8Array(sealed)]))
}

/** @returns undefined for anything that was not put in for this key and this purpose */
export async function takeFromBox(
  privateKey: string,
  box: string,
  about: string,
): Promise<string | undefined> {
  try {
    const bytes = fromBase64(box)
    const mine = await crypto.subtle.importKey('pkcs8', fromBase64(privateKey), CURVE, false, ['deriveBits'])
    const key = await keyBetween(mine, await publicKeyOf(bytes.slice(0, POINT)), about)
    const iv = bytes.slice(POINT, POINT + IV)
    const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, bytes.slice(POINT + IV))
    return new TextDecoder().decode(plain)
  } catch {
    return undefined
  }
}
