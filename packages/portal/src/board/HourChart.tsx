import type { Board } from '@sokhoe/model/coverage'
import { sayNumber } from '@sokhoe/ui/format'
import { sayPeople } from '../city/numbers.ts'
import { say } from '../platform/say.ts'

const [WIDTH, HEIGHT, BASE, TOP] = [358, 126, 104, 22]

/** Books of each hour of today as columns; a line says what is usual at that hour of this weekday. */
export function HourChart({ today }: { today: Board['today'] }) {
  const most = Math.max(1, ...today.map(({ declared, usual }) => Math.max(declared, usual ?? 0)))
  const step = (WIDTH - 20) / Math.max(1, today.length)
  const y = (n: number): number => BASE - (Math.max(0, n) / most) * (BASE - TOP)
  const busiest = today.reduce((best, each) => (each.declared > best.declared ? each : best), {
    hour: 0,
    declared: 0,
  })
  const usual = today.some((each) => each.usual !== null)
  const name =
    busiest.declared > 0
      ? say('board.today.name', { hour: busiest.hour, n: sayPeople(busiest.declared) })
      : say('board.today.none')
  if (busiest.declared === 0 && !usual) return <p className="soft">{name}</p>
  return (
    <>
      <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
        <line x1="10" x2={WIDTH - 10} y1={BASE} y2={BASE} className="axis" />
        {today.map(({ hour, declared, usual }, at) => {
          const x = 10 + at * step
          return (
            <g key={hour}>
              <rect x={x + 3} y={y(declared)} width={step - 6} height={BASE - y(declared)} className="have" />
              {declared > 0 && (
                <text x={x + step / 2} y={y(declared) - 4} textAnchor="middle" className="lab">
                  {declared}
                </text>
              )}
              {usual !== null && (
                <line x1={x + 1} x2={x + step - 1} y1={y(usual)} y2={y(usual)} className="usual" />
              )}
              <text x={x + step / 2} y={HEIGHT - 5} textAnchor="middle">
                {hour}
              </text>
            </g>
          )
        })}
      </svg>
      <p className="asof">{say(usual ? 'board.today.usual' : 'board.today.no-usual')}</p>
      <details>
        <summary>{say('board.as-table')}</summary>
        <table className="grid-table">
          <thead>
            <tr>
              <th>{say('board.hour')}</th>
              <th className="num">{say('board.new')}</th>
              <th className="num">{say('board.usual')}</th>
            </tr>
          </thead>
          <tbody>
            {today.map(({ hour, declared, usual }) => (
              <tr key={hour}>
                <th scope="row">{say('board.at-hour', { hour })}</th>
                <td className="num">{sayPeople(declared)}</td>
                <td className="num">{usual !== null && sayNumber(usual)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </details>
    </>
  )
}
