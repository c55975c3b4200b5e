import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'

/** Names this lock apart from any others in the database. */
const NIGHT = [7903, 40] as const

/**
 * Works while nobody else does the same, on any machine. The lock is the connection's: it ends with the process,
 * however that ends.
 * @returns undefined where somebody else is at work
 */
export function alone<T>({ pool }: Context, work: () => Promise<T>): Promise<T | undefined> {
  const [room, number] = NIGHT
  return pool.connection().execute(async (held) => {
    const { rows } = await sql<{
      mine: boolean
    }>`select pg_try_advisory_lock(${room}, ${number}) as mine`.execute(held)
    if (!rows[0]?.mine) return undefined
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${room}, ${number})`.execute(held)
    }
  })
}
