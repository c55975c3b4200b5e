import type { Board } from '@sokhoe/model/coverage'
import { sayDay } from '@sokhoe/ui/format'
import { sayPeople } from '../city/numbers.ts'
import { say } from '../platform/say.ts'
import { lastDays } from './board.ts'

const SHOWN = 30
const [WIDTH, HEIGHT, BASE, TOP] = [790, 120, 98, 18]

/** New books of the last thirty days, verified ones among the books of that day told in the table. */
export function Days({ board }: { board: Board }) {
  const days = lastDays(board, SHOWN)
  const sum = days.reduce((all, { declared }) => all + declared, 0)
  const name = say('board.days.name', { n: sayPeople(sum), days: SHOWN })
  return (
    <section className="panel">
      <div className="head">
        <h2>{say('board.days')}</h2>
        <span className="muted">{name}</span>
      </div>
      <div className="inside">
        {sum > 0 && <Columns days={days} name={name} />}
        <DayTable days={days} />
      </div>
    </section>
  )
}

function Columns({ days, name }: { days: Board['byDay']; name: string }) {
  const most = Math.max(1, ...days.map(({ declared }) => declared))
  const step = WIDTH / SHOWN
  const y = (n: number): number => BASE - (Math.max(0, n) / most) * (BASE - TOP)
  return (
    <svg className="chart" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={name}>
      <line x1="0" x2={WIDTH} y1={BASE} y2={BASE} className="axis" />
      {days.map(({ day, declared }, at) => (
        <g key={day}>
          <rect
            x={at * step + 3}
            y={y(declared)}
            width={step - 6}
            height={BASE - y(declared)}
            className="have"
          />
          {declared === most && (
            <text x={at * step + step / 2} y={y(declared) - 4} textAnchor="middle" className="lab">
              {sayPeople(declared)}
            </text>
          )}
          {at % 7 === 1 && (
            <text
              x={at === SHOWN - 1 ? WIDTH : at * step + step / 2}
              y={HEIGHT - 6}
              textAnchor={at === SHOWN - 1 ? 'end' : 'middle'}
            >
              {sayDay(day).slice(0, 5)}
            </text>
          )}
        </g>
      ))}
    </svg>
  )
}

function DayTable({ days }: { days: Board['byDay'] }) {
  return (
    <details>
      <summary>{say('board.as-table')}</summary>
      <table className="grid-table">
        <thead>
          <tr>
            <th>{say('board.day')}</th>
            <th className="num">{say('board.declared')}</th>
            <th className="num">{say('board.of-these-verified')}</th>
          </tr>
        </thead>
        <tbody>
          {days.toReversed().map(({ day, declared, verified }) => (
            <tr key={day}>
              <th scope="row">{sayDay(day)}</th>
              <td className="num">{sayPeople(declared)}</td>
              <td className="num">{sayPeople(verified)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}
