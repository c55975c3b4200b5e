import { type Context, inTransaction } from '../../platform/context.ts'
import { sameBytes } from '../../platform/keys.ts'
import { outcomes } from '../../platform/metrics.ts'
import { Problem } from '../../platform/problem.ts'
import { openAccount } from './accounts.ts'
import { blockedFor, clearAttempts, NEW_DEVICES, takeAttempt } from './attempts.ts'
import { arriving, rememberDevice, type Standing, standingOf } from './devices.ts'
import { type Handle, readHandle } from './handle.ts'
import { nationalOf, unsealPhone } from './phones.ts'
import { openSession } from './sessions.ts'
import { codeHash } from './start.ts'

export interface Answer {
  readonly challenge: string
  /** Six digits. */
  readonly code: string
  /** Text of the device cookie. */
  readonly device?: string | undefined
  /** Text of the session cookie held so far; that session ends. */
  readonly session?: string | undefined
}

export interface SignedIn {
  readonly account: number
  readonly phoneHash: Buffer
  /** '0xxxxxxxxx'; null for a ticket that came without one. */
  readonly phone: string | null
  readonly proven: boolean
  /** Texts of the cookies; a ticket leaves no device behind. */
  readonly session: string
  readonly device: string | undefined
  readonly knownDevice: boolean
  /** Code of the campaign she came by. */
  readonly campaign: string | null
}

type Outcome =
  | { readonly is: 'in'; readonly signedIn: SignedIn }
  | { readonly is: 'wrong'; readonly left: number }
  | { readonly is: 'blocked'; readonly retryAfter: number }
  | { readonly is: 'expired' }

/**
 * Answers a challenge with its code. A try is taken first and the code compared after, under the lock of that try.
 * @throws {Problem} identity.blocked · identity.challenge-expired · identity.code-wrong with the tries left
 */
export async function answerChallenge(ctx: Context, answer: Answer): Promise<SignedIn> {
  const handle = readHandle(ctx.keys, 'challenge', answer.challenge)
  const outcome: Outcome = handle
    ? await inTransaction(ctx, (ctx) => weigh(ctx, handle, answer))
    : { is: 'expired' }
  outcomes.inc({ action: 'code.answer', outcome: outcome.is })
  switch (outcome.is) {
    case 'in':
      return outcome.signedIn
    case 'wrong':
      throw new Problem('identity.code-wrong', { more: { left: outcome.left } })
    case 'blocked':
      throw new Problem('identity.blocked', { retryAfter: outcome.retryAfter })
    case 'expired':
      throw new Problem('identity.challenge-expired')
  }
}

async function weigh(ctx: Context, handle: Handle, answer: Answer): Promise<Outcome> {
  const [standing, challenge] = await Promise.all([
    standingOf(ctx, handle.phoneHash, answer.device),
    findChallenge(ctx, handle),
  ])
  const allowance = { phoneHash: handle.phoneHash, scope: standing.known?.hash ?? NEW_DEVICES }
  if (!challenge) {
    const retryAfter = await blockedFor(ctx, allowance)
    return retryAfter ? { is: 'blocked', retryAfter } : { is: 'expired' }
  }
  const attempt = await takeAttempt(ctx, allowance)
  if (attempt.is === 'blocked') return attempt
  if (!sameBytes(challenge.code_hash, codeHash(ctx.keys, handle, answer.code)))
    return { is: 'wrong', left: attempt.left }
  if (!(await useUp(ctx, handle))) return { is: 'expired' }
  const [signedIn] = await Promise.all([
    signIn(ctx, handle.phoneHash, standing, { challenge, answer }),
    clearAttempts(ctx, allowance),
  ])
  return { is: 'in', signedIn }
}

interface Challenge {
  readonly code_hash: Buffer
  readonly phone: Buffer
  readonly phone_key_version: number
  readonly campaign: string | null
}

/** @returns undefined for a challenge that was used, has expired or never was */
function findChallenge(ctx: Context, { phoneHash, hash }: Handle): Promise<Challenge | undefined> {
  return ctx.db
    .selectFrom('identity.challenge')
    .select(['code_hash', 'phone', 'phone_key_version', 'campaign'])
    .where('phone_hash', '=', phoneHash)
    .where('challenge_hash', '=', hash)
    .where('used_at', 'is', null)
    .where('expires_at', '>', ctx.now())
    .executeTakeFirst()
}

/** Single use: of several right answers at once, one wins. */
async function useUp(ctx: Context, { phoneHash, hash }: Handle): Promise<boolean> {
  const result = await ctx.db
    .updateTable('identity.challenge')
    .set({ used_at: ctx.now() })
    .where('phone_hash', '=', phoneHash)
    .where('challenge_hash', '=', hash)
    .where('used_at', 'is', null)
    .executeTakeFirst()
  return result.numUpdatedRows === 1n
}

/**
 * A number may have been given to somebody new. So a new device is let into what stands above phone level only if the
 * number kept no book so far; otherwise it owes a further proof first.
 */
async function signIn(
  ctx: Context,
  phoneHash: Buffer,
  { known, kept, epoch }: Standing,
  { challenge, answer }: { readonly challenge: Challenge; readonly answer: Answer },
): Promise<SignedIn> {
  const e164 = unsealPhone(ctx.keys, challenge, phoneHash)
  const opened = known ? known.opened : !kept
  const homes = known?.homes ?? []
  const device = arriving(ctx.keys, phoneHash, known, answer.device)
  const { campaign } = challenge
  const [account, session] = await Promise.all([
    openAccount(ctx, { phoneHash, e164, proven: true, epoch }),
    openSession(ctx, { phoneHash, device: device.hash, opened, homes, epoch, campaign }, answer.session),
    rememberDevice(ctx, phoneHash, device.hash, opened),
  ])
  return {
    account,
    phoneHash,
    phone: nationalOf(e164),
    proven: true,
    session,
    device: device.cookie,
    knownDevice: known !== undefined,
    campaign,
  }
}
