import type { Access, Accesses } from '@sokhoe/model/reading'
import { sayInstant } from '@sokhoe/ui/format'
import { Icon, type IconName } from '@sokhoe/ui/parts/Icon'
import { Loading, type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { FormGate } from '../declare/FormGate.tsx'
import { useBookLoad } from '../family/load.ts'
import { bookApi, useWhose } from '../family/whose.ts'
import { Screen } from '../parts/Screen.tsx'
import { loadPage } from '../platform/load.ts'
import { currentLanguage, say } from '../platform/say.ts'
import { NoBookYet } from './NoBookYet.tsx'
import { Tabs } from './Tabs.tsx'
import './book.css'

/** Who looked at my book, each access one sentence. */
export const Looked = () => (
  <FormGate title={say('looked.title')}>
    {(_form, session) =>
      session.me.books.length > 0 ? (
        <LookedPage />
      ) : (
        <NoBookYet session={session} tab="looked" title={say('looked.title')} />
      )
    }
  </FormGate>
)

function LookedPage() {
  const whose = useWhose()
  const others = useBookLoad<Accesses>('/accesses')
  return (
    <Screen
      title={say('looked.title')}
      asOf={others.is === 'ready' && others.stale ? others.at : undefined}
      tabs={<Tabs now="looked" />}
    >
      <h1 className="title" tabIndex={-1}>
        {say('looked.title')}
      </h1>
      {others.is === 'loading' && <Loading words={say('looked.loading')} />}
      {others.is === 'refused' && <Refused answer={others.answer} again={others.again} />}
      {others.is === 'ready' && (
        <>
          {others.data.accesses.length === 0 && <p className="soft">{say('looked.empty')}</p>}
          <Log key={`${whose} ${others.at}`} first={others.data} query="by=others" />
        </>
      )}
      <Own key={whose} />
    </Screen>
  )
}

/** One's own looks are many and say little: asked for only when opened. */
function Own() {
  const [open, setOpen] = useState(false)
  return (
    <details className="others gap" onToggle={({ currentTarget }) => setOpen(currentTarget.open)}>
      <summary>{say('looked.own')}</summary>
      {open && <OwnLog />}
    </details>
  )
}

function OwnLog() {
  const own = useBookLoad<Accesses>('/accesses?by=own')
  if (own.is === 'loading') return <Loading words={say('looked.loading')} />
  if (own.is === 'refused') return <Refused answer={own.answer} again={own.again} />
  return <Log first={own.data} query="by=own" />
}

function Log({ first, query }: { first: Accesses; query: string }) {
  const whose = useWhose()
  const [accesses, setAccesses] = useState<readonly Access[]>(first.accesses)
  const [next, setNext] = useState(first.next)
  const [refused, setRefused] = useState<Refusal>()
  const more = async () => {
    const path = `/accesses?${query}&before=${next}`
    const page = await loadPage<Accesses>(bookApi(path, whose))
    if (page.is === 'refused') return setRefused(page.answer)
    setRefused(undefined)
    setAccesses([...accesses, ...page.data.accesses])
    setNext(page.data.next)
  }
  return (
    <>
      <ul className="log">
        {accesses
          .map((access, n) => ({ access, key: `${access.at} ${n}` }))
          .map(({ access, key }) => (
            <AccessRow key={key} access={access} />
          ))}
      </ul>
      {refused && <Refused answer={refused} />}
      {next !== null && (
        <button type="button" className="btn second wide gap" onClick={() => void more()}>
          {say('looked.more')}
        </button>
      )}
    </>
  )
}

const ICONS: Readonly<Record<Access['by'], IconName>> = {
  self: 'user',
  proxy: 'users',
  staff: 'station',
  client: 'station',
  system: 'sync',
  nobody: 'lock',
}

/** Who, where, what, for what, when: one plain sentence. */
export function AccessRow({ access: { by, who, did, place, at, refused } }: { access: Access }) {
  const language = currentLanguage()
  return (
    <li className={refused ? 'no' : undefined}>
      <Icon name={ICONS[by]} />
      <div className="grow">
        <p>
          <b>{place === null ? who[language] : `${who[language]}, ${place},`}</b> {did[language]}.
        </p>
        <p className="hint num-c">
          <time dateTime={at}>{sayInstant(at)}</time>
        </p>
      </div>
    </li>
  )
}
