/**
 * What a tablet keeps on its way. A data key seals everything that can be read here; it lies wrapped twice, under a key
 * that cannot be read out of this browser and under one drawn from the worker's PIN. What nobody has sent yet lies
 * besides in boxes that only the server can open: they stay when everything else is wiped.
 */
import { parseJson } from '@sokhoe/ui/json'
import { flagRound, tellWaiting } from './flag.ts'

const DATABASE = 'sokhoe-visits'
const ROUNDS = 600_000
const IV = 12
type Shelf = 'plain' | 'sealed' | 'boxes'

interface Sealed {
  readonly iv: Uint8Array<ArrayBuffer>
  readonly data: ArrayBuffer
}

/** About the tablet, never about a person. Times are the tablet's own, ms. */
export interface Meta {
  readonly tablet: string
  readonly secret: string
  readonly publicKey: string
  /** Whose round this is. */
  readonly worker: string
  readonly user: string
  readonly preparedAt: number
  readonly endsAt: number
  /** Server's time when the round was prepared. */
  readonly asOf: string
  readonly salt: Uint8Array<ArrayBuffer>
  /** Wrong PINs in a row; counted before each is tried. */
  readonly wrong: number
  /** The wrapped data key; gone when what could be read is wiped. */
  readonly wrapped?: Sealed
  readonly gone?: Gone
}

export type Gone = 'pin' | 'day' | 'suspended'

export interface Box {
  readonly uuid: string
  readonly box: string
}

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

let opened: Promise<IDBDatabase> | undefined

function database(): Promise<IDBDatabase> {
  opened ??= (() => {
    const request = indexedDB.open(DATABASE, 1)
    request.onupgradeneeded = () => {
      for (const name of ['plain', 'sealed', 'boxes']) request.result.createObjectStore(name)
    }
    return done(request)
  })()
  return opened
}

const shelf = async (name: Shelf, mode: IDBTransactionMode = 'readonly'): Promise<IDBObjectStore> =>
  (await database()).transaction(name, mode).objectStore(name)

const META = 'round'
const DEVICE = 'device'

export const readMeta = async (): Promise<Meta | undefined> =>
  (await done((await shelf('plain')).get(META))) as Meta | undefined

export async function writeMeta(meta: Meta): Promise<Meta> {
  await done((await shelf('plain', 'readwrite')).put(meta, META))
  flagRound(true)
  return meta
}

/** Both or neither: a visit is never on the tablet without its box. */
export async function putVisit(name: string, sealed: Sealed, { uuid, box }: Box): Promise<void> {
  const transaction = (await database()).transaction(['sealed', 'boxes'], 'readwrite')
  transaction.objectStore('sealed').put(sealed, name)
  transaction.objectStore('boxes').put(box, uuid)
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve()
    transaction.onerror = () => reject(transaction.error)
    transaction.onabort = () => reject(transaction.error)
  })
  await countBoxes()
}

const countBoxes = async (): Promise<void> => tellWaiting(await done((await shelf('boxes')).count()))

export async function boxes(): Promise<Box[]> {
  const store = await shelf('boxes')
  const [uuids, texts] = await Promise.all([done(store.getAllKeys()), done(store.getAll())])
  return uuids.map((uuid, at) => ({ uuid: String(uuid), box: String(texts[at]) }))
}

export async function dropBox(uuid: string): Promise<void> {
  await done((await shelf('boxes', 'readwrite')).delete(uuid))
  await countBoxes()
}

const bytesOf = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const newIv = (): Uint8Array<ArrayBuffer> => crypto.getRandomValues(new Uint8Array(IV))

async function sealBytes(key: CryptoKey, plain: BufferSource, about: string): Promise<Sealed> {
  const iv = newIv()
  return {
    iv,
    data: await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(about) }, key, plain),
  }
}

const openBytes = (key: CryptoKey, { iv, data }: Sealed, about: string): Promise<ArrayBuffer> =>
  crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: bytesOf(about) }, key, data)

