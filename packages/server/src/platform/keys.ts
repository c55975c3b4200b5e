import {
  createHmac,
  createSecretKey,
  hkdfSync,
  type KeyObject,
  randomBytes,
  timingSafeEqual,
} from 'node:crypto'
import { open, readFile, rename, rm, stat } from 'node:fs/promises'
import { z } from 'zod'

/** Kept as key objects: the runtime prepares raw bytes anew at every use, which costs five times the work itself. */
const Secret = z.base64().transform((text) => createSecretKey(Buffer.from(text, 'base64')))
const Ring = z.object({ current: z.int().min(1), keys: z.record(z.string(), Secret) })
/** Refused on sight: any key that is not 32 bytes. */
const KeyFile = z.object({
  format: z.literal(1),
  /** Wraps every Patient's data key; rotates. */
  kek: Ring,
  /** Makes blind indexes (identifiers, names, source keys); rotates with a re-index. */
  index: Ring,
  /** Makes public ids; permanent, escrowed apart. */
  id: Secret,
  /** One-time codes, tickets, sessions and devices are kept as HMAC under this. */
  code: Secret,
  /** Seals backups. */
  backup: Secret,
})

export interface Keys {
  readonly kek: KeyRing
  readonly index: KeyRing
  readonly id: KeyObject
  readonly code: KeyObject
  readonly backup: KeyObject
}

export interface KeyRing {
  readonly current: number
  /** @throws {RangeError} a version this key file does not hold */
  readonly of: (version: number) => KeyObject
}

export type KeyFault =
  | 'keys-missing'
  | 'keys-readable-by-others'
  | 'keys-unreadable'
  | 'keys-differ'
  | 'keys-exist'

/** A refusal that an operator reads at start: a code and one clear sentence. */
export const refuse = (code: string, sentence: string): Error => Object.assign(new Error(sentence), { code })

const keyFault = (code: KeyFault, sentence: string): Error => refuse(code, sentence)

const ringOf = ({ current, keys }: z.infer<typeof Ring>): KeyRing => {
  const of = (version: number): KeyObject => {
    const key = keys[String(version)]
    if (!key) throw new RangeError(`no key of version ${version}`)
    return key
  }
  of(current)
  return { current, of }
}

/** @throws with a KeyFault code when the text is not a whole key file */
function parseKeys(text: string): Keys {
  try {
    const file = KeyFile.parse(JSON.parse(text))
    const all = [
      ...Object.values(file.kek.keys),
      ...Object.values(file.index.keys),
      file.id,
      file.code,
      file.backup,
    ]
    if (all.some((key) => key.symmetricKeySize !== 32)) throw new RangeError('a key is not 32 bytes long')
    return { ...file, kek: ringOf(file.kek), index: ringOf(file.index) }
  } catch (cause) {
    throw Object.assign(
      keyFault('keys-unreadable', 'The key file is damaged or is not a Sổ Khỏe key file.'),
      { cause },
    )
  }
}

/** Reads the key file. @throws when it is missing, damaged, or readable by anybody but its owner */
export async function readKeys(path: string): Promise<Keys> {
  const file = await stat(path).catch(() => undefined)
  if (!file)
    throw keyFault('keys-missing', `No key file at ${path}: make one with "npm run cli -- keys new".`)
  if (file.mode & 0o077)
    throw keyFault('keys-readable-by-others', `The key file ${path} can be read by others: chmod 600 it.`)
  return parseKeys(await readFile(path, 'utf8'))
}

/** Writes a new key file of mode 600. @throws keys-exist rather than overwrite one */
export async function makeKeys(path: string): Promise<void> {
  const secret = () => randomBytes(32).toString('base64')
  const ring = () => ({ current: 1, keys: { 1: secret() } })
  const text = JSON.stringify(
    { format: 1, kek: ring(), index: ring(), id: secret(), code: secret(), backup: secret() },
    null,
    2,
  )
  await writeNew(path, `${text}\n`)
}

async function writeNew(path: string, text: string): Promise<void> {
  const file = await open(path, 'wx', 0o600).catch((cause: NodeJS.ErrnoException) => {
    throw cause.code === 'EEXIST' ? keyFault('keys-exist', `There is already a key file at ${path}.`) : cause
  })
  try {
    await file.writeFile(text)
    await file.sync()
  } finally {
    await file.close()
  }
}

/**
 * Adds a new key-encryption key, current from now on; older ones stay, to open what they wrapped. The file is replaced
 * in one step. Servers read it at start: restart them, then wrap the data keys anew.
 * @returns the new version
 */
export async function rotateKek(path: string): Promise<number> {
  await readKeys(path)
  const file = JSON.parse(await readFile(path, 'utf8')) as {
    kek: { current: number; keys: Record<string, string> }
  }
  const version = Math.max(...Object.keys(file.kek.keys).map(Number)) + 1
  file.kek = { current: version, keys: { ...file.kek.keys, [version]: randomBytes(32).toString('base64') } }
  const next = `${path}.next`
  await rm(next, { force: true })
  await writeNew(next, `${JSON.stringify(file, null, 2)}\n`)
  await rename(next, path)
  return version
}

/**
 * A blind index: finds an exact value without storing it.
 * @param system what kind of value, e.g. 'cccd', 'phone', 'name'
 * @param value already normalised
 * @returns 32 bytes, HMAC-SHA256 under the index key of that version
 */
export function blind(keys: Keys, system: string, value: string, version = keys.index.current): Buffer {
  return createHmac('sha256', keys.index.of(version)).update(`${system}|${value}`).digest()
}

/** 32 bytes that stand for a code, a ticket, a session or a device in the database. */
export function fingerprint(keys: Keys, purpose: string, ...parts: readonly string[]): Buffer {
  return createHmac('sha256', keys.code)
    .update(JSON.stringify([purpose, ...parts]))
    .digest()
}

export const sameBytes = (a: Buffer, b: Buffer): boolean => a.length === b.length && timingSafeEqual(a, b)

const derived = new WeakMap<Keys, Map<string, KeyObject>>()

/** A key for one narrow purpose, drawn from the newest (or the given) key-encryption key. */
export function derivedKey(keys: Keys, purpose: string, version = keys.kek.current): KeyObject {
  const known = derived.get(keys) ?? new Map<string, KeyObject>()
  derived.set(keys, known)
  const name = `${version} ${purpose}`
  const key =
    known.get(name) ?? createSecretKey(Buffer.from(hkdfSync('sha256', keys.kek.of(version), '', purpose, 32)))
  known.set(name, key)
  return key
}

/** Tells whether a database was made with these keys, without telling the keys. */
export const keyMark = (keys: Keys): string =>
  createHmac('sha256', keys.id).update('sokhoe key mark').update(keys.code.export()).digest('base64url')
