import { asciiKey } from '@sokhoe/model/names'
import type { Demographics } from './demographics.ts'

/** Two dates of unlike precision agree as far as both go. */
export function datesDiffer(a: string, b: string): boolean {
  const known = Math.min(a.length, b.length)
  return known > 0 && a.slice(0, known) !== b.slice(0, known)
}

/** Names differ where neither holds all parts of the other: the order of parts is a habit of whoever writes. */
function namesDiffer(a: string, b: string): boolean {
  const [one, other] = [a, b].map(
    (name) =>
      new Set(
        asciiKey(name)
          .split(' ')
          .filter((part) => part !== ''),
      ),
  )
  if (!one || !other || one.size === 0 || other.size === 0) return false
  return !one.isSubsetOf(other) && !other.isSubsetOf(one)
}

/** Whether birth date and name both say that these are two people, whatever number they share. What is unknown says nothing. */
export const speaksAgainst = (
  a: Pick<Demographics, 'name' | 'birthDate'>,
  b: Pick<Demographics, 'name' | 'birthDate'>,
): boolean => datesDiffer(a.birthDate, b.birthDate) && namesDiffer(a.name, b.name)
