import type { BookList, LineKind } from '@sokhoe/model/reading'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Link } from 'wouter'
import { Tabs } from '../book/Tabs.tsx'
import { FormGate } from '../declare/FormGate.tsx'
import { NotFound } from '../entry/NoCampaign.tsx'
import { useBookLoad } from '../family/load.ts'
import { Screen } from '../parts/Screen.tsx'
import { type Phrase, say } from '../platform/say.ts'
import { LineRow } from './LineRow.tsx'
import './timeline.css'

/** The kinds that have a list of their own, in the order of the first page. */
export const LISTS = [
  ['allergy', 'kind.allergy'],
  ['condition', 'kind.condition'],
  ['medicine', 'kind.medicine'],
  ['immunisation', 'kind.immunisation'],
  ['family', 'kind.family'],
  ['procedure', 'kind.procedure'],
  ['document', 'kind.document'],
  ['habit', 'kind.habit'],
  ['visit', 'kind.visit'],
  ['consent', 'kind.consent'],
  ['declaration', 'kind.declaration'],
] as const satisfies readonly (readonly [LineKind, Phrase])[]

/** What the book holds of one kind: what stands first, what has ended after it. */
export function ListScreen({ kind }: { kind: string }) {
  const [is, phrase] = LISTS.find(([one]) => one === kind) ?? []
  if (!is || !phrase) return <NotFound />
  return <FormGate title={say(phrase)}>{() => <ListPage key={is} kind={is} title={say(phrase)} />}</FormGate>
}

function ListPage({ kind, title }: { kind: LineKind; title: string }) {
  const list = useBookLoad<BookList>(`/lists/${kind}`)
  return (
    <Screen
      title={title}
      back="/app/book"
      asOf={list.is === 'ready' && list.stale ? list.at : undefined}
      tabs={<Tabs now="book" />}
    >
      {list.is === 'loading' && <Loading words={say('list.loading')} />}
      {list.is === 'refused' && <Refused answer={list.answer} again={list.again} />}
      {list.is === 'ready' && <Lines list={list.data} />}
    </Screen>
  )
}

function Lines({ list: { lines, left } }: { list: BookList }) {
  if (lines.length === 0)
    return (
      <>
        <p className="soft">{say('list.empty')}</p>
        <p>
          <Link href="/app/book#more">{say('book.tell-more')}</Link>
        </p>
      </>
    )
  return (
    <>
      <ul className="lines">
        {lines.map((line) => (
          <LineRow key={line.id} line={line} times={line.times} />
        ))}
      </ul>
      {left > 0 && <p className="hint">{say('list.left', { n: left })}</p>}
    </>
  )
}
