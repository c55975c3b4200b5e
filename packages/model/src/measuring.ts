/**
 * What a station measures: numbers as they were read, hard limits that refuse, likely ranges that ask back, and the one
 * value that stands for several readings of blood pressure.
 */
import { PRESSURE_SOURCE } from './bloodpressure.ts'

export interface Pressure {
  /** mmHg, whole, as read. */
  readonly systolic: string
  readonly diastolic: string
}

export interface Glucose {
  readonly value: string
  readonly unit: 'mg/dL' | 'mmol/L'
  readonly when: 'fasting' | 'random'
}

/** Every number as written, a comma or a point before its decimals; what was not measured is absent. */
export interface Measured {
  /** In the order in which they were taken. */
  readonly pressures: readonly Pressure[]
  /** Beats a minute. */
  readonly pulse?: string | undefined
  /** kg */
  readonly weight?: string | undefined
  /** cm */
  readonly height?: string | undefined
  /** cm, at the navel. */
  readonly waist?: string | undefined
  readonly glucose?: Glucose | undefined
}

interface Range {
  readonly hard: readonly [number, number]
  readonly likely: readonly [number, number]
  readonly whole?: true
}

/** Hard limits as form 831's questions have them; outside the likely range a number is asked back and then believed. */
const RANGES = {
  systolic: { hard: [50, 300], likely: [80, 200], whole: true },
  diastolic: { hard: [20, 200], likely: [45, 120], whole: true },
  pulse: { hard: [20, 250], likely: [45, 130], whole: true },
  weight: { hard: [0.5, 300], likely: [30, 130] },
  height: { hard: [30, 250], likely: [120, 200] },
  waist: { hard: [20, 250], likely: [50, 130] },
  'mg/dL': { hard: [18, 1080], likely: [54, 360] },
  'mmol/L': { hard: [1, 60], likely: [3, 20] },
} as const satisfies Readonly<Record<string, Range>>

export type MeasuredFault = 'malformed' | 'impossible' | 'order'
export type MeasuredDoubt = 'unlikely' | 'apart' | 'height-and-weight'

export interface MeasuredFinding<Why extends string> {
  /** 'pressures/0/systolic', 'weight', 'glucose'. */
  readonly at: string
  readonly why: Why
}

/** '54,50' and '54.50' are one number with two decimals. @returns undefined for what is no number a device shows */
export function readWritten(text: string): string | undefined {
  const written = text.trim().replace(',', '.')
  return /^(0|[1-9]\d{0,3})(\.\d{1,2})?$/.test(written) ? written : undefined
}

type Asked = readonly [at: string, text: string | undefined, range: Range, body?: true]

const asked = ({ pressures, pulse, weight, height, waist, glucose }: Measured): readonly Asked[] => [
  ...pressures.flatMap(({ systolic, diastolic }, i): Asked[] => [
    [`pressures/${i}/systolic`, systolic, RANGES.systolic],
    [`pressures/${i}/diastolic`, diastolic, RANGES.diastolic],
  ]),
  ['pulse', pulse, RANGES.pulse],
  ['weight', weight, RANGES.weight, true],
  ['height', height, RANGES.height, true],
  ['waist', waist, RANGES.waist, true],
  ...(glucose ? [['glucose', glucose.value, RANGES[glucose.unit]] as const] : []),
]

const within = (value: number, [low, high]: readonly [number, number]): boolean =>
  value >= low && value <= high

const numberIn = (text: string | undefined): number => Number(readWritten(text ?? '') ?? Number.NaN)

function faultOf([, text, { hard, whole }]: Asked): MeasuredFault | undefined {
  if (text === undefined) return undefined
  const written = readWritten(text)
  if (written === undefined || (whole && written.includes('.'))) return 'malformed'
  return within(Number(written), hard) ? undefined : 'impossible'
}

/** What refuses: no number, a number nobody has, an upper pressure that is not above the lower. */
export function faultsIn(measured: Measured): MeasuredFinding<MeasuredFault>[] {
  const numbers = asked(measured).flatMap((one) => {
    const why = faultOf(one)
    return why ? [{ at: one[0], why }] : []
  })
  const order = measured.pressures.flatMap(({ systolic, diastolic }, i) =>
    numberIn(diastolic) >= numberIn(systolic)
      ? [{ at: `pressures/${i}/diastolic`, why: 'order' as const }]
      : [],
  )
  return [...numbers, ...order.filter(({ at }) => !numbers.some((one) => one.at === at))]
}

/** Two readings further apart than this are followed by another, after five minutes of rest. */
const APART = 10

const apart = ([a, b]: readonly (Pressure | undefined)[]): boolean =>
  a !== undefined &&
  b !== undefined &&
  (Math.abs(numberIn(a.systolic) - numberIn(b.systolic)) > APART ||
    Math.abs(numberIn(a.diastolic) - numberIn(b.diastolic)) > APART)

/** BMI below 12 or above 60 kg/m² is more often two numbers exchanged than a person. */
function isOddTogether({ height, weight }: Measured): boolean {
  const bmi = numberIn(weight) / (numberIn(height) / 100) ** 2
  return bmi < 12 || bmi > 60
}

/**
 * What to ask back before keeping: can be, but rarely is. Numbers that {@link faultsIn} refuses raise no doubt.
 * @param grownUp whether the likely weight, height and waist are those of grown-ups
 */
export function doubtsIn(measured: Measured, grownUp: boolean): MeasuredFinding<MeasuredDoubt>[] {
  const unlikely = asked(measured).filter(
    ([, text, { hard, likely }, body]) =>
      (grownUp || !body) && within(numberIn(text), hard) && !within(numberIn(text), likely),
  )
  return [
    ...unlikely.map(([at]) => ({ at, why: 'unlikely' as const })),
    ...(apart(measured.pressures.slice(-2)) ? [{ at: 'pressures', why: 'apart' as const }] : []),
    ...(grownUp && isOddTogether(measured) ? [{ at: 'weight', why: 'height-and-weight' as const }] : []),
  ]
}

/** Measure at least twice and write down the mean of the last two; over 10 mmHg apart, measure again. */
export const MEAN_SOURCE = { ...PRESSURE_SOURCE, rule: 'trung bình của hai lần đo cuối' } as const

const half = (a: string, b: string): string => String((Number(a) + Number(b)) / 2)

/**
 * The value that stands for several readings.
 * @param pressures readings that {@link faultsIn} passed
 * @returns mean of the last two, mmHg, to the half; undefined for fewer than two
 * @see MEAN_SOURCE
 */
export function meanPressure(pressures: readonly Pressure[]): Pressure | undefined {
  const [a, b] = pressures.slice(-2)
  return a && b && { systolic: half(a.systolic, b.systolic), diastolic: half(a.diastolic, b.diastolic) }
}
