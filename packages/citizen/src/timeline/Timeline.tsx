import { monthsIn } from '@sokhoe/model/events'
import type { Line, LineKind, Timeline as Page, SourceKind } from '@sokhoe/model/reading'
import { Loading, type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Tabs } from '../book/Tabs.tsx'
import { FormGate } from '../declare/FormGate.tsx'
import { useBookLoad } from '../family/load.ts'
import { bookApi, useWhose, type Whose } from '../family/whose.ts'
import { Screen } from '../parts/Screen.tsx'
import { loadPage } from '../platform/load.ts'
import { type Phrase, say } from '../platform/say.ts'
import { Chips } from './Chips.tsx'
import { EventEntry } from './EventEntry.tsx'
import './timeline.css'

/** Everything in the book in the order in which it happened, with who says so. */
export const Timeline = () => <FormGate title={say('timeline.title')}>{() => <TimelinePage />}</FormGate>

const KINDS = [
  ['visit', 'kind.visit'],
  ['result', 'kind.result'],
  ['medicine', 'kind.medicine'],
  ['immunisation', 'kind.immunisation'],
  ['condition', 'kind.condition'],
  ['allergy', 'kind.allergy'],
  ['document', 'kind.document'],
] as const satisfies readonly (readonly [LineKind, Phrase])[]

const SOURCES = [
  ['self', 'source.self'],
  ['station', 'source.station'],
  ['hospital', 'source.hospital'],
  ['import', 'source.import'],
] as const satisfies readonly (readonly [SourceKind, Phrase])[]

function TimelinePage() {
  const whose = useWhose()
  const [kind, setKind] = useState('')
  const [source, setSource] = useState('')
  const query = [kind && `kind=${kind}`, source && `source=${source}`].filter(Boolean).join('&')
  return (
    <TimelineOf
      key={`${whose} ${query}`}
      whose={whose}
      query={query}
      filters={
        <>
          <Chips
            label={say('timeline.kinds')}
            all={say('timeline.all')}
            options={KINDS.map(([one, phrase]) => [one, say(phrase)])}
            now={kind}
            onChange={setKind}
          />
          <Chips
            label={say('timeline.sources')}
            all={say('timeline.all-sources')}
            options={SOURCES.map(([one, phrase]) => [one, say(phrase)])}
            now={source}
            onChange={setSource}
          />
        </>
      }
    />
  )
}

function TimelineOf({ whose, query, filters }: { whose: Whose; query: string; filters: React.ReactNode }) {
  const path = query === '' ? '/timeline' : `/timeline?${query}`
  const page = useBookLoad<Page>(path)
  return (
    <Screen
      title={say('timeline.title')}
      back="/app/book"
      asOf={page.is === 'ready' && page.stale ? page.at : undefined}
      tabs={<Tabs now="book" />}
    >
      {filters}
      {page.is === 'loading' && <Loading words={say('timeline.loading')} />}
      {page.is === 'refused' && <Refused answer={page.answer} again={page.again} />}
      {page.is === 'ready' && <Pages key={page.at} first={page.data} whose={whose} query={query} />}
    </Screen>
  )
}

function Pages({ first, whose, query }: { first: Page; whose: Whose; query: string }) {
  const [lines, setLines] = useState<readonly Line[]>(first.lines)
  const [next, setNext] = useState(first.next)
  const [busy, setBusy] = useState(false)
  const [refused, setRefused] = useState<Refusal>()
  const more = async () => {
    setBusy(true)
    setRefused(undefined)
    const path = `/timeline?${[query, `before=${next}`].filter(Boolean).join('&')}`
    const page = await loadPage<Page>(bookApi(path, whose))
    setBusy(false)
    if (page.is === 'refused') return setRefused(page.answer)
    setLines([...lines, ...page.data.lines])
    setNext(page.data.next)
  }
  if (lines.length === 0) return <Empty filtered={query !== ''} />
  return (
    <>
      <p className="hint" role="status">
        {say('timeline.count', { n: lines.length, of: first.total })}
      </p>
      {monthsIn(lines).map(({ month, events }) => (
        <section key={month} aria-label={sayMonth(month)}>
          <h2 className="month">{sayMonth(month)}</h2>
          <ul className="tl">
            {events.map((event) => (
              <EventEntry key={`${event[0]?.event} ${event[0]?.id}`} lines={event} />
            ))}
          </ul>
        </section>
      ))}
      {refused && <Refused answer={refused} />}
      {next !== null && (
        <button
          type="button"
          className="btn second wide gap"
          aria-disabled={busy}
          onClick={() => void more()}
        >
          {busy ? say('timeline.loading') : say('timeline.more')}
        </button>
      )}
    </>
  )
}

const Empty = ({ filtered }: { filtered: boolean }) => (
  <p className="soft gap">{filtered ? say('timeline.none-such') : say('book.empty')}</p>
)

function sayMonth(month: string): string {
  const [year = '', number] = month.split('-')
  return number === undefined
    ? say('timeline.year', { year })
    : say('timeline.month', { month: number, year })
}
