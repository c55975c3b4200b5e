import type { Interaction } from '../answer.ts'
import { batch } from './batch.ts'
import { readSent } from './read.ts'
import { type Router, routerOf } from './router.ts'
import { transaction } from './transaction.ts'

/** Many interactions in one request: each by itself, or all or none. @param interactions what an entry may ask for */
export function bundles(interactions: () => readonly Interaction[]): readonly Interaction[] {
  // made when the first Bundle comes: the list of all knows this one too
  let known: Router | undefined
  const route: Router = (method, url) => {
    known ??= routerOf(interactions())
    return known(method, url)
  }
  return [
    {
      method: 'POST',
      path: '',
      run: async (ask) => {
        const { type, entries } = readSent(ask)
        return await (type === 'batch' ? batch : transaction)(ask, route, entries)
      },
    },
  ]
}
