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

/** A run of homes for loading many books at once. @returns the first; the others follow without a gap */
export async function newHomes(db: Db, count: number): Promise<number> {
  const blocks = Math.ceil(count / BLOCK)
  const { rows } = await sql<{ last: number }>`
    select setval('identity.home_block', nextval('identity.home_block') + ${blocks - 1}) as last`.execute(db)
  const last = rows[0]?.last ?? blocks
  return (last - blocks) * BLOCK + 1
}
