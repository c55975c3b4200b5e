/** On which of the wards of before July 2025 somebody lives: what the old map is counted by. */
import { once } from './csv.ts'
import { successors, wardsOn } from './wards.ts'
import { wardWritten } from './written.ts'

/** The last day of the old division. */
export const LAST_FORMER_DAY = '2025-06-30'

/** Ward of today → the old wards that gave it ground. */
const givers = once(() => {
  const found = new Map<string, Set<string>>()
  for (const old of wardsOn(LAST_FORMER_DAY))
    for (const { ward } of successors(old.code, LAST_FORMER_DAY))
      found.set(ward.code, (found.get(ward.code) ?? new Set()).add(old.code))
  return found
})

/** The old ward that an address names, as it stood last; undefined where it names none or one since parted. */
function named(address: string): { old: string; today: readonly string[] } | undefined {
  const written = wardWritten(address)
  // a ward that still stands is no ward of before, whatever it was called then
  if (!written || written.was.to === null) return undefined
  const [last, ...others] = successors(written.was.code, written.day, LAST_FORMER_DAY)
  return last && others.length === 0
    ? { old: last.ward.code, today: written.today.map(({ code }) => code) }
    : undefined
}

/**
 * The ward of before July 2025 on whose ground somebody lives.
 *
 * @param ward 5 digits of the ward of today; null where nobody knows
 * @param address as she wrote it; it counts only where it does not contradict the ward
 * @returns null where neither tells: most wards of today were made of several
 */
export function formerWard(ward: string | null, address?: string): string | null {
  const told = address === undefined ? undefined : named(address)
  if (told && (ward === null || told.today.includes(ward))) return told.old
  const from = ward === null ? undefined : givers().get(ward)
  return from?.size === 1 ? ([...from][0] ?? null) : null
}
