import { medicinesOf, prevalences } from '@sokhoe/codes'
import { byAge } from './ages.ts'
import { type Dice, quantile, weighted } from './random.ts'
import type { ConditionFact, ConditionKind, MedicineFact, Sex } from './resident.ts'

const OLDEST = 110

/** Hidden leanings that tie conditions together: the metabolism, and smoke. Standard normal. */
export interface Leaning {
  readonly metabolic: number
  readonly smoke: number
}

/**
 * For each age the value that a standard normal leaning must exceed to have a condition as often as the table says;
 * Infinity where the table has no row. Sums over whole surveys are left aside: the rows by sex and age add up to them.
 */
export function thresholdsOf(condition: string): Readonly<Record<Sex, readonly number[]>> {
  const rows = prevalences().filter((row) => row.condition === condition && row.basis === 'assumption')
  const forSex = (sex: Sex): number[] => {
    const bands = rows.filter((row) => row.sex === sex)
    return Array.from({ length: OLDEST }, (_, age) => {
      const band = bands.find((row) => row.from <= age && age <= row.to)
      return -quantile((band?.percent ?? 0) / 100)
    })
  }
  return { male: forSex('male'), female: forSex('female') }
}

interface Course {
  readonly kind: ConditionKind
  /** Which leaning it goes with, and how closely: correlation 0 to 1. */
  readonly leans: keyof Leaning
  readonly by: number
  /** Assumptions: share told by a doctor, and of those treated. */
  readonly known: number
  readonly treated: number
  readonly icd10: (dice: Dice, sex: Sex, age: number) => string
}

const always = (code: string) => (): string => code

const CANCERS = {
  male: weighted([
    { is: 'C34.9', count: 30 },
    { is: 'C22.0', count: 30 },
    { is: 'C16.9', count: 20 },
    { is: 'C18.9', count: 20 },
  ]),
  female: weighted([
    { is: 'C50.9', count: 45 },
    { is: 'C53.9', count: 15 },
    { is: 'C34.9', count: 15 },
    { is: 'C18.9', count: 15 },
    { is: 'C16.9', count: 10 },
  ]),
} as const

const COURSES: readonly Course[] = [
  { kind: 'hypertension', leans: 'metabolic', by: 0.5, known: 0.6, treated: 0.8, icd10: always('I10') },
  {
    kind: 'diabetes',
    leans: 'metabolic',
    by: 0.5,
    known: 0.55,
    treated: 0.88,
    icd10: (_dice, _sex, age) => (age < 30 ? 'E10.9' : 'E11.9'),
  },
  { kind: 'dyslipidaemia', leans: 'metabolic', by: 0.45, known: 0.45, treated: 0.6, icd10: always('E78.5') },
  { kind: 'ckd', leans: 'metabolic', by: 0.35, known: 0.25, treated: 0, icd10: always('N18.9') },
  { kind: 'copd', leans: 'smoke', by: 0.45, known: 0.4, treated: 0.7, icd10: always('J44.9') },
  { kind: 'asthma', leans: 'smoke', by: 0, known: 0.75, treated: 0.6, icd10: always('J45.9') },
  { kind: 'cancer', leans: 'smoke', by: 0.2, known: 1, treated: 0, icd10: (dice, sex) => CANCERS[sex](dice) },
  { kind: 'hbsag_positive', leans: 'smoke', by: 0, known: 0.4, treated: 0.25, icd10: always('B18.1') },
]

const LIMITS = new Map(COURSES.map(({ kind }) => [kind, thresholdsOf(kind)]))

/** Whether a leaning, blended with the resident's own luck, passes the limit of an age. */
const has = (dice: Dice, limit: number, leaning: number, by: number): boolean =>
  by * leaning + Math.sqrt(1 - by * by) * dice.normal() > limit

const yearsWith = byAge([0, 3], [40, 6], [60, 9])

/** What a resident lives with: each condition as often as its table says for the sex and age, together as they lean. */
export function conditionsOf(
  dice: Dice,
  sex: Sex,
  age: number,
  year: number,
  leaning: Leaning,
): ConditionFact[] {
  const facts: ConditionFact[] = []
  for (const { kind, leans, by, known, treated, icd10 } of COURSES) {
    const limit = LIMITS.get(kind)?.[sex][age] ?? Number.POSITIVE_INFINITY
    if (limit === Number.POSITIVE_INFINITY || !has(dice, limit, leaning[leans], by)) continue
    const told = dice.chance(known)
    const years = Math.min(age, Math.floor(-yearsWith(age) * Math.log(1 - dice.unit())))
    facts.push({
      kind,
      icd10: icd10(dice, sex, age),
      since: year - years,
      known: told,
      treated: told && dice.chance(treated),
    })
  }
  return facts
}

type Remedy = readonly [atc: string, dose: string]

const INSULIN: readonly Remedy[] = [['A10AE04', 'Tiêm dưới da 16 đơn vị mỗi tối']]

/** What a ward station or district hospital gives first; doses as written on prescriptions. Weights are assumptions. */
const REMEDIES: Partial<Record<ConditionKind, (dice: Dice) => readonly Remedy[]>> = {
  hypertension: weighted<readonly Remedy[]>([
    { is: [['C08CA01', '1 viên 5 mg, uống buổi sáng']], count: 45 },
    { is: [['C09CA01', '1 viên 50 mg, uống buổi sáng']], count: 25 },
    { is: [['C09AA04', '1 viên 5 mg, uống buổi sáng']], count: 15 },
    {
      is: [
        ['C08CA01', '1 viên 5 mg, uống buổi sáng'],
        ['C09CA01', '1 viên 50 mg, uống buổi tối'],
      ],
      count: 15,
    },
  ]),
  diabetes: weighted<readonly Remedy[]>([
    { is: [['A10BA02', '1 viên 850 mg, ngày 2 lần sau ăn']], count: 55 },
    {
      is: [
        ['A10BA02', '1 viên 850 mg, ngày 2 lần sau ăn'],
        ['A10BB09', '1 viên 60 mg, uống trước ăn sáng'],
      ],
      count: 45,
    },
  ]),
  dyslipidaemia: weighted<readonly Remedy[]>([
    { is: [['C10AA05', '1 viên 20 mg, uống buổi tối']], count: 60 },
    { is: [['C10AA07', '1 viên 10 mg, uống buổi tối']], count: 40 },
  ]),
  copd: () => [['R03BB04', 'Hít 1 lần mỗi sáng']],
  asthma: () => [['R03AK07', 'Hít 1 nhát, ngày 2 lần']],
  hbsag_positive: () => [['J05AF07', '1 viên 300 mg mỗi ngày']],
}

const remediesFor = (dice: Dice, kind: ConditionKind, icd10: string): readonly Remedy[] =>
  icd10 === 'E10.9' ? INSULIN : (REMEDIES[kind]?.(dice) ?? [])

/** The Vietnamese name of the first medicine that carries the code. */
export const medicineName = (atc: string): string => medicinesOf(atc)[0]?.name ?? atc

/** The medicines that go with the treated conditions. */
export const medicinesFor = (dice: Dice, conditions: readonly ConditionFact[]): MedicineFact[] =>
  conditions.flatMap(({ kind, treated, icd10 }) =>
    (treated ? remediesFor(dice, kind, icd10) : []).map(([atc, dose]) => ({
      atc,
      name: medicineName(atc),
      dose,
      against: kind,
    })),
  )
