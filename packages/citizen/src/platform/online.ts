import { useSyncExternalStore } from 'react'

/** Since when the server cannot be reached, ms; undefined while it can. Told by the browser and by every request. */
let cutSince: number | undefined
const listeners = new Set<() => void>()

export function tellReached(reached: boolean, now = Date.now()): void {
  const next = reached ? undefined : (cutSince ?? now)
  if (next === cutSince) return
  cutSince = next
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useCutSince = (): number | undefined => useSyncExternalStore(subscribe, () => cutSince)

/** Calls back whenever the network may have come back. */
export function onBack(work: () => void): () => void {
  const whenSeen = () => {
    if (document.visibilityState === 'visible') work()
  }
  window.addEventListener('online', work)
  document.addEventListener('visibilitychange', whenSeen)
  return () => {
    window.removeEventListener('online', work)
    document.removeEventListener('visibilitychange', whenSeen)
  }
}

export function watchNetwork(): void {
  if (navigator.onLine === false) tellReached(false)
  window.addEventListener('offline', () => tellReached(false))
}
