import { randomBytes } from 'node:crypto'
import { dayInVietnam } from '@sokhoe/model/dates'
import { familyRulesOn } from '@sokhoe/model/family'
import { sql } from 'kysely'
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
  /** It was there before the number kept any book. */
  readonly opened: boolean
  /** Books above phone level for which a further proof was given at it. */
  readonly homes: readonly number[]
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

/** Who stands at the desk, as far as a number and a browser's marks tell. */
export interface Standing {
  /** The device, where it signed in with this very number before. */
  readonly known: KnownDevice | undefined
  /** Whether the number keeps or kept any book. */
  readonly kept: boolean
  /** Which owner of the number this is, as far as the calendar tells. */
  readonly epoch: number
}

interface Row {
  readonly kept: boolean
  /** Null where nobody signed in with this number yet. */
  readonly epoch: number | null
  readonly signed_in_at: Date | null
  readonly hash: Buffer | null
  readonly opened: boolean | null
  /** As JSON: int8[] arrives as texts. */
  readonly homes: readonly number[] | null
}

export async function standingOf(
  ctx: Context,
  phoneHash: Buffer,
  cookie: string | undefined,
): Promise<Standing> {
  const hashes = marksOf(cookie).map((mark) => hashOf(ctx.keys, phoneHash, mark))
  const since = new Date(ctx.now().getTime() - DEVICE_SECONDS * 1000)
  const { rows } = await sql<Row>`
    select exists (select from identity.keeper k where k.phone_hash = ${phoneHash}) as kept,
      a.epoch, a.signed_in_at, d.device_hash as hash, d.opened, to_json(d.homes) as homes
    from (select) one left join identity.account a on a.phone_hash = ${phoneHash}
    left join identity.device d on d.phone_hash = ${phoneHash}
      and d.device_hash = any(${hashes}::bytea[]) and d.seen_at > ${since}
    limit 1`.execute(ctx.db)
  const [row] = rows
  const known = row?.hash
    ? { hash: row.hash, opened: row.opened === true, homes: row.homes ?? [] }
    : undefined
  return { known, kept: row?.kept !== false, epoch: epochOf(ctx, row, known) }
}

/**
 * A number that proved nothing for so long, and now comes from a device it never used, may have been given to somebody
 * new: another epoch begins.
 */
function epochOf(ctx: Context, row: Row | undefined, known: KnownDevice | undefined): number {
  if (!row?.signed_in_at || row.epoch === null) return 0
  const { reissueDays } = familyRulesOn(dayInVietnam(ctx.now()))
  const silent = ctx.now().getTime() - row.signed_in_at.getTime() > reissueDays * 24 * 3600 * 1000
  return silent && !known ? row.epoch + 1 : row.epoch
}

interface Arriving {
  readonly hash: Buffer
  /** The cookie it holds from now on. */
  readonly cookie: string
}

/** A device that is known keeps its marks; a new one gets one more. */
export function arriving(
  keys: Keys,
  phoneHash: Buffer,
  known: KnownDevice | undefined,
  cookie: string | undefined,
): Arriving {
  const marks = marksOf(cookie)
  if (known) return { hash: known.hash, cookie: marks.join('.') }
  const mark = randomBytes(MARK_BYTES).toString('base64url')
  return {
    hash: hashOf(keys, phoneHash, mark),
    cookie: [mark, ...marks].slice(0, MOST_MARKS).join('.'),
  }
}

/** Writes down that a device signed in. */
export async function rememberDevice(
  ctx: Context,
  phoneHash: Buffer,
  hash: Buffer,
  opened: boolean,
): Promise<void> {
  const now = ctx.now()
  await ctx.db
    .insertInto('identity.device')
    .values({ phone_hash: phoneHash, device_hash: hash, opened, created_at: now, seen_at: now })
    .onConflict((conflict) => conflict.columns(['phone_hash', 'device_hash']).doUpdateSet({ seen_at: now }))
    .execute()
}
