import { createStore } from './store.ts'

/** Since when the server cannot be reached, ms; undefined while it can. Told by the browser and by every request. */
const cutSince = createStore<number | undefined>(undefined)

/** When the server last answered, ms; undefined before its first answer. */
const reachedAt = createStore<number | undefined>(undefined)

export function tellReached(reached: boolean, now = Date.now()): void {
  if (reached) reachedAt.set(now)
  cutSince.set(reached ? undefined : (cutSince.get() ?? now))
}

export const useCutSince = cutSince.use
export const useReachedAt = reachedAt.use
/** Calls back at every answer of the server. @returns how to stop */
export const onReached = reachedAt.watch

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
