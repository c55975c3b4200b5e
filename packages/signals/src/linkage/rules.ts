/**
 * What no score may overrule. A rule says the most that two records can be; the first that applies is named in the
 * decision. A human ruling stands above them, where pairs are grouped.
 */
import type { Comparison } from './compare.ts'
import { FIELD, type Field, levelIndex, MISSING } from './fields.ts'
import { areLookalikes, isWrittenWithFewerMarks, oddsOfLookalikes } from './lookalikes.ts'
import type { Model } from './model.ts'
import { bearTwoNumbers } from './numbers.ts'
import type { Prepared } from './prepare.ts'
import type { Verdict } from './said.ts'

interface Rule {
  readonly name: string
  /** What the two are where the score would have them the same. */
  readonly most: Verdict
  /** What they are where the score itself would ask a person. */
  readonly asked: Verdict
  /** From this score on the evidence is more than relatives or namesakes could share, and the rule is silent. */
  readonly silentFrom?: number
}

type Facts = {
  readonly a: Prepared
  readonly b: Prepared
  readonly model: Model
  readonly score: number
} & Comparison

const levels = (field: Field, ...names: readonly string[]): ReadonlySet<number> =>
  new Set(names.map((name) => levelIndex(field).get(name) ?? -2))

const SAME_NAME = ['exact', 'folded', 'toneless', 'letters', 'dialect'] as const
const OTHER_FAMILY = levels('family', 'different')
const GIVEN_AGREES = levels('given', ...SAME_NAME, 'one-slip', 'elsewhere', 'near')
const GIVEN_DIFFERS = levels('given', 'different', 'known-slip')
const GIVEN_OTHER = levels('given', 'different')
const GIVEN_EXACT = levels('given', 'exact', 'folded')
const GIVEN_TO_THE_MARK = levels('given', 'exact')
const SAME_DAY = levels('birthDate', 'exact', 'year-habit', 'year-only')
const WHOLE_DAY = levels('birthDate', 'exact')
const OTHER_AGE = levels('birthDate', 'generation')
const NUMBER_EQUAL = levels('identity', 'equal')
const NUMBER_DIFFERS = levels('identity', 'different')
const CARD_EQUAL = levels('insurance', 'equal')
const PHONE_EQUAL = levels('phone', 'equal')
const REPLACED_MIDDLE = levels('middle', 'replaced')
const OTHER_MIDDLE = levels('middle', 'different')
const LOOSE_MIDDLE = levels('middle', 'filler', 'part', 'dropped', 'alike')
const SAME_DOOR = levels('address', 'same-door')
const OTHER_MARKS = levels('given', 'toneless', 'letters')
const KNOWN_SLIP = levels('given', 'known-slip', 'initial')
const LIKE_SOUND = levels('given', 'one-slip', 'near')
const DIALECT = levels('given', 'dialect')
const NO_DAY: ReadonlySet<number> = new Set([MISSING])
const OTHER_DAY = levels('birthDate', 'same-year', 'near-year', 'different')
const SAME_WARD = levels('ward', 'equal')
const OTHER_CARD = levels('insurance', 'different')
const OTHER_PHONE = levels('phone', 'different')
const OTHER_STREET = levels('address', 'different')
const OTHER_SEX = levels('sex', 'different')

const is = ({ levels: found }: Comparison, field: Field, among: ReadonlySet<number>): boolean =>
  among.has(found[FIELD[field]] ?? -1)

/** What can tell two bearers of one name and birth date apart. */
const TELLING: readonly (readonly [Field, ReadonlySet<number>])[] = [
  ['identity', levels('identity', 'equal', 'one-slip')],
  ['insurance', levels('insurance', 'equal', 'one-slip')],
  ['phone', levels('phone', 'equal', 'one-slip')],
  ['email', levels('email', 'equal', 'one-slip')],
  ['address', levels('address', 'same-door')],
  ['postcode', levels('postcode', 'exact')],
]

/** A number, a card, or the own phone together with name and whole birth date: more than a household shares. */
const isPersonal = (facts: Facts): boolean =>
  is(facts, 'identity', NUMBER_EQUAL) ||
  is(facts, 'insurance', CARD_EQUAL) ||
  (is(facts, 'phone', PHONE_EQUAL) && is(facts, 'birthDate', WHOLE_DAY))

const hasCard = (facts: Facts): boolean =>
  is(facts, 'identity', NUMBER_EQUAL) || is(facts, 'insurance', CARD_EQUAL)

const isBorne = ({ model }: Facts, name: string | undefined): boolean =>
  name !== undefined && model.values.givenFolded?.frequent[name] !== undefined

