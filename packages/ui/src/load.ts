import { useCallback, useEffect, useRef, useState } from 'react'
import { type Answer, OFFLINE, send } from './http.ts'
import { onBack } from './online.ts'
import type { Vault } from './vault.ts'

export type Load<T> =
  | { is: 'loading' }
  | { is: 'ready'; data: T; at: number; stale: boolean; again: () => void }
  | { is: 'refused'; answer: Extract<Answer<T>, { is: 'refused' }>; again: () => void }

type Copy<T> = { data: T; at: number }

/** What loading needs to know of an app. */
export interface Place {
  /** Where copies for reading without network are kept. */
  readonly vault: () => Promise<Vault>
  /** The server said that nobody is signed in any more. */
  readonly signedOut: () => void
  /** The server said that this is not open to whoever is signed in, any more or at all. */
  readonly refused?: (path: string) => Promise<void>
  /** Calls back when somebody has signed in again, for apps whose screens stay open meanwhile. */
  readonly onReturn?: (work: () => void) => () => void
}

export type Fetched<T> =
  | { is: 'ready'; data: T; at: number; stale: boolean }
  | { is: 'refused'; answer: Extract<Answer<T>, { is: 'refused' }> }

/**
 * Data of the server for a screen.
 *
 * @param place the same at every drawing: an app calls this with its own
 * @param path undefined: nothing is asked yet
 * @param part what of the answer the app uses; must be the same function at every drawing
 * @param keep name of the sealed copy on this phone, shown with its time where there is no network; none for public data
 */
export function useLoadAt<T>(
  place: Place,
  path: string | undefined,
  keep?: string,
  part?: (data: T) => T,
): Load<T> {
  const [load, setLoad] = useState<Fetched<T> | { is: 'loading' }>({ is: 'loading' })
  const asked = useRef(0)
  const again = useCallback(() => {
    if (path === undefined) return
    asked.current += 1
    const mine = asked.current
    fetchOrCopy<T>(place, path, keep, part).then((next) => {
      if (asked.current === mine) setLoad(next)
    })
  }, [place, path, keep, part])

  useEffect(() => {
    again()
    return () => {
      asked.current += 1
    }
  }, [again])

  const status = load.is === 'refused' ? load.answer.status : undefined
  const stale = load.is === 'ready' ? load.stale : status === 0
  useEffect(() => (stale ? onBack(again) : undefined), [stale, again])
  useEffect(() => (status === 401 ? place.onReturn?.(again) : undefined), [place, status, again])
  return load.is === 'loading' ? load : { ...load, again }
}

/** The same once, for further pages: the server's answer, or the copy where there is no network. */
export async function fetchOrCopy<T>(
  { vault, signedOut, refused }: Place,
  path: string,
  keep?: string,
  part?: (data: T) => T,
): Promise<Fetched<T>> {
  const answer = await send<T>('GET', path)
  if (answer.is === 'ready') {
    const at = Date.now()
    const data = part ? part(answer.data) : answer.data
    if (keep) await (await vault()).set(`data/${keep}`, { data, at } satisfies Copy<T>)
    return { is: 'ready', data, at, stale: false }
  }
  if (answer.status === 401) signedOut()
  if (answer.status === 403) await refused?.(path)
  const copy =
    keep && answer.code === OFFLINE ? await (await vault()).get<Copy<T>>(`data/${keep}`) : undefined
  return copy ? { is: 'ready', ...copy, stale: true } : { is: 'refused', answer }
}
