import { randomInt } from 'node:crypto'
import { type Context, inTransaction } from '../../platform/context.ts'
import { fingerprint, type Keys } from '../../platform/keys.ts'
import { Problem } from '../../platform/problem.ts'
import { queueMessage } from '../messages/queue.ts'
import { codeText } from '../messages/text.ts'
import { blockedFor, NEW_DEVICES } from './attempts.ts'
import type { Desk } from './desk.ts'
import { type KnownDevice, standingOf } from './devices.ts'
import { type Handle, makeHandle } from './handle.ts'
import { countIssue, HOUR, type Limit, limit, MINUTE, networkOf } from './issues.ts'
import { type Phone, phoneOf, sealPhone } from './phones.ts'

const CODE_MINUTES = 5
const RESEND_SECONDS = 30
const NO_LIMIT = 2_000_000_000

export interface Start {
  /** As typed. */
  readonly phone: string
  /** The client's, as the edge knows it. */
  readonly address: string
  /** Text of the device cookie. */
  readonly device?: string | undefined
  readonly campaign?: { readonly code: string } | undefined
}

export interface Started {
  readonly challenge: string
  /** Instants, ISO 8601. */
  readonly expiresAt: string
  /** From when it is worth asking for another message. */
  readonly resendAt: string
}

/** Bound to its challenge and telephone: the same six digits elsewhere are another fingerprint. */
export const codeHash = (keys: Keys, { phoneHash, hash }: Handle, code: string): Buffer =>
  fingerprint(keys, 'code', hash.toString('base64url'), phoneHash.toString('base64url'), code)

/**
 * A device that signed in with this number before is counted by itself, so that nobody can use up its messages; all
 * others share what the number, their address and the city have.
 */
function limitsOf(ctx: Context, { limits }: Desk, ask: Start, phone: Phone, known?: KnownDevice): Limit[] {
  const number = phone.hash.toString('base64url')
  if (known) {
    const own = limit(ctx, limits.phoneHour, HOUR, 'device', number, known.hash.toString('base64url'))
    return [own, limit(ctx, NO_LIMIT, MINUTE, 'city')]
  }
  const network = networkOf(ask.address)
  return [
    limit(ctx, limits.phoneHour, HOUR, 'phone', number),
    ask.campaign
      ? limit(ctx, limits.campaignAddressHour, HOUR, 'campaign address', network)
      : limit(ctx, limits.addressHour, HOUR, 'address', network),
    limit(ctx, limits.cityMinute, MINUTE, 'city'),
  ]
}

/**
 * Sends a code to a telephone. Whether the number is known here is not even asked: same statements, same answer.
 * @throws {Problem} identity.phone-invalid · identity.blocked · identity.limited
 */
export async function startChallenge(ctx: Context, desk: Desk, ask: Start): Promise<Started> {
  const phone = phoneOf(ctx.keys, ask.phone, desk.makeBelieve)
  const { known } = await standingOf(ctx, phone.hash, ask.device)
  const retryAfter = await blockedFor(ctx, { phoneHash: phone.hash, scope: known?.hash ?? NEW_DEVICES })
  if (retryAfter) throw new Problem('identity.blocked', { retryAfter })
  await countIssue(ctx, limitsOf(ctx, desk, ask, phone, known))

  const now = ctx.now()
  const handle = makeHandle(ctx.keys, 'challenge', phone.hash)
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const expiresAt = new Date(now.getTime() + CODE_MINUTES * 60_000)
  const text = codeText(code, desk.host, CODE_MINUTES)
  await inTransaction(ctx, (ctx) =>
    Promise.all([
      ctx.db
        .insertInto('identity.challenge')
        .values({
          phone_hash: phone.hash,
          challenge_hash: handle.hash,
          code_hash: codeHash(ctx.keys, handle, code),
          ...sealPhone(ctx.keys, phone.e164, phone.hash),
          campaign: ask.campaign?.code ?? null,
          created_at: now,
          expires_at: expiresAt,
          used_at: null,
        })
        .execute(),
      queueMessage(ctx, { phoneHash: phone.hash, to: phone.e164, text, expiresAt }),
    ]),
  )
  desk.wake()
  return {
    challenge: handle.text,
    expiresAt: expiresAt.toISOString(),
    resendAt: new Date(now.getTime() + RESEND_SECONDS * 1000).toISOString(),
  }
}
