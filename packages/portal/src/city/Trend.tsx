import { sayDay } from '@sokhoe/ui/format'
import { say } from '../platform/say.ts'
import { sayPeople } from './numbers.ts'

const WIDTH = 466
const HEIGHT = 104
const FLOOR = 82
const TOP = 18
/** From here on the numbers over the bars would run into each other. */
const MANY = 10_000

/** What each week added, oldest first; the last one is not over and is drawn lighter. */
export function Trend({ weeks, counts }: { weeks: readonly string[]; counts: readonly number[] }) {
  const most = Math.max(1, ...counts)
  const inThousands = most >= MANY
  const slot = WIDTH / Math.max(1, weeks.length)
  const label = say('coverage.trend.told', {
    now: sayPeople(counts.at(-1) ?? 0),
    before: sayPeople(counts.at(-2) ?? 0),
  })
  return (
    <>
      <p className="soft trend-told">
        {label} {inThousands && say('coverage.trend.thousands')}
      </p>
      <svg className="chart trend" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={label}>
        <line x1="0" x2={WIDTH} y1={FLOOR} y2={FLOOR} stroke="var(--axis)" />
        {weeks.map((week, at) => {
          const n = counts[at] ?? 0
          const height = (Math.max(0, n) / most) * (FLOOR - TOP)
          const last = at === weeks.length - 1
          return (
            <g key={week}>
              <rect
                x={at * slot + 4}
                y={FLOOR - height}
                width={slot - 8}
                height={height}
                className={last ? 'week-bar open' : 'week-bar'}
              />
              <text x={at * slot + slot / 2} y={FLOOR - height - 4} textAnchor="middle" className="val">
                {sayPeople(inThousands ? Math.round(n / 1000) : n)}
              </text>
              {at % 2 === (weeks.length - 1) % 2 && (
                <text x={at * slot + slot / 2} y={HEIGHT - 6} textAnchor="middle">
                  {sayDay(week).slice(0, 5)}
                </text>
              )}
            </g>
          )
        })}
      </svg>
    </>
  )
}
