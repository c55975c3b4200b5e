import crypto, { type Argon2Parameters, randomBytes } from 'node:crypto'
import { sameBytes } from '../../platform/keys.ts'

/** The runtime's own Argon2id (Node 24.7 or later), off the main thread. */
const derive = (parameters: Argon2Parameters): Promise<Buffer> =>
  new Promise((resolve, reject) => {
    crypto.argon2('argon2id', parameters, (error, tag) => (error ? reject(error) : resolve(tag)))
  })

/** 19 MiB, two passes, one lane: the first choice of OWASP's password storage cheat sheet for Argon2id. */
const COST = { memory: 19_456, passes: 2, parallelism: 1, tagLength: 32 }
const PHC = /^\$argon2id\$v=19\$m=(\d+),t=(\d+),p=(\d+)\$([A-Za-z0-9+/]+)\$([A-Za-z0-9+/]+)$/

const unpadded = (bytes: Buffer): string => bytes.toString('base64').replace(/=+$/, '')

/** Shorter ones are refused: 14 characters where a second factor may one day be missing (TCVN 14423:2026). */
export const SHORTEST_PASSWORD = 14

/** @returns Argon2id in PHC form, with a salt of its own */
export async function hashPassword(password: string): Promise<string> {
  const nonce = randomBytes(16)
  const tag = await derive({ ...COST, message: password.normalize('NFC'), nonce })
  const { memory, passes, parallelism } = COST
  return `$argon2id$v=19$m=${memory},t=${passes},p=${parallelism}$${unpadded(nonce)}$${unpadded(tag)}`
}

/** Takes as long for a wrong password as for a right one. A text that is no hash fits nothing. */
export async function fitsPassword(password: string, hash: string): Promise<boolean> {
  const [, memory, passes, parallelism, salt = '', expected = ''] = PHC.exec(hash) ?? []
  if (memory === undefined) return false
  const tag = Buffer.from(expected, 'base64')
  const made = await derive({
    memory: Number(memory),
    passes: Number(passes),
    parallelism: Number(parallelism),
    tagLength: tag.length,
    message: password.normalize('NFC'),
    nonce: Buffer.from(salt, 'base64'),
  })
  return sameBytes(made, tag)
}
