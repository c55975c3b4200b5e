import type { AgeBand } from './coverage.ts'

/** Age groups in which coverage is told, by whole years; a book that tells no birth year is 'unknown'. */
export const AGE_BANDS = [
  { band: '0-4', from: 0, to: 4 },
  { band: '5-17', from: 5, to: 17 },
  { band: '18-39', from: 18, to: 39 },
  { band: '40-59', from: 40, to: 59 },
  { band: '60+', from: 60, to: 130 },
] as const

/** Share of the estimated population that is to have a book. */
export const COVERAGE_TARGET = 0.9

/** Fewer people than this are not told one by one: the cell says 'few'. */
export const FEWEST = 5

/** The age group of somebody born in a year, as far as years tell: in her birthday's year she counts as a year older. */
export function bandOf(birthYear: number | null, year: number): AgeBand {
  const age = birthYear === null ? -1 : year - birthYear
  return AGE_BANDS.find(({ from, to }) => age >= from && age <= to)?.band ?? 'unknown'
}
