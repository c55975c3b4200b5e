import type { Vault } from './vault.ts'

/** How much time has gone by since the server last answered, and what the clock of this device showed last, ms. */
export type Age = { readonly seen: number; readonly passed: number }

/**
 * Time only ever adds up: a clock that is set back takes nothing away, and what it shows from then on counts again.
 */
export const older = ({ seen, passed }: Age, now: number): Age => ({
  seen: now,
  passed: passed + Math.max(0, now - seen),
})

const NAME = 'age'
/** The server answers often; the age need not be written each time. */
const EVERY_MS = 30_000

/** For how long copies on this device may still be read: until this much time after the server's last answer. */
export function createAge(vault: () => Promise<Vault>, limit: number) {
  let written = Number.NEGATIVE_INFINITY
  return {
    /** The server has just answered. */
    async renew(now = Date.now()): Promise<void> {
      if (Math.abs(now - written) < EVERY_MS) return
      written = now
      await (await vault()).set(NAME, { seen: now, passed: 0 } satisfies Age)
    },
    /** Whether the copies have become too old. Without a word on their age they are. */
    async isOver(now = Date.now()): Promise<boolean> {
      const kept = await vault()
      const age = await kept.get<Age>(NAME)
      if (!age) return true
      const next = older(age, now)
      if (next.seen !== age.seen) await kept.set(NAME, next)
      return next.passed > limit
    },
    /** What was written is gone: the next answer is written at once. */
    forget(): void {
      written = Number.NEGATIVE_INFINITY
    },
  }
}
