const WINDOW_MS = 60_000
/** Of one address within a minute: far more than a program that works makes, and too few to wear the house out. */
const MOST_REFUSED = 600
const MOST_ADDRESSES = 50_000

/** Refusals of the running minute by address. A cheap edge limit: each server counts by itself, and forgets at its end. */
export function openLimit(clock: () => number = () => performance.now()) {
  let began = clock()
  const refused = new Map<string, number>()
  const current = (): Map<string, number> => {
    if (clock() - began >= WINDOW_MS || refused.size >= MOST_ADDRESSES) {
      refused.clear()
      began = clock()
    }
    return refused
  }
  return {
    /** @returns whole seconds to wait; undefined for whoever may try */
    waits: (address: string): number | undefined =>
      (current().get(address) ?? 0) < MOST_REFUSED
        ? undefined
        : Math.ceil((WINDOW_MS - (clock() - began)) / 1000),
    count: (address: string): void => void current().set(address, (current().get(address) ?? 0) + 1),
  }
}
