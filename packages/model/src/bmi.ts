/** Weight for height in adults, in the classes used for Asian people. */

export type BmiClass = 'underweight' | 'normal' | 'overweight' | 'obese-1' | 'obese-2'

/** From memory of the WPRO/IDI 2000 table as used in Việt Nam; not yet held against the printed source. */
export const BMI_SOURCE = {
  name: 'WHO/WPRO, IASO, IOTF: The Asia-Pacific perspective (2000)',
  unverified: true,
} as const

/** Lower ends of the classes, kg/m²; each reaches up to the next, its own lower end included. */
const CLASSES: readonly (readonly [from: number, is: BmiClass])[] = [
  [30, 'obese-2'],
  [25, 'obese-1'],
  [23, 'overweight'],
  [18.5, 'normal'],
  [0, 'underweight'],
]

/**
 * Body mass index.
 *
 * @param weight kg, 0.5 to 300
 * @param height cm, 30 to 250
 * @returns kg/m², not rounded
 * @throws {RangeError} outside those ranges
 *
 * @example
 * bmiOf(60, 160) // 23.4375
 */
export function bmiOf(weight: number, height: number): number {
  if (!(weight >= 0.5 && weight <= 300)) throw new RangeError('weight must be 0.5 to 300 kg')
  if (!(height >= 30 && height <= 250)) throw new RangeError('height must be 30 to 250 cm')
  return weight / (height / 100) ** 2
}

/**
 * The class of an adult's body mass index.
 *
 * Not for children and not in pregnancy: the classes were not made for them.
 *
 * @param bmi kg/m², above 0; judged as it is shown, with one decimal, so that "22,9" is never called 23
 * @throws {RangeError} not above 0
 * @see BMI_SOURCE
 */
export function bmiClass(bmi: number): BmiClass {
  if (!(bmi > 0)) throw new RangeError('bmi must be above 0')
  const shown = Math.round(bmi * 10) / 10
  return CLASSES.find(([from]) => shown >= from)?.[1] ?? 'underweight'
}
