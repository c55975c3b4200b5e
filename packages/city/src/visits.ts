import { allergenOf, allFacilities, seasons } from '@sokhoe/codes'
import { byAge } from './ages.ts'
import { medicineName } from './conditions.ts'
import { dayNumber, dayText } from './days.ts'
import { pressureNear } from './health.ts'
import { type Dice, weighted } from './random.ts'
import type { ConditionFact, ConditionKind, Health, LabResult, Prescribed, Visit } from './resident.ts'

/** Visits are made for this many days before the city's day. */
const WINDOW = 730

type Draft = Omit<Visit, 'key'>

interface Patient {
  readonly no: number
  readonly age: number
  readonly birthDate: string
  readonly health: Omit<Health, 'family'>
}

const evenly = weighted(
  Array.from({ length: 12 }, () => ({ is: 0, count: 1 })).map((_, is) => ({ is, count: 1 })),
)

/** Throws a month, 0 to 11, by the city's season of a disease; evenly for a disease without one. */
function monthOf(disease: string): (dice: Dice) => number {
  const season = seasons().find((one) => one.disease === disease)
  return season ? weighted(season.months.map((count, is) => ({ is, count }))) : evenly
}

const CITY_2019 = 8_993_082

/** Notified cases a person and year in the city. */
const notified = (disease: string): number =>
  (seasons().find((season) => season.disease === disease)?.casesPerYear ?? 0) / CITY_2019

interface Illness {
  readonly icd10: string
  /** Visits a person and year, by age. Those from notifications are raised for what is never notified; assumptions. */
  readonly rate: (age: number) => number
  readonly month: (dice: Dice) => number
  readonly remedies: readonly (readonly [atc: string, dose: string])[]
  readonly labs: readonly string[]
}

const FEVER = ['N02BE01', 'Uống khi sốt trên 38,5 °C, cách nhau 6 giờ'] as const
const COUGH = ['R06AE07', '1 viên buổi tối'] as const
const FLUID = ['A07CA', 'Pha 1 gói với 200 ml nước, uống sau mỗi lần đi ngoài'] as const
const STOMACH = ['A02BC01', '1 viên 20 mg trước ăn sáng'] as const
const PAIN = ['M01AE01', '1 viên 400 mg, ngày 2 lần sau ăn'] as const
const ANTIBIOTIC = ['J01CR02', '1 viên 625 mg, ngày 2 lần'] as const

const ILLNESSES: readonly Illness[] = [
  {
    icd10: 'A97.0',
    rate: () => 3 * notified('dengue'),
    month: monthOf('dengue'),
    remedies: [FEVER, FLUID],
    labs: ['PLT', 'HCT'],
  },
  {
    icd10: 'B08.4',
    rate: byAge([0, 25 * notified('hfmd')], [6, 0]),
    month: monthOf('hfmd'),
    remedies: [FEVER],
    labs: [],
  },
  {
    icd10: 'B01.9',
    rate: byAge([1, 200 * notified('chickenpox')], [15, 10 * notified('chickenpox')]),
    month: monthOf('chickenpox'),
    remedies: [FEVER],
    labs: [],
  },
  {
    icd10: 'A09.9',
    rate: byAge([0, 60 * notified('diarrhea')], [6, 20 * notified('diarrhea')]),
    month: monthOf('diarrhea'),
    remedies: [FLUID],
    labs: [],
  },
  {
    icd10: 'J06.9',
    rate: byAge([0, 0.9], [6, 0.4], [18, 0.18]),
    month: evenly,
    remedies: [FEVER, COUGH],
    labs: [],
  },
  { icd10: 'J20.9', rate: byAge([0, 0.2], [6, 0.06]), month: evenly, remedies: [ANTIBIOTIC], labs: [] },
  { icd10: 'K29.7', rate: byAge([18, 0.08]), month: evenly, remedies: [STOMACH], labs: [] },
  { icd10: 'M54.5', rate: byAge([25, 0.06], [50, 0.14]), month: evenly, remedies: [PAIN], labs: [] },
]

/** How often something of a mean comes: 0, 1, 2 … (Poisson, by Knuth's product of throws). */
function times(dice: Dice, mean: number): number {
  const floor = Math.exp(-mean)
  let product = dice.unit()
  let count = 0
  while (product > floor) {
    product *= dice.unit()
    count += 1
  }
  return count
}

/** A day in the month of the year that lies in the window; undefined where it falls outside. */
function dayIn(dice: Dice, month: number, year: number, first: string, until: string): string | undefined {
  const day = `${year}-${String(month + 1).padStart(2, '0')}-${String(1 + dice.whole(28)).padStart(2, '0')}`
  return first <= day && day <= until ? day : undefined
}

const minuteOf = (dice: Dice): number => 7 * 60 + 5 * dice.whole(120)

const round = (value: number, step: number): number => Math.round(value / step) * step
const oneDecimal = (value: number): number => Number(value.toFixed(1))

