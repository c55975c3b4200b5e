/**
 * Learns the weights from the records themselves, without anyone telling which belong together: u from pairs drawn at
 * random, m by expectation and maximisation over pairs that share a key, several keys in turn, a field being left alone
 * in the passes whose key holds it (Fellegi and Sunter 1969; Winkler 1988; the order of Splink).
 */

import { cityModel } from './city.ts'
import { type Comparison, compare, newComparison } from './compare.ts'
import { type Compiled, compile } from './compiled.ts'
import { FIELD_NAMES, levelsOf, MISSING, perField } from './fields.ts'
import { learnLookalikes } from './lookalikes.ts'
import { believedLevels, type Lookalikes, type Model } from './model.ts'
import { PASSES, pairsOfPass, SAME_DAY_AND_GIVEN } from './passes.ts'
import type { Prepared } from './prepare.ts'
import { mayBeRelatives, RELATIVES_DIFFER } from './rules.ts'
import { learnShared, learnValues } from './values.ts'

export interface LearnOptions {
  /** How many human beings the records were drawn from; else as many as there are records. */
  readonly population?: number
  /** From which weights to begin; else from what is believed. */
  readonly start?: Model
  readonly provenance?: string
}

/** Compared pairs: levels of all fields, and the rarities of their values summed field by field. */
interface Compared {
  readonly n: number
  readonly levels: Int8Array
  readonly rarities: Float32Array
  /** 1 where the two are taken for relatives and can never be alike. */
  readonly apart: Uint8Array
}

const WIDTH = FIELD_NAMES.length
const RANDOM_PAIRS = 200_000
const ROUNDS = 12

/** A plain generator: learning must give the same for the same records. */
function dice(seed: number): () => number {
  let state = seed >>> 0
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0
    return state / 0x1_0000_0000
  }
}

function comparePairs(
  records: readonly Prepared[],
  pairs: readonly (readonly [number, number])[],
  compiled: Compiled,
): Compared {
  const found: Comparison = newComparison()
  const levels = new Int8Array(pairs.length * WIDTH)
  const rarities = new Float32Array(pairs.length * WIDTH)
  const apart = new Uint8Array(pairs.length)
  for (const [at, [i, j]] of pairs.entries()) {
    const [a, b] = [records[i], records[j]]
    if (!a || !b) continue
    compare(a, b, compiled, found)
    levels.set(found.levels, at * WIDTH)
    rarities.set(found.rarities, at * WIDTH)
    apart[at] = compiled.model.crowded && mayBeRelatives(found) ? 1 : 0
  }
  return { n: pairs.length, levels, rarities, apart }
}

function randomPairs(size: number, wanted: number): [number, number][] {
  const throwDice = dice(7)
  const one = () => Math.floor(throwDice() * size)
  return Array.from({ length: wanted }, () => [one(), one()] as [number, number]).filter(([i, j]) => i !== j)
}

/** Sums per field and level. */
const emptyCounts = (): Float64Array[] => FIELD_NAMES.map((field) => new Float64Array(levelsOf(field).length))

/** Shares with what was believed mixed in, as if so many pairs had been seen before: no share is ever 0. */
function shares(counts: Float64Array, believed: readonly number[], weight: number): number[] {
  const total = counts.reduce((sum, n) => sum + n, 0)
  const sum = believed.reduce((all, share) => all + share, 0)
  return believed.map((share, at) => ((counts[at] ?? 0) + (weight * share) / sum) / (total + weight))
}

/** Two records of one person hide among the random pairs of a small file; their share is taken off. */
function learnUnlike(records: readonly Prepared[], compiled: Compiled): Model['levels'] {
  const pairs = comparePairs(records, randomPairs(records.length, RANDOM_PAIRS), compiled)
  const counts = emptyCounts()
  const { weights, model } = compiled
  for (let pair = 0; pair < pairs.n; pair++) {
    const unlike = 1 - chance(pairs, pair, weights, model.prior)
    for (let at = 0; at < WIDTH; at++) {
      const level = pairs.levels[pair * WIDTH + at] ?? MISSING
      const count = counts[at]
      if (level !== MISSING && count) count[level] = (count[level] ?? 0) + unlike
    }
  }
  return perField((field, at) => {
    const { m, u } = compiled.model.levels[field]
    return { m, u: shares(counts[at] ?? new Float64Array(), u, UNLIKE_SEEN) }
  })
}
const UNLIKE_SEEN = 2000
const LIKE_SEEN = 30

