import { Worker } from 'node:worker_threads'
import { Problem } from '../../platform/problem.ts'
import type { Printed } from './pdf.ts'
import type { Delivery, Order, Work } from './worker.ts'

/** Papers that may wait for the thread; a paper takes about a third of a second. */
const MOST_WAITING = 20
const OLD_MEGABYTES = 256

type Waiting = ReadonlyMap<number, PromiseWithResolvers<Printed>>

export interface Press {
  /** @throws {Problem} request.busy where too many wait; server.fault where it cannot be drawn */
  readonly print: (work: Work, at: Date) => Promise<Printed>
  readonly close: () => Promise<void>
}

function settle(waiting: Map<number, PromiseWithResolvers<Printed>>, { no, printed }: Delivery): void {
  const one = waiting.get(no)
  waiting.delete(no)
  if (printed) one?.resolve(printed)
  else one?.reject(new Problem('server.fault'))
}

function failAll(waiting: Waiting, cause: unknown): void {
  for (const { reject } of waiting.values()) reject(new Problem('server.fault', { cause }))
}

/**
 * Pages are drawn in a thread of their own: a long book would keep every other request waiting for a third of a
 * second. The thread begins with the first paper, and anew after a fault.
 */
export function openPress(): Press {
  const waiting = new Map<number, PromiseWithResolvers<Printed>>()
  let worker: Worker | undefined
  let last = 0
  const end = (gone: Worker, cause: unknown): void => {
    if (worker !== gone) return
    worker = undefined
    failAll(waiting, cause)
    waiting.clear()
  }
  const begin = (): Worker => {
    const made = new Worker(new URL('./worker.ts', import.meta.url), {
      resourceLimits: { maxOldGenerationSizeMb: OLD_MEGABYTES },
    })
    made.on('message', (delivery: Delivery) => settle(waiting, delivery))
    made.on('error', (error) => end(made, error))
    made.on('exit', () => end(made, new Error('the thread ended')))
    // a server that stops does not wait for it
    made.unref()
    return made
  }
  return {
    print: async (work, at) => {
      if (waiting.size >= MOST_WAITING) throw new Problem('request.busy', { retryAfter: 5 })
      worker ??= begin()
      last += 1
      const one = Promise.withResolvers<Printed>()
      waiting.set(last, one)
      worker.postMessage({ no: last, work, at } satisfies Order)
      return await one.promise
    },
    close: async () => {
      await worker?.terminate()
    },
  }
}
