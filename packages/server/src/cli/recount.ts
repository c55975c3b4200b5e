import { recountEverything } from '../insight/index.ts'
import { inHouse } from './house.ts'
import { type Io, orSentence } from './io.ts'

/** `recount`: throws the counts of coverage away and makes them anew from what was written of every book. */
export async function recountCommand(_args: readonly string[], io: Io): Promise<number> {
  return await orSentence(io, async () => {
    const started = performance.now()
    await inHouse(io, 'recount', ({ ctx }) => recountEverything(ctx))
    io.out(`counted anew in ${((performance.now() - started) / 1000).toFixed(1)} s`)
    return 0
  })
}
