import type { Load } from '@sokhoe/ui/load'
import { useLoad } from '../platform/load.ts'
import { bookApi, useWhose } from './whose.ts'

/** Something of the open book for a screen, with a sealed copy of its own for reading without network. */
export function useBookLoad<T>(path: string): Load<T> {
  const address = bookApi(path, useWhose())
  return useLoad<T>(address, address)
}
