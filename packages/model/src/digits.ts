/**
 * Whether somebody who reads a scale rounds: last digits of blood pressure readings fall evenly, on a scale of 2 mmHg on
 * the even ones. Nothing here is clinical: it is a test of counts, and says so in the sentence it is shown with.
 */

/** How often each last digit, 0 to 9, was written. */
export type DigitCounts = readonly number[]

export interface DigitHint {
  readonly digit: 0 | 5
  /** Numbers looked at, and how many of them end with the digit. */
  readonly of: number
  readonly found: number
  /** How many would end with it if every line of the scale were read. */
  readonly expected: number
}

/** Fewer numbers say nothing about a habit. */
const FEWEST = 40
/** Chance alone shows a hint to one careful reader in two thousand. */
const RARE = 0.0005
/** A hint that changes nothing is not worth a word. */
const SHARE_AT_LEAST = 1.5

function logChoose(n: number, k: number): number {
  let sum = 0
  for (let i = 1; i <= k; i++) sum += Math.log((n - k + i) / i)
  return sum
}

/**
 * The chance of so many hits or more: the exact upper tail of a binomial distribution.
 * @param hits 0 to n @param n tries @param p chance of each, above 0 and below 1
 */
export function binomialTail(hits: number, n: number, p: number): number {
  let sum = 0
  for (let k = n; k >= hits; k--)
    sum += Math.exp(logChoose(n, k) + k * Math.log(p) + (n - k) * Math.log1p(-p))
  return Math.min(1, sum)
}

/** Odd digits other than 5 are all but absent: the scale has a line at every even number only. */
function isEvenScale(counts: DigitCounts, of: number): boolean {
  const odd = [1, 3, 7, 9].reduce((sum, digit) => sum + (counts[digit] ?? 0), 0)
  return odd <= of / 50
}

/**
 * A hint for whoever reads too many round numbers, or undefined.
 * @param counts ten whole numbers, of one person's recent readings
 */
export function digitHint(counts: DigitCounts): DigitHint | undefined {
  const of = counts.reduce((sum, n) => sum + n, 0)
  if (of < FEWEST) return undefined
  const chance = isEvenScale(counts, of) ? 1 / 5 : 1 / 10
  for (const digit of [0, 5] as const) {
    const found = counts[digit] ?? 0
    const expected = chance * of
    if (found >= SHARE_AT_LEAST * expected && binomialTail(found, of, chance) < RARE)
      return { digit, of, found, expected: Math.round(expected) }
  }
  return undefined
}
