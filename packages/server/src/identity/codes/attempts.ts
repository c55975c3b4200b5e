import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'

/** Wrong answers an allowance stands before it waits. */
const TRIES = 5

const MINUTE = 60_000
const FIRST_WAIT = 15 * MINUTE
const LONGEST_WAIT = 24 * 60 * MINUTE

/** All new devices of one telephone share one allowance, whatever challenges they hold. */
export const NEW_DEVICES = Buffer.alloc(0)
/** The further proof that a new device owes for a book above phone level. */
export const PROOFS = Buffer.from('proof')

/** @param waits how many waits there were before, 0 or more @returns milliseconds: 15 minutes, doubling to 24 hours */
export const waitAfter = (waits: number): number => Math.min(FIRST_WAIT * 2 ** waits, LONGEST_WAIT)

export interface Allowance {
  readonly phoneHash: Buffer
  readonly scope: Buffer
}

export type Attempt =
  | { readonly is: 'taken'; readonly left: number }
  /** Whole seconds to wait. */
  | { readonly is: 'blocked'; readonly retryAfter: number }

/** What SQL says for waitAfter(kept.waits), in seconds. */
const wait = sql`least(${FIRST_WAIT / 1000}::int * power(2, least(kept.waits, 10)), ${LONGEST_WAIT / 1000}::int)`

/**
 * Takes one try from an allowance, before anything is compared: one statement decides, so however many guesses arrive
 * at once and in however many processes, no more than five pass. The fifth begins the wait at once; a right answer
 * clears it again with {@link clearAttempts} in the same transaction.
 */
export async function takeAttempt(ctx: Context, allowance: Allowance): Promise<Attempt> {
  const now = ctx.now()
  const { rows } = await sql<{ wrong: number }>`
    insert into identity.attempt as kept (phone_hash, scope, wrong, waits, waits_until, at)
    values (${allowance.phoneHash}, ${allowance.scope}, 1, 0, null, ${now})
    on conflict (phone_hash, scope) do update set
      wrong = kept.wrong % ${TRIES}::int + 1,
      waits_until = case when kept.wrong + 1 = ${TRIES}::int
        then excluded.at + make_interval(secs => ${wait}) end,
      waits = least(kept.waits + case when kept.wrong + 1 = ${TRIES}::int then 1 else 0 end, 100),
      at = excluded.at
    where kept.waits_until is null or kept.waits_until <= excluded.at
    returning wrong`.execute(ctx.db)
  const [row] = rows
  if (row) return { is: 'taken', left: TRIES - row.wrong }
  return { is: 'blocked', retryAfter: (await blockedFor(ctx, allowance)) ?? 1 }
}

/** @returns whole seconds an allowance still waits, or undefined where it does not */
export async function blockedFor(ctx: Context, { phoneHash, scope }: Allowance): Promise<number | undefined> {
  const row = await ctx.db
    .selectFrom('identity.attempt')
    .select(['waits', 'waits_until'])
    .where('phone_hash', '=', phoneHash)
    .where('scope', '=', scope)
    .executeTakeFirst()
  if (!row?.waits_until) return undefined
  const left = row.waits_until.getTime() - ctx.now().getTime()
  if (left <= 0) return undefined
  const longest = waitAfter(row.waits - 1)
  if (left <= longest) return Math.ceil(left / 1000)
  await shortenWait(ctx, { phoneHash, scope }, longest)
  return Math.ceil(longest / 1000)
}

/** The clock was set back meanwhile: a wait is never longer than it was meant to be. */
async function shortenWait(
  ctx: Context,
  { phoneHash, scope }: Allowance,
  milliseconds: number,
): Promise<void> {
  await ctx.db
    .updateTable('identity.attempt')
    .set({ waits_until: new Date(ctx.now().getTime() + milliseconds) })
    .where('phone_hash', '=', phoneHash)
    .where('scope', '=', scope)
    .execute()
}

/** After a right answer: this allowance alone begins anew. */
export async function clearAttempts(ctx: Context, { phoneHash, scope }: Allowance): Promise<void> {
  await ctx.db
    .deleteFrom('identity.attempt')
    .where('phone_hash', '=', phoneHash)
    .where('scope', '=', scope)
    .execute()
}

/** The try taken last was no guess after all: as if it had not been taken. */
export async function giveBack(ctx: Context, { phoneHash, scope }: Allowance): Promise<void> {
  const waited = sql<boolean>`wrong = ${TRIES}::int`
  await ctx.db
    .updateTable('identity.attempt')
    .set({
      wrong: sql`greatest(wrong - 1, 0)`,
      waits: sql`greatest(waits - case when ${waited} then 1 else 0 end, 0)`,
      waits_until: null,
    })
    .where('phone_hash', '=', phoneHash)
    .where('scope', '=', scope)
    .execute()
}
