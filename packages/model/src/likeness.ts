/** How alike two short texts are: slips of the pen and of the keyboard. Pure, symmetric, no allocation. */

/** The first place where both differ; the length of the shorter where one begins the other. */
function firstDifference(a: string, b: string): number {
  const end = Math.min(a.length, b.length)
  let at = 0
  while (at < end && a.charCodeAt(at) === b.charCodeAt(at)) at++
  return at
}

/** How many letters both have in common at the end, not going before `from`. */
function commonEnd(a: string, b: string, from: number): number {
  const most = Math.min(a.length, b.length) - from
  let n = 0
  while (n < most && a.charCodeAt(a.length - 1 - n) === b.charCodeAt(b.length - 1 - n)) n++
  return n
}

/**
 * Is one text made of the other by exactly one slip: a letter more, less or other, or two neighbours changed over?
 * Equal texts are not one slip apart.
 */
export function isOneSlip(a: string, b: string): boolean {
  const gap = a.length - b.length
  if (gap > 1 || gap < -1) return false
  const from = firstDifference(a, b)
  if (from === a.length && from === b.length) return false
  const rest = Math.max(a.length, b.length) - from - commonEnd(a, b, from)
  if (rest === 1) return true
  if (gap !== 0 || rest !== 2) return false
  return a.charCodeAt(from) === b.charCodeAt(from + 1) && a.charCodeAt(from + 1) === b.charCodeAt(from)
}

/** Longer texts are compared by their beginning. */
const LONGEST = 32
const takenA = new Uint8Array(LONGEST)
const takenB = new Uint8Array(LONGEST)

/** Marks the letters that both have near each other; how many they are. */
function commonLetters(a: string, b: string, la: number, lb: number): number {
  takenA.fill(0, 0, la)
  takenB.fill(0, 0, lb)
  const reach = Math.max(0, Math.floor(Math.max(la, lb) / 2) - 1)
  let common = 0
  for (let i = 0; i < la; i++) {
    const end = Math.min(i + reach + 1, lb)
    for (let j = Math.max(0, i - reach); j < end; j++) {
      if (takenB[j] || a.charCodeAt(i) !== b.charCodeAt(j)) continue
      takenA[i] = 1
      takenB[j] = 1
      common++
      break
    }
  }
  return common
}

/** Half the number of common letters that stand in another order. */
function outOfOrder(a: string, b: string, la: number): number {
  let moved = 0
  let j = 0
  for (let i = 0; i < la; i++) {
    if (!takenA[i]) continue
    while (!takenB[j]) j++
    if (a.charCodeAt(i) !== b.charCodeAt(j)) moved++
    j++
  }
  return moved / 2
}

const inOrder = (a: string, b: string): boolean => a.length < b.length || (a.length === b.length && a <= b)

/** Jaro–Winkler likeness, 0 to 1: made for names with several slips. */
export function likeness(one: string, other: string): number {
  if (one === other) return one === '' ? 0 : 1
  // The shorter goes first: greedy pairing of letters depends on who chooses, and the answer must not.
  const [a, b] = inOrder(one, other) ? [one, other] : [other, one]
  const la = Math.min(a.length, LONGEST)
  const lb = Math.min(b.length, LONGEST)
  if (la === 0) return 0
  const common = commonLetters(a, b, la, lb)
  if (common === 0) return 0
  const jaro = (common / la + common / lb + (common - outOfOrder(a, b, la)) / common) / 3
  return jaro + Math.min(firstDifference(a, b), 4) * 0.1 * (1 - jaro)
}
