import { prevalences } from '@sokhoe/codes'
import { byAge } from './ages.ts'
import { conditionsOf, type Leaning, medicinesFor, thresholdsOf } from './conditions.ts'
import type { Dice } from './random.ts'
import type { ConditionFact, ConditionKind, FamilyFact, Health, Pressure, Sex } from './resident.ts'

const oneDecimal = (value: number): number => Math.round(value * 10) / 10

const within = (low: number, value: number, high: number): number => Math.min(high, Math.max(low, value))

/** Usual height by whole year of age, cm: shaped by hand after growth charts, for the generator only. */
const CHILD_HEIGHT = {
  male: [62, 76, 87, 95, 102, 109, 115, 121, 126, 132, 137, 142, 148, 155, 161, 165, 167, 168],
  female: [61, 75, 86, 94, 101, 108, 114, 120, 126, 132, 138, 144, 149, 153, 155, 156, 156.5, 157],
} as const

/** Usual body mass index by age from 0, kg/m²: shaped by hand; grown-ups are heavier towards fifty. */
const USUAL_BMI = byAge(
  ...([
    [0, 16.8],
    [2, 16],
    [6, 15.8],
    [9, 16.8],
    [12, 18.4],
    [15, 19.8],
    [18, 21],
    [25, 22],
    [35, 22.8],
    [50, 23],
    [70, 22],
  ] as const),
)

/** Younger grown-ups are taller: about a millimetre for each year of birth. */
function heightOf(dice: Dice, sex: Sex, age: number): number {
  const child = CHILD_HEIGHT[sex][age]
  const usual = child ?? (sex === 'male' ? 168.5 : 157) - 0.11 * (within(18, age, 90) - 18)
  const spread = age < 18 ? 0.042 * usual : sex === 'male' ? 5.8 : 5.3
  return oneDecimal(usual + spread * within(-2.8, dice.normal(), 2.8))
}

function bmiOf(dice: Dice, age: number, leaning: Leaning): number {
  const spread = age < 18 ? 1.7 : 2.9
  const z = 0.45 * leaning.metabolic + Math.sqrt(1 - 0.45 * 0.45) * dice.normal()
  return within(12.5, USUAL_BMI(age) + spread * z + 0.25 * Math.max(0, z) ** 2, 44)
}

const find = (conditions: readonly ConditionFact[], kind: ConditionKind) =>
  conditions.find((condition) => condition.kind === kind)

/** Blood pressure of a grown-up: high in untreated hypertension, mostly lower with medicine, below 140/90 without it. */
function pressureOf(dice: Dice, age: number, conditions: readonly ConditionFact[]): Pressure {
  const hypertension = find(conditions, 'hypertension')
  const controlled = hypertension?.treated === true && dice.chance(0.5)
  if (hypertension && !controlled) {
    const systolic = Math.round(within(134, 152 + 11 * dice.normal(), 210))
    return { systolic, diastolic: Math.round(within(70, 52 + 0.26 * systolic + 7 * dice.normal(), 125)) }
  }
  const usual = controlled ? 127 : 113 + 0.22 * (within(20, age, 85) - 20)
  const systolic = Math.round(within(92, usual + 8 * dice.normal(), 138))
  return { systolic, diastolic: Math.round(within(55, 30 + 0.38 * systolic + 6 * dice.normal(), 88)) }
}

/** The resident's pressure on another day. */
export function pressureNear(dice: Dice, { systolic, diastolic }: Pressure): Pressure {
  const off = dice.normal()
  return {
    systolic: Math.round(within(88, systolic + 7 * off, 220)),
    diastolic: Math.round(within(50, diastolic + 3 * off + 3 * dice.normal(), 130)),
  }
}

const SMOKING = thresholdsOf('smoking_current')

function smokingOf(dice: Dice, sex: Sex, age: number, leaning: Leaning): Health['smoking'] {
  if (leaning.smoke > (SMOKING[sex][age] ?? Number.POSITIVE_INFINITY))
    return dice.chance(0.8) ? 'daily' : 'sometimes'
  return age >= 25 && dice.chance(sex === 'male' ? 0.2 : 0.01) ? 'former' : 'never'
}

const drinks = (sex: Sex): number =>
  (prevalences().find((row) => row.condition === 'alcohol_current' && row.sex === sex)?.percent ?? 0) / 100

const DRINKING = { male: drinks('male'), female: drinks('female') } as const

function alcoholOf(dice: Dice, sex: Sex, age: number): Health['alcohol'] {
  if (age < 18 || !dice.chance(DRINKING[sex] * (age < 70 ? 1 : 0.5))) return 'none'
  return dice.chance(sex === 'male' ? 0.3 : 0.08) ? 'often' : 'sometimes'
}

function movingOf(dice: Dice): Health['moving'] {
  const throwOf = dice.unit()
  return throwOf < 0.28 ? 'none' : throwOf < 0.62 ? 'little' : 'enough'
}

/** Assumption: share of residents allergic to each, percent. */
const ALLERGIES: readonly (readonly [code: string, percent: number])[] = [
  ['ALG001', 1.6],
  ['ALG004', 0.5],
  ['ALG012', 0.9],
  ['ALG013', 0.3],
  ['ALG036', 2.4],
  ['ALG037', 1.2],
  ['ALG040', 0.6],
  ['ALG043', 0.3],
  ['ALG054', 3],
  ['ALG055', 0.6],
]

const allergiesOf = (dice: Dice): string[] =>
  ALLERGIES.filter(([, percent]) => dice.chance(percent / 100)).map(([code]) => code)

/** Assumption: share of residents who know the condition of a parent or sibling outside the household, percent. */
const ELSEWHERE: readonly (readonly [kind: ConditionKind, percent: number])[] = [
  ['hypertension', 16],
  ['diabetes', 8],
  ['cancer', 3],
  ['asthma', 2],
]

const RELATIVES = ['father', 'mother', 'sibling'] as const

/** What runs in the family: what parents in the household know of themselves, and relatives elsewhere. */
export function familyOf(
  dice: Dice,
  parents: { readonly father: Health | undefined; readonly mother: Health | undefined },
): FamilyFact[] {
  const facts: FamilyFact[] = []
  for (const relative of ['father', 'mother'] as const)
    for (const { kind, known } of parents[relative]?.conditions ?? [])
      if (known) facts.push({ relative, kind })
  for (const [kind, percent] of ELSEWHERE) {
    const relative = dice.pick(RELATIVES)
    const lives = relative !== 'sibling' && parents[relative]
    if (dice.chance(percent / 100) && !lives) facts.push({ relative, kind })
  }
  return facts
}

/** Makes a body whose measures, conditions and medicines fit together. */
export function healthOf(dice: Dice, sex: Sex, age: number, year: number): Omit<Health, 'family'> {
  const leaning = { metabolic: dice.normal(), smoke: dice.normal() }
  const conditions = conditionsOf(dice, sex, age, year, leaning)
  const height = heightOf(dice, sex, age)
  const bmi = bmiOf(dice, age, leaning)
  const grown = age >= 18
  return {
    conditions,
    medicines: medicinesFor(dice, conditions),
    allergies: allergiesOf(dice),
    height,
    weight: oneDecimal(bmi * (height / 100) ** 2),
    waist: grown ? Math.round(2.35 * bmi + (sex === 'male' ? 28 : 23) + 3 * dice.normal()) : null,
    pressure: grown ? pressureOf(dice, age, conditions) : null,
    smoking: smokingOf(dice, sex, age, leaning),
    alcohol: alcoholOf(dice, sex, age),
    moving: movingOf(dice),
    vegetablesDaily: dice.chance(0.6),
  }
}
