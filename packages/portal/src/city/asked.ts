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
export const FIRST_DAY = '2025-07-01'
export const today = (): string => dayOf(Date.now())

export function pathOf({ by, level, band, on }: Asked): string {
  const query = new URLSearchParams({ by, level })
  if (band !== null) query.set('band', band)
  if (on !== null) query.set('on', on)
  return `/api/department/coverage?${query.toString()}`
}
