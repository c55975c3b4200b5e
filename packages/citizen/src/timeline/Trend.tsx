import type { Series } from '@sokhoe/model/reading'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Source } from '@sokhoe/ui/parts/Source'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Tabs } from '../book/Tabs.tsx'
import { FormGate } from '../declare/FormGate.tsx'
import { useBookLoad } from '../family/load.ts'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { VerdictTag } from './LineRow.tsx'
import { kindsIn, TrendChart } from './TrendChart.tsx'
import { inWords, sayMeasured, sayWhen } from './words.ts'
import './timeline.css'

/** One measured thing: the number, what it tells, its way over time, what to do. */
export const Trend = ({ code }: { code: string }) => (
  <FormGate title={say('results.title')}>{() => <TrendPage key={code} code={code} />}</FormGate>
)

function TrendPage({ code }: { code: string }) {
  const series = useBookLoad<Series>(`/series/${encodeURIComponent(code)}`)
  const title = series.is === 'ready' ? inWords(series.data.title) : say('results.title')
  return (
    <Screen
      title={title}
      back="/app/results"
      asOf={series.is === 'ready' && series.stale ? series.at : undefined}
      tabs={<Tabs now="results" />}
    >
      {series.is === 'loading' && <Loading words={say('results.loading')} />}
      {series.is === 'refused' && <Refused answer={series.answer} again={series.again} />}
      {series.is === 'ready' && <TrendOf series={series.data} />}
    </Screen>
  )
}

function TrendOf({ series }: { series: Series }) {
  const last = series.points.at(-1)
  if (!last) return <p className="soft">{say('results.empty')}</p>
  return (
    <>
      <div className="big">
        <b className="num-c">{sayMeasured(last.value)}</b>
        <span>
          {last.verdict && <VerdictTag verdict={last.verdict} />}
          <span className="hint block">{sayWhen(last)}</span>
        </span>
      </div>
      {series.means && <p className="soft">{inWords(series.means)}</p>}
      <p className="finding">{inWords(series.finding)}</p>
      <TrendChart series={series} />
      <p className="leg">
        {kindsIn(series).map((kind) => (
          <Source key={kind} kind={kind} />
        ))}
      </p>
      {series.range && <Range range={series.range} />}
      <Table series={series} />
      <Todo advice={series.advice} />
      <p className="hint gap">{say('results.no-diagnosis')}</p>
    </>
  )
}

const Range = ({ range: { words, source, unverified } }: { range: NonNullable<Series['range']> }) => (
  <p className="hint">
    <b>{inWords(words)}</b>. {say('book.source')}: {inWords(source)}
    {unverified && <span className="tag quiet">{say('book.unverified')}</span>}
  </p>
)

/** Every value as it was written; the picture alone would hide who wrote what. */
function Table({ series: { points } }: { series: Series }) {
  return (
    <details className="others gap">
      <summary>{say('results.table', { n: points.length })}</summary>
      <table className="values">
        <thead>
          <tr>
            <th scope="col">{say('results.day')}</th>
            <th scope="col">{say('results.value')}</th>
            <th scope="col">{say('results.who')}</th>
          </tr>
        </thead>
        <tbody>
          {points.toReversed().map((point) => (
            <tr key={point.id}>
              <th scope="row" className="num">
                {sayWhen(point)}
              </th>
              <td>
                {sayMeasured(point.value)}
                {point.converted && <span className="hint block">{inWords(point.converted)}</span>}
                {point.at === null && <span className="hint block">{say('results.not-drawn')}</span>}
              </td>
              <td>
                <Source
                  kind={point.source.kind}
                  {...(point.source.place !== null && { text: point.source.place })}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </details>
  )
}

function Todo({ advice }: { advice: Series['advice'] }) {
  if (advice.length === 0) return null
  return (
    <section className="do">
      <h2>{say('results.todo')}</h2>
      <ul>
        {advice.map(({ tone, words }) => (
          <li key={words.vi}>
            <Icon name={tone === 'good' ? 'check' : tone === 'info' ? 'info' : 'warn'} />
            <span>{inWords(words)}</span>
          </li>
        ))}
      </ul>
    </section>
  )
}
