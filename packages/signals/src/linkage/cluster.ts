/**
 * Which rows of a file are one person when pairs were judged one by one. A single mistaken pair must not join two
 * persons: groups grow from the surest pair down, and two groups become one only where their members agree on the whole.
 */
import type { Pairs } from './blocking.ts'

/** Pairs judged the same, with how sure that is. */
export interface Judged extends Pairs {
  readonly score: Float64Array
}

export interface Rules {
  /** How much two rows agree, below 0 where they contradict each other; a rule that forbids them is -Infinity. */
  readonly agreement: (a: number, b: number) => number
  /** What the mean agreement of two groups must reach. */
  readonly atLeast: number
  /** May two groups be one as a whole, whatever single rows say? */
  readonly mayBeOne: (left: readonly number[], right: readonly number[]) => boolean
  /** No person has more rows. */
  readonly largest: number
}

/** So many pairs between two groups tell how they agree. */
const MOST_ASKED = 100

/** Every pair between two groups, or an even choice of them where they are many. */
function meanAgreement(left: readonly number[], right: readonly number[], rules: Rules): number {
  const all = left.length * right.length
  const step = Math.max(1, Math.floor(all / MOST_ASKED))
  let sum = 0
  let asked = 0
  for (let at = 0; at < all; at += step) {
    const agreement = rules.agreement(left[Math.floor(at / right.length)] ?? 0, right[at % right.length] ?? 0)
    if (agreement === -Infinity) return agreement
    sum += agreement
    asked += 1
  }
  return sum / asked
}

/** Strongest first; equal ones in the order of the file, so that the same file gives the same groups. */
export function bySureness({ a, b, score }: Judged): number[] {
  const order = Array.from(score.keys())
  return order.sort(
    (i, j) => (score[j] ?? 0) - (score[i] ?? 0) || (a[i] ?? 0) - (a[j] ?? 0) || (b[i] ?? 0) - (b[j] ?? 0),
  )
}

/** May these two groups be one? Asked once as long as neither grows. */
function agreeing(rules: Rules): (left: readonly number[], right: readonly number[]) => boolean {
  const refused = new Set<string>()
  return (left, right) => {
    const between = `${left[0]} ${left.length} ${right[0]} ${right.length}`
    if (left.length + right.length > rules.largest || refused.has(between)) return false
    const agree = meanAgreement(left, right, rules) >= rules.atLeast && rules.mayBeOne(left, right)
    if (!agree) refused.add(between)
    return agree
  }
}

/**
 * Rows that fit a second group nearly as well as their own, which may not become one with it: 'NGUYEN VAN THUY' without
 * marks fits the twins Thúy and Thùy alike.
 * @param surer so many bits surer a row must be of its own group than of another
 */
export function doubtful(
  { a, b, score }: Judged,
  group: readonly (readonly number[])[],
  surer: number,
): Set<number> {
  const own = new Float64Array(group.length).fill(-Infinity)
  const rival = new Float64Array(group.length).fill(-Infinity)
  for (let at = 0; at < score.length; at += 1) {
    const [left = 0, right = 0, sure = 0] = [a[at], b[at], score[at]]
    const best = group[left] === group[right] ? own : rival
    best[left] = Math.max(best[left] ?? 0, sure)
    best[right] = Math.max(best[right] ?? 0, sure)
  }
  const found = new Set<number>()
  for (let row = 0; row < group.length; row += 1)
    if ((rival[row] ?? 0) > (own[row] ?? 0) - surer) found.add(row)
  return found
}

/**
 * @param rows how many there are
 * @returns by row its group, the same object for all its rows; rows in order
 */
export function cluster(rows: number, same: Judged, rules: Rules): number[][] {
  const group: number[][] = Array.from({ length: rows }, (_, row) => [row])
  const agree = agreeing(rules)
  for (const at of bySureness(same)) {
    const left = group[same.a[at] ?? 0] ?? []
    const right = group[same.b[at] ?? 0] ?? []
    if (left !== right && agree(left, right)) join(group, left, right)
  }
  for (const members of new Set(group)) members.sort((x, y) => x - y)
  return group
}

function join(group: number[][], left: number[], right: number[]): void {
  const [kept, moved] = left.length >= right.length ? [left, right] : [right, left]
  for (const row of moved) {
    kept.push(row)
    group[row] = kept
  }
}
