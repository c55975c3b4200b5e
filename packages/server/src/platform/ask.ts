import { CompiledQuery } from 'kysely'
import { inBurst } from './burst.ts'
import type { Db } from './database.ts'

/**
 * Runs a statement whose text never changes, for the few that run with every request: nothing is built for it anew,
 * and it stays prepared, and travels with others where they are sent at once. Everything else is better written with
 * Kysely.
 */
export async function ask<Row>(db: Db, text: string, ...values: readonly unknown[]): Promise<Row[]> {
  const together = inBurst(db, text, values)
  if (together) return (await together) as Row[]
  const { rows } = await db.executeQuery<Row>(CompiledQuery.raw(text, [...values]) as CompiledQuery<Row>)
  return rows
}
