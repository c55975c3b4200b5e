import type { Board } from '@sokhoe/model/coverage'
import { sayDay, sayInstant, sayNumber } from '@sokhoe/ui/format'
import { Notice } from '@sokhoe/ui/parts/Notice'
import type { Place } from '../campaigns/api.ts'
import { sayPeople, sayShare } from '../city/numbers.ts'
import { say } from '../platform/say.ts'
import { Bar } from './Bar.tsx'
import { paceOf, wayOf } from './board.ts'
import { Days } from './Days.tsx'
import { ExportButtons } from './ExportButtons.tsx'
import { Groups } from './Groups.tsx'
import { HourChart } from './HourChart.tsx'

type Props = {
  board: Board
  /** Of the campaign that the board is about. */
  places: readonly Place[]
  ends: string | null
}

/** Will the target be reached, where are the missing people, what do the days say. */
export function BoardPanels({ board, places, ends }: Props) {
  return (
    <>
      <section className="panel">
        <div className="head">
          <h2>{say('board.way')}</h2>
          <span className="muted">{sayTarget(board, ends)}</span>
        </div>
        <div className="inside">
          <Way board={board} />
        </div>
        <Groups board={board} />
        <p className="inside asof">{saySource(board)}</p>
      </section>
      <Days board={board} />
      <ExportButtons board={board} places={places} />
    </>
  )
}

function sayTarget({ campaign, target }: Board, ends: string | null): string {
  if (target === null) return say('board.target.none')
  const words = campaign
    ? say('board.target.people', { n: sayPeople(target) })
    : say('board.target.share', { n: sayPeople(target) })
  return ends === null ? words : `${words}, ${sayDay(ends)}`
}

const saySource = (board: Board): string =>
  say(board.campaign ? 'board.source.campaign' : 'board.source.ward', { at: sayInstant(board.asOf) })

function Way({ board }: { board: Board }) {
  const { declared, verified, overFull, population } = board
  const { whole, share, remaining, mark } = wayOf(board)
  return (
    <>
      {overFull && population.estimated !== null && (
        <Notice tone="watch">
          {say('board.over', {
            declared: sayPeople(declared),
            people: sayPeople(population.estimated),
            share: sayShare(declared / population.estimated),
          })}
        </Notice>
      )}
      <p className="way">
        <span className="big num-c">{share === null ? sayPeople(declared) : sayShare(share)}</span>
        <span className="soft">
          {whole === null
            ? say('board.have')
            : say('board.have-of', { n: sayPeople(declared), of: sayPeople(whole) })}
          {remaining !== null &&
            ` · ${say(remaining === 0 ? 'board.reached' : 'board.remaining', { n: sayPeople(remaining) })}`}
          {` · ${say('board.verified', { n: sayPeople(verified) })}`}
        </span>
      </p>
      {share !== null && <Bar share={share} mark={mark} height={16} tall />}
      <p className="soft pace">{sayPace(board, remaining)}</p>
    </>
  )
}

/** Further ahead, days say nothing any more. */
const FAR_DAYS = 730

function sayPace(board: Board, remaining: number | null): string {
  const pace = paceOf(board)
  if (pace <= 0) return say('board.pace.none')
  const rate = say('board.pace', { n: sayNumber(Math.round(pace * 10) / 10) })
  if (remaining === null || remaining === 0) return rate
  const left = Math.ceil(remaining / pace)
  const words = left > FAR_DAYS ? say('board.pace.far') : say('board.pace.left', { n: sayPeople(left) })
  return `${rate} ${words}`
}

export function Today({ board }: { board: Board }) {
  const sum = board.today.reduce((all, { declared }) => all + declared, 0)
  return (
    <section className="panel">
      <div className="head">
        <h2>{say('board.today')}</h2>
        <span className="muted">
          {[
            say('board.today.new', { n: sayPeople(sum) }),
            ...board.todayBy.map(({ channel, declared }) =>
              say(`board.channel.${channel}`, { n: sayPeople(declared) }),
            ),
          ].join(', ')}
        </span>
      </div>
      <div className="inside">
        <HourChart today={board.today} />
      </div>
    </section>
  )
}
