import {
  createCipheriv,
  createDecipheriv,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { refuse } from '../platform/keys.ts'

/**
 * How a file of a backup is sealed: 'SKB1' · salt (32 bytes) · frames. A frame is its length (4 bytes, big-endian, the
 * highest bit set on the last frame alone) · AES-256-GCM ciphertext · tag (16 bytes). The nonce is the frame's number,
 * under a key that only this file has: frames cannot be exchanged, repeated or left out, and a file that ends before
 * its last frame does not open.
 */
const MAGIC = Buffer.from('SKB1')
const SALT = 32
const TAG = 16
const HEAD = 4
const LAST = 0x8000_0000
export const FRAME_BYTES = 256 * 1024

/** @param about which file of which backup: a file under another name does not open */
const fileKey = (key: KeyObject, salt: Buffer, about: string): KeyObject =>
  createSecretKey(Buffer.from(hkdfSync('sha256', key, salt, `sokhoe backup file ${about}`, 32)))

function nonce(number: number): Buffer {
  const bytes = Buffer.alloc(12)
  bytes.writeUIntBE(number, 6, 6)
  return bytes
}

function sealFrame(key: KeyObject, number: number, plain: Buffer, last: boolean): Buffer {
  const head = Buffer.alloc(HEAD)
  head.writeUInt32BE(last ? plain.length + LAST : plain.length)
  const cipher = createCipheriv('aes-256-gcm', key, nonce(number)).setAAD(head)
  return Buffer.concat([head, cipher.update(plain), cipher.final(), cipher.getAuthTag()])
}

const changed = (cause?: unknown): Error =>
  Object.assign(refuse('backup-changed', 'A file of the backup was changed or sealed with another key.'), {
    cause,
  })

function openFrame(key: KeyObject, number: number, head: Buffer, sealed: Buffer): Buffer {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, nonce(number)).setAAD(head)
    cipher.setAuthTag(sealed.subarray(sealed.length - TAG))
    return Buffer.concat([cipher.update(sealed.subarray(0, sealed.length - TAG)), cipher.final()])
  } catch (cause) {
    throw changed(cause)
  }
}

/** Seals a stream, frame by frame, whatever pieces it comes in. */
export async function* sealFrames(
  source: AsyncIterable<Buffer>,
  key: KeyObject,
  about: string,
): AsyncGenerator<Buffer> {
  const salt = randomBytes(SALT)
  const own = fileKey(key, salt, about)
  yield Buffer.concat([MAGIC, salt])
  let [number, waiting] = [0, 0]
  let pieces: Buffer[] = []
  for await (const piece of source) {
    pieces.push(piece)
    waiting += piece.length
    if (waiting <= FRAME_BYTES) continue
    let rest = Buffer.concat(pieces)
    for (; rest.length > FRAME_BYTES; rest = rest.subarray(FRAME_BYTES))
      yield sealFrame(own, number++, rest.subarray(0, FRAME_BYTES), false)
    pieces = [rest]
    waiting = rest.length
  }
  yield sealFrame(own, number, Buffer.concat(pieces), true)
}

/** Hands out exactly as many bytes as are asked for, whatever pieces they come in; fewer only at the end. */
function reader(source: AsyncIterable<Buffer>) {
  const pieces = source[Symbol.asyncIterator]()
  let held: Buffer = Buffer.alloc(0)
  return async (count: number): Promise<Buffer> => {
    const taken = [held]
    for (let have = held.length; have < count; ) {
      const { value, done } = await pieces.next()
      if (done) break
      taken.push(value)
      have += value.length
    }
    const all = Buffer.concat(taken)
    held = all.subarray(count)
    return all.subarray(0, count)
  }
}

/**
 * Opens a sealed stream. A frame is given out only once it has proved itself.
 * @throws backup-truncated, backup-changed
 */
export async function* openFrames(
  source: AsyncIterable<Buffer>,
  key: KeyObject,
  about: string,
): AsyncGenerator<Buffer> {
  const take = reader(source)
  const start = await take(MAGIC.length + SALT)
  if (!start.subarray(0, MAGIC.length).equals(MAGIC)) throw changed()
  const own = fileKey(key, start.subarray(MAGIC.length), about)
  for (let [number, last] = [0, false]; !last; number += 1) {
    const head = await take(HEAD)
    const word = head.length === HEAD ? head.readUInt32BE() : 0
    last = word >= LAST
    const length = (last ? word - LAST : word) + TAG
    if (length > FRAME_BYTES + TAG) throw changed()
    const sealed = await take(length)
    if (head.length < HEAD || sealed.length < length)
      throw refuse('backup-truncated', 'A file of the backup ends too early.')
    yield openFrame(own, number, head, sealed)
  }
  if ((await take(1)).length > 0) throw changed()
}
