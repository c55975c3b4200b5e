/** A whole file at once: who in it is one person, and about which pairs a person must decide. */
import { candidatePairs, type Pairs } from './blocking.ts'
import { cluster, type Judged } from './cluster.ts'
import { decide } from './decide.ts'
import { candidateKeys } from './keys.ts'
import { learn } from './learn.ts'
import type { Model } from './model.ts'
import { type Prepared, prepare } from './prepare.ts'
import { rowKeys } from './rowkeys.ts'
import type { Decision, Said } from './said.ts'

export interface FileLinks {
  /** Row numbers of every group judged one person, two or more, in order. */
  readonly groups: readonly (readonly number[])[]
  /** Pairs of rows that nobody but a person should decide and that no group holds, in order. */
  readonly review: Pairs
  /** What the engine says of two rows, with the weights learned of this file. */
  readonly judge: (a: number, b: number) => Decision
}

export type Step = 'prepared' | 'pairs' | 'learned' | 'same' | 'persons'

/** No block of more rows is compared, and about so many pairs a row are. */
const LARGEST_BLOCK = 40
const PAIRS_A_ROW = 150

/** Nobody stands in one file so often; a group that grows beyond is no person. */
const MOST_ROWS = 300

/** One contradiction weighs no more than this, nor does one agreement: a group is asked as a whole. */
const MOST_SAID = 12

const clamped = (score: number): number => Math.max(-MOST_SAID, Math.min(MOST_SAID, score))

/**
 * Where names are many, one person's rows stand apart from everybody else's and what is likelier than not may be said;
 * where a city shares few names it may not. `together` is the mean that two groups need to become one.
 */
const SPARSE = { same: 0, review: -4, together: -2 } as const
const CROWDED = { together: 0 } as const

const bounded = (model: Model): Model =>
  model.crowded ? model : { ...model, same: SPARSE.same, review: SPARSE.review }

interface Found {
  readonly same: Judged
  readonly review: Pairs
}

/** Arrays that grow by doubling would hold three copies of millions of pairs: these hold what is found, and no more. */
function judgeAll({ a, b }: Pairs, judge: FileLinks['judge']): Found {
  const same: number[] = []
  const review: number[] = []
  const scores: number[] = []
  for (let at = 0; at < a.length; at += 1) {
    const { verdict, score } = judge(a[at] ?? 0, b[at] ?? 0)
    if (verdict === 'review') review.push(at)
    if (verdict !== 'same') continue
    same.push(at)
    scores.push(score)
  }
  const chosen = (places: readonly number[]): Pairs => ({
    a: Uint32Array.from(places, (at) => a[at] ?? 0),
    b: Uint32Array.from(places, (at) => b[at] ?? 0),
  })
  return { same: { ...chosen(same), score: Float64Array.from(scores) }, review: chosen(review) }
}

/** What groups already answer needs nobody's decision. */
function unanswered({ a, b }: Pairs, groups: FileLinks['groups'], rows: number): Pairs {
  const groupOf = new Int32Array(rows).fill(-1)
  for (const [at, members] of groups.entries()) for (const row of members) groupOf[row] = at
  const open = Array.from(a.keys()).filter((at) => {
    const left = groupOf[a[at] ?? 0] ?? -1
    return left < 0 || left !== groupOf[b[at] ?? 0]
  })
  return { a: Uint32Array.from(open, (at) => a[at] ?? 0), b: Uint32Array.from(open, (at) => b[at] ?? 0) }
}

/**
 * @param said what every row says of who somebody is
 * @param onStep told after each step, with how much came of it
 */
export function linkFile(
  said: readonly Said[],
  onStep: (step: Step, count: number) => void = () => {},
): FileLinks {
  const prepared = said.map(prepare)
  onStep('prepared', prepared.length)
  const nobody = prepare({})
  const at = (row: number): Prepared => prepared[row] ?? nobody
  const pairs = candidatePairs(
    said.length,
    (row) => [...candidateKeys(at(row)), ...rowKeys(said[row] ?? {})],
    { most: LARGEST_BLOCK, budget: PAIRS_A_ROW * Math.max(1000, said.length) },
  )
  onStep('pairs', pairs.a.length)
  const model = bounded(learn(prepared))
  onStep('learned', prepared.length)
  const judge = (a: number, b: number): Decision => decide(at(a), at(b), model)
  const { same, review } = judgeAll(pairs, judge)
  onStep('same', same.a.length)
  const agreement = (a: number, b: number): number => {
    const { score, rule, verdict } = judge(a, b)
    return verdict === 'different' && rule !== undefined ? -Infinity : clamped(score)
  }
  const groups = cluster(said.length, same, {
    agreement,
    atLeast: model.crowded ? CROWDED.together : SPARSE.together,
    largest: MOST_ROWS,
  })
  onStep('persons', groups.length)
  return { groups, review: unanswered(review, groups, said.length), judge }
}
