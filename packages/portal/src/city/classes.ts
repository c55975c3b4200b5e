import type { CoverageRow } from '@sokhoe/model/coverage'

/** Lower edges of the classes that the map is coloured by; below the first is a class of its own. */
const EDGES = [0.6, 0.7, 0.8, 0.9] as const

/** How a place is drawn: one of five shades, or a hatch that says why there is no shade. */
export type Shade = 's0' | 's1' | 's2' | 's3' | 's4' | 'none' | 'few'

const SHADES = ['s0', 's1', 's2', 's3', 's4'] as const

export function shadeOfShare(share: number): Shade {
  return SHADES[EDGES.filter((edge) => share >= edge).length] ?? 's4'
}

/** No book, or no estimate of people: no data. Fewer than five: hidden. */
export function shadeOf(row: Pick<CoverageRow, 'none' | 'share' | 'counted'>): Shade {
  if (row.none) return 'none'
  if (row.counted === 'few') return 'few'
  return row.share === null ? 'none' : shadeOfShare(row.share)
}
