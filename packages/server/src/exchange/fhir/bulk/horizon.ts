import { sql } from 'kysely'
import type { Context } from '../../../platform/context.ts'

/**
 * The last instant of which everything that was written is also committed: whoever writes now began later, and calls it
 * later. Only how long the oldest writer has been at it is asked of the database, since clocks may differ.
 */
export async function horizonOf({ db, now }: Context): Promise<Date> {
  const { rows } = await sql<{ behind: number }>`
    select coalesce(ceil(extract(epoch from clock_timestamp() - min(xact_start)) * 1000), 0)::int as behind
    from pg_stat_activity where datname = current_database() and backend_xid is not null
      and pid <> pg_backend_pid()`.execute(db)
  return new Date(now().getTime() - (rows[0]?.behind ?? 0))
}
