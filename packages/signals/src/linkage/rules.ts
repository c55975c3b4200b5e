/**
 * What no score may overrule. A rule says the most that two records can be; the first that applies is named in the
 * decision. A human ruling stands above them, where pairs are grouped.
 */
import type { Comparison } from './compare.ts'
import { FIELD, type Field, levelIndex } from './fields.ts'
import type { Model } from './model.ts'
import { bearTwoNumbers } from './numbers.ts'
import type { Prepared } from './prepare.ts'
import type { Verdict } from './said.ts'

export interface Rule {
  readonly name: string
  /** The most that the two can be. */
  readonly most: Verdict
}

type Facts = { readonly a: Prepared; readonly b: Prepared; readonly model: Model } & Comparison

const levels = (field: Field, ...names: readonly string[]): ReadonlySet<number> =>
  new Set(names.map((name) => levelIndex(field).get(name) ?? -2))

const SAME_NAME = ['exact', 'folded', 'toneless', 'letters', 'dialect'] as const
const OTHER_FAMILY = levels('family', 'different')
const GIVEN_AGREES = levels('given', ...SAME_NAME, 'one-slip', 'elsewhere')
const GIVEN_DIFFERS = levels('given', 'different', 'known-slip')
const GIVEN_OTHER = levels('given', 'different')
const GIVEN_EXACT = levels('given', 'exact', 'folded')
const SAME_DAY = levels('birthDate', 'exact', 'year-habit', 'year-only')
const OTHER_AGE = levels('birthDate', 'generation')
const OTHER_DAY = levels('birthDate', 'same-year', 'near-year', 'different', 'generation', 'two-parts')
const SAME_NUMBER = levels('identity', 'equal', 'one-slip')
const NUMBER_EQUAL = levels('identity', 'equal')
const OTHER_SEX = levels('sex', 'different')

const is = ({ levels: found }: Comparison, field: Field, among: ReadonlySet<number>): boolean =>
  among.has(found[FIELD[field]] ?? -1)

/** What can tell two bearers of one name and birth date apart. */
const TELLING: readonly (readonly [Field, ReadonlySet<number>])[] = [
  ['identity', SAME_NUMBER],
  ['insurance', levels('insurance', 'equal', 'one-slip')],
  ['phone', levels('phone', 'equal', 'one-slip')],
  ['email', levels('email', 'equal', 'one-slip')],
  ['address', levels('address', 'same-door', 'same-street', 'same-words')],
  ['ward', levels('ward', 'equal')],
  ['postcode', levels('postcode', 'exact')],
]

const isKnownName = (model: Model, name: string | undefined): boolean =>
  name !== undefined && model.values.givenFolded?.frequent[name] !== undefined

/** Two given names that people bear, not one and its misspelling. */
const twoGivenNames = (facts: Facts): boolean =>
  is(facts, 'given', GIVEN_DIFFERS) &&
  isKnownName(facts.model, facts.a.name.given?.ascii) &&
  isKnownName(facts.model, facts.b.name.given?.ascii)

const RULES: readonly (readonly [Rule, (facts: Facts) => boolean])[] = [
  // Two active verified 12-digit numbers are never one person, unless a card or the authority linked them.
  [{ name: 'two-verified-numbers', most: 'different' }, ({ a, b }) => bearTwoNumbers(a.numbers, b.numbers)],
  // The parent's number on a child, by a clerk's hand: same number, another name and another birth date.
  [
    { name: 'number-of-another', most: 'review' },
    (facts) =>
      is(facts, 'identity', NUMBER_EQUAL) &&
      is(facts, 'given', GIVEN_DIFFERS) &&
      is(facts, 'birthDate', OTHER_DAY),
  ],
  // Twins share birth date, family name and home; a given name of their own is all they have.
  [
    { name: 'twins', most: 'review' },
    (facts) =>
      facts.model.crowded &&
      is(facts, 'birthDate', SAME_DAY) &&
      !is(facts, 'family', OTHER_FAMILY) &&
      (is(facts, 'given', GIVEN_OTHER) || twoGivenNames(facts)),
  ],
  [
    { name: 'multiple-birth', most: 'review' },
    (facts) => (facts.a.multipleBirth || facts.b.multipleBirth) && !is(facts, 'given', GIVEN_EXACT),
  ],
  // Father and son may bear one name and live in one house: nobody is born twice, fifteen years apart.
  [
    { name: 'two-generations', most: 'review' },
    (facts) => facts.model.crowded && is(facts, 'birthDate', OTHER_AGE),
  ],
  // A sex can be corrected, with evidence and a number; without one, two sexes are two people until somebody looks.
  [
    { name: 'two-sexes', most: 'review' },
    (facts) => facts.model.crowded && is(facts, 'sex', OTHER_SEX) && !is(facts, 'identity', NUMBER_EQUAL),
  ],
  // Newborns are registered under the mother's name, and so are their twins.
  [
    { name: 'named-by-mother', most: 'review' },
    (facts) => (facts.a.name.byMother || facts.b.name.byMother) && !is(facts, 'identity', NUMBER_EQUAL),
  ],
  // In a big city many bear one name and one birth date: somebody must know something else.
  [
    { name: 'nothing-else-to-tell', most: 'review' },
    (facts) => facts.model.crowded && !TELLING.some(([field, among]) => is(facts, field, among)),
  ],
  // The telephone, the house and even the number of a family are no identity while the name is another.
  [
    { name: 'no-name-in-common', most: 'review' },
    (facts) =>
      facts.model.crowded && !is(facts, 'given', GIVEN_AGREES) && !is(facts, 'identity', SAME_NUMBER),
  ],
]

/** The first rule that says less than the score does; undefined where none does. */
export function ruleAgainst(verdict: Verdict, facts: Facts): Rule | undefined {
  if (verdict === 'different') return undefined
  for (const [rule, applies] of RULES)
    if ((verdict === 'same' || rule.most === 'different') && applies(facts)) return rule
  return undefined
}
