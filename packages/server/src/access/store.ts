import { note, noteRefusal } from '../audit/index.ts'
import type { Context } from '../platform/context.ts'
import { Problem } from '../platform/problem.ts'
import { type Action, may } from './may.ts'
import type { Purpose } from './tables.ts'

export interface Asked {
  readonly action: Action
  /** The person, by her home. */
  readonly home: number
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
  { action, home, patientIds, purpose, what }: Asked,
): Promise<void> {
  const allowed = may(ctx.actor, action, home)
  const write = allowed ? note : noteRefusal
  await Promise.all(patientIds.map((patientId) => write(ctx, { action, patientId, purpose, what })))
  if (!allowed) throw new Problem('access.refused')
}

export interface Given {
  readonly purpose: Purpose
  readonly given: boolean
  /** Version of the text that was read and answered. */
  readonly textVersion: string
  readonly channel: string
}

/** Opens or ends a grant as the person said; in the transaction that keeps her Consent. */
export async function setGrant(
  ctx: Context,
  home: number,
  given: Given,
): Promise<'opened' | 'ended' | 'unchanged'> {
  const standing = await ctx.db
    .selectFrom('access.grant')
    .select('since')
    .where('home', '=', home)
    .where('purpose', '=', given.purpose)
    .where('until', 'is', null)
    .forUpdate()
    .executeTakeFirst()
  if (given.given === (standing !== undefined)) return 'unchanged'
  if (standing) {
    await ctx.db
      .updateTable('access.grant')
      .set({ until: ctx.now() })
      .where('home', '=', home)
      .where('purpose', '=', given.purpose)
      .where('until', 'is', null)
      .execute()
    return 'ended'
  }
  const { purpose, textVersion: text_version, channel } = given
  await ctx.db
    .insertInto('access.grant')
    .values({ home, purpose, since: ctx.now(), until: null, text_version, channel })
    // ended and opened again in the same instant: it stands
    .onConflict((conflict) =>
      conflict.columns(['home', 'purpose', 'since']).doUpdateSet({ until: null, text_version, channel }),
    )
    .execute()
  return 'opened'
}
