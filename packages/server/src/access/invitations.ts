import { randomInt } from 'node:crypto'
import type { Context } from '../platform/context.ts'
import { fingerprint, type Keys } from '../platform/keys.ts'
import type { InvitationRow } from './tables.ts'

/** Without letters and digits that look alike when written by hand or read aloud. */
const LETTERS = '23456789ABCDEFGHJKMNPQRSTVWXYZ'
const LENGTH = 10

/** Ten letters, about 49 bits. */
export const newSpokenCode = (): string =>
  Array.from({ length: LENGTH }, () => LETTERS[randomInt(LETTERS.length)]).join('')

/** As typed or pasted: case, spaces, dashes and full-width letters are forgiven. */
export const readSpokenCode = (typed: string): string =>
  typed.normalize('NFKC').toUpperCase().replaceAll(/[\s-]/g, '')

const hashOf = (keys: Keys, code: string): Buffer => fingerprint(keys, 'invitation', readSpokenCode(code))

export type NewInvitation = Pick<InvitationRow, 'home' | 'kind' | 'relation' | 'topics' | 'until' | 'ends_at'>

/** Keeps the fingerprint of a new code only. @returns the code, to be handed over */
export async function invite(ctx: Context, invitation: NewInvitation): Promise<string> {
  const code = newSpokenCode()
  await ctx.db
    .insertInto('access.invitation')
    .values({ ...invitation, code_hash: hashOf(ctx.keys, code), created_at: ctx.now() })
    .execute()
  return code
}

/** @returns undefined for a code that was used, has ended or never was, all alike */
export async function invitationOf(ctx: Context, code: string): Promise<InvitationRow | undefined> {
  return await ctx.db
    .selectFrom('access.invitation')
    .selectAll()
    .where('code_hash', '=', hashOf(ctx.keys, code))
    .where('used_at', 'is', null)
    .where('ends_at', '>', ctx.now())
    .executeTakeFirst()
}

/** Single use: of several who come with it at once, one wins. */
export async function useInvitation(ctx: Context, { code_hash }: InvitationRow): Promise<boolean> {
  const result = await ctx.db
    .updateTable('access.invitation')
    .set({ used_at: ctx.now() })
    .where('code_hash', '=', code_hash)
    .where('used_at', 'is', null)
    .where('ends_at', '>', ctx.now())
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}
