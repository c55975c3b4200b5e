import { z } from 'zod'
import { type Provider, undelivered } from './provider.ts'

export interface HttpGateway {
  readonly url: string
  readonly token?: string | undefined
  /** Name or number that the telephone shows as sender. */
  readonly from?: string | undefined
  /** Milliseconds; default 10,000. */
  readonly timeout?: number
}

const Id = z
  .union([z.string().max(200), z.number()])
  .transform(String)
  .optional()
const Taken = z.object({ id: Id, messageId: Id })

/** Busy or broken over there: worth another try. Anything else in 4xx says the message itself is refused. */
const isPassing = (status: number): boolean =>
  status === 408 || status === 425 || status === 429 || status >= 500

/**
 * A gateway that takes `POST {to, from, text, reference}` as JSON, with a bearer token and `Idempotency-Key`, and answers
 * 2xx with `{id}` or `{messageId}`.
 */
export function openHttpProvider({ url, token, from, timeout = 10_000 }: HttpGateway): Provider {
  const headers = (reference: string) => ({
    'content-type': 'application/json',
    'idempotency-key': reference,
    ...(token && { authorization: `Bearer ${token}` }),
  })
  return {
    name: 'http',
    keepsText: false,
    send: async ({ to, text, reference }) => {
      const reply = await fetch(url, {
        method: 'POST',
        headers: headers(reference),
        body: JSON.stringify({ to, ...(from && { from }), text, reference }),
        redirect: 'error',
        signal: AbortSignal.timeout(timeout),
      }).catch((error: Error) => {
        throw undelivered(error.name === 'TimeoutError' ? 'timeout' : 'unreachable', true)
      })
      if (!reply.ok) {
        await reply.body?.cancel()
        throw undelivered(`http-${reply.status}`, isPassing(reply.status))
      }
      // handed over already: an unreadable answer must not send it twice
      const { data } = Taken.safeParse(await reply.json().catch(() => undefined))
      return { providerId: data?.id ?? data?.messageId ?? null }
    },
    close: async () => {},
  }
}
