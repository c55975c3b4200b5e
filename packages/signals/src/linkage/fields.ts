/**
 * What is compared and how it can agree: the levels of each field, with what is believed of them before any data was
 * seen. m: how often two records of one person agree so; u: how often two of different people do.
 */

const NAME_LEVELS = [
  ...['exact', 'folded', 'toneless', 'letters', 'dialect', 'one-slip'],
  // One letter apart, but both are names that people bear: Lan and Loan are more often two people than one slip.
  ...['known-slip', 'initial', 'elsewhere', 'near'],
  // One of the two is no Vietnamese syllable where all names are Vietnamese: what a wrong code page left of a name.
  ...['broken', 'different'],
]

const nameLevels = (m: readonly number[], u: readonly number[]): Level[] =>
  NAME_LEVELS.map((name, at) => [name, m[at] ?? 0, u[at] ?? 0])

type Level = readonly [name: string, m: number, u: number]

export const FIELDS = {
  family: nameLevels(
    [0.8, 0.08, 0.01, 0.01, 0.02, 0.02, 0.005, 0.005, 0.02, 0.01, 0.02, 0.02],
    [0.1, 0.02, 0.003, 0.003, 0.01, 0.005, 0.01, 0.005, 0.001, 0.01, 0.02, 0.813],
  ),
  middle: [
    ['exact', 0.72, 0.05],
    ['folded', 0.1, 0.02],
    ['filler', 0.06, 0.1],
    ['part', 0.04, 0.05],
    ['dropped', 0.02, 0.1],
    ['replaced', 0.01, 0.1],
    ['alike', 0.03, 0.03],
    ['different', 0.02, 0.55],
  ],
  given: nameLevels(
    [0.8, 0.08, 0.015, 0.015, 0.02, 0.02, 0.005, 0.01, 0.02, 0.005, 0.01, 0.01],
    [0.01, 0.004, 0.003, 0.002, 0.01, 0.002, 0.02, 0.005, 0.001, 0.005, 0.02, 0.918],
  ),
  birthDate: [
    ['exact', 0.8, 0.00004],
    ['year-habit', 0.03, 0.0004],
    ['year-only', 0.08, 0.0025],
    ['day-month-swapped', 0.03, 0.00003],
    ['one-slip', 0.03, 0.0006],
    ['two-parts', 0.01, 0.002],
    ['same-year', 0.005, 0.012],
    ['near-year', 0.007, 0.03],
    ['different', 0.004, 0.3],
    ['generation', 0.004, 0.65287],
  ],
  sex: [
    ['equal', 0.985, 0.5],
    ['different', 0.015, 0.5],
  ],
  phone: [
    ['equal', 0.62, 0.0000003],
    // The number of a household: the given names differ.
    ['shared', 0.0001, 0.0000006],
    ['one-slip', 0.02, 0.000003],
    ['different', 0.35, 0.9999961],
  ],
  identity: [
    ['equal', 0.94, 0.0000001],
    ['one-slip', 0.04, 0.0000005],
    ['different', 0.02, 0.9999994],
  ],
  insurance: [
    ['equal', 0.85, 0.0000001],
    ['one-slip', 0.03, 0.0000005],
    ['different', 0.12, 0.9999994],
  ],
  ward: [
    ['equal', 0.75, 0.01],
    ['different', 0.25, 0.99],
  ],
  city: [
    ['exact', 0.8, 0.05],
    ['one-slip', 0.08, 0.001],
    ['near', 0.04, 0.01],
    ['different', 0.08, 0.939],
  ],
  postcode: [
    ['exact', 0.8, 0.003],
    ['one-slip', 0.08, 0.01],
    ['same-start', 0.04, 0.05],
    ['different', 0.08, 0.937],
  ],
  address: [
    ['same-door', 0.6, 0.00001],
    ['same-street', 0.1, 0.003],
    ['same-words', 0.05, 0.002],
    ['same-house', 0.03, 0.01],
    ['different', 0.22, 0.98499],
  ],
  email: [
    ['equal', 0.8, 0.000001],
    ['one-slip', 0.05, 0.000001],
    ['different', 0.15, 0.999998],
  ],
  occupation: [
    ['exact', 0.7, 0.06],
    ['near', 0.05, 0.02],
    ['different', 0.25, 0.92],
  ],
} as const satisfies Record<string, readonly Level[]>

export type Field = keyof typeof FIELDS

/** In the order in which compared levels stand in their array. */
export const FIELD_NAMES = Object.keys(FIELDS) as readonly Field[]

export const FIELD = Object.fromEntries(FIELD_NAMES.map((field, at) => [field, at])) as Readonly<
  Record<Field, number>
>

/** Not said by one of the two: it weighs nothing. */
export const MISSING = -1

export const levelsOf = (field: Field): readonly Level[] => FIELDS[field]

/** Where a level stands among those of its field. */
export const levelIndex = (field: Field): ReadonlyMap<string, number> =>
  new Map(levelsOf(field).map(([name], at) => [name, at]))

export const levelName = (at: number, level: number): string => {
  const field = FIELD_NAMES[at]
  return (field && levelsOf(field)[level]?.[0]) ?? 'unknown'
}

/** One value made for every field. */
export const perField = <T>(make: (field: Field, at: number) => T): Readonly<Record<Field, T>> =>
  Object.fromEntries(FIELD_NAMES.map((field, at) => [field, make(field, at)])) as Record<Field, T>
