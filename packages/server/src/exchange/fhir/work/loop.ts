import { setTimeout as pause } from 'node:timers/promises'
import type { Context } from '../../../platform/context.ts'
import { faultOf } from '../../../platform/log.ts'

/** Work that goes on by itself, a step at a time. */
export interface Work {
  readonly name: string
  /** Does a little. @returns whether more may wait */
  readonly step: (ctx: Context) => Promise<boolean>
}

/** Where nothing waits, it is looked again after this long, ms. */
const IDLE_MS = 500
/** After a fault, ms; doubled with each that follows. */
const FAULT_MS = 1000
const MOST_FAULT_MS = 60_000

async function run(ctx: Context, { name, step }: Work, signal: AbortSignal): Promise<void> {
  let faults = 0
  while (!signal.aborted) {
    let wait = 0
    try {
      wait = (await step(ctx)) ? 0 : IDLE_MS
      faults = 0
    } catch (error) {
      ctx.log.warn({ work: name, fault: faultOf(error) }, 'exchange')
      wait = Math.min(FAULT_MS * 2 ** faults, MOST_FAULT_MS)
      faults += 1
    }
    if (wait > 0) await pause(wait, undefined, { signal, ref: false }).catch(() => undefined)
  }
}

/** Runs each work in a loop of its own. @returns how to end them: it waits for the steps under way */
export function openLoops(ctx: Context, works: readonly Work[]): () => Promise<void> {
  const ending = new AbortController()
  const loops = works.map((work) => run(ctx, work, ending.signal))
  return async () => {
    ending.abort()
    await Promise.all(loops)
  }
}