function chance(
  { levels, rarities, apart }: Compared,
  pair: number,
  weights: readonly Float64Array[],
  prior: number,
): number {
  if (apart[pair] === 1) return 0
  let bits = prior
  for (let at = 0; at < WIDTH; at++) {
    const level = levels[pair * WIDTH + at] ?? MISSING
    if (level !== MISSING) bits += (weights[at]?.[level] ?? 0) + (rarities[pair * WIDTH + at] ?? 0)
  }
  return bits > 60 ? 1 : 1 / (1 + 2 ** -bits)
}

interface Pass {
  readonly pairs: Compared
  /** Fields whose m this pass may learn. */
  readonly free: readonly boolean[]
}

interface Learned {
  /** Expected numbers of like pairs a field and level. */
  readonly counts: Float64Array[]
  readonly like: number
}

/** One pass of expectation and maximisation; m of the fields in the key stays as it was. */
function learnPass({ pairs, free }: Pass, start: Compiled): Learned {
  const weights = start.weights.map((field) => Float64Array.from(field))
  const { levels } = start.model
  let prior = -4
  let counts = emptyCounts()
  let like = 0
  for (let round = 0; round < ROUNDS; round++) {
    counts = emptyCounts()
    like = 0
    for (let pair = 0; pair < pairs.n; pair++) {
      const likely = chance(pairs, pair, weights, prior)
      like += likely
      addLevels(pairs, pair, likely, counts)
    }
    const share = Math.min(Math.max(like / Math.max(1, pairs.n), 1e-6), 1 - 1e-6)
    prior = Math.log2(share / (1 - share))
    for (const [at, field] of FIELD_NAMES.entries())
      if (free[at]) weights[at]?.set(weightsOf(levels[field], counts[at] ?? new Float64Array()))
  }
  return { counts, like }
}

function addLevels(
  { levels }: Compared,
  pair: number,
  likely: number,
  counts: readonly Float64Array[],
): void {
  for (let at = 0; at < WIDTH; at++) {
    const level = levels[pair * WIDTH + at] ?? MISSING
    const count = counts[at]
    if (level !== MISSING && count) count[level] = (count[level] ?? 0) + likely
  }
}

const weightsOf = (
  { m, u }: { m: readonly number[]; u: readonly number[] },
  counts: Float64Array,
): number[] => shares(counts, m, LIKE_SEEN).map((share, at) => Math.log2(share / (u[at] ?? 1)))

/** m of every field from all passes in which its key left it free, each pass by the like pairs it found. */
function learnLike(records: readonly Prepared[], compiled: Compiled): Model['levels'] {
  const learned = PASSES.map((pass, at) => {
    const pairs = comparePairs(records, pairsOfPass(records, pass, dice(11 + at)), compiled)
    const free = FIELD_NAMES.map((field) => !pass.holds.includes(field))
    return { free, ...learnPass({ pairs, free }, compiled) }
  })
  return perField((field, at) => {
    const taught = learned.filter(({ free }) => free[at])
    const sum = Float64Array.from(levelsOf(field), (_, level) =>
      taught.reduce((all, { counts }) => all + (counts[at]?.[level] ?? 0), 0),
    )
    const { m, u } = compiled.model.levels[field]
    const seen = shares(sum, m, LIKE_SEEN)
    // Pairs taken for relatives were left out: what they would have taught stays as it was believed.
    const untaught = compiled.model.crowded ? RELATIVES_DIFFER[field] : undefined
    return { m: seen.map((share, level) => (untaught?.has(level) ? (m[level] ?? share) : share)), u }
  })
}

/** Every pair that any pass proposes, once. */
function proposed(records: readonly Prepared[]): [number, number][] {
  const seen = new Set<number>()
  return PASSES.flatMap((pass, at) => pairsOfPass(records, pass, dice(11 + at))).filter(([i, j]) => {
    const pair = Math.min(i, j) * records.length + Math.max(i, j)
    if (seen.has(pair)) return false
    seen.add(pair)
    return true
  })
}

