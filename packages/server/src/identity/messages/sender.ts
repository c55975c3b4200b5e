import { setTimeout as pause } from 'node:timers/promises'
import { asSystem, type Context } from '../../platform/context.ts'
import { faultOf } from '../../platform/log.ts'
import { gauge, outcomes } from '../../platform/metrics.ts'
import { faultIn, type Provider, type Receipt } from './provider.ts'
import { type Due, expireQueued, markFailed, markReceipt, markSent, queueLength, takeDue } from './queue.ts'

const MOST_AT_ONCE = 50
/** Milliseconds between looks at the queue when nobody wakes the sender: for retries, and for what others left. */
const LOOK_EVERY = 2000
const FIRST_RETRY = 1000
const LONGEST_RETRY = 30_000

/**
 * When to try again: 1 s, doubling to 30 s, each shortened by up to half at random so that a carrier that comes back is
 * not overrun.
 * @param attempts made so far, 1 or more
 * @param random 0 up to 1
 * @returns milliseconds
 */
export const retryAfter = (attempts: number, random: number): number =>
  Math.round(Math.min(FIRST_RETRY * 2 ** (attempts - 1), LONGEST_RETRY) * (1 - random / 2))

export interface Sender {
  /** Something waits. */
  readonly wake: () => void
  /** Ends after what is under way. */
  readonly close: () => Promise<void>
}

/** Hands over what is due once. @returns how many messages were taken up */
export async function sendDue(ctx: Context, provider: Provider): Promise<number> {
  const due = await takeDue(ctx, MOST_AT_ONCE)
  const given = await Promise.all(due.map((message) => give(ctx, provider, message)))
  // what got no number of its own is written down in one statement
  const plain = given.flatMap((id) => (id === undefined ? [] : [id]))
  if (plain.length > 0) await markSent(ctx, plain, { providerId: null, keepText: provider.keepsText })
  return due.length
}

/** @returns the message's id where it was handed over without a number of the carrier's */
async function give(ctx: Context, provider: Provider, message: Due): Promise<number | undefined> {
  const { id, attempts, to, text } = message
  try {
    const { providerId } = await provider.send({ to, text, reference: `sokhoe-${id}` })
    outcomes.inc({ action: 'message.send', outcome: 'sent' })
    if (providerId === null) return id
    await markSent(ctx, [id], { providerId, keepText: provider.keepsText })
  } catch (error) {
    const { fault, retryable } = faultIn(error)
    outcomes.inc({ action: 'message.send', outcome: retryable ? 'delayed' : 'failed' })
    const again = new Date(ctx.now().getTime() + retryAfter(attempts, Math.random()))
    await markFailed(ctx, id, fault, retryable ? again : undefined)
  }
  return undefined
}

/** A receipt may arrive before the hand-over is written down: then it is looked for once more. */
async function noteReceipt(ctx: Context, providerId: string, receipt: Receipt): Promise<void> {
  for (const delay of [0, 200, 2000]) {
    await pause(delay, undefined, { ref: false })
    if (await markReceipt(ctx, providerId, receipt)) {
      outcomes.inc({ action: 'message.send', outcome: receipt })
      return
    }
  }
}

/** Carries messages from the queue to the provider until closed. Every server process runs one; they share the queue. */
export function openSender(house: Context, provider: Provider): Sender {
  const ctx = asSystem(house, 'sender')
  gauge('sokhoe_messages_queued', 'Messages not yet handed over', () => queueLength(ctx))
  let open = true
  let waiting = new AbortController()
  let woken = false
  const warn = (error: unknown): void => ctx.log.warn({ part: 'messages', fault: faultOf(error) }, 'messages')
  provider.onReceipt?.((id, receipt) => void noteReceipt(ctx, id, receipt).catch(warn))

  async function run(): Promise<void> {
    while (open) {
      woken = false
      const taken = await sendDue(ctx, provider).catch((error: unknown) => {
        warn(error)
        return 0
      })
      if (taken === MOST_AT_ONCE || woken || !open) continue
      await expireQueued(ctx, provider.keepsText).catch(warn)
      waiting = new AbortController()
      if (!woken) await pause(LOOK_EVERY, undefined, { signal: waiting.signal }).catch(() => undefined)
    }
  }

  const running = run()
  const wake = (): void => {
    woken = true
    waiting.abort()
  }
  const close = async (): Promise<void> => {
    open = false
    wake()
    await running
    await provider.close()
  }
  return { wake, close }
}
