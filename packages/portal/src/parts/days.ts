/** A day as staff type it, d/M/yyyy → YYYY-MM-DD; undefined for what is not in the calendar. */
export function readDay(typed: string): string | undefined {
  const [, d, m, y] = /^\s*(\d{1,2})[/.\-\s](\d{1,2})[/.\-\s](\d{4})\s*$/.exec(typed) ?? []
  if (!d || !m || !y) return undefined
  const day = `${y}-${m.padStart(2, '0')}-${d.padStart(2, '0')}`
  const at = new Date(`${day}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day) ? day : undefined
}
