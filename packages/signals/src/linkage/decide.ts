/**
 * The one decision whether two records speak of one human being: Fellegi and Sunter's sum of log-odds, a weight for
 * every field by how it agrees and how rare the value is, and the rules that no sum overrules.
 */

import { type Comparison, compare, newComparison } from './compare.ts'
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

const { family: FAMILY, middle: MIDDLE, given: GIVEN } = FIELD

/** Parts of a name are chosen together: a whole name that is common tells no more than that name does. */
function wholeName(compiled: Compiled, a: Prepared, b: Prepared, sum: number): number {
  const share = a.name.whole === b.name.whole ? compiled.values.whole?.of.get(a.name.whole) : undefined
  return share === undefined ? sum : Math.min(sum, -Math.log2(share))
}

/** Base 2 log-odds that both are one person, and what was found, in `into`. */
function scorePair(a: Prepared, b: Prepared, compiled: Compiled, into: Comparison): number {
  compare(a, b, compiled, into)
  let sum = compiled.model.prior
  let name = 0
  for (let at = 0; at < FIELD_NAMES.length; at++) {
    const weight = weightAt(compiled, into, at)
    if (at === FAMILY || at === MIDDLE || at === GIVEN) name += weight
    else sum += weight
  }
  return sum + wholeName(compiled, a, b, name)
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

/** Symmetric; the same records and model give the same decision. About 2 µs. */
export function decide(a: Prepared, b: Prepared, model: Model): Decision {
  const compiled = compile(model)
  const score = scorePair(a, b, compiled, scratch)
  const verdict = verdictOf(score, model)
  const rule = ruleAgainst(verdict, { a, b, model, ...scratch })
  return {
    verdict: rule?.verdict ?? verdict,
    score: round(score),
    reasons: reasonsOf(compiled, scratch, a, b),
    ...(rule && { rule: rule.name }),
  }
}
