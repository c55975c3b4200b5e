import { sql } from 'kysely'
import type { Db } from '../../platform/database.ts'

/** Homes a process takes at once: one question to the sequence for so many books. */
const BLOCK = 64
const taken = new WeakMap<Db, { next: number; last: number }>()
const asking = new WeakMap<Db, Promise<void>>()

async function takeBlock(pool: Db): Promise<void> {
  const { rows } = await sql<{ block: number }>`select nextval('identity.home_block') as block`.execute(pool)
  const block = rows[0]?.block ?? 1
  taken.set(pool, { next: (block - 1) * BLOCK + 1, last: block * BLOCK })
}

/** A home nobody has lived in. A process that dies leaves at most one block unused. */
export async function newHome(pool: Db): Promise<number> {
  for (;;) {
    const block = taken.get(pool)
    if (block && block.next <= block.last) return block.next++
    const waiting = asking.get(pool) ?? takeBlock(pool).finally(() => asking.delete(pool))
    asking.set(pool, waiting)
    await waiting
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
