import { useSyncExternalStore } from 'react'

/** One value that several screens watch. */
export type Store<T> = {
  get: () => T
  set: (next: T) => T
  use: () => T
  /** @returns how to stop listening */
  watch: (listener: () => void) => () => void
}

export function createStore<T>(initial: T): Store<T> {
  let now = initial
  const listeners = new Set<() => void>()
  const watch = (listener: () => void) => {
    listeners.add(listener)
    return () => {
      listeners.delete(listener)
    }
  }
  const get = () => now
  const set = (next: T): T => {
    if (next === now) return now
    now = next
    for (const listener of listeners) listener()
    return now
  }
  return { get, set, watch, use: () => useSyncExternalStore(watch, get) }
}
