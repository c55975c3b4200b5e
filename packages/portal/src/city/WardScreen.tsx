import type { Board } from '@sokhoe/model/coverage'
import { sayInstant } from '@sokhoe/ui/format'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Link, useParams } from 'wouter'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import './city.css'
import { Defined } from './Defined.tsx'
import { sayCount, sayPeople, sayShare } from './numbers.ts'
import { ShareBar } from './PlaceTable.tsx'
import { Trend } from './Trend.tsx'

/** One ward: how far it has come, by which campaigns, who is missing. */
export function WardScreen() {
  const { ward = '' } = useParams<{ ward: string }>()
  const board = useLoad<Board>(`/api/department/board?ward=${encodeURIComponent(ward)}`)
  const ready = board.is === 'ready' ? board.data : undefined
  return (
    <Page
      title={ready?.ward.name ?? say('coverage.ward')}
      lead={ready && say('coverage.at', { at: sayInstant(ready.asOf) })}
      actions={<Link href="/department/coverage">{say('coverage.back')}</Link>}
    >
      {board.is === 'loading' && <Loading words={say('coverage.loading.ward')} />}
      {board.is === 'refused' && <Refused answer={board.answer} again={board.again} />}
      {ready && <WardBoard board={ready} />}
    </Page>
  )
}

function WardBoard({ board }: { board: Board }) {
  return (
    <div className="city-cols">
      <div className="stack">
        <Reached board={board} />
        <Campaigns board={board} />
      </div>
      <div className="stack">
        <section className="panel">
          <div className="head">
            <h2>
              <Defined meaning="coverage.new">{say('coverage.trend')}</Defined>
            </h2>
          </div>
          <div className="inside">
            <Trend {...weeksOf(board)} />
          </div>
        </section>
        <Ages board={board} />
      </div>
    </div>
  )
}

function Reached({ board }: { board: Board }) {
  const { declared, verified, population, target, overFull } = board
  const share = population.estimated ? declared / population.estimated : null
  return (
    <section className="panel">
      <div className="head">
        <h2>{say('coverage.how-far')}</h2>
        <span className="muted">
          {target !== null && say('coverage.target.people', { n: sayPeople(target) })}
        </span>
      </div>
      <div className="inside">
        <div className="kpi flat">
          {share !== null && (
            <b className="num-c">
              <Defined meaning="coverage.share">{sayShare(share)}</Defined>
            </b>
          )}
          <p className="soft">
            <Defined meaning="coverage.registered">
              {say('coverage.declared', { n: sayPeople(declared) })}
            </Defined>
            <br />
            <Defined meaning="coverage.verified">
              {say('coverage.verified.count', { n: sayPeople(verified) })}
            </Defined>
          </p>
          <People board={board} />
        </div>
        {share !== null && <ShareBar share={share} />}
        {overFull && <p className="wa">{say('coverage.over.ward')}</p>}
      </div>
    </section>
  )
}

function People({ board: { population, target, declared } }: { board: Board }) {
  if (population.estimated === null || target === null) return null
  return (
    <p className="soft">
      <Defined meaning={population.basis}>
        {say('coverage.of', { n: sayPeople(population.estimated) })}
      </Defined>
      <br />
      <Defined meaning="coverage.missing">
        {say('coverage.to-target', { n: sayPeople(Math.max(0, target - declared)) })}
      </Defined>
    </p>
  )
}

function Campaigns({ board }: { board: Board }) {
  return (
    <section className="panel">
      <div className="head">
        <h2>{say('coverage.campaigns')}</h2>
      </div>
      {board.byCampaign.length === 0 ? (
        <p className="inside soft">{say('coverage.campaigns.none')}</p>
      ) : (
        <div className="scrolls">
          <table className="grid-table">
            <thead>
              <tr>
                <th scope="col">{say('coverage.campaign')}</th>
                <th scope="col">{say('coverage.code')}</th>
                <th scope="col" className="num">
                  <Defined meaning="coverage.registered">{say('coverage.registered')}</Defined>
                </th>
                <th scope="col" className="num">
                  <Defined meaning="coverage.verified">{say('coverage.verified')}</Defined>
                </th>
              </tr>
            </thead>
            <tbody>
              {board.byCampaign.map(({ code, title, declared, verified }) => (
                <tr key={code}>
                  <th scope="row">
                    {code ? (
                      <Link href={`/department/campaigns/${code}`}>{title ?? code}</Link>
                    ) : (
                      say('coverage.no-campaign')
                    )}
                  </th>
                  <td className="num-c">{code}</td>
                  <td className="num">{sayCount(declared)}</td>
                  <td className="num">{sayCount(verified)}</td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      )}
    </section>
  )
}

function Ages({ board }: { board: Board }) {
  return (
    <section className="panel">
      <div className="head">
        <h2>{say('coverage.ages')}</h2>
      </div>
      <div className="scrolls">
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{say('coverage.band')}</th>
              <th scope="col" className="num">
                <Defined meaning="coverage.registered">{say('coverage.registered')}</Defined>
              </th>
              <th scope="col" className="num">
                <Defined meaning="population.age-shape">{say('coverage.population')}</Defined>
              </th>
            </tr>
          </thead>
          <tbody>
            {board.byAge.map(({ band, declared, estimated }) => (
              <tr key={band}>
                <th scope="row">{say(`coverage.band.${band}`)}</th>
                <td className="num">{sayCount(declared)}</td>
                <td className="num">{estimated === null ? say('coverage.unknown') : sayPeople(estimated)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </section>
  )
}

const WEEKS = 12
const DAY = 86_400_000

/** The days of the board as weeks from Monday on, the last of them the one of the board's own time. */
function weeksOf({ byDay, asOf }: Board): { weeks: string[]; counts: number[] } {
  const mondayOf = (day: string): string => {
    const at = new Date(`${day}T00:00:00Z`)
    return new Date(at.getTime() - ((at.getUTCDay() + 6) % 7) * DAY).toISOString().slice(0, 10)
  }
  const last = Date.parse(
    `${mondayOf(new Date(Date.parse(asOf) + 7 * 3_600_000).toISOString().slice(0, 10))}Z`,
  )
  const weeks = Array.from({ length: WEEKS }, (_, at) =>
    new Date(last - (WEEKS - 1 - at) * 7 * DAY).toISOString().slice(0, 10),
  )
  const counts = weeks.map((week) =>
    byDay.reduce((sum, one) => sum + (mondayOf(one.day) === week ? one.declared : 0), 0),
  )
  return { weeks, counts }
}
