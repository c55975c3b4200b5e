/** FINDRISC: the chance of getting type 2 diabetes in ten years, from eight questions and no blood. */

export type FindriscFacts = {
  /** Whole years. */
  readonly age?: number
  readonly sex?: 'female' | 'male'
  /** kg/m². */
  readonly bmi?: number
  /** cm, at the navel. */
  readonly waist?: number
  /** At least 30 minutes of movement a day. */
  readonly active?: boolean
  readonly vegetablesDaily?: boolean
  /** Ever took medicine for high blood pressure regularly. */
  readonly pressureMedicine?: boolean
  /** Ever found to have high blood sugar. */
  readonly highGlucose?: boolean
  /** Diabetes among blood relatives: second is grandparent, aunt, uncle or cousin; first parent, sibling or child. */
  readonly familyDiabetes?: 'none' | 'second' | 'first'
}

export type FindriscRisk = 'low' | 'slightly-raised' | 'moderate' | 'high' | 'very-high'

export type Findrisc =
  | { readonly is: 'scored'; readonly points: number; readonly risk: FindriscRisk; readonly oneIn: number }
  | { readonly is: 'missing'; readonly missing: readonly (keyof FindriscFacts)[] }

export const FINDRISC_SOURCE = {
  name: 'FINDRISC, Lindström & Tuomilehto, Diabetes Care 2003;26:725; form of the Finnish Diabetes Association',
  unverified: false,
} as const

const FACTS = [
  'age',
  'sex',
  'bmi',
  'waist',
  'active',
  'vegetablesDaily',
  'pressureMedicine',
  'highGlucose',
  'familyDiabetes',
] as const satisfies readonly (keyof FindriscFacts)[]

/** Classes from the highest down: lowest points, name, and how many people share one case in ten years. */
const RISKS: readonly (readonly [from: number, risk: FindriscRisk, oneIn: number])[] = [
  [21, 'very-high', 2],
  [15, 'high', 3],
  [12, 'moderate', 6],
  [7, 'slightly-raised', 25],
  [0, 'low', 100],
]

const agePoints = (age: number): number => {
  if (age > 64) return 4
  if (age >= 55) return 3
  return age >= 45 ? 2 : 0
}

/** Below the first bound 0 points, above the second the most, between them (both included) the middle. */
const band = (
  value: number,
  [low, high]: readonly [number, number],
  points: readonly [number, number],
): number => {
  if (value < low) return 0
  return value > high ? points[1] : points[0]
}

const WAIST = { male: [94, 102], female: [80, 88] } as const
const FAMILY = { none: 0, second: 3, first: 5 } as const

const isWhole = (facts: FindriscFacts): facts is Required<FindriscFacts> =>
  FACTS.every((name) => facts[name] !== undefined)

function pointsOf(facts: Required<FindriscFacts>): number {
  return [
    agePoints(facts.age),
    band(facts.bmi, [25, 30], [1, 3]),
    band(facts.waist, WAIST[facts.sex], [3, 4]),
    facts.active ? 0 : 2,
    facts.vegetablesDaily ? 0 : 1,
    facts.pressureMedicine ? 2 : 0,
    facts.highGlucose ? 5 : 0,
    FAMILY[facts.familyDiabetes],
  ].reduce((sum, points) => sum + points, 0)
}

/**
 * Scores the risk with the original cut-offs (not the Asian variant, not the commercial copies).
 *
 * For adults who do not have diabetes; the score is no test and no diagnosis. One fact missing and there is no
 * score: an unknown never counts as no points.
 *
 * @returns points 0 to 26 with their class (`oneIn` 3: one of three such people falls ill in ten years), or
 *   what is still to be asked
 * @see FINDRISC_SOURCE
 */
export function findrisc(facts: FindriscFacts): Findrisc {
  if (!isWhole(facts)) return { is: 'missing', missing: FACTS.filter((name) => facts[name] === undefined) }
  const points = pointsOf(facts)
  const [, risk, oneIn] = RISKS.find(([from]) => points >= from) ?? [0, 'low' as const, 100]
  return { is: 'scored', points, risk, oneIn }
}