export const sealValue = (key: CryptoKey, name: string, value: unknown): Promise<Sealed> =>
  sealBytes(key, bytesOf(JSON.stringify(value)), name)

export async function keepValue(key: CryptoKey, name: string, value: unknown): Promise<void> {
  const sealed = await sealValue(key, name, value)
  await done((await shelf('sealed', 'readwrite')).put(sealed, name))
}

export const dropValue = async (name: string): Promise<void> =>
  void (await done((await shelf('sealed', 'readwrite')).delete(name)))

/** Everything that is sealed under names that begin so; what does not open is passed over. */
export async function readValues<T>(key: CryptoKey, begins: string): Promise<T[]> {
  const store = await shelf('sealed')
  const range = IDBKeyRange.bound(begins, `${begins}\uffff`)
  const [names, rows] = await Promise.all([done(store.getAllKeys(range)), done(store.getAll(range))])
  const texts = await Promise.all(
    rows.map((row, at) => openBytes(key, row as Sealed, String(names[at])).catch(() => undefined)),
  )
  return texts.flatMap((text) => (text ? [parseJson(new TextDecoder().decode(text)) as T] : []))
}

async function deviceKey(): Promise<CryptoKey> {
  const kept = (await done((await shelf('plain')).get(DEVICE))) as CryptoKey | undefined
  if (kept) return kept
  const usages: KeyUsage[] = ['encrypt', 'decrypt']
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, usages)
  await done((await shelf('plain', 'readwrite')).put(fresh, DEVICE))
  return fresh
}

/** Slow on purpose: whoever carries the tablet away tries few PINs a second, and only on this tablet. */
async function pinKey(pin: string, salt: Uint8Array<ArrayBuffer>): Promise<CryptoKey> {
  const raw = await crypto.subtle.importKey('raw', bytesOf(pin.normalize('NFC')), 'PBKDF2', false, [
    'deriveKey',
  ])
  const draw = { name: 'PBKDF2', hash: 'SHA-256', salt, iterations: ROUNDS }
  return await crypto.subtle.deriveKey(draw, raw, { name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
}

const dataKeyOf = (raw: BufferSource): Promise<CryptoKey> =>
  crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['encrypt', 'decrypt'])

const packed = ({ iv, data }: Sealed): Uint8Array<ArrayBuffer> =>
  new Uint8Array([...iv, ...new Uint8Array(data)])

/** A new data key, wrapped under PIN and device. */
export async function newDataKey(
  pin: string,
): Promise<{ key: CryptoKey; salt: Meta['salt']; wrapped: Sealed }> {
  const raw = crypto.getRandomValues(new Uint8Array(32))
  const salt = crypto.getRandomValues(new Uint8Array(16))
  const inner = await sealBytes(await pinKey(pin, salt), raw, 'pin')
  const wrapped = await sealBytes(await deviceKey(), packed(inner), 'device')
  return { key: await dataKeyOf(raw), salt, wrapped }
}

/** @returns undefined for a wrong PIN */
export async function dataKey(pin: string, { salt, wrapped }: Meta): Promise<CryptoKey | undefined> {
  if (!wrapped) return undefined
  try {
    const inner = new Uint8Array(await openBytes(await deviceKey(), wrapped, 'device'))
    const sealed = { iv: inner.slice(0, IV), data: inner.slice(IV).buffer }
    return await dataKeyOf(await openBytes(await pinKey(pin, salt), sealed, 'pin'))
  } catch {
    return undefined
  }
}

/** Nothing that can be read stays; boxes stay until the server has them. */
export async function wipe(meta: Meta, gone: Gone): Promise<Meta> {
  const { wrapped: _, ...rest } = meta
  const next = await writeMeta({ ...rest, gone })
  await done((await shelf('sealed', 'readwrite')).clear())
  await done((await shelf('plain', 'readwrite')).delete(DEVICE))
  return next
}

/** The round is over and nothing waits any more. */
export async function forget(): Promise<void> {
  for (const name of ['sealed', 'boxes', 'plain'] as const)
    await done((await shelf(name, 'readwrite')).clear())
  flagRound(false)
  tellWaiting(0)
}
