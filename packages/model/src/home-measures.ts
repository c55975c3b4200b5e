/** Values measured at home, by the person herself: what can be, and what is asked back first. */

export type HomeMeasure = 'systolic' | 'diastolic' | 'pulse' | 'glucose-mmol' | 'glucose-mg'

interface Bounds {
  readonly low: number
  readonly high: number
}

interface Span {
  /** Outside these it is a slip of the hand, never a measurement. */
  readonly possible: Bounds
  /** Outside these it is asked back once and then believed. */
  readonly likely: Bounds
}

/** mmHg, beats a minute, mmol/L and mg/dL. Blood pressure as the form asks it; glucose as meters can show it. */
export const HOME_MEASURES: Readonly<Record<HomeMeasure, Span>> = {
  systolic: { possible: { low: 50, high: 300 }, likely: { low: 80, high: 200 } },
  diastolic: { possible: { low: 20, high: 200 }, likely: { low: 45, high: 120 } },
  pulse: { possible: { low: 20, high: 250 }, likely: { low: 45, high: 130 } },
  'glucose-mmol': { possible: { low: 0.5, high: 55 }, likely: { low: 3, high: 20 } },
  'glucose-mg': { possible: { low: 9, high: 990 }, likely: { low: 54, high: 360 } },
}

const within = (value: number, { low, high }: Bounds): boolean => value >= low && value <= high

export type Plausible = 'likely' | 'unlikely' | 'impossible'

/** How far to believe one value; what is no number is impossible. */
export function plausibleAtHome(measure: HomeMeasure, value: number): Plausible {
  const { possible, likely } = HOME_MEASURES[measure]
  if (!within(value, possible)) return 'impossible'
  return within(value, likely) ? 'likely' : 'unlikely'
}

/** The lower number of a blood pressure lies below the upper one, or both were exchanged. */
export const isPressureOrder = (systolic: number, diastolic: number): boolean => diastolic < systolic