/** Two given names that people bear, not a name and what a broken code page left of it. */
const areTwoNames = (facts: Facts): boolean =>
  is(facts, 'given', GIVEN_DIFFERS) &&
  isBorne(facts, facts.a.name.given?.ascii) &&
  isBorne(facts, facts.b.name.given?.ascii)

/** A parent's number, by a clerk's hand, on two children. */
const bearAnothers = ({ a, b }: Facts): boolean =>
  a.numbers.some(({ foreign }) => foreign) && b.numbers.some(({ foreign }) => foreign)

/** The whole name and birth date at one door or phone: a wrong sex is likelier than a second person. */
const isOneButForSex = (facts: Facts): boolean =>
  is(facts, 'given', GIVEN_EXACT) &&
  is(facts, 'birthDate', SAME_DAY) &&
  !is(facts, 'middle', OTHER_MIDDLE) &&
  (is(facts, 'phone', PHONE_EQUAL) || is(facts, 'address', SAME_DOOR) || is(facts, 'ward', SAME_WARD))

/** What two strangers of one ward have of their own: another door, phone, card or number. */
const OWN: readonly (readonly [Field, ReadonlySet<number>])[] = [
  ['address', levels('address', 'same-street', 'same-words', 'same-house', 'different')],
  ['phone', levels('phone', 'different')],
  ['identity', levels('identity', 'different')],
  ['insurance', levels('insurance', 'different')],
]

const says = (facts: Facts, fields: typeof OWN): boolean =>
  fields.some(([field, among]) => is(facts, field, among))

/** Below these bits for one person somebody must look at two look-alikes. */
const DOUBTFUL = 3.5

/** Bits for one person against strangers of one name and against twins; undefined where the records taught nothing of it. */
const lookalike = (facts: Facts): number | undefined =>
  facts.model.lookalikes && areLookalikes(facts)
    ? oddsOfLookalikes(facts.a, facts.b, facts, facts.model.lookalikes)
    : undefined

const isSurelyOne = (facts: Facts): boolean =>
  (lookalike(facts) ?? 0) >= (facts.model.lookalikes?.sure ?? Infinity)

/** The ward they share is something to tell, unless each has something of his own. */
const hasNothingElse = (facts: Facts): boolean =>
  !says(facts, TELLING) && (!is(facts, 'ward', SAME_WARD) || (says(facts, OWN) && !isSurelyOne(facts)))

/** Where a syllable ends: Lan and Lang, Tuất and Tuấc sound alike to half the country, and are names of two brothers. */
const ENDING = /(?:ng|nh|ch|[cmnpt])?$/
const endOf = (name: string): string => ENDING.exec(name)?.[0] ?? ''

/** A name so much rarer than another is a slip of it. */
const SLIPS_SHARE = 0.15

function areBothGiven({ a, b, model }: Facts): boolean {
  const shares = a.name.marked && b.name.marked ? model.values.given : model.values.givenFolded
  const share = ({ name }: Prepared): number =>
    shares?.frequent[(a.name.marked && b.name.marked ? name.given?.exact : name.given?.ascii) ?? ''] ?? 0
  const [one, other] = [share(a), share(b)]
  return Math.min(one, other) > SLIPS_SHARE * Math.max(one, other)
}

/**
 * Two names that parents do give beside each other: Anh and Ánh, Hân and Hận, Lan and Loan, Trân and Trang. That one is
 * the other written badly cannot be told by the name.
 */
function haveLikeNames(facts: Facts): boolean {
  if (is(facts, 'given', OTHER_MARKS)) return !isWrittenWithFewerMarks(facts.a, facts.b)
  if (is(facts, 'given', KNOWN_SLIP)) return true
  const [a, b] = [facts.a.name.given, facts.b.name.given]
  if (!a || !b || !areBothGiven(facts)) return false
  return is(facts, 'given', LIKE_SOUND) || (is(facts, 'given', DIALECT) && endOf(a.ascii) !== endOf(b.ascii))
}

const isOneBirth = (facts: Facts): boolean =>
  is(facts, 'birthDate', SAME_DAY) && !is(facts, 'family', OTHER_FAMILY)

/** One name to the last mark, one birth date, and one phone or door: twins have names of their own. */
const isOneHousehold = (facts: Facts): boolean =>
  is(facts, 'given', GIVEN_TO_THE_MARK) &&
  facts.a.name.marked &&
  facts.b.name.marked &&
  is(facts, 'birthDate', WHOLE_DAY) &&
  (is(facts, 'phone', PHONE_EQUAL) || is(facts, 'address', SAME_DOOR))

const isCrowded = ({ model }: Facts): boolean => model.crowded

const bearOwn = (facts: Facts): boolean => is(facts, 'identity', NUMBER_DIFFERS)

