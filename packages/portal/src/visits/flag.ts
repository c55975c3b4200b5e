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
