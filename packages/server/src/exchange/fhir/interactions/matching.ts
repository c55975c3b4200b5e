import { createHash } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../../platform/context.ts'
import { Problem } from '../../../platform/problem.ts'
import type { Ask } from '../answer.ts'
import { type Match, matchesOf } from '../search/index.ts'
import { clientOf, malformed } from '../write/index.ts'

/** What stands behind the question mark of a condition. */
export type Condition = Ask['query']

/** Said in the address for whoever writes the answer; no part of a condition. */
const OF_THE_DOOR = new Set(['_format', '_pretty', '_summary', '_elements'])

/** @throws {Problem} fhir.malformed: nothing to go by, which would mean everything */
export function conditionIn(query: Condition): Condition {
  const pairs = query.filter(([name, value]) => !OF_THE_DOOR.has(name) && value !== '')
  if (pairs.length === 0) malformed('A condition needs at least one search parameter with a value', 'http')
  return pairs
}

/** Some write the type before it. */
const BEFORE = /^(?:[A-Z][A-Za-z]*)?\?/

/** @throws {Problem} fhir.malformed: it is no part of an address */
export function readCondition(text: string): Condition {
  try {
    return conditionIn([...new URLSearchParams(text.replace(BEFORE, ''))])
  } catch (error) {
    if (error instanceof Problem) throw error
    return malformed('A condition is written like the part of an address behind the question mark')
  }
}

export interface Matching {
  readonly type: string
  readonly condition: Condition
}

/**
 * The one resource of the sender's own that a condition names.
 * @throws {Problem} fhir.many-matches: there are more
 */
export async function matchOf(
  ctx: Context,
  base: string,
  { type, condition }: Matching,
): Promise<Match | undefined> {
  const matches = await matchesOf(ctx, type, condition, { base })
  if (matches.length > 1) throw new Problem('fhir.many-matches')
  return matches[0]
}

/**
 * The id of what a conditional reference names, whoever stated it.
 * @throws {Problem} fhir.many-matches; fhir.invalid: nothing fits
 */
export async function referredBy(
  ctx: Context,
  base: string,
  { type, condition }: Matching,
): Promise<string | undefined> {
  const matches = await matchesOf(ctx, type, condition, { base, others: true })
  if (matches.length > 1) throw new Problem('fhir.many-matches')
  return matches[0]?.id
}

/** Names these locks apart from any others in the database. */
const CONDITIONS = 7904

function turnOf(facility: string, { type, condition }: Matching): number {
  const text = JSON.stringify([facility, type, condition.map((pair) => [...pair]).toSorted()])
  return createHash('sha256').update(text).digest().readInt32BE(0)
}

/**
 * Those who create on one condition take turns, and the later one finds what the earlier one made. For the transaction
 * that creates: held until it ends.
 * @throws {Problem} fhir.conflict: it is there by now
 */
export async function stillUnmatched(inner: Context, base: string, all: readonly Matching[]): Promise<void> {
  if (all.length === 0) return
  const { facility } = clientOf(inner)
  const turns = [...new Set(all.map((one) => turnOf(facility, one)))].toSorted((a, b) => a - b)
  await sql`select pg_advisory_xact_lock(${CONDITIONS}, turn) from unnest(${turns}::int[]) turn`.execute(
    inner.db,
  )
  for (const one of all)
    if ((await matchesOf(inner, one.type, one.condition, { base })).length > 0)
      throw new Problem('fhir.conflict')
}