/** A result in the range that the resident's conditions lead to. */
function labOf(dice: Dice, test: string, sick: (kind: ConditionKind) => boolean): LabResult {
  const draw = (mean: number, spread: number, low: number): number =>
    Math.max(low, mean + spread * dice.normal())
  const values: Record<string, () => number> = {
    HBA1C: () => oneDecimal(sick('diabetes') ? draw(7.6, 1.3, 5.6) : draw(5.4, 0.3, 4.4)),
    GLUF: () => oneDecimal(sick('diabetes') ? draw(8.4, 2, 4.2) : draw(5.1, 0.4, 3.9)),
    CREA: () => Math.round(sick('ckd') ? draw(138, 35, 95) : draw(78, 12, 45)),
    LDL: () => oneDecimal(sick('dyslipidaemia') ? draw(3.6, 0.8, 1.4) : draw(2.6, 0.5, 1.1)),
    TG: () => oneDecimal(sick('dyslipidaemia') ? draw(2.4, 0.8, 0.6) : draw(1.3, 0.35, 0.4)),
    ALT: () => Math.round(sick('hbsag_positive') ? draw(48, 20, 12) : draw(24, 8, 8)),
    PLT: () => round(draw(95, 35, 20), 1),
    HCT: () => Number(draw(0.43, 0.03, 0.35).toFixed(2)),
  }
  return { test, value: values[test]?.() ?? 0 }
}

/** Which tests a follow-up of a condition asks for, every third visit. */
const FOLLOW_UP_TESTS: Partial<Record<ConditionKind, readonly string[]>> = {
  hypertension: ['CREA'],
  diabetes: ['HBA1C', 'GLUF', 'CREA'],
  dyslipidaemia: ['LDL', 'TG'],
  hbsag_positive: ['ALT'],
}

const HOSPITALS = weighted(
  allFacilities()
    .filter(({ tier, kind }) => kind === 'general' && ['district', 'city'].includes(tier))
    .map(({ id }) => ({ is: id, count: 1 })),
)

/** One follow-up: pressure where it matters, tests every third time, medicines until the next date. */
function followUp(
  dice: Dice,
  patient: Patient,
  treated: readonly [ConditionFact, ...ConditionFact[]],
  when: { readonly day: string; readonly gap: number; readonly nth: number; readonly facility: string },
): Draft {
  const sick = (kind: ConditionKind): boolean => treated.some((condition) => condition.kind === kind)
  const tests = when.nth % 3 === 0 ? treated.flatMap(({ kind }) => FOLLOW_UP_TESTS[kind] ?? []) : []
  const [first, ...others] = treated
  return {
    facility: when.facility,
    day: when.day,
    minute: minuteOf(dice),
    icd10: [first.icd10, ...others.map((condition) => condition.icd10)],
    pressure: patient.health.pressure && pressureNear(dice, patient.health.pressure),
    labs: [...new Set(tests)].map((test) => labOf(dice, test, sick)),
    medicines: patient.health.medicines.map(({ atc, name, dose }) => ({ atc, name, dose, days: when.gap })),
  }
}

/** The visits of those who are treated: about every month or two, with gaps, since the illness was told. */
function followUps(dice: Dice, patient: Patient, station: string, until: string): Draft[] {
  const [first, ...others] = patient.health.conditions.filter((condition) => condition.treated)
  if (!first) return []
  const facility = dice.chance(0.55) ? station : HOSPITALS(dice)
  const gap = dice.pick([28, 28, 30, 60, 90])
  const keeps = dice.chance(0.7) ? 0.95 : 0.6
  const start = Math.max(
    dayNumber(until) - WINDOW,
    dayNumber(`${first.since}-01-01`),
    dayNumber(patient.birthDate),
  )
  const visits: Draft[] = []
  let nth = 0
  for (let day = start + dice.whole(gap); day <= dayNumber(until); day += gap + dice.whole(4)) {
    if (!dice.chance(keeps)) continue
    visits.push(followUp(dice, patient, [first, ...others], { day: dayText(day), gap, nth, facility }))
    nth += 1
  }
  return visits
}

const CHILD_DOSE = 'Liều theo cân nặng, chia 2 đến 3 lần một ngày'

/** Nobody is given what the resident is allergic to, and children get a dose by weight. */
function prescribed(remedies: Illness['remedies'], { age, health }: Patient): Prescribed[] {
  const avoid = health.allergies.flatMap((code) => allergenOf(code)?.atc ?? [])
  return remedies
    .filter(([atc]) => !avoid.some((prefix) => atc.startsWith(prefix)))
    .map(([atc, dose]) => ({ atc, name: medicineName(atc), dose: age < 12 ? CHILD_DOSE : dose, days: 5 }))
}

/** Visits for acute illness, in the months in which the city has it. */
function illnesses(dice: Dice, patient: Patient, station: string, until: string): Draft[] {
  const first = [dayText(dayNumber(until) - WINDOW), patient.birthDate].sort().at(-1) ?? until
  const thisYear = Number(until.slice(0, 4))
  const visits: Draft[] = []
  for (const { icd10, rate, month, remedies, labs } of ILLNESSES) {
    for (let left = times(dice, 3 * rate(patient.age)); left > 0; left -= 1) {
      const day = dayIn(dice, month(dice), thisYear - dice.whole(3), first, until)
      if (!day) continue
      visits.push({
        facility: dice.chance(0.6) ? station : HOSPITALS(dice),
        day,
        minute: minuteOf(dice),
        icd10: [icd10],
        pressure: null,
        labs: labs.map((test) => labOf(dice, test, () => false)),
        medicines: prescribed(remedies, patient),
      })
    }
  }
  return visits
}

/** Two years of visits, oldest first. */
export function visitsOf(dice: Dice, patient: Patient, station: string, until: string): Visit[] {
  return [...followUps(dice, patient, station, until), ...illnesses(dice, patient, station, until)]
    .sort((a, b) => a.day.localeCompare(b.day) || a.minute - b.minute)
    .map((visit, at) => ({ key: `kb-${patient.no}-${at + 1}`, ...visit }))
}
