import type { Context } from '../src/platform/context.ts'

/** Gives the keeper of one book a proxy for another, as the family rooms do, without their conversation. */
export async function giveProxy(
  { db }: Context,
  {
    of,
    to,
    topics,
    phoneHash,
    at,
  }: { of: number; to: number; topics: string[]; phoneHash: Buffer; at: Date },
): Promise<void> {
  const row = { home: of, proxy_id: 1, holder: to, relation: 'parent', basis: 'both', topics } as const
  await db
    .insertInto('access.proxy')
    .values({ ...row, topics, since: at, until: null, ended_at: null, ended_by: null })
    .execute()
  await db
    .insertInto('identity.keeper')
    .values({ phone_hash: phoneHash, home: of, relation: 'parent', since: at, until: null })
    .execute()
}
