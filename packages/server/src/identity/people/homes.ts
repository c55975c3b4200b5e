import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import type { Db } from '../../platform/database.ts'

/** Homes a process takes at once: one question to the sequence for so many books. */
const BLOCK = 64
const taken = new WeakMap<Db, { next: number; last: number }>()
const asking = new WeakMap<Db, Promise<void>>()

async function takeBlock({ db, pool }: Context): Promise<void> {
  const { rows } = await sql<{ block: number }>`select nextval('identity.home_block') as block`.execute(db)
  const block = rows[0]?.block ?? 1
  taken.set(pool, { next: (block - 1) * BLOCK + 1, last: block * BLOCK })
}

/**
 * A home nobody has lived in. A process that dies leaves at most one block unused. Asked on the connection that is open
 * already: to wait here for another one would be to wait for those who wait for us.
 */
export async function newHome(ctx: Context): Promise<number> {
  const { pool } = ctx
  for (;;) {
    const block = taken.get(pool)
    if (block && block.next <= block.last) return block.next++
    const others = asking.get(pool)
    if (others) {
      await others.catch(() => undefined)
      continue
    }
    const mine = takeBlock(ctx).finally(() => asking.delete(pool))
    asking.set(pool, mine)
    await mine
  }
}

/** Homes for loading many books at once. */
export interface Homes {
  /** The first home of each block taken; others may have taken blocks between them. */
  readonly blocks: Float64Array
}

export async function newHomes(db: Db, count: number): Promise<Homes> {
  const { rows } = await sql<{ block: number }>`
    select nextval('identity.home_block') as block
    from generate_series(1, ${Math.ceil(count / BLOCK)}::int)`.execute(db)
  return { blocks: Float64Array.from(rows, ({ block }) => (block - 1) * BLOCK + 1) }
}

/** @param at 0 to less than were asked for */
export function homeAt({ blocks }: Homes, at: number): number {
  const first = blocks[Math.floor(at / BLOCK)]
  if (first === undefined) throw new RangeError('no home was taken for this one')
  return first + (at % BLOCK)
}
