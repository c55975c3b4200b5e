import { type Load, useLoadAt } from '@sokhoe/ui/load'
import { readableVault } from './keeping.ts'
import { sessionEnded } from './session.ts'

const PLACE = { vault: readableVault, signedOut: sessionEnded }

/** Data of the server for a screen: as `useLoadAt`, with the copies and the session of this app. */
export const useLoad = <T>(path: string | undefined, keep?: string, part?: (data: T) => T): Load<T> =>
  useLoadAt<T>(PLACE, path, keep, part)
