import type { Context } from '../../platform/context.ts'

/** How long after its end a token is kept: whoever asks what it was finds its row. */
const KEPT_MS = 24 * 3600 * 1000

/** Deletes tokens that ended long ago, and assertions that would be refused for their age by now. */
export async function sweepTokens({ db, now }: Context): Promise<void> {
  const before = new Date(now().getTime() - KEPT_MS)
  await db.deleteFrom('exchange.token').where('expires_at', '<', before).execute()
  await db.deleteFrom('exchange.used_assertion').where('expires_at', '<', before).execute()
}
