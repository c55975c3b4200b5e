import { createStore } from '@sokhoe/ui/store'
import type { Book } from '../platform/api.ts'

/** Whose book is open: one's own, or the person whose public id this is. Kept for this tab only. */
export type Whose = 'own' | (string & {})

const KEPT = 'sk.whose'

function keptWhose(): Whose {
  try {
    return sessionStorage.getItem(KEPT) ?? 'own'
  } catch {
    return 'own'
  }
}

const whose = createStore<Whose>(keptWhose())

export const currentWhose = whose.get
export const useWhose = whose.use

/** Opens another book on all screens of this tab. */
export function openBookOf(next: Whose): void {
  try {
    sessionStorage.setItem(KEPT, next)
  } catch {
    // A phone that keeps nothing opens one's own book again next time.
  }
  whose.set(next)
}

/** The address of something of the open book. */
export const bookApi = (path: string, book: Whose = whose.get()): string => `/api/books/${book}${path}`

/** A name for a kept copy of something of the open book: no two books share one. */
export const bookCopy = (name: string, book: Whose = whose.get()): string =>
  book === 'own' ? name : `${book}/${name}`

/** The open book among those that the session may open; her own where the other is open no more. */
export const bookIn = (books: readonly Book[], book: Whose): Book | undefined =>
  books.find((one) => (book === 'own' ? one.relation === 'self' : one.person === book))
