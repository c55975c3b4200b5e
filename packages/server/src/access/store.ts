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

const endGrant = ({ db, now }: Context, home: number, { purpose }: Given) =>
  db
    .updateTable('access.grant')
    .set({ until: now() })
    .where('home', '=', home)
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

/** The grants of a book that stand now. */
export async function grantsOf(
  { db }: Context,
  home: number,
): Promise<{ purpose: string; since: Date; textVersion: string }[]> {
  const rows = await db
    .selectFrom('access.grant')
    .select(['purpose', 'since', 'text_version'])
    .where('home', '=', home)
    .where('until', 'is', null)
    .execute()
  return rows.map(({ purpose, since, text_version: textVersion }) => ({ purpose, since, textVersion }))
}

type Standing = ReadonlyMap<number, ReadonlySet<string>>

const STANDING = `select home, purpose from access.grant where home = any($1::bigint[]) and until is null`

/** For what each of these persons has opened her record, now; nobody's line for whom it is not open. */
export const grantsStanding = gather(async ({ db }, homes): Promise<Standing> => {
  const rows = await ask<{ home: number; purpose: string }>(db, STANDING, [...homes])
  const standing = new Map<number, Set<string>>()
  for (const { home, purpose } of rows)
    standing.set(home, (standing.get(home) ?? new Set<string>()).add(purpose))
  return standing
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

/** Opens and ends grants as the person said; in the transaction that keeps her Consents. */
export async function setGrants(ctx: Context, home: number, given: readonly Given[]): Promise<void> {
  if (given.length === 0) return
  const rows = await ctx.db
    .selectFrom('access.grant')
    .select('purpose')
    .where('home', '=', home)
    .where('until', 'is', null)
    .forUpdate()
    .execute()
  const standing = new Set(rows.map(({ purpose }) => purpose))
  const changed = given.filter((one) => one.given !== standing.has(one.purpose))
  await Promise.all(changed.map((one) => (one.given ? openGrant(ctx, home, one) : endGrant(ctx, home, one))))
}
