/** How two birth dates agree, as registers get them wrong. Dates that no calendar has are compared by their digits. */

export interface BirthDay {
  readonly year: number
  /** 0 where it was not said. */
  readonly month: number
  readonly day: number
  /** Only the year is known: nothing more was said, or 1 January, which registers write for an unknown day. */
  readonly yearOnly: boolean
}

/** YYYY, YYYY-MM, YYYY-MM-DD, with or without dashes; also with a day or month that cannot be, as it was written. */
const WRITTEN = /^\s*(\d{4})(?:[-/.]?(\d{2})(?:[-/.]?(\d{2}))?)?(?!\d)/

/** Later nobody alive was born; earlier no register reaches. */
export function birthDay(text: string): BirthDay | undefined {
  const [, y, m = '0', d = '0'] = WRITTEN.exec(text) ?? []
  if (y === undefined) return undefined
  const [year, month, day] = [Number(y), Number(m), Number(d)]
  if (year === 0) return undefined
  return { year, month, day, yearOnly: month === 0 || (month === 1 && day <= 1) || day + month === 0 }
}

export type DateLikeness =
  | 'exact'
  | 'year-habit'
  | 'year-only'
  | 'day-month-swapped'
  | 'one-slip'
  | 'two-parts'
  | 'same-year'
  | 'near-year'
  | 'different'
  | 'generation'

/** So far apart are parents and children. */
const GENERATION = 15

const pad = (n: number, width: number): string => String(n).padStart(width, '0')

/** How many of the digits of two numbers of one width differ; two neighbours changed over count as one. */
function slips(a: number, b: number, width: number): number {
  if (a === b) return 0
  const [left, right] = [pad(a, width), pad(b, width)]
  let differing = 0
  for (let at = 0; at < width; at++) {
    if (left[at] === right[at]) continue
    differing++
    if (left[at] === right[at + 1] && left[at + 1] === right[at]) at++
  }
  return differing
}

function ofYears(a: BirthDay, b: BirthDay): DateLikeness {
  const apart = Math.abs(a.year - b.year)
  if (apart <= 1 || (apart < GENERATION && slips(a.year, b.year, 4) === 1)) return 'near-year'
  return apart >= GENERATION ? 'generation' : 'different'
}

function inOneYear(a: BirthDay, b: BirthDay): DateLikeness {
  if (a.day === b.month && a.month === b.day) return 'day-month-swapped'
  if (slips(a.month * 100 + a.day, b.month * 100 + b.day, 4) === 1) return 'one-slip'
  return a.day === b.day || a.month === b.month ? 'two-parts' : 'same-year'
}

function ofDays(a: BirthDay, b: BirthDay): DateLikeness {
  if (a.year === b.year) return inOneYear(a, b)
  if (a.day !== b.day || a.month !== b.month) return ofYears(a, b)
  if (slips(a.year, b.year, 4) === 1) return 'one-slip'
  return Math.abs(a.year - b.year) < GENERATION ? 'two-parts' : 'generation'
}

/** Symmetric. 'exact' is said of whole days only; of two that know the year alone it is 'year-habit'. */
export function compareBirthDays(a: BirthDay, b: BirthDay): DateLikeness {
  if (a.yearOnly && b.yearOnly) return a.year === b.year ? 'year-habit' : ofYears(a, b)
  if (a.yearOnly || b.yearOnly) return a.year === b.year ? 'year-only' : ofYears(a, b)
  if (a.year === b.year && a.month === b.month && a.day === b.day) return 'exact'
  return ofDays(a, b)
}
