import type { Coverage } from '@sokhoe/model/coverage'
import { dayOf } from '@sokhoe/ui/format'

/** What the Department asks to see. */
export interface Asked {
  readonly by: Coverage['by']
  readonly level: Coverage['level']
  readonly band: Coverage['band']
  /** YYYY-MM-DD; null for now. */
  readonly on: string | null
}

export const NOW: Asked = { by: 'ward', level: 'any', band: null, on: null }

/** Wards of today began on this day. */
const FIRST_DAY = '2025-07-01'
const DAY = 86_400_000

const dayAt = (ms: number): string => new Date(ms).toISOString().slice(0, 10)

/** Days to look back to, newest first: the last Sundays, then the last days of the months before. */
export function pastDays(today = dayOf(Date.now())): string[] {
  const now = new Date(`${today}T00:00:00Z`)
  const sunday = now.getTime() - ((now.getUTCDay() + 6) % 7) * DAY - DAY
  const sundays = Array.from({ length: 8 }, (_, weeks) => dayAt(sunday - 7 * weeks * DAY))
  const months = Array.from({ length: 12 }, (_, back) =>
    dayAt(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() - back, 0)),
  )
  return [...new Set([...sundays, ...months])]
    .filter((day) => day >= FIRST_DAY)
    .toSorted()
    .reverse()
}

export function pathOf({ by, level, band, on }: Asked): string {
  const query = new URLSearchParams({ by, level })
  if (band !== null) query.set('band', band)
  if (on !== null) query.set('on', on)
  return `/api/department/coverage?${query.toString()}`
}
