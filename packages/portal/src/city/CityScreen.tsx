import type { Coverage } from '@sokhoe/model/coverage'
import { sayInstant } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link } from 'wouter'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { type Asked, NOW, pathOf } from './asked.ts'
import './city.css'
import { csvOf, saveFile } from './csv.ts'
import { Defined } from './Defined.tsx'
import { DotStrip } from './DotStrip.tsx'
import { Filters } from './Filters.tsx'
import { sayMany, sayPeople, sayShare } from './numbers.ts'
import { byMissing, MissingTable, WholeTable } from './PlaceTable.tsx'
import type { Wards } from './shapes.ts'
import { Trend } from './Trend.tsx'
import { WardMap } from './WardMap.tsx'

/** Places in the list beside the map. */
const LISTED = 8

/** How many have a book, and where the missing people are. */
export function CityScreen() {
  const [asked, setAsked] = useState<Asked>(NOW)
  const coverage = useLoad<Coverage>(pathOf(asked))
  const ready = coverage.is === 'ready' ? coverage.data : undefined
  return (
    <Page
      title={say('coverage.title')}
      lead={ready && say('coverage.at', { at: sayInstant(ready.asOf) })}
      className="city"
      actions={
        <Filters asked={asked} set={setAsked}>
          <button
            type="button"
            className="btn second small"
            disabled={!ready}
            onClick={() => ready && saveFile(`so-khoe-${ready.by}-${ready.on}.csv`, csvOf(ready))}
          >
            <Icon name="save" />
            {say('coverage.save')}
          </button>
        </Filters>
      }
    >
      {coverage.is === 'loading' && <Loading words={say('coverage.loading')} />}
      {coverage.is === 'refused' && <Refused answer={coverage.answer} again={coverage.again} />}
      {ready && <City coverage={ready} />}
    </Page>
  )
}

function City({ coverage }: { coverage: Coverage }) {
  const [view, setView] = useState<View>('map')
  const { by } = coverage
  // nobody publishes the shapes of the wards of before
  const drawn = by !== 'old-ward'
  return (
    <div className="city-cols">
      <section className="panel map-panel" aria-label={say(`coverage.by.${by}`)}>
        {drawn && <Views view={view} choose={setView} />}
        {drawn && view === 'map' ? <MapOrBones coverage={coverage} /> : <WholeTable coverage={coverage} />}
        <Source coverage={coverage} />
      </section>
      <div className="stack">
        <Answer coverage={coverage} />
        <section className="panel">
          <div className="head">
            <h2>
              <Defined meaning="coverage.new">{say('coverage.trend')}</Defined>
            </h2>
          </div>
          <div className="inside">
            <Trend weeks={coverage.weeks} counts={coverage.weekly} />
          </div>
        </section>
        <Missing coverage={coverage} showAll={() => setView('table')} />
      </div>
    </div>
  )
}

const VIEWS = ['map', 'table'] as const
type View = (typeof VIEWS)[number]

function Views({ view, choose }: { view: View; choose: (view: View) => void }) {
  return (
    <div className="views">
      {VIEWS.map((each) => (
        <button
          key={each}
          type="button"
          className="view"
          aria-pressed={view === each}
          onClick={() => choose(each)}
        >
          {say(`coverage.view.${each}`)}
        </button>
      ))}
    </div>
  )
}

/** The shapes change with a release only; they arrive beside the numbers. */
function MapOrBones({ coverage }: { coverage: Coverage }) {
  const wards = useLoad<Wards>('/api/directory/ward-shapes')
  if (wards.is === 'loading') return <Loading words={say('coverage.loading.map')} />
  if (wards.is === 'refused') return <Refused answer={wards.answer} again={wards.again} />
  return <WardMap coverage={coverage} wards={wards.data} />
}

function Source({ coverage: { by, demo, city } }: { coverage: Coverage }) {
  return (
    <p className="asof">
      {say('coverage.source.line')}
      {by === 'old-district' && ` ${say('coverage.source.districts')}`}
      {by === 'old-ward' && ` ${say('coverage.source.old-wards')}`}
      {city.nowhere > 0 && ` ${say('coverage.source.nowhere', { n: sayPeople(city.nowhere) })}`}
      {demo && ` ${say('coverage.source.demo')}`}{' '}
      <Link href="/department/places">{say('old-ward.link')}</Link>
    </p>
  )
}

/** The share where people were estimated; else the people alone. */
function Reached({ coverage: { city, basis } }: { coverage: Coverage }) {
  const { share, counted, estimated, missing } = city
  return (
    <div className="kpi">
      <b className="num-c">
        <Defined meaning={share === null ? 'coverage.registered' : 'coverage.share'}>
          {share === null ? sayMany(counted) : sayShare(share)}
        </Defined>
      </b>
      {estimated === null || missing === null ? (
        <p className="soft">{say('coverage.no-estimate')}</p>
      ) : (
        <p className="soft">
          <Defined meaning="coverage.registered">
            <b>{sayMany(counted)}</b>
          </Defined>{' '}
          <Defined meaning={basis}>{say('coverage.of', { n: sayMany(estimated) })}</Defined>
          <br />
          <Defined meaning="coverage.missing">{say('coverage.to-target', { n: sayMany(missing) })}</Defined>
        </p>
      )}
    </div>
  )
}

/** The one number, and how the places lie around the target. */
function Answer({ coverage }: { coverage: Coverage }) {
  const { city, rows, by } = coverage
  const told = say(`coverage.reached.${by}`, { n: sayPeople(city.reached), all: sayPeople(city.units) })
  return (
    <section className="panel">
      <Reached coverage={coverage} />
      {city.over && <p className="inside wa">{say('coverage.over.city')}</p>}
      <div className="inside">
        <p className="soft">
          <Defined meaning="coverage.target">{told}</Defined>
        </p>
        {city.withBooks === 0 ? (
          <p className="soft">{say('coverage.empty')}</p>
        ) : (
          <DotStrip rows={rows} label={told} />
        )}
      </div>
    </section>
  )
}

function Missing({ coverage, showAll }: { coverage: Coverage; showAll: () => void }) {
  const ranked = byMissing(coverage.rows)
  const none = coverage.rows.filter((row) => row.none).length
  return (
    <section className="panel">
      <div className="head">
        <h2>{say('coverage.most-missing')}</h2>
        <span className="muted">{say('coverage.by-people')}</span>
      </div>
      {ranked.length > 0 ? (
        <MissingTable coverage={coverage} rows={ranked.slice(0, LISTED)} />
      ) : (
        <p className="inside soft">{say('coverage.nothing-ranked')}</p>
      )}
      <div className="foot-line">
        <span className="muted">{none > 0 && say('coverage.none.count', { n: sayPeople(none) })}</span>
        <button type="button" className="btn plain small" onClick={showAll}>
          {say('coverage.show-all', { n: sayPeople(coverage.rows.length) })}
        </button>
      </div>
    </section>
  )
}
