/**
 * Groups of rows are asked again, each as a whole, whether they are one person: what two rows alone leave open the other
 * rows of their persons often tell.
 */
import type { Pairs } from './blocking.ts'
import type { Decision } from './said.ts'

export type Groups = (readonly number[])[]

type Judgement = Pick<Decision, 'verdict' | 'score' | 'rule'>

export interface Growing {
  /** What two groups are to each other, each taken as a whole. */
  readonly judge: (left: readonly number[], right: readonly number[]) => Judgement
  /** So many bits likelier one group must be than another that it can not be one with. */
  readonly surer: number
  readonly largest: number
}

const ROUNDS = 4

interface Edge extends Judgement {
  readonly left: readonly number[]
  readonly right: readonly number[]
}

type Known = Map<string, Judgement>

const nameOf = (group: readonly number[]): string => `${group[0]}:${group.length}`

function judged(
  known: Known,
  { judge }: Growing,
  left: readonly number[],
  right: readonly number[],
): Judgement {
  const [first, second] = (left[0] ?? 0) < (right[0] ?? 0) ? [left, right] : [right, left]
  const key = `${nameOf(first)} ${nameOf(second)}`
  const before = known.get(key)
  if (before) return before
  const made = judge(first, second)
  known.set(key, made)
  return made
}

type Both = readonly [left: readonly number[], right: readonly number[]]

const firstOf = (rows: readonly number[]): number => rows[0] ?? 0

/** Every two groups between which there is a pair, once. */
function* bothOf(group: Groups, { a, b }: Pairs): Generator<Both> {
  const seen = new Set<string>()
  for (let at = 0; at < a.length; at += 1) {
    const [one = [], other = []] = [group[a[at] ?? 0], group[b[at] ?? 0]]
    if (one === other) continue
    const [left, right]: Both = firstOf(one) < firstOf(other) ? [one, other] : [other, one]
    const between = `${left[0]} ${right[0]}`
    if (!seen.has(between)) yield [left, right]
    seen.add(between)
  }
}

/** Those that are the same as a whole; the surest first. */
function edgesOf(group: Groups, pairs: Pairs, known: Known, rules: Growing): Edge[] {
  const found: Edge[] = []
  for (const [left, right] of bothOf(group, pairs)) {
    if (left.length + right.length > rules.largest) continue
    const judgement = judged(known, rules, left, right)
    if (judgement.verdict === 'same') found.push({ ...judgement, left, right })
  }
  return found.sort(
    (x, y) => y.score - x.score || firstOf(x.left) - firstOf(y.left) || firstOf(x.right) - firstOf(y.right),
  )
}

/** Is there a third group that one of the two fits nearly as well, and that the other can not be? */
function hasRival(
  { left, right, score }: Edge,
  of: ReadonlyMap<readonly number[], readonly Edge[]>,
  known: Known,
  rules: Growing,
): boolean {
  const isRival = (mine: readonly number[], theirs: readonly number[]): boolean =>
    (of.get(mine) ?? []).some((edge) => {
      const third = edge.left === mine ? edge.right : edge.left
      if (third === theirs || edge.score <= score - rules.surer) return false
      return judged(known, rules, third, theirs).verdict !== 'same'
    })
  return isRival(left, right) || isRival(right, left)
}

function edgesByGroup(edges: readonly Edge[]): Map<readonly number[], Edge[]> {
  const of = new Map<readonly number[], Edge[]>()
  for (const edge of edges)
    for (const group of [edge.left, edge.right]) {
      const list = of.get(group)
      if (list) list.push(edge)
      else of.set(group, [edge])
    }
  return of
}

function growOnce(group: Groups, pairs: Pairs, known: Known, rules: Growing): number {
  const edges = edgesOf(group, pairs, known, rules)
  const of = edgesByGroup(edges)
  const touched = new Set<readonly number[]>()
  let joined = 0
  for (const edge of edges) {
    const { left, right } = edge
    if (touched.has(left) || touched.has(right) || hasRival(edge, of, known, rules)) continue
    touched.add(left).add(right)
    const made = [...left, ...right].sort((x, y) => x - y)
    for (const row of made) group[row] = made
    joined += 1
  }
  return joined
}

/** @param group by row its group, the same object for all its rows; changed in place */
export function grow(group: Groups, pairs: Pairs, rules: Growing): void {
  const known: Known = new Map()
  for (let round = 0; round < ROUNDS; round += 1) if (growOnce(group, pairs, known, rules) === 0) return
}

/** Groups as they would be if more of them were one; `join` tells whether that was news. */
export function groupRoots(group: Groups): { readonly join: (a: number, b: number) => boolean } {
  const parent = group.map((rows, row) => rows[0] ?? row)
  const root = (row: number): number => {
    let at = row
    for (let up = parent[at] ?? at; up !== at; up = parent[at] ?? at) {
      parent[at] = parent[up] ?? up
      at = up
    }
    return at
  }
  return {
    join: (a, b) => {
      const [one, other] = [root(a), root(b)]
      parent[Math.max(one, other)] = Math.min(one, other)
      return one !== other
    },
  }
}
