import { createStore } from '@sokhoe/ui/store'

const KEPT = 'sk.round'

/** Whether a round of home visits lies on this tablet; asked before anything of it is loaded. */
export function hasRound(): boolean {
  try {
    return localStorage.getItem(KEPT) === '1'
  } catch {
    return false
  }
}

export function flagRound(there: boolean): void {
  try {
    if (there) localStorage.setItem(KEPT, '1')
    else localStorage.removeItem(KEPT)
  } catch {
    // then the round opens once its worker has signed in
  }
}

const WAITING = 'sk.round.waiting'

function countKept(): number {
  try {
    return Number(localStorage.getItem(WAITING)) || 0
  } catch {
    return 0
  }
}

const waiting = createStore<number>(countKept())
/** How many visits on this tablet the server does not have, for every screen. */
export const useWaiting = waiting.use

export function tellWaiting(count: number): void {
  waiting.set(count)
  try {
    localStorage.setItem(WAITING, String(count))
  } catch {
    // then the count is right again once the round is opened
  }
}
