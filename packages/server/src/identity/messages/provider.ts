import { setTimeout as pause } from 'node:timers/promises'

export interface Outgoing {
  /** E.164. */
  readonly to: string
  readonly text: string
  /** The same again when a message is tried again: carriers that look at it do not send twice. */
  readonly reference: string
}

export type Receipt = 'delivered' | 'failed'

/**
 * Whoever carries messages to telephones.
 *
 * SMS gateways speak JSON over HTTP or SMPP. Zalo's notification service fits as it is: `to` is its `phone` without the
 * plus sign, `reference` its `tracking_id`, and the six digits of `text` the one parameter of its approved template; its
 * "not a Zalo user" is a refusal of no use to repeat.
 */
export interface Provider {
  readonly name: string
  /** Only where nothing is really sent: the queue keeps the text to be read there. */
  readonly keepsText: boolean
  /**
   * @returns the carrier's own number of the message, which receipts name; null where it gives none
   * @throws what {@link undelivered} makes
   */
  readonly send: (message: Outgoing) => Promise<{ readonly providerId: string | null }>
  /** Where the carrier tells later what became of a message. */
  readonly onReceipt?: (listener: (providerId: string, receipt: Receipt) => void) => void
  readonly close: () => Promise<void>
}

export interface Undelivered extends Error {
  /** What an operator may read: never a number, never a text. */
  readonly fault: string
  /** Whether the same message may go through later. */
  readonly retryable: boolean
}

export const undelivered = (fault: string, retryable: boolean): Undelivered =>
  Object.assign(new Error(`message not handed over: ${fault}`), { fault, retryable })

/** Anything unforeseen is tried again: better twice than never. */
export const faultIn = (error: unknown): { fault: string; retryable: boolean } => {
  const { fault, retryable } = error as Partial<Undelivered>
  return { fault: fault ?? 'unforeseen', retryable: retryable ?? true }
}

/** For demonstrations and tests: nothing leaves the house. */
export const openOutbox = (): Provider => ({
  name: 'outbox',
  keepsText: true,
  send: async () => ({ providerId: null }),
  close: async () => {},
})

/** @throws undelivered('timeout') when the promise takes longer */
export async function within<T>(milliseconds: number, promise: Promise<T>): Promise<T> {
  const end = new AbortController()
  const late = pause(milliseconds, undefined, { signal: end.signal, ref: false }).then(() => {
    throw undelivered('timeout', true)
  })
  late.catch(() => undefined)
  return await Promise.race([promise, late]).finally(() => end.abort())
}
