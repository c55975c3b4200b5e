/** A whole file at once: who in it is one person, and about which pairs a person must decide. */

import { toAsk } from './asking.ts'
import { candidatePairs, type Pairs } from './blocking.ts'
import { cluster, doubtful, type Judged } from './cluster.ts'
import { decide, judge } from './decide.ts'
import { type Groups, grow } from './grow.ts'
import { candidateKeys } from './keys.ts'
import { learn } from './learn.ts'
import type { Model } from './model.ts'
import { type Prepared, prepare } from './prepare.ts'
import { profileOf } from './profile.ts'
import { rowKeys } from './rowkeys.ts'
import type { Decision, Said } from './said.ts'

export interface FileLinks {
  /** Row numbers of every group judged one person, two or more, in order. */
  readonly groups: readonly (readonly number[])[]
  /** Pairs of rows that a person should decide, in order; between two groups the surest pair alone. */
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

/** Rules that tell two persons apart; the others only say that too little is known. */
const CONTRADICTIONS: ReadonlySet<string> = new Set([
  ...['twins', 'multiple-birth', 'two-generations', 'number-of-another'],
  ...[
    'two-numbers',
    'two-middle-names',
    'two-birth-dates',
    'like-names',
    'other-marks',
    'two-cards',
    'look-alikes',
  ],
])

/** What is said of two rows when two groups are asked whether they agree, in bits. */
interface Weights {
  /** Told apart by numbers of their own, or so plainly that nobody needs to be asked. */
  readonly apart: number
  /** Told apart by name or door. */
  readonly contradicted: number
  /** Told apart by what is often written badly, or given anew. */
  readonly doubted: number
  /** One by a number: badly written names around it do not part them. */
  readonly certain: number
  /** So much surer a row must be of its own group than of another. */
  readonly surer: number
}

/** Where names are few, relatives and namesakes are many: one contradiction outweighs what they have in common. */
const AMONG_MANY: Weights = { apart: -18, contradicted: -13, doubted: -6, certain: 40, surer: 10 }
const AMONG_FEW: Weights = { apart: -6, contradicted: -6, doubted: -6, certain: MOST_SAID, surer: -Infinity }

/** What strangers of one name and birth date share too: without any number two groups are not one by it. */
const NAMESAKES: ReadonlySet<string> = new Set(['look-alikes', 'nothing-else-to-tell'])

const DOUBTED: ReadonlySet<string> = new Set(['two-birth-dates', 'two-cards', 'number-of-another'])

/** Two doors, where nothing else tells that they are one. */
const liveApart = ({ rule, reasons }: Decision): boolean =>
  rule === 'nothing-else-to-tell' &&
  reasons.some(({ field, level }) => field === 'address' && level !== 'same-door')

const isContradicted = (decision: Decision): boolean =>
  (decision.rule !== undefined && CONTRADICTIONS.has(decision.rule)) || liveApart(decision)

/** One by a number of their own: badly written names around them do not part them. */
const isCertain = ({ verdict, reasons }: Decision): boolean =>
  verdict === 'same' &&
  reasons.some(({ field, level }) => (field === 'identity' || field === 'insurance') && level === 'equal')

const clamped = (score: number): number => Math.max(-MOST_SAID, Math.min(MOST_SAID, score))

/** Numbers of their own; Thúy and Thùy, whom a third row without marks must not make one. */
const PARTED: ReadonlySet<string> = new Set(['two-numbers', 'other-marks', 'twins'])

function agreementOf(decision: Decision, { apart, contradicted, doubted, certain }: Weights): number {
  const { rule, verdict, score } = decision
  if (isContradicted(decision)) {
    if (verdict === 'different' || PARTED.has(rule ?? '')) return apart
    return DOUBTED.has(rule ?? '') ? doubted : contradicted
  }
  return isCertain(decision) ? certain : clamped(score)
}

/** Where names are many, one person's rows stand apart from everybody else's: what is likelier than not may be said. */
const SPARSE = { same: 0, review: -2 } as const

/** The mean agreement that two groups need to become one, in bits: rows that say little stand in every group. */
const TOGETHER = -2

const bounded = (model: Model): Model => (model.crowded ? model : { ...model, ...SPARSE })

interface Found {
  readonly same: Judged
  readonly review: Judged
}

function judgeAll(
  { a, b }: Pairs,
  judge: (a: number, b: number) => Pick<Decision, 'verdict' | 'score'>,
): Found {
  const found = {
    same: { at: [] as number[], score: [] as number[] },
    review: { at: [] as number[], score: [] as number[] },
  }
  for (let at = 0; at < a.length; at += 1) {
    const { verdict, score } = judge(a[at] ?? 0, b[at] ?? 0)
    if (verdict === 'different') continue
    found[verdict].at.push(at)
    found[verdict].score.push(score)
  }
  const chosen = ({ at, score }: (typeof found)['same']): Judged => ({
    ...pairsAt({ a, b }, at),
    score: Float64Array.from(score),
  })
  return { same: chosen(found.same), review: chosen(found.review) }
}

const pairsAt = ({ a, b }: Pairs, places: readonly number[]): Pairs => ({
  a: Uint32Array.from(places, (at) => a[at] ?? 0),
  b: Uint32Array.from(places, (at) => b[at] ?? 0),
})

/** A number that one of them states and that was given a generation before: a parent's on a child. */
const isParents = (a: Prepared, b: Prepared, { rule, reasons }: Decision): boolean =>
  rule === 'number-of-another' &&
  reasons.some(({ field, level }) => field === 'birthDate' && level === 'generation') &&
  [...a.numbers, ...b.numbers].some(({ foreign }) => foreign)

const both = (one: Pairs, other: Pairs): Pairs => ({
  a: Uint32Array.from([...one.a, ...other.a]),
  b: Uint32Array.from([...one.b, ...other.b]),
})

const RANK = { same: 2, review: 1, different: 0 } as const

/** The best that two groups can be to each other, by any of the days and doors that their rows give. */
function judgeGroups(
  left: readonly Prepared[],
  right: readonly Prepared[],
  model: Model,
): ReturnType<typeof judge> {
  let best = judge(left[0] ?? NOBODY, right[0] ?? NOBODY, model)
  for (const one of left)
    for (const other of right) {
      const next = judge(one, other, model)
      if (next.rule === 'two-verified-numbers') return next
      if ((RANK[next.verdict] - RANK[best.verdict] || next.score - best.score) > 0) best = next
    }
  return best
}
const NOBODY = prepare({})

/** Takes rows out of their groups; each is alone then. */
function setFree(group: Groups, doubted: ReadonlySet<number>): void {
  const left = new Map([...new Set(group)].map((rows) => [rows, rows.filter((row) => !doubted.has(row))]))
  for (const [row, rows] of group.entries()) group[row] = doubted.has(row) ? [row] : (left.get(rows) ?? rows)
}

/** What two rows agree on, where two groups are asked whether they are one. */
function agreementIn(judgeRows: FileLinks['judge'], weights: Weights): (a: number, b: number) => number {
  return (a, b) => {
    const decision = judgeRows(a, b)
    const isBarred = decision.rule === 'two-verified-numbers' || decision.rule === 'other-marks'
    return isBarred ? -Infinity : agreementOf(decision, weights)
  }
}

interface File {
  readonly rows: number
  readonly at: (row: number) => Prepared
  readonly model: Model
  readonly judgeRows: FileLinks['judge']
}

/** @returns by row its group, the same object for all its rows */
function groupsOf({ rows, at, model, judgeRows }: File, { same, review }: Found): Groups {
  const weights = model.crowded ? AMONG_MANY : AMONG_FEW
  const whole = (members: readonly number[]): readonly Prepared[] => profileOf(members.map(at), model)
  const group: Groups = cluster(rows, same, {
    ...{ agreement: agreementIn(judgeRows, weights), atLeast: TOGETHER, largest: MOST_ROWS },
    mayBeOne: (left, right) => {
      if (!model.crowded || left.length + right.length === 2) return true
      const { verdict, rule } = judgeGroups(whole(left), whole(right), model)
      if (verdict === 'different' || !NAMESAKES.has(rule ?? '')) return verdict !== 'different'
      return [...left, ...right].some((row) => at(row).numbers.length > 0)
    },
  })
  if (model.crowded) {
    const profiles = new Map<readonly number[], readonly Prepared[]>()
    const profile = (members: readonly number[]): readonly Prepared[] => {
      const known = profiles.get(members) ?? whole(members)
      profiles.set(members, known)
      return known
    }
    grow(group, both(same, review), {
      judge: (left, right) => judgeGroups(profile(left), profile(right), model),
      ...{ surer: weights.surer, largest: MOST_ROWS },
    })
  }
  setFree(group, doubtful(same, group, weights.surer))
  return group
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
  const at = (row: number): Prepared => prepared[row] ?? NOBODY
  const pairs = candidatePairs(
    said.length,
    (row) => [...candidateKeys(at(row)), ...rowKeys(said[row] ?? {})],
    { most: LARGEST_BLOCK, budget: PAIRS_A_ROW * Math.max(1000, said.length) },
  )
  onStep('pairs', pairs.a.length)
  const model = bounded(learn(prepared))
  onStep('learned', prepared.length)
  const judgeRows = (a: number, b: number): Decision => decide(at(a), at(b), model)
  // reasons are for the few that are asked about
  const found = judgeAll(pairs, (a, b) => judge(at(a), at(b), model))
  onStep('same', found.same.a.length)
  const group = groupsOf({ rows: said.length, at, model, judgeRows }, found)
  const groups = [...new Set(group)].filter((rows) => rows.length > 1)
  onStep('persons', groups.length)
  const isSettled = (a: number, b: number): boolean => isParents(at(a), at(b), judgeRows(a, b))
  return {
    groups: groups.sort((x, y) => (x[0] ?? 0) - (y[0] ?? 0)),
    review: toAsk({ review: found.review, group, judge: judgeRows, isSettled }),
    judge: judgeRows,
  }
}
