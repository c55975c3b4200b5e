/** A calendar day as whole days since 1970-01-01. */
export type DayNumber = number

const MS = 86_400_000

const texts = new Map<DayNumber, string>()

/** YYYY-MM-DD. The few ten thousand days that people live through are written once and kept. */
export function dayText(day: DayNumber): string {
  const known = texts.get(day)
  if (known) return known
  const text = new Date(day * MS).toISOString().slice(0, 10)
  texts.set(day, text)
  return text
}

/** @throws {RangeError} where the text is no day of the calendar, YYYY-MM-DD */
export function dayNumber(day: string): DayNumber {
  const at = Date.UTC(Number(day.slice(0, 4)), Number(day.slice(5, 7)) - 1, Number(day.slice(8))) / MS
  if (Number.isNaN(at) || dayText(at) !== day) throw new RangeError('dayNumber: no day of the calendar')
  return at
}

/** Whole years between a birth and a later day, both YYYY-MM-DD. */
export const yearsBetween = (born: string, day: string): number =>
  Number(day.slice(0, 4)) - Number(born.slice(0, 4)) - (day.slice(5) < born.slice(5) ? 1 : 0)

/** The same day of the month some months later, or the month's last day. */
export function monthsAfter(day: string, months: number): string {
  const count = Number(day.slice(0, 4)) * 12 + Number(day.slice(5, 7)) - 1 + months
  const last = new Date(Date.UTC(Math.floor(count / 12), (count % 12) + 1, 0)).getUTCDate()
  const date = Math.min(Number(day.slice(8)), last)
  const month = String((count % 12) + 1).padStart(2, '0')
  return `${Math.floor(count / 12)}-${month}-${String(date).padStart(2, '0')}`
}
