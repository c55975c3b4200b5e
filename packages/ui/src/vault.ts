import { parseJson } from './json.ts'

/**
 * What this phone keeps about a person: sealed with AES-GCM under a key that cannot be read out of the browser.
 * Without IndexedDB or Web Crypto it keeps in memory only, and says so by `lasting`.
 */
export type Vault = {
  lasting: boolean
  get<T>(name: string): Promise<T | undefined>
  set(name: string, value: unknown): Promise<void>
  remove(name: string): Promise<void>
  names(): Promise<string[]>
  clear(): Promise<void>
}

type Sealed = { iv: Uint8Array<ArrayBuffer>; data: ArrayBuffer }

const done = <T>(request: IDBRequest<T>): Promise<T> =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result)
    request.onerror = () => reject(request.error)
  })

function openDatabase(database: string): Promise<IDBDatabase> {
  const request = indexedDB.open(database, 1)
  request.onupgradeneeded = () => {
    request.result.createObjectStore('key')
    request.result.createObjectStore('sealed')
  }
  return done(request)
}

type StoreName = 'key' | 'sealed'

const store = (db: IDBDatabase, name: StoreName) => db.transaction(name).objectStore(name)

/** Done once the transaction is: before that, the end of the page can still undo it. */
const change = (db: IDBDatabase, name: StoreName, work: (store: IDBObjectStore) => unknown): Promise<void> =>
  new Promise((resolve, reject) => {
    const transaction = db.transaction(name, 'readwrite')
    transaction.oncomplete = () => resolve()
    transaction.onabort = () => reject(transaction.error)
    work(transaction.objectStore(name))
  })

/** The key of this phone. `add` lets two tabs race: the first one wins, the other takes what stands. */
async function keyOf(db: IDBDatabase): Promise<CryptoKey> {
  const kept = await done(store(db, 'key').get('seal'))
  if (kept) return kept as CryptoKey
  const fresh = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ])
  await change(db, 'key', (keys) => keys.add(fresh, 'seal')).catch(() => undefined)
  return (await done(store(db, 'key').get('seal'))) as CryptoKey
}

const boundTo = (name: string) => new TextEncoder().encode(name)

async function seal(key: CryptoKey, name: string, value: unknown): Promise<Sealed> {
  const iv = crypto.getRandomValues(new Uint8Array(12))
  const plain = new TextEncoder().encode(JSON.stringify(value))
  const data = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(name) }, key, plain)
  return { iv, data }
}

async function open(key: CryptoKey, name: string, { iv, data }: Sealed): Promise<unknown> {
  const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData: boundTo(name) }, key, data)
  return parseJson(new TextDecoder().decode(plain))
}

async function lastingVault(database: string): Promise<Vault> {
  const db = await openDatabase(database)
  let key = await keyOf(db)
  return {
    lasting: true,
    async get<T>(name: string) {
      const sealed = (await done(store(db, 'sealed').get(name))) as Sealed | undefined
      if (!sealed) return undefined
      return (await open(key, name, sealed).catch(() => undefined)) as T | undefined
    },
    async set(name, value) {
      const sealed = await seal(key, name, value)
      await change(db, 'sealed', (all) => all.put(sealed, name))
    },
    async remove(name) {
      await change(db, 'sealed', (all) => all.delete(name))
    },
    async names() {
      return (await done(store(db, 'sealed').getAllKeys())).map(String)
    },
    async clear() {
      await change(db, 'sealed', (all) => all.clear())
      await change(db, 'key', (keys) => keys.clear())
      key = await keyOf(db)
    },
  }
}

function memoryVault(): Vault {
  const kept = new Map<string, string>()
  return {
    lasting: false,
    async get<T>(name: string) {
      const text = kept.get(name)
      return text === undefined ? undefined : (parseJson(text) as T)
    },
    async set(name, value) {
      kept.set(name, JSON.stringify(value))
    },
    async remove(name) {
      kept.delete(name)
    },
    async names() {
      return [...kept.keys()]
    },
    async clear() {
      kept.clear()
    },
  }
}

/** @returns the vault of one app on this phone, in a database of that name; opened once */
export function createVault(database: string): () => Promise<Vault> {
  let opened: Promise<Vault> | undefined
  return () => {
    opened ??= lastingVault(database).catch(memoryVault)
    return opened
  }
}

/** One at a time over all tabs, so that read-change-write never loses a change of the other tab. */
export const alone = async <T>(name: string, work: () => Promise<T>): Promise<T> =>
  navigator.locks ? ((await navigator.locks.request(`sokhoe.${name}`, work)) as T) : work()

/** A random UUID also where the page is not in a secure context. */
export const newUuid = (): string => {
  if (typeof crypto.randomUUID === 'function') return crypto.randomUUID()
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  const hex = [...bytes].map((byte, i) => {
    const marked = i === 6 ? (byte & 0x0f) | 0x40 : i === 8 ? (byte & 0x3f) | 0x80 : byte
    return marked.toString(16).padStart(2, '0')
  })
  return hex.join('').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}
