import { sql } from 'kysely'
import type { Context, Resident } from '../../platform/context.ts'
import type { Keys } from '../../platform/keys.ts'
import { nationalOf, phoneHashOf, sealPhone, unsealPhone } from './phones.ts'

export interface NewAccount {
  /** Blind index of the proven telephone; a ticket's account has one of its own that no telephone has. */
  readonly phoneHash: Buffer
  /** Null where a ticket came without one. */
  readonly e164: string | null
  readonly proven: boolean
  readonly epoch: number
}

/** The account of a telephone, made at its first sign-in; the same statement for a known one. @returns its number */
export async function openAccount(
  ctx: Context,
  { phoneHash, e164, proven, epoch }: NewAccount,
): Promise<number> {
  const now = ctx.now()
  const sealed =
    e164 === null ? { phone: null, phone_key_version: null } : sealPhone(ctx.keys, e164, phoneHash)
  const row = await ctx.db
    .insertInto('identity.account')
    .values({
      phone_hash: phoneHash,
      key_version: ctx.keys.index.current,
      ...sealed,
      proven,
      epoch,
      created_at: now,
      signed_in_at: now,
    })
    .onConflict((conflict) =>
      conflict
        .column('phone_hash')
        .doUpdateSet({ signed_in_at: now, epoch: sql`greatest(account.epoch, excluded.epoch)` }),
    )
    .returning('account_id')
    .executeTakeFirstOrThrow()
  return row.account_id
}

/** @returns the telephone of a session, '0xxxxxxxxx'; null for a ticket that came without one */
export async function telephoneOf(ctx: Context, { phoneHash }: Resident): Promise<string | null> {
  const row = await ctx.db
    .selectFrom('identity.account')
    .select(['phone', 'phone_key_version'])
    .where('phone_hash', '=', phoneHash)
    .executeTakeFirst()
  if (!row?.phone || row.phone_key_version === null) return null
  const { phone, phone_key_version } = row
  return nationalOf(unsealPhone(ctx.keys, { phone, phone_key_version }, phoneHash))
}

/** The row of a proven telephone, for loading many at once. */
export function accountRow(keys: Keys, e164: string, at: Date) {
  const phone_hash = phoneHashOf(keys, e164)
  return {
    phone_hash,
    key_version: keys.index.current,
    ...sealPhone(keys, e164, phone_hash),
    proven: true,
    created_at: at,
    signed_in_at: at,
  }
}