const asBits = (share: number): number => Math.log2(share / (1 - share))

/** How many pairs are alike among all there are: found again and again from the last answer. */
function likePairs(pairs: Compared, compiled: Compiled, all: number): number {
  let like = pairs.n / 4
  for (let round = 0; round < 8; round++) {
    const prior = asBits(Math.min(Math.max(like / all, 1e-12), 0.5))
    let next = 0
    for (let pair = 0; pair < pairs.n; pair++) next += chance(pairs, pair, compiled.weights, prior)
    like = Math.max(1, next)
  }
  return like
}

/** Records a person, from the like pairs a record has. */
const copiesOf = (like: number, records: number): number => 1 + (2 * like) / Math.max(1, records)

/** In a file a person looks at the result; in a city it opens a book to somebody. */
const SURE = { inFile: 3.5, inCity: 8 } as const

/** From whoever shares birth date and given name. */
function lookalikesOf(records: readonly Prepared[], model: Model, sure: number): Lookalikes {
  const [compiled, found] = [compile(model), newComparison()]
  const compared = (a: Prepared, b: Prepared): Comparison => {
    compare(a, b, compiled, found)
    return found
  }
  const pairs = pairsOfPass(records, SAME_DAY_AND_GIVEN, dice(23)).flatMap(
    ([i, j]): (readonly [Prepared, Prepared])[] => {
      const [a, b] = [records[i], records[j]]
      return a && b ? [[a, b]] : []
    },
  )
  return learnLookalikes(pairs, model, compared, sure)
}

/** So often do two people share a family name where few names are borne by many. */
const CROWDED_FAMILIES = 0.05

/** In fewer records one person's own copies make a rare name look common, and common ones may be missing. */
const FEW = 200

/** Whether most bear one of the family names that are borne by many in Vietnam. */
function areOurs(records: readonly Prepared[]): boolean {
  const families = records.flatMap(({ name }) => (name.family ? [name.family.ascii] : []))
  const known = cityModel().values.familyFolded?.frequent ?? {}
  return (
    families.length > 0 &&
    families.filter((family) => Object.hasOwn(known, family)).length * 2 >= families.length
  )
}

/** A few rows teach nothing of how common a name is: what is believed of the city stands in. */
function valuesFor(records: readonly Prepared[]): Pick<Model, 'values' | 'crowded'> {
  const values = learnValues(records, 1)
  if (records.length >= FEW) return { values, crowded: (values.familyFolded?.agree ?? 0) >= CROWDED_FAMILIES }
  return areOurs(records)
    ? { values: { ...cityModel().values, ...values }, crowded: true }
    : { values, crowded: false }
}

/**
 * @param records all of a file, or a sample of a register in which whoever shares a key is drawn together
 * @returns a model fit for records of that kind; the same for the same records in the same order
 */
export function learn(records: readonly Prepared[], options: LearnOptions = {}): Model {
  const isFile = options.population === undefined
  const population = options.population ?? Math.max(2, records.length)
  const all = (records.length * (records.length - 1)) / 2
  const { values, crowded } = valuesFor(records)
  const begin: Model = {
    provenance: options.provenance ?? `learned from ${records.length} records`,
    ...{ population, same: 5, review: crowded ? 3 : 1, askFrom: isFile ? 9 : 3 },
    crowded,
    prior: -Math.log2(population),
    levels: options.start?.levels ?? believedLevels(),
    values,
    shared: learnShared(records, 2),
  }
  if (records.length < 50) return begin
  const unlike: Model = { ...begin, levels: learnUnlike(records, compile(begin)) }
  const liked: Model = { ...unlike, levels: learnLike(records, compile(unlike)) }
  const pairs = comparePairs(records, proposed(records), compile(liked))
  const like = likePairs(pairs, compile(liked), all)
  const lookalikes = crowded ? lookalikesOf(records, liked, isFile ? SURE.inFile : SURE.inCity) : undefined
  const copies = copiesOf(like, records.length)
  return {
    ...liked,
    ...(lookalikes && { lookalikes }),
    prior: isFile ? asBits(like / all) : Math.log2(copies / population),
  }
}
