import { randomBytes } from 'node:crypto'
import type { Context } from '../../platform/context.ts'
import { fingerprint, type Keys } from '../../platform/keys.ts'

/** A household's one telephone serves a few numbers; the oldest mark falls off. */
const MOST_MARKS = 8
const MARK_BYTES = 18
const MARK = /^[A-Za-z0-9_-]{24}$/

/** Whole seconds that a browser keeps its marks: the longest it may. */
export const DEVICE_SECONDS = 400 * 24 * 3600

export interface KnownDevice {
  readonly hash: Buffer
  /** It was allowed to see books above phone level. */
  readonly opened: boolean
}

/**
 * What a browser holds to be recognised: one random mark a telephone number, newest first. A mark is only ever given
 * at a sign-in, so that nobody can plant one in another's browser and later pass for it.
 */
function marksOf(cookie: string | undefined): string[] {
  return (cookie ?? '')
    .split('.')
    .filter((mark) => MARK.test(mark))
    .slice(0, MOST_MARKS)
}

const hashOf = (keys: Keys, phoneHash: Buffer, mark: string): Buffer =>
  fingerprint(keys, 'device', phoneHash.toString('base64url'), mark)

/** @returns the device, where it signed in with this very number before */
export async function knownDevice(
  ctx: Context,
  phoneHash: Buffer,
  cookie: string | undefined,
): Promise<KnownDevice | undefined> {
  const hashes = marksOf(cookie).map((mark) => hashOf(ctx.keys, phoneHash, mark))
  if (hashes.length === 0) return undefined
  const row = await ctx.db
    .selectFrom('identity.device')
    .select(['device_hash as hash', 'opened'])
    .where('phone_hash', '=', phoneHash)
    .where('device_hash', 'in', hashes)
    .where('seen_at', '>', new Date(ctx.now().getTime() - DEVICE_SECONDS * 1000))
    .executeTakeFirst()
  return row
}

/** Writes down that a device signed in. @returns its row's hash and the cookie it holds from now on */
export async function rememberDevice(
  ctx: Context,
  phoneHash: Buffer,
  known: KnownDevice | undefined,
  { cookie, opened }: { readonly cookie: string | undefined; readonly opened: boolean },
): Promise<{ hash: Buffer; cookie: string }> {
  const now = ctx.now()
  const marks = marksOf(cookie)
  if (known) {
    await ctx.db
      .updateTable('identity.device')
      .set({ seen_at: now })
      .where('phone_hash', '=', phoneHash)
      .where('device_hash', '=', known.hash)
      .execute()
    return { hash: known.hash, cookie: marks.join('.') }
  }
  const mark = randomBytes(MARK_BYTES).toString('base64url')
  const hash = hashOf(ctx.keys, phoneHash, mark)
  await ctx.db
    .insertInto('identity.device')
    .values({ phone_hash: phoneHash, device_hash: hash, opened, created_at: now, seen_at: now })
    .execute()
  return { hash, cookie: [mark, ...marks].slice(0, MOST_MARKS).join('.') }
}
