/**
 * What a declaration lets us say in plain words, with where the rule comes from. Never a diagnosis: a self-told
 * number starts a conversation with the station, it does not name a disease.
 */

import { isHighAtHome, PRESSURE_SOURCE, pressureClass } from './bloodpressure.ts'
import { BMI_SOURCE, bmiClass, bmiOf } from './bmi.ts'
import { ageOn } from './dates.ts'
import { FINDRISC_SOURCE, type FindriscFacts, findrisc } from './findrisc.ts'
import { answersOf, codesOf, numberOf, type QuestionnaireResponse } from './response.ts'

export type AdviceFacts = Omit<FindriscFacts, 'bmi'> & {
  /** cm, 30 to 250. */
  readonly height?: number
  /** kg, 0.5 to 300. */
  readonly weight?: number
  /** mmHg, both of one reading. */
  readonly systolic?: number
  readonly diastolic?: number
  readonly hasDiabetes?: boolean
}

export type AdviceSource = { readonly name: string; readonly unverified: boolean }

export type AdviceKey =
  | `bmi.${ReturnType<typeof bmiClass>}`
  | `pressure.${ReturnType<typeof pressureClass>}`
  | 'pressure.high-at-home'
  | 'pressure.very-high'
  | 'pressure.unclear'
  | `findrisc.${'low' | 'slightly-raised' | 'moderate' | 'high' | 'very-high' | 'missing'}`

export type Advice = {
  readonly id: 'bmi' | 'pressure' | 'findrisc'
  readonly tone: 'good' | 'watch' | 'urgent' | 'info'
  readonly textKey: AdviceKey
  readonly params: Readonly<Record<string, string | number>>
  readonly source: AdviceSource
}

/** The classes were made for adults; below this age nothing is said. */
const ADULT = 18

const inRange = (value: number | undefined, low: number, high: number): value is number =>
  value !== undefined && value >= low && value <= high

const bmiIn = ({ age, height, weight }: AdviceFacts): number | undefined =>
  inRange(age, ADULT, 130) && inRange(height, 30, 250) && inRange(weight, 0.5, 300)
    ? bmiOf(weight, height)
    : undefined

function bmiAdvice(facts: AdviceFacts): Advice[] {
  const bmi = bmiIn(facts)
  if (bmi === undefined) return []
  const is = bmiClass(bmi)
  return [
    {
      id: 'bmi',
      tone: is === 'normal' ? 'good' : 'watch',
      textKey: `bmi.${is}`,
      params: { bmi: Math.round(bmi * 10) / 10 },
      source: BMI_SOURCE,
    },
  ]
}

const PRESSURE_TONE = {
  optimal: 'good',
  normal: 'good',
  'high-normal': 'info',
  'grade-1': 'watch',
  'grade-2': 'watch',
  'grade-3': 'urgent',
} as const

function pressureWords(systolic: number, diastolic: number): Pick<Advice, 'tone' | 'textKey'> {
  if (diastolic >= systolic) return { tone: 'info', textKey: 'pressure.unclear' }
  if (systolic >= 180 || diastolic >= 120) return { tone: 'urgent', textKey: 'pressure.very-high' }
  const is = pressureClass(systolic, diastolic)
  if (is === 'high-normal' && isHighAtHome(systolic, diastolic)) {
    return { tone: 'watch', textKey: 'pressure.high-at-home' }
  }
  return { tone: PRESSURE_TONE[is], textKey: `pressure.${is}` }
}

function pressureAdvice({ age, systolic, diastolic }: AdviceFacts): Advice[] {
  const told = inRange(systolic, 50, 300) && inRange(diastolic, 20, 200)
  if (!told || !inRange(age, ADULT, 130)) return []
  const params = { systolic, diastolic }
  return [{ id: 'pressure', ...pressureWords(systolic, diastolic), params, source: PRESSURE_SOURCE }]
}

const RISK_TONE = {
  low: 'good',
  'slightly-raised': 'info',
  moderate: 'watch',
  high: 'watch',
  'very-high': 'watch',
} as const

