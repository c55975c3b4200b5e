import { isIPv6 } from 'node:net'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { fingerprint } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'

/** One running count: at most so many in a window, which begins with its first. */
export interface Limit {
  readonly bucket: Buffer
  readonly most: number
  /** Seconds. */
  readonly window: number
}

export const HOUR = 3600
export const MINUTE = 60

/** Somebody with one IPv6 line has 2^64 addresses: they count as one. */
export function networkOf(address: string): string {
  const plain = address.replace(/^::ffff:(?=\d+\.)/i, '').replace(/%.*$/, '')
  if (!isIPv6(plain)) return plain
  const [head = '', tail] = plain.toLowerCase().split('::')
  const front = head === '' ? [] : head.split(':')
  const back = !tail ? [] : tail.split(':')
  const zeros = tail === undefined ? [] : Array(Math.max(0, 8 - front.length - back.length)).fill('0')
  return `${[...front, ...zeros, ...back]
    .slice(0, 4)
    .map((group) => group.replace(/^0+(?=.)/, ''))
    .join(':')}::/64`
}

export function limit(
  ctx: Context,
  most: number,
  window: number,
  kind: string,
  ...parts: readonly string[]
): Limit {
  return { bucket: fingerprint(ctx.keys, 'issue', kind, ...parts), most, window }
}

/** Whole seconds until a full bucket begins anew. */
async function secondsLeft(ctx: Context, { bucket, window }: Limit): Promise<number> {
  const row = await ctx.db
    .selectFrom('identity.issue')
    .select('started')
    .where('bucket', '=', bucket)
    .executeTakeFirst()
  const passed = (ctx.now().getTime() - (row?.started.getTime() ?? 0)) / 1000
  return Math.max(1, Math.min(window, Math.ceil(window - passed)))
}

/**
 * Counts one more in every bucket that is not full. The clock may jump: forward ends a window, back keeps the count.
 *
 * Rows are locked in the order given, which all callers keep alike, the busiest last. These locks are shared by the whole
 * city, so this commit does not wait for the disk; the caller's next commit does, and no answer leaves before it:
 * whatever was answered was counted durably.
 *
 * @returns the buckets in which it was counted
 */
async function countEach(ctx: Context, limits: readonly Limit[]): Promise<Buffer[]> {
  const rows = limits.map(
    ({ bucket, most, window }) =>
      sql`(${bucket}::bytea, ${ctx.now()}::timestamptz, 1, ${most}::int, ${window}::int)`,
  )
  const over = sql`kept.started <= excluded.started - make_interval(secs => excluded.seconds)`
  const result = await sql<{ bucket: Buffer }>`
    insert into identity.issue as kept (bucket, started, n, most, seconds) values ${sql.join(rows)}
    on conflict (bucket) do update set
      n = case when ${over} then 1 else kept.n + 1 end,
      started = case when ${over} then excluded.started else least(kept.started, excluded.started) end,
      most = excluded.most, seconds = excluded.seconds
    where ${over} or kept.n < excluded.most
    returning bucket, set_config('synchronous_commit', 'off', true)`.execute(ctx.pool)
  return result.rows.map((row) => row.bucket)
}

/** One row at a time: two that count and take back at once never wait for each other in a circle. */
async function uncount(ctx: Context, bucket: Buffer): Promise<void> {
  await ctx.pool
    .updateTable('identity.issue')
    .set((issue) => ({ n: issue('n', '-', 1) }))
    .where('bucket', '=', bucket)
    .execute()
}

/** Counts one more in every bucket, or in the end in none where one is full. @throws {Problem} identity.limited */
export async function countIssue(ctx: Context, limits: readonly Limit[]): Promise<void> {
  const counted = await countEach(ctx, limits)
  const full = limits.find(({ bucket }) => !counted.some((each) => each.equals(bucket)))
  if (!full) return
  for (const bucket of counted) await uncount(ctx, bucket)
  throw new Problem('identity.limited', { retryAfter: await secondsLeft(ctx, full) })
}

/** Whether a bucket is full, without counting. @throws {Problem} identity.limited */
export async function refuseFull(ctx: Context, limit: Limit): Promise<void> {
  const row = await ctx.db
    .selectFrom('identity.issue')
    .select(['n', 'started'])
    .where('bucket', '=', limit.bucket)
    .executeTakeFirst()
  if (!row || row.n < limit.most) return
  if (row.started.getTime() <= ctx.now().getTime() - limit.window * 1000) return
  throw new Problem('identity.limited', { retryAfter: await secondsLeft(ctx, limit) })
}
