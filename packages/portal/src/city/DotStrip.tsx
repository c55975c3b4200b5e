import { COVERAGE_TARGET } from '@sokhoe/model/ages'
import type { CoverageRow } from '@sokhoe/model/coverage'
import { say } from '../platform/say.ts'
import { shadeOfShare } from './classes.ts'

const WIDTH = 466
const HEIGHT = 138
const FLOOR = 118
const EDGE = { left: 14, right: 452 } as const
/** The last column holds everything above 100 %. */
const LAST = 101

interface Dot {
  readonly code: string
  readonly share: number
  readonly column: number
  readonly level: number
}

function dotsOf(rows: readonly CoverageRow[]): { dots: Dot[]; highest: number } {
  const heights = new Map<number, number>()
  const known = rows.flatMap(({ code, share, none }) => (none || share === null ? [] : [{ code, share }]))
  const dots = known
    .toSorted((a, b) => a.share - b.share)
    .map(({ code, share }) => {
      const column = share > 1 ? LAST : Math.min(99, Math.floor(share * 100))
      const level = heights.get(column) ?? 0
      heights.set(column, level + 1)
      return { code, share, column, level }
    })
  return { dots, highest: Math.max(1, ...heights.values()) }
}

/** One dot a place, on the line of its share; the target stands as a line. */
export function DotStrip({ rows, label }: { rows: readonly CoverageRow[]; label: string }) {
  const { dots, highest } = dotsOf(rows)
  const lowest = Math.min(80, ...dots.map(({ column }) => column))
  const first = Math.floor(lowest / 10) * 10
  const x = (percent: number): number =>
    EDGE.left + ((percent - first) / (LAST + 1 - first)) * (EDGE.right - EDGE.left)
  const step = Math.min(6.2, (FLOOR - 30) / highest)
  const every = first >= 40 ? 10 : 20
  const ticks = Array.from({ length: 11 }, (_, at) => at * 10).filter(
    (tick) => tick >= first && (tick % every === 0 || tick === 90),
  )
  const target = x(100 * COVERAGE_TARGET)
  return (
    <svg className="chart strip" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
      {ticks.map((tick) => (
        <text key={tick} x={x(tick)} y={HEIGHT - 4} textAnchor="middle">
          {tick}%
        </text>
      ))}
      <line x1="10" x2="456" y1={FLOOR} y2={FLOOR} stroke="var(--axis)" />
      {dots.map(({ code, share, column, level }) => (
        <circle
          key={code}
          cx={x(column + 0.5)}
          cy={FLOOR - 6 - level * step}
          r={Math.min(2.9, step / 2 + 0.4)}
          className={`dot ${shadeOfShare(share)}`}
        />
      ))}
      <line x1={target} x2={target} y1="4" y2={FLOOR + 4} stroke="var(--target)" strokeWidth="2" />
      <text x={target - 6} y="14" textAnchor="end" className="lab">
        {say('coverage.target')}
      </text>
    </svg>
  )
}
