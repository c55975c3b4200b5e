import { type Fetched, fetchOrCopy, type Load, useLoadAt } from '@sokhoe/ui/load'
import { useEffect } from 'react'
import { bookIn, dropBook, keepBook } from './copies.ts'
import { readableVault } from './keeping.ts'
import { sessionEnded } from './session.ts'

/** A book that is not open any more leaves no copy behind. */
async function refused(path: string): Promise<void> {
  const book = bookIn(path)
  if (book !== undefined) await dropBook(book)
}

const PLACE = { vault: readableVault, signedOut: sessionEnded, refused }

/** Pages of a book are kept under their own address, so that a copy of the whole book gives each page its own. */
const nameOf = (path: string | undefined, keep: string | undefined): string | undefined =>
  keep !== undefined && path !== undefined && bookIn(path) !== undefined ? path : keep

/**
 * Data of the server for a screen: as `useLoadAt`, with the copies and the session of this app. A book whose first
 * page was opened is kept whole, for reading without network.
 */
export function useLoad<T>(path: string | undefined, keep?: string, part?: (data: T) => T): Load<T> {
  const load = useLoadAt<T>(PLACE, path, nameOf(path, keep), part)
  const opened = path?.endsWith('/home') && load.is === 'ready' && !load.stale ? bookIn(path) : undefined
  useEffect(() => (opened === undefined ? undefined : keepBook(opened)), [opened])
  return load
}

/** A further page of a book: the server's, or its copy where there is no network. */
export const loadPage = <T>(path: string): Promise<Fetched<T>> => fetchOrCopy<T>(PLACE, path, path)
