/** How right a linker was about a file whose truth is known. Pairs are counted, never rows. */
import type { Made } from './made.ts'

export interface Scored {
  readonly precision: number
  readonly recall: number
  readonly f1: number
  /** Share of all true pairs that are the same, or will be when a person has decided rightly what is in review. */
  readonly reached: number
  /** Share of rows that stand in at least one pair for review. */
  readonly inReview: number
  /** Share of the trap pairs that were merged, and how many traps there are, by kind. */
  readonly traps: ReadonlyMap<string, { readonly merged: number; readonly of: number }>
  readonly trapped: number
  /** Of pairs for review: how many are truly one person. */
  readonly reviewTrue: number
}

type IdPair = readonly [string, string]

const choose2 = (n: number): number => (n * (n - 1)) / 2

function tally(groups: Iterable<string | number>): number {
  const sizes = new Map<string | number, number>()
  for (const group of groups) sizes.set(group, (sizes.get(group) ?? 0) + 1)
  return [...sizes.values()].reduce((sum, size) => sum + choose2(size), 0)
}

/** Groups that the pairs close to, as the least row number of each. */
function closed(rows: number, pairs: Iterable<readonly [number, number]>): number[] {
  const parent = Array.from({ length: rows }, (_, row) => row)
  const head = (row: number): number => {
    let at = row
    while (parent[at] !== at) {
      parent[at] = parent[parent[at] ?? at] ?? at
      at = parent[at] ?? at
    }
    return at
  }
  for (const [a, b] of pairs) {
    const [x, y] = [head(a), head(b)]
    parent[Math.max(x, y)] = Math.min(x, y)
  }
  return parent.map((_, row) => head(row))
}

/** @param same and review as they stand in the linker's two files; `same` is closed here before anything is counted */
export function score(made: Made, same: Iterable<IdPair>, review: Iterable<IdPair>): Scored {
  const rowOf = new Map(made.rows.map(([id = ''], row) => [id, row]))
  const numbered = function* (pairs: Iterable<IdPair>): Generator<readonly [number, number]> {
    for (const [a, b] of pairs) yield [rowOf.get(a) ?? -1, rowOf.get(b) ?? -1]
  }
  const joined = [...numbered(same)]
  const group = closed(made.rows.length, joined)
  const truth = tally(made.person)
  const said = tally(group)
  const right = tally(group.map((head, row) => `${head} ${made.person[row]}`))
  const asked = new Set<number>()
  const decided: (readonly [number, number])[] = []
  let pairs = 0
  for (const [a, b] of numbered(review)) {
    pairs += 1
    asked.add(a).add(b)
    if (made.person[a] === made.person[b]) decided.push([a, b])
  }
  // what a person says yes to joins whole groups, as it does in the city
  const after = closed(made.rows.length, [...joined, ...decided])
  const traps = new Map(
    [...made.traps].map(([kind, list]) => [
      kind,
      { merged: list.filter(([a, b]) => group[a] === group[b]).length, of: list.length },
    ]),
  )
  const all = [...traps.values()]
  const of = all.reduce((sum, trap) => sum + trap.of, 0)
  const precision = said === 0 ? 1 : right / said
  const recall = truth === 0 ? 1 : right / truth
  return {
    ...{ precision, recall, traps },
    f1: precision + recall === 0 ? 0 : (2 * precision * recall) / (precision + recall),
    reached: truth === 0 ? 1 : tally(after.map((head, row) => `${head} ${made.person[row]}`)) / truth,
    inReview: asked.size / Math.max(1, made.rows.length),
    trapped: of === 0 ? 0 : all.reduce((sum, trap) => sum + trap.merged, 0) / of,
    reviewTrue: pairs === 0 ? 0 : decided.length / pairs,
  }
}