/** Beside their numbers: another card, phone, street, middle name, sex or age. */
const haveOwn = (facts: Facts): boolean =>
  haveLikeNames(facts) ||
  (
    [
      ['insurance', OTHER_CARD],
      ['phone', OTHER_PHONE],
      ['address', OTHER_STREET],
      ['middle', OTHER_MIDDLE],
      ['middle', REPLACED_MIDDLE],
      ['birthDate', OTHER_DAY],
      ['birthDate', OTHER_AGE],
      ['sex', OTHER_SEX],
    ] as const
  ).some(([field, among]) => is(facts, field, among))

type Applies = (facts: Facts) => boolean

/** Hold of any records. */
const ALWAYS: readonly (readonly [Rule, Applies])[] = [
  // Two active verified 12-digit numbers are never one person, unless a card or the authority linked them.
  [
    { name: 'two-verified-numbers', most: 'different', asked: 'different' },
    ({ a, b }) => bearTwoNumbers(a.numbers, b.numbers),
  ],
  // A source that says she was born with others says so because one of them is here.
  [
    { name: 'multiple-birth', most: 'review', asked: 'different' },
    (facts) => (facts.a.multipleBirth || facts.b.multipleBirth) && !is(facts, 'given', GIVEN_EXACT),
  ],
  // Newborns are registered under the mother's name, with her telephone and her numbers, and so are their twins.
  [
    { name: 'named-by-mother', most: 'review', asked: 'review' },
    ({ a, b }) => a.name.byMother || b.name.byMother,
  ],
]

/** Hold where few names are borne by many. Elsewhere a rare name is worth more, and its weight tells. */
const AMONG_MANY: readonly (readonly [Rule, Applies])[] = [
  // The parent's number on a child, by a clerk's hand: the same number under another name or in another generation.
  [
    { name: 'number-of-another', most: 'review', asked: 'review' },
    (facts) =>
      is(facts, 'identity', NUMBER_EQUAL) &&
      (is(facts, 'birthDate', OTHER_AGE) ||
        (is(facts, 'given', GIVEN_DIFFERS) &&
          !is(facts, 'insurance', CARD_EQUAL) &&
          (areTwoNames(facts) || bearAnothers(facts) || !is(facts, 'birthDate', SAME_DAY)))),
  ],
  // One insurance card goes round a family too: under another name it is no more than that.
  [
    { name: 'number-of-another', most: 'review', asked: 'review' },
    (facts) =>
      is(facts, 'insurance', CARD_EQUAL) &&
      !is(facts, 'identity', NUMBER_EQUAL) &&
      (is(facts, 'birthDate', OTHER_AGE) || (is(facts, 'given', GIVEN_OTHER) && areTwoNames(facts))),
  ],
  // Each has a number of her own and something else besides: nobody needs to be asked.
  [
    { name: 'two-numbers', most: 'different', asked: 'different' },
    (facts) => bearOwn(facts) && haveOwn(facts) && !hasCard(facts),
  ],
  // Another given name and another birth date under one roof: a relative, and nobody needs to be asked.
  [
    { name: 'a-relative', most: 'different', asked: 'different' },
    (facts) =>
      is(facts, 'given', GIVEN_OTHER) &&
      (is(facts, 'birthDate', OTHER_DAY) || is(facts, 'birthDate', OTHER_AGE)) &&
      !hasCard(facts),
  ],
  // Twins share birth date, family name and home; a given name of their own is all they have. Two plain names are two
  // people, and nobody needs to be asked; names that are close, or that a broken code page spoilt, are.
  [
    { name: 'twins', most: 'different', asked: 'different' },
    (facts) => isOneBirth(facts) && is(facts, 'given', GIVEN_OTHER) && areTwoNames(facts) && !hasCard(facts),
  ],
  [
    { name: 'twins', most: 'review', asked: 'different' },
    (facts) => isOneBirth(facts) && is(facts, 'given', GIVEN_DIFFERS) && !hasCard(facts),
  ],
  // Twins and brothers are called Anh and Ánh, Hân and Hận; they share phone and door, and their numbers follow each
  // other. A slip of the pen looks the same: only a card tells.
  [
    { name: 'other-marks', most: 'review', asked: 'different' },
    (facts) =>
      is(facts, 'given', OTHER_MARKS) && haveLikeNames(facts) && !hasCard(facts) && !isSurelyOne(facts),
  ],
  [
    { name: 'like-names', most: 'review', asked: 'different' },
    (facts) => haveLikeNames(facts) && !hasCard(facts) && !isSurelyOne(facts),
  ],
  // Brothers and sisters may share even the given name, and differ in the middle.
  [
    { name: 'two-middle-names', most: 'review', asked: 'different' },
    (facts) => !hasCard(facts) && (is(facts, 'middle', OTHER_MIDDLE) || is(facts, 'middle', REPLACED_MIDDLE)),
  ],
  // Father and son of one name, under one roof with one phone: without a birth date nobody can say which of them it is.
  [
    { name: 'no-birth-date', most: 'review', asked: 'review' },
    (facts) => is(facts, 'birthDate', NO_DAY) && !hasCard(facts),
  ],
  // Whoever lives under one roof with one phone and was born on another day is a relative.
  [
    { name: 'two-birth-dates', most: 'review', asked: 'different', silentFrom: 22 },
    (facts) => is(facts, 'birthDate', OTHER_DAY) && !hasCard(facts),
  ],
  // A year more or less is a slip of the pen, or the next child.
  [
    { name: 'two-birth-dates', most: 'review', asked: 'different', silentFrom: 40 },
    (facts) =>
      is(facts, 'middle', LOOSE_MIDDLE) && facts.a.birth?.year !== facts.b.birth?.year && !hasCard(facts),
  ],
  // Father and son may bear one name and live in one house: nobody is born twice, fifteen years apart.
  [
    { name: 'two-generations', most: 'review', asked: 'different' },
    (facts) => is(facts, 'birthDate', OTHER_AGE),
  ],
  // Two stated numbers, none of them a slip of the other: a clerk may have copied one, and somebody must look.
  [
    { name: 'two-numbers', most: 'review', asked: 'different' },
    (facts) => is(facts, 'identity', NUMBER_DIFFERS) && !is(facts, 'insurance', CARD_EQUAL),
  ],
  // An insurance number is seldom given anew; without a number, twins and namesakes bear two of them.
  [
    { name: 'two-cards', most: 'review', asked: 'different' },
    (facts) =>
      is(facts, 'insurance', OTHER_CARD) &&
      !is(facts, 'identity', NUMBER_EQUAL) &&
      !isOneHousehold(facts) &&
      !isSurelyOne(facts),
  ],
  // A sex can be corrected; without a number or the like, two sexes are two people until somebody looks.
  [
    { name: 'two-sexes', most: 'review', asked: 'different', silentFrom: 18 },
    (facts) => is(facts, 'sex', OTHER_SEX) && !isPersonal(facts) && !isOneButForSex(facts),
  ],
  // How many bear one name and one birth date, and how twins' names differ by their marks, the records have taught.
  [
    { name: 'look-alikes', most: 'review', asked: 'review' },
    (facts) => !hasCard(facts) && (lookalike(facts) ?? DOUBTFUL) < DOUBTFUL,
  ],
  // In a big city many bear one name and one birth date, even in one ward: somebody must know something else.
  [{ name: 'nothing-else-to-tell', most: 'review', asked: 'review' }, (facts) => hasNothingElse(facts)],
  // The telephone, the house and even the number of a family are no identity while the name is another.
  [
    { name: 'no-name-in-common', most: 'review', asked: 'different' },
    (facts) => !is(facts, 'given', GIVEN_AGREES) && !hasCard(facts),
  ],
]

