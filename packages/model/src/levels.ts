/** How sure it is that a book is its holder's, the least sure first. */
export const LEVELS = ['phone', 'card', 'verified', 'national'] as const

/**
 * 'phone': a proven telephone. 'card': the code of a card was scanned. 'verified': somebody at a station has compared her
 * with a document. 'national': the State's own service says who she is.
 */
export type Level = (typeof LEVELS)[number]

/** Whether somebody else than she herself vouches for who she is; a level that nobody knows vouches for nothing. */
export const isConfirmed = (level: string): boolean => level === 'verified' || level === 'national'
