import type { SeriesLine, SeriesList } from '@sokhoe/model/reading'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Link } from 'wouter'
import { Tabs } from '../book/Tabs.tsx'
import { FormGate } from '../declare/FormGate.tsx'
import { useBookLoad } from '../family/load.ts'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { LineSource, VerdictTag } from './LineRow.tsx'
import { inWords, sayMeasured, sayWhen } from './words.ts'
import './timeline.css'

/** Everything that was measured, each with its latest value. */
export const Results = () => <FormGate title={say('results.title')}>{() => <ResultsPage />}</FormGate>

function ResultsPage() {
  const list = useBookLoad<SeriesList>('/series')
  return (
    <Screen
      title={say('results.title')}
      asOf={list.is === 'ready' && list.stale ? list.at : undefined}
      tabs={<Tabs now="results" />}
    >
      <h1 className="title" tabIndex={-1}>
        {say('results.title')}
      </h1>
      {list.is === 'loading' && <Loading words={say('results.loading')} />}
      {list.is === 'refused' && <Refused answer={list.answer} again={list.again} />}
      {list.is === 'ready' && list.data.series.length === 0 && <p className="soft">{say('results.empty')}</p>}
      {list.is === 'ready' && (
        <ul className="series">
          {list.data.series.map((one) => (
            <SeriesRow key={one.code} series={one} />
          ))}
        </ul>
      )}
    </Screen>
  )
}

const SeriesRow = ({ series: { code, title, latest, times } }: { series: SeriesLine }) => (
  <li>
    <Link href={`/app/results/${encodeURIComponent(code)}`}>
      <span className="k">{inWords(title)}</span>
      <span className="v">{latest.value && sayMeasured(latest.value)}</span>
    </Link>
    {latest.verdict && <VerdictTag verdict={latest.verdict} />}
    <p className="said">
      <LineSource line={latest} />
      <time className="num-c" dateTime={latest.when}>
        {sayWhen(latest)}
      </time>
      <span>{say('results.times', { n: times })}</span>
    </p>
  </li>
)

/** The latest results of the first page, in two columns. */
export const ResultTiles = ({ results }: { results: readonly SeriesLine[] }) => (
  <div className="res">
    {results.map(({ code, title, latest }) => (
      <Link key={code} href={`/app/results/${encodeURIComponent(code)}`}>
        <span className="k">{inWords(title)}</span>
        <span className="v">
          {latest.value && sayMeasured({ ...latest.value, unit: unitAt(latest.value.unit) })}
        </span>
        {latest.verdict && <VerdictTag verdict={latest.verdict} />}
        <span className="u">
          {unitAt(latest.value?.unit ?? '') === '' && latest.value?.unit ? `${latest.value.unit} · ` : ''}
          {sayWhen(latest)}
        </span>
      </Link>
    ))}
  </div>
)

/** A percent sign stands at its number, other units in the line below. */
const unitAt = (unit: string): string => (unit === '%' ? unit : '')
