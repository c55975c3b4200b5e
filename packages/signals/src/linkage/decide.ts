/**
 * The one decision whether two records speak of one human being: Fellegi and Sunter's sum of log-odds, a weight for
 * every field by how it agrees and how rare the value is, and the rules that no sum overrules.
 */

import { type Comparison, compareLives, compareSelves, newComparison } from './compare.ts'
import { type Compiled, compile } from './compiled.ts'
import { FIELD, FIELD_NAMES, type Field, levelName, MISSING } from './fields.ts'
import type { Model } from './model.ts'
import type { Prepared } from './prepare.ts'
import { ruleAgainst } from './rules.ts'
import type { Decision, FieldName, Reason, Verdict } from './said.ts'

const scratch = newComparison()

/** Fields that are told as one. */
const TOLD: Readonly<Record<Field, FieldName>> = {
  family: 'name',
  middle: 'name',
  given: 'name',
  birthDate: 'birthDate',
  sex: 'sex',
  phone: 'phone',
  identity: 'identity',
  insurance: 'insurance',
  ward: 'place',
  city: 'place',
  postcode: 'place',
  address: 'address',
  email: 'email',
  occupation: 'occupation',
}

/** No single field may outweigh everything else together. */
const HEAVIEST = 30

const weightAt = (compiled: Compiled, { levels, rarities }: Comparison, at: number): number => {
  const level = levels[at] ?? MISSING
  if (level === MISSING) return 0
  const weight = (compiled.weights[at]?.[level] ?? 0) + (rarities[at] ?? 0)
  return Math.max(-HEAVIEST, Math.min(HEAVIEST, weight))
}

/** Parts of a name are chosen together: a whole name that is common tells no more than that name does. */
function wholeName(compiled: Compiled, a: Prepared, b: Prepared, sum: number): number {
  const share = a.name.whole === b.name.whole ? compiled.values.whole?.of.get(a.name.whole) : undefined
  return share === undefined ? sum : Math.min(sum, -Math.log2(share))
}

/** The first of the fields that tell of a life, not of a self. */
const LIVES = FIELD.ward

function sumOf(compiled: Compiled, into: Comparison, from: number, to: number): number {
  let sum = 0
  for (let at = from; at < to; at++) sum += weightAt(compiled, into, at)
  return sum
}

function sumOfSelves(a: Prepared, b: Prepared, compiled: Compiled, into: Comparison): number {
  compareSelves(a, b, compiled, into)
  return (
    compiled.model.prior +
    wholeName(compiled, a, b, sumOf(compiled, into, 0, FIELD.birthDate)) +
    sumOf(compiled, into, FIELD.birthDate, LIVES)
  )
}

function sumOfLives(a: Prepared, b: Prepared, compiled: Compiled, into: Comparison): number {
  compareLives(a, b, compiled, into)
  return sumOf(compiled, into, LIVES, FIELD_NAMES.length)
}

/** The most that what both say of their lives could add. */
function mostOfLives(a: Prepared, b: Prepared, { most }: Compiled): number {
  const both = (field: Field, one: unknown, other: unknown): number =>
    one === undefined || other === undefined ? 0 : (most[FIELD[field]] ?? 0)
  return (
    both('ward', a.wards[0], b.wards[0]) +
    both('city', a.city, b.city) +
    both('postcode', a.postcode, b.postcode) +
    both('address', a.door, b.door) +
    both('email', a.email, b.email) +
    both('occupation', a.occupation, b.occupation)
  )
}

const round = (bits: number): number => Math.round(bits * 100) / 100

/** The worst level of the name's parts names the whole: a name is as alike as its least alike part. */
function reasonsOf(compiled: Compiled, found: Comparison, a: Prepared, b: Prepared): Reason[] {
  const told = new Map<FieldName, { level: string; weight: number; worst: number }>()
  for (const [at, field] of FIELD_NAMES.entries()) {
    const level = found.levels[at] ?? MISSING
    if (level === MISSING) continue
    const weight = weightAt(compiled, found, at)
    const name = TOLD[field]
    const before = told.get(name)
    const worse = before === undefined || weight < before.worst
    told.set(name, {
      level: worse ? levelName(at, level) : before.level,
      weight: (before?.weight ?? 0) + weight,
      worst: worse ? weight : before.worst,
    })
  }
  return [...told]
    .map(([field, { level, weight }]) => ({
      ...{ field, level },
      weight: round(field === 'name' ? wholeName(compiled, a, b, weight) : weight),
    }))
    .sort((one, other) => Math.abs(other.weight) - Math.abs(one.weight))
}

const verdictOf = (score: number, { same, review }: Model): Verdict => {
  if (score >= same) return 'same'
  return score >= review ? 'review' : 'different'
}

type Judgement = Omit<Decision, 'reasons'>

function judged(a: Prepared, b: Prepared, model: Model, score: number): Judgement {
  const verdict = verdictOf(score, model)
  const rule = ruleAgainst(verdict, { a, b, model, score, ...scratch })
  return {
    ...{ verdict: rule?.verdict ?? verdict, score: round(score) },
    ...(rule?.name !== undefined && { rule: rule.name }),
  }
}

/**
 * Symmetric; the same records and model give the same decision. About 7 µs; `judge` 5.
 * @see judge for millions of pairs
 */
export function decide(a: Prepared, b: Prepared, model: Model): Decision {
  const compiled = compile(model)
  const score = sumOfSelves(a, b, compiled, scratch) + sumOfLives(a, b, compiled, scratch)
  return { ...judged(a, b, model, score), reasons: reasonsOf(compiled, scratch, a, b) }
}

const HOPELESS: Judgement = { verdict: 'different', score: -99 }

/** The verdict of `decide` without its reasons; where nothing can make the two one any more, the score is only −99. */
export function judge(a: Prepared, b: Prepared, model: Model): Judgement {
  const compiled = compile(model)
  const selves = sumOfSelves(a, b, compiled, scratch)
  if (selves + mostOfLives(a, b, compiled) < model.review) return HOPELESS
  return judged(a, b, model, selves + sumOfLives(a, b, compiled, scratch))
}
