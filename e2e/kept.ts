import type { Page } from '@playwright/test'

export interface KeptOnPhone {
  readonly names: readonly string[]
  /** Bytes of everything that is kept, as text. */
  readonly text: string
  readonly extractable: boolean | undefined
  /** What asking the browser for the key's bytes gives. */
  readonly exported: string
  readonly caches: readonly string[]
}

/** Everything this phone keeps of the app, as somebody with the phone in her hands would look for it. */
export const keptOnPhone = (page: Page): Promise<KeptOnPhone> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open('sokhoe'))
    const sealed = db.transaction('sealed').objectStore('sealed')
    const [names, values] = await Promise.all([done(sealed.getAllKeys()), done(sealed.getAll())])
    const key = (await done(db.transaction('key').objectStore('key').get('seal'))) as CryptoKey | undefined
    const exported = key
      ? await crypto.subtle.exportKey('raw', key).then(
          () => 'read',
          (error: Error) => error.name,
        )
      : 'no key'
    const bytes = (values as { data: ArrayBuffer }[]).map(({ data }) => new TextDecoder().decode(data))
    const local = Object.entries({ ...localStorage, ...sessionStorage }).flat()
    const shells = await Promise.all(
      (await caches.keys()).map(async (name) =>
        (await (await caches.open(name)).keys()).map(({ url }) => url),
      ),
    )
    db.close()
    return {
      names: names.map(String),
      text: [...bytes, ...local].join(' '),
      extractable: key?.extractable,
      exported,
      caches: shells.flat(),
    }
  })

/** Drafts on this phone as the app itself opens them, as text: what stands there survives the page. */
export const draftsOnPhone = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open('sokhoe'))
    const key = (await done(db.transaction('key').objectStore('key').get('seal'))) as CryptoKey
    const sealed = db.transaction('sealed').objectStore('sealed')
    const drafts = IDBKeyRange.bound('draft/', 'draft0', false, true)
    const [names, values] = await Promise.all([done(sealed.getAllKeys(drafts)), done(sealed.getAll(drafts))])
    db.close()
    const texts = (values as { iv: BufferSource; data: ArrayBuffer }[]).map(async ({ iv, data }, at) => {
      const additionalData = new TextEncoder().encode(String(names[at]))
      const plain = await crypto.subtle.decrypt({ name: 'AES-GCM', iv, additionalData }, key, data)
      return new TextDecoder().decode(plain)
    })
    return (await Promise.all(texts)).join('\n')
  })
