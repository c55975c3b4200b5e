import type { KeyObject } from 'node:crypto'
import { sql } from 'kysely'
import type { Context } from '../../platform/context.ts'
import { derivedKey, type Keys } from '../../platform/keys.ts'
import { sealText, unsealText } from '../../platform/seal.ts'

export interface Letter {
  readonly phoneHash: Buffer
  /** E.164. */
  readonly to: string
  readonly text: string
  /** When it is of no more use: the code in it has expired. */
  readonly expiresAt: Date
}

const keyOf = (keys: Keys, version: number): KeyObject => derivedKey(keys, 'message', version)
const about = (what: 'recipient' | 'content', phoneHash: Buffer): string =>
  `message ${what} ${phoneHash.toString('hex')}`

/** Puts a message in the queue, in the transaction of what it tells. */
export async function queueMessage(ctx: Context, { phoneHash, to, text, expiresAt }: Letter): Promise<void> {
  const now = ctx.now()
  const version = ctx.keys.kek.current
  const key = keyOf(ctx.keys, version)
  await ctx.db
    .insertInto('identity.message')
    .values({
      phone_hash: phoneHash,
      key_version: version,
      recipient: sealText(key, to, about('recipient', phoneHash)),
      content: sealText(key, text, about('content', phoneHash)),
      state: 'queued',
      next_at: now,
      created_at: now,
      expires_at: expiresAt,
      provider_id: null,
      fault: null,
    })
    .execute()
}

interface SealedLetter {
  readonly phone_hash: Buffer
  readonly key_version: number
  readonly recipient: Buffer
  readonly content: Buffer | null
}

function open(keys: Keys, row: SealedLetter): { to: string; text: string } {
  const key = keyOf(keys, row.key_version)
  return {
    to: unsealText(key, row.recipient, about('recipient', row.phone_hash)),
    text: row.content ? unsealText(key, row.content, about('content', row.phone_hash)) : '',
  }
}

export interface Due {
  readonly id: number
  readonly attempts: number
  readonly to: string
  readonly text: string
}

/** Seconds a carrier has before another may take the message up: it died. */
const LEASE_SECONDS = 60

/** Takes messages that are due, oldest first; no other process gets them meanwhile. */
export async function takeDue(ctx: Context, most: number): Promise<Due[]> {
  const now = ctx.now()
  const { rows } = await sql<SealedLetter & { id: number; attempts: number }>`
    update identity.message set attempts = least(attempts + 1, 1000),
      next_at = ${new Date(now.getTime() + LEASE_SECONDS * 1000)}
    where id in (select id from identity.message
      where state = 'queued' and next_at <= ${now} and expires_at > ${now}
      order by next_at, id limit ${most} for update skip locked)
    returning id, attempts, phone_hash, key_version, recipient, content`.execute(ctx.db)
  return rows.map((row) => ({ id: row.id, attempts: row.attempts, ...open(ctx.keys, row) }))
}

/** A code that has expired is not sent any more. @param keepText only the outbox does @returns how many */
export async function expireQueued(ctx: Context, keepText: boolean): Promise<number> {
  const result = await ctx.db
    .updateTable('identity.message')
    .set({ state: 'expired', ...(!keepText && { content: null }) })
    .where('state', '=', 'queued')
    .where('next_at', '<=', ctx.now())
    .where('expires_at', '<=', ctx.now())
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}

/** Handed over. @param keepText only the outbox keeps what it said */
export async function markSent(
  ctx: Context,
  ids: readonly number[],
  { providerId, keepText }: { readonly providerId: string | null; readonly keepText: boolean },
): Promise<void> {
  await ctx.db
    .updateTable('identity.message')
    .set({ state: 'sent', provider_id: providerId, fault: null, ...(!keepText && { content: null }) })
    .where('id', 'in', ids)
    .where('state', '=', 'queued')
    .execute()
}

/** @param again when to try once more; undefined where trying is of no use */
export async function markFailed(
  ctx: Context,
  id: number,
  fault: string,
  again: Date | undefined,
): Promise<void> {
  await ctx.db
    .updateTable('identity.message')
    .set(again ? { fault, next_at: again } : { fault, state: 'failed', content: null })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .execute()
}

/** What the network says later. @returns whether the message is known here */
export async function markReceipt(
  ctx: Context,
  providerId: string,
  state: 'delivered' | 'failed',
): Promise<boolean> {
  const result = await ctx.db
    .updateTable('identity.message')
    .set({ state })
    .where('provider_id', '=', providerId)
    .where('state', '=', 'sent')
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Messages still to be handed over. */
export async function queueLength(ctx: Context): Promise<number> {
  const { n } = await ctx.db
    .selectFrom('identity.message')
    .select((select) => select.fn.countAll<number>().as('n'))
    .where('state', '=', 'queued')
    .executeTakeFirstOrThrow()
  return n
}

/** What was written to a telephone, oldest first; for demonstrations and tests only. */
export async function messagesTo(
  ctx: Context,
  phoneHash: Buffer,
): Promise<{ to: string; text: string; at: string }[]> {
  const rows = await ctx.db
    .selectFrom('identity.message')
    .select(['phone_hash', 'key_version', 'recipient', 'content', 'created_at'])
    .where('phone_hash', '=', phoneHash)
    .orderBy('id')
    .execute()
  return rows.map((row) => ({ ...open(ctx.keys, row), at: row.created_at.toISOString() }))
}