function riskAdvice(facts: AdviceFacts): Advice[] {
  if (facts.hasDiabetes || !inRange(facts.age, ADULT, 130)) return []
  const bmi = bmiIn(facts)
  const result = findrisc(bmi === undefined ? facts : { ...facts, bmi })
  const common = { id: 'findrisc', source: FINDRISC_SOURCE } as const
  return result.is === 'missing'
    ? [
        {
          ...common,
          tone: 'info',
          textKey: 'findrisc.missing',
          params: { missing: result.missing.join(' ') },
        },
      ]
    : [
        {
          ...common,
          tone: RISK_TONE[result.risk],
          textKey: `findrisc.${result.risk}`,
          params: { points: result.points, oneIn: result.oneIn },
        },
      ]
}

const URGENCY = { urgent: 0, watch: 1, info: 2, good: 3 } as const

/**
 * What can be said, most urgent first. Adults only; says nothing where a number is missing or impossible.
 *
 * @param facts age in whole years, measures in the units named at each; all may be missing
 * @returns at most one advice each for weight, blood pressure and diabetes risk; texts are in advice-texts.ts
 */
export function adviseFrom(facts: AdviceFacts): Advice[] {
  return [...bmiAdvice(facts), ...pressureAdvice(facts), ...riskAdvice(facts)].toSorted(
    (a, b) => URGENCY[a.tone] - URGENCY[b.tone],
  )
}

const numberIn = (response: QuestionnaireResponse, linkId: string): number | undefined => {
  const answer = answersOf(response, linkId)[0]
  const value = numberOf(answer?.valueDecimal ?? answer?.valueInteger)
  return Number.isNaN(value) ? undefined : value
}

const YES_NO: Readonly<Record<string, boolean>> = { yes: true, no: false }

/** The word that a chosen code stands for; an unknown or missing code stands for nothing. */
const meaning = <T>(codes: readonly string[], words: Readonly<Record<string, T>>): T | undefined =>
  codes.map((code) => words[code]).find((word) => word !== undefined)

function familyDiabetesIn(response: QuestionnaireResponse): FindriscFacts['familyDiabetes'] {
  const diseases = codesOf(response, 'B6.2.1')
  if (diseases.length === 0 || diseases.includes('unknown')) return undefined
  if (!diseases.includes('3')) return 'none'
  const who = codesOf(response, 'B6.2.3.3')
  if (who.includes('first')) return 'first'
  return who.includes('second') ? 'second' : undefined
}

/** Taking the medicine now means having taken it; "no" now says nothing about before. */
function pressureMedicineIn(response: QuestionnaireResponse): boolean | undefined {
  const now =
    codesOf(response, 'medicine.2').includes('yes') ||
    codesOf(response, 'medicine').includes('blood-pressure')
  return now || meaning(codesOf(response, 'risk.bp-drugs'), YES_NO)
}

/** The age where the birth date leaves no doubt about it, else the lower of the two it may be. */
function ageIn(response: QuestionnaireResponse, day: string): number | undefined {
  const birth = answersOf(response, 'A.05')[0]?.valueDate
  return birth ? ageOn(birth, day)?.min : undefined
}

function definedOf(facts: { [Name in keyof AdviceFacts]: AdviceFacts[Name] | undefined }): AdviceFacts {
  return Object.fromEntries(Object.entries(facts).filter(([, value]) => value !== undefined)) as AdviceFacts
}

/**
 * The facts a declaration holds, ready for {@link adviseFrom}. "Không rõ" and unanswered stay unknown.
 *
 * @param day the day of the declaration in Vietnam, YYYY-MM-DD
 */
export function factsOf(response: QuestionnaireResponse, day: string): AdviceFacts {
  const conditions = codesOf(response, 'B3.2.1')
  return definedOf({
    age: ageIn(response, day),
    sex: meaning(codesOf(response, 'A.02'), { 1: 'male', 2: 'female' } as const),
    height: numberIn(response, 'D2.1.6'),
    weight: numberIn(response, 'D2.1.7'),
    systolic: numberIn(response, 'D2.1.3'),
    diastolic: numberIn(response, 'D2.1.4'),
    waist: numberIn(response, 'D2.1.9'),
    active: meaning(codesOf(response, 'B2.4.a'), { 0: false, 1: false, 2: true }),
    vegetablesDaily: meaning(codesOf(response, 'risk.vegetables'), { daily: true, 'not-daily': false }),
    pressureMedicine: pressureMedicineIn(response),
    highGlucose: meaning(codesOf(response, 'risk.high-glucose'), YES_NO),
    familyDiabetes: familyDiabetesIn(response),
    hasDiabetes: conditions.includes('3') || undefined,
  })
}
