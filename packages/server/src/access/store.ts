import { sql } from 'kysely'
import { note, noteRefusal } from '../audit/index.ts'
import { ask } from '../platform/ask.ts'
import type { Context } from '../platform/context.ts'
import { gather } from '../platform/gather.ts'
import { Problem } from '../platform/problem.ts'
import { type About, type Action, may, mayWork, type WorkAction } from './may.ts'
import type { Purpose } from './tables.ts'

export interface Asked extends About {
  readonly action: Action
  /** Every Patient whose record is opened: each chain gets its own line. */
  readonly patientIds: readonly number[]
  readonly purpose: string
  readonly what: string
}

/**
 * Passes, or refuses; either way it is written down before this returns, a refusal even when the request rolls back.
 * @throws {Problem} access.refused
 */
export async function authorize(
  ctx: Context,
  { action, patientIds, purpose, what, ...about }: Asked,
): Promise<void> {
  const allowed = may(ctx.actor, action, about)
  const write = allowed ? note : noteRefusal
  await Promise.all(patientIds.map((patientId) => write(ctx, { action, patientId, purpose, what })))
  if (!allowed) throw new Problem('access.refused')
}

/**
 * The same for what is about nobody in particular: only a refusal is written down here, a change by whoever makes it.
 * @param ward null for the whole city
 * @throws {Problem} staff.sign-in-needed, staff.not-yours
 */
export async function authorizeWork(ctx: Context, action: WorkAction, ward: string | null): Promise<void> {
  if (mayWork(ctx.actor, action, ward)) return
  if (ctx.actor.kind !== 'staff') throw new Problem('staff.sign-in-needed')
  await noteRefusal(ctx, { action, ...(ward !== null && { what: ward }) })
  throw new Problem('staff.not-yours')
}

export interface Given {
  readonly purpose: Purpose
  readonly given: boolean
  /** Version of the text that was read and answered. */
  readonly textVersion: string
  readonly channel: string
}

const anyOf = (homes: readonly number[]) => sql<number>`any(${[...homes]}::bigint[])`

const endGrant = ({ db, now }: Context, homes: readonly number[], { purpose }: Given) =>
  db
    .updateTable('access.grant')
    .set({ until: now() })
    .where('home', '=', anyOf(homes))
    .where('purpose', '=', purpose)
    .where('until', 'is', null)
    .execute()

const openGrant = (
  { db, now }: Context,
  home: number,
  { purpose, textVersion: text_version, channel }: Given,
) =>
  db
    .insertInto('access.grant')
    .values({ home, purpose, since: now(), until: null, text_version, channel })
    // ended and opened again in the same instant: it stands
    .onConflict((conflict) =>
      conflict.columns(['home', 'purpose', 'since']).doUpdateSet({ until: null, text_version, channel }),
    )
    .execute()

interface Word {
  readonly purpose: string
  readonly since: Date
  readonly until: Date | null
}

/**
 * What a person has opened her record for, by the words of all her homes: of each purpose the newest stands, so that a
 * withdrawal goes before an earlier yes, whichever of two books that are one it was said in.
 */
export function standingOf<One extends Word>(words: readonly One[]): One[] {
  const at = ({ since, until }: Word): number => (until ?? since).getTime()
  // of one instant the no
  const newest = (a: One, b: One): number =>
    at(b) - at(a) || Number(a.until === null) - Number(b.until === null)
  return [...Map.groupBy(words, ({ purpose }) => purpose).values()].flatMap((said) => {
    const [last] = said.toSorted(newest)
    return last && last.until === null ? [last] : []
  })
}

/** The grants of a person that stand now. @param homes all of hers */
export async function grantsOf(
  { db }: Context,
  homes: readonly number[],
): Promise<{ purpose: string; since: Date; textVersion: string }[]> {
  const rows = await db
    .selectFrom('access.grant')
    .select(['purpose', 'since', 'until', 'text_version'])
    .where('home', '=', anyOf(homes))
    .execute()
  return standingOf(rows).map(({ purpose, since, text_version: textVersion }) => ({
    purpose,
    since,
    textVersion,
  }))
}

export interface GrantWord extends Word {
  readonly home: number
}

const SAID = `select home, purpose, since, until from access.grant where home = any($1::bigint[])`

/** Every yes and its end that these homes keep: {@link standingOf} says what stands of a person's. */
export const grantWords = gather(async ({ db }, homes): Promise<ReadonlyMap<number, GrantWord[]>> => {
  const rows = await ask<GrantWord>(db, SAID, [...homes])
  return Map.groupBy(rows, ({ home }) => home)
})

/** Homes of persons whose grant for this stands now, in their order: the next ones after the given home. */
export async function homesGranting(
  { db }: Context,
  purpose: string,
  after: number,
  limit: number,
): Promise<number[]> {
  const rows = await db
    .selectFrom('access.grant')
    .select('home')
    .distinct()
    .where('purpose', '=', purpose)
    .where('until', 'is', null)
    .where('home', '>', after)
    .orderBy('home')
    .limit(limit)
    .execute()
  return rows.map((row) => row.home)
}

/**
 * Opens and ends grants as the person said; in the transaction that keeps her Consents.
 * @param home that keeps what she says @param homes all of hers, where others have joined her: a no ends it in all
 */
export async function setGrants(
  ctx: Context,
  home: number,
  given: readonly Given[],
  homes: readonly number[] = [home],
): Promise<void> {
  if (given.length === 0) return
  const rows = await ctx.db
    .selectFrom('access.grant')
    .select(['home', 'purpose', 'since', 'until'])
    .where('home', '=', anyOf(homes))
    .forUpdate()
    .execute()
  const standing = new Set(standingOf(rows).map(({ purpose }) => purpose))
  const changed = given.filter((one) => one.given !== standing.has(one.purpose))
  await Promise.all(changed.map((one) => (one.given ? openGrant(ctx, home, one) : endGrant(ctx, homes, one))))
}

/**
 * Two who were read as one are two again: nobody knows which of them said yes meanwhile, so that it stands for neither.
 * @returns whether there was any
 */
export async function endGrantsSince(ctx: Context, homes: readonly number[], since: Date): Promise<boolean> {
  const { numUpdatedRows } = await ctx.db
    .updateTable('access.grant')
    .set({ until: ctx.now() })
    .where('home', '=', anyOf(homes))
    .where('until', 'is', null)
    .where('since', '>', since)
    .executeTakeFirst()
  return numUpdatedRows > 0n
}
