/** Blood pressure in words: the classes of the Ministry of Health. */

export type PressureClass = 'optimal' | 'normal' | 'high-normal' | 'grade-1' | 'grade-2' | 'grade-3'

/** The numbers are from memory of the decision and not yet held against its text. */
export const PRESSURE_SOURCE = { name: 'Bộ Y tế, Quyết định 3192/QĐ-BYT (2010)', unverified: true } as const

/** Highest first: a reading belongs to the first class that either of its numbers reaches. */
const CLASSES: readonly (readonly [systolic: number, diastolic: number, is: PressureClass])[] = [
  [180, 110, 'grade-3'],
  [160, 100, 'grade-2'],
  [140, 90, 'grade-1'],
  [130, 85, 'high-normal'],
  [120, 80, 'normal'],
]

/**
 * The class of one reading; the higher class of the two numbers wins.
 *
 * One reading is no diagnosis, and one the person took at home reads lower than one at the station: there
 * 135/85 is already high. Whoever shows the class says so.
 *
 * @param systolic mmHg, 50 to 300, above diastolic
 * @param diastolic mmHg, 20 to 200
 * @throws {RangeError} outside those ranges, or the lower number not below the upper
 * @see PRESSURE_SOURCE
 */
export function pressureClass(systolic: number, diastolic: number): PressureClass {
  if (!(systolic >= 50 && systolic <= 300)) throw new RangeError('systolic must be 50 to 300 mmHg')
  if (!(diastolic >= 20 && diastolic <= 200)) throw new RangeError('diastolic must be 20 to 200 mmHg')
  if (diastolic >= systolic) throw new RangeError('diastolic must be below systolic')
  return CLASSES.find(([upper, lower]) => systolic >= upper || diastolic >= lower)?.[2] ?? 'optimal'
}

/** Isolated systolic hypertension: upper number 140 or more while the lower is under 90 mmHg. */
export const isIsolatedSystolic = (systolic: number, diastolic: number): boolean =>
  systolic >= 140 && diastolic < 90

/** High as measured at home: 135/85 mmHg or more (from memory, VNHA/VSH 2022). */
export const isHighAtHome = (systolic: number, diastolic: number): boolean =>
  systolic >= 135 || diastolic >= 85
