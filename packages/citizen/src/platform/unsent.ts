import { useSyncExternalStore } from 'react'

/** How many answers on this phone the server does not have yet. */
let unsent = 0
const listeners = new Set<() => void>()

export function tellUnsent(count: number): void {
  if (count === unsent) return
  unsent = count
  for (const listener of listeners) listener()
}

const subscribe = (listener: () => void) => {
  listeners.add(listener)
  return () => {
    listeners.delete(listener)
  }
}

export const useUnsent = (): number => useSyncExternalStore(subscribe, () => unsent)
