import { randomBytes } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { fingerprint } from '../../platform/keys.ts'
import { personAt } from '../people/kin.ts'

declare module '../../platform/database.ts' {
  interface Tables {
    'identity.live_code': LiveCodeRow
  }
}

interface LiveCodeRow {
  code_hash: Buffer
  home: number
  created_at: Date
  expires_at: Date
  used_at: Date | null
}

/** How long a code on the screen may be used. */
const LIVE_SECONDS = 60

const TOKEN_BYTES = 16
const WRITTEN = /^https?:\/\/[^/]+\/l\/[A-Za-z0-9_-]{22}$/

/** Over the whole text, address and all: the same token under another house's address is another code. */
const hashOf = (ctx: Context, text: string): Buffer => fingerprint(ctx.keys, 'live code', text)

/**
 * A code that a telephone shows for a minute: a random token of 128 bits behind the address of a page that says what
 * it is. It holds nothing of the person, and serves once.
 */
export async function newLiveCode(ctx: Context, publicUrl: string, home: number) {
  const text = `${publicUrl}/l/${randomBytes(TOKEN_BYTES).toString('base64url')}`
  const now = ctx.now()
  const expiresAt = new Date(now.getTime() + LIVE_SECONDS * 1000)
  await ctx.db
    .insertInto('identity.live_code')
    .values({ code_hash: hashOf(ctx, text), home, created_at: now, expires_at: expiresAt, used_at: null })
    .execute()
  return { text, expiresAt: expiresAt.toISOString(), seconds: LIVE_SECONDS }
}

/**
 * Uses up a scanned live code. Of any number of scans, at once or later, exactly one gets the person; it stays used
 * even when what follows fails, so ask before a transaction, never within one. It opens nothing by itself: whoever
 * asks enters the person next (`enterAtStation` with `present`).
 *
 * @param text as the camera read it, whatever it holds
 * @returns whose it was, by her home; undefined for anything forged, foreign, used or too old, all alike
 */
export async function redeemLiveCode(ctx: Context, text: string): Promise<{ home: number } | undefined> {
  const written = text.trim()
  if (!WRITTEN.test(written)) return undefined
  const now = ctx.now()
  const used = await ctx.pool
    .updateTable('identity.live_code')
    .set({ used_at: now })
    .where('code_hash', '=', hashOf(ctx, written))
    .where('used_at', 'is', null)
    .where('expires_at', '>', now)
    .returning('home')
    .executeTakeFirst()
  return used && { home: await personAt(ctx, used.home) }
}