/**
 * Could the two be relatives under one roof, who agree on family name, phone and address? Learning must not take a
 * household for one person.
 */
export const mayBeRelatives = (found: Comparison): boolean =>
  is(found, 'given', GIVEN_DIFFERS) || is(found, 'birthDate', OTHER_AGE)

/** The levels by which they are told. */
export const RELATIVES_DIFFER: Readonly<Partial<Record<Field, ReadonlySet<number>>>> = {
  given: GIVEN_DIFFERS,
  birthDate: OTHER_AGE,
}

const firstOf = (rules: readonly (readonly [Rule, Applies])[], facts: Facts): Rule | undefined =>
  rules.find(([{ silentFrom = Infinity }, applies]) => facts.score < silentFrom && applies(facts))?.[0]

/**
 * The first rule that says less than the score does, and what it says; undefined where none does. It is named where it
 * overrules the score, not where it only spares a person a doubtful pair.
 */
export function ruleAgainst(verdict: Verdict, facts: Facts): { name?: string; verdict: Verdict } | undefined {
  if (verdict === 'different') return undefined
  const rule = firstOf(ALWAYS, facts) ?? (isCrowded(facts) ? firstOf(AMONG_MANY, facts) : undefined)
  if (rule === undefined) return undefined
  if (rule.most === 'different') return { name: rule.name, verdict: 'different' }
  if (rule.name === 'nothing-else-to-tell' && facts.score < facts.model.askFrom)
    return { verdict: 'different' }
  if (verdict === 'same') return { name: rule.name, verdict: rule.most }
  return { ...(rule.asked === 'different' && { name: rule.name }), verdict: rule.asked }
}
