import { once, readTable } from './csv.ts'

/** Something, and how often it was counted. */
export interface Counted<T> {
  readonly is: T
  readonly count: number
}

/** Share of one sex in one age band, percent of all residents. */
export interface AgeBand {
  readonly from: number
  /** Last whole year of age; the oldest band is open and ends at 99. */
  readonly to: number
  readonly male: number
  readonly female: number
}

/** Percent of an age band who live with a condition or habit. */
export interface Prevalence {
  readonly condition: string
  readonly sex: 'male' | 'female' | 'both'
  readonly from: number
  readonly to: number
  readonly percent: number
  /** 'survey': read in a named publication; 'assumption': shaped by hand, never to be shown as a finding. */
  readonly basis: 'survey' | 'assumption'
}

/** How a disease spreads over the year: index of each month, 1 = mean month. */
export interface Season {
  readonly disease: string
  readonly casesPerYear: number
  readonly months: readonly number[]
}

const OLDEST = 99

function ages(band: string): { from: number; to: number } {
  const [from = '', to = ''] = band.replace('+', `-${OLDEST}`).split('-')
  return { from: Number(from), to: Number(to) }
}

function sexOf(text: string): Prevalence['sex'] {
  return text === 'male' || text === 'female' ? text : 'both'
}

/** Family names by count among 8,691 people of the city. */
export const familyNames = once((): Counted<string>[] =>
  readTable('names-family.csv', ['family_name', 'count']).map((row) => ({
    is: row.family_name,
    count: Number(row.count),
  })),
)

/** Given names with the sex they lean to: M, F or U (both). */
export const givenNames = once((): Counted<{ readonly name: string; readonly lean: string }>[] =>
  readTable('names-given.csv', ['given_name', 'students_count', 'lean']).map((row) => ({
    is: { name: row.given_name, lean: row.lean },
    count: Number(row.students_count),
  })),
)

/** Middle and given name as parents choose them together. */
export const namePairs = {
  male: once(() => readTable('names-male-pairs.csv', ['middle_given']).map((row) => row.middle_given)),
  female: once(() => readTable('names-female-pairs.csv', ['middle_given']).map((row) => row.middle_given)),
} as const

/** Residents of the city by age and sex; shares add up to 100. */
export const agePyramid = once((): AgeBand[] =>
  readTable('population-age-sex-hcmc.csv', ['age_band', 'male_pct_of_total', 'female_pct_of_total']).map(
    (row) => ({
      ...ages(row.age_band),
      male: Number(row.male_pct_of_total),
      female: Number(row.female_pct_of_total),
    }),
  ),
)

export const prevalences = once((): Prevalence[] =>
  readTable('prevalence.csv', ['condition', 'sex', 'age_band', 'percent', 'basis']).map((row) => ({
    condition: row.condition,
    sex: sexOf(row.sex),
    ...ages(row.age_band),
    percent: Number(row.percent),
    basis: row.basis.startsWith('read') ? 'survey' : 'assumption',
  })),
)

const MONTHS = ['m01', 'm02', 'm03', 'm04', 'm05', 'm06', 'm07', 'm08', 'm09', 'm10', 'm11', 'm12'] as const

export const seasons = once((): Season[] =>
  readTable('seasonality-hcmc.csv', ['disease', 'mean_cases_per_year', ...MONTHS]).map((row) => ({
    disease: row.disease,
    casesPerYear: Number(row.mean_cases_per_year),
    months: MONTHS.map((month) => Number(row[month])),
  })),
)
