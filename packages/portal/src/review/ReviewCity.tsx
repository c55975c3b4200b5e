import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import type { CityNumbers } from './api.ts'
import { HandOut } from './HandOut.tsx'
import { Rates, sayDays } from './NumbersPanel.tsx'
import './review.css'

/** How long each ward's questions wait and how well they are answered; nobody's record is here. */
export function ReviewCity() {
  const numbers = useLoad<CityNumbers>('/api/department/review')
  const waiting = numbers.is === 'ready' ? numbers.data.wards.reduce((sum, one) => sum + one.questions, 0) : 0
  return (
    <Page
      title={numbers.is === 'ready' ? say('review.city.title.n', { n: waiting }) : say('review.city.title')}
      lead={say('review.city.lead')}
    >
      {numbers.is === 'loading' && <Loading words={say('loading')} />}
      {numbers.is === 'refused' && <Refused answer={numbers.answer} again={numbers.again} />}
      {numbers.is === 'ready' && (
        <div className="cols">
          <section className="panel" aria-label={say('review.city.wards')}>
            <div className="head">
              <h2>{say('review.city.wards')}</h2>
            </div>
            <Wards wards={numbers.data.wards} />
            <HandOut waiting={nowhere(numbers.data)} onDone={numbers.again} />
          </section>
          <section className="panel" aria-label={say('review.numbers')}>
            <div className="head">
              <h2>{say('review.numbers')}</h2>
              <span className="muted">{say('review.numbers.days')}</span>
            </div>
            <dl className="inside facts review-facts">
              <Rates decided={numbers.data.decided} />
            </dl>
          </section>
        </div>
      )}
    </Page>
  )
}

const nowhere = ({ wards }: CityNumbers): number => wards.find(({ ward }) => ward === null)?.questions ?? 0

function Wards({ wards }: { wards: CityNumbers['wards'] }) {
  if (wards.length === 0) return <p className="empty soft">{say('review.city.none')}</p>
  return (
    <div className="scrolls">
      <table className="grid-table">
        <thead>
          <tr>
            <th scope="col">{say('review.city.ward')}</th>
            <th scope="col" className="num">
              {say('review.city.questions')}
            </th>
            <th scope="col" className="num">
              {say('review.oldest')}
            </th>
            <th scope="col" className="num">
              {say('review.middle')}
            </th>
            <th scope="col" className="num">
              {say('review.over.3')}
            </th>
            <th scope="col" className="num">
              {say('review.over.7')}
            </th>
          </tr>
        </thead>
        <tbody>
          {wards.map((one) => (
            <tr key={one.ward ?? ''}>
              <th scope="row">{one.name ?? say('review.city.nowhere')}</th>
              <td className="num">{one.questions}</td>
              <td className="num">{sayDays(one.oldestDays)}</td>
              <td className="num">{sayDays(one.middleDays)}</td>
              <td className="num">{one.over3Days}</td>
              <td className={one.over7Days > 0 ? 'num wa' : 'num'}>{one.over7Days}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
