import { groupRanks } from './ranks.ts'
import type { Edge, Ruling } from './said.ts'

/** What is known of a set of records once each likely pair was compared; in any order, repetitions allowed. */
export interface Judged {
  /** Each record once or more often; edges and rulings of others are passed over. */
  readonly ids: Iterable<string>
  /** Active verified 12-digit numbers by record; a record without any may be left out. */
  readonly verified: ReadonlyMap<string, readonly string[]>
  /** Pairs that were decided to be the same. */
  readonly edges: Iterable<Edge>
  /** Standing rulings of people; of two that contradict each other on one pair, 'different' holds. */
  readonly rulings: Iterable<Ruling>
}

/**
 * Which records are one human being, from pairs that were judged each by itself.
 *
 * A chain of pairs may say what no pair says: a is b, b is c, and yet a and c are two. So pairs are taken one after
 * the other, and one that would break a rule is passed over; that is where a chain is cut. People's rulings that two
 * are one come first, in the order of their ids; then edges, the highest score first, ties in the order of the ids.
 * Three rules are never broken:
 * - no group holds two different active verified numbers, unless a person ruled that two records with exactly those
 *   are one (such rulings chain: a number is one human being's); a record that contradicts itself by holding two of
 *   its own joins only records without any;
 * - whom a person ruled to be different are in no common group, not even through others, and not even where other
 *   people's rulings would chain them together;
 * - nothing else than the sets that are given decides: not their order, not an earlier result.
 *
 * Takes time in proportion to the pairs and their sorting; a million records with two million pairs take seconds.
 *
 * @returns each record in exactly one group; the members sorted, and the groups by their first member (by code unit)
 */
export function groups({ ids, verified, edges, rulings }: Judged): string[][] {
  const sorted = [...new Set(ids)].sort()
  const rankOf = new Map(sorted.map((id, rank) => [id, rank]))
  const scored = pairsIn(rankOf, edges)
  const ruled = [...rulings]
  const different = pairsIn(rankOf, ruled, ({ same }) => !same)
  const contradicted = new Set(different.kept.flatMap(bothWays))
  const same = pairsIn(rankOf, ruled, (ruling) => ruling.same && !contradicted.has(bothWays(ruling)[0]))
  const first = groupRanks({
    count: sorted.length,
    verified: new Map(sorted.map((id, rank) => [rank, verified.get(id) ?? []])),
    edges: { ...scored, score: scored.kept.map(({ score }) => score) },
    same,
    different,
  })
  const byFirst = new Map<number, string[]>()
  for (const [rank, id] of sorted.entries()) {
    const group = byFirst.get(first[rank] ?? rank)
    if (group) group.push(id)
    else byFirst.set(rank, [id])
  }
  return [...byFirst.values()]
}

const bothWays = ({ a, b }: Ruling): readonly [string, string] => [`${a}\n${b}`, `${b}\n${a}`]

function pairsIn<T extends { readonly a: string; readonly b: string }>(
  rankOf: ReadonlyMap<string, number>,
  all: Iterable<T>,
  takes: (pair: T) => boolean = () => true,
) {
  const pairs = { a: [] as number[], b: [] as number[], kept: [] as T[] }
  for (const pair of all) {
    const [a, b] = [rankOf.get(pair.a), rankOf.get(pair.b)]
    if (a === undefined || b === undefined || a === b || !takes(pair)) continue
    pairs.a.push(a)
    pairs.b.push(b)
    pairs.kept.push(pair)
  }
  return pairs
}
