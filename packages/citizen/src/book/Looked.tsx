import { sayInstant } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { FormGate } from '../declare/FormGate.tsx'
import { Screen } from '../parts/Screen.tsx'
import type { Access } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'
import { say, sayOr } from '../platform/say.ts'
import { Tabs } from './Tabs.tsx'
import './book.css'

/** Who looked at my book, each access one sentence. */
export const Looked = () => <FormGate title={say('looked.title')}>{() => <LookedPage />}</FormGate>

function LookedPage() {
  const accesses = useLoad<Access[]>('/api/me/accesses', 'accesses')
  return (
    <Screen
      title={say('looked.title')}
      asOf={accesses.is === 'ready' && accesses.stale ? accesses.at : undefined}
      tabs={<Tabs now="looked" />}
    >
      <h1 className="title" tabIndex={-1}>
        {say('looked.title')}
      </h1>
      {accesses.is === 'loading' && <Loading words={say('looked.loading')} />}
      {accesses.is === 'refused' && <Refused answer={accesses.answer} again={accesses.again} />}
      {accesses.is === 'ready' && <AccessList accesses={accesses.data} />}
    </Screen>
  )
}

const isOwn = (access: Access): boolean => access.who === OWN

/** Others first and open; one's own looks are many and say little. */
function AccessList({ accesses }: { accesses: readonly Access[] }) {
  const others = accesses.filter((access) => !isOwn(access))
  const own = accesses.filter(isOwn)
  return (
    <>
      {others.length === 0 ? <p className="soft">{say('looked.empty')}</p> : <Log accesses={others} />}
      {own.length > 0 && (
        <details className="others gap">
          <summary>{say('looked.own', { n: own.length })}</summary>
          <Log accesses={own} />
        </details>
      )}
    </>
  )
}

function Log({ accesses }: { accesses: readonly Access[] }) {
  return (
    <ul className="log">
      {accesses
        .map((access, n) => ({ access, key: `${access.at} ${accesses.length - n}` }))
        .map(({ access, key }) => (
          <AccessRow key={key} access={access} />
        ))}
    </ul>
  )
}

/** The server tells who and what in Vietnamese words; the ones it has today are known in English too. */
const OWN = 'Chủ sổ'
const inWords = (text: string): string => sayOr(`access.${text}`, text)

function AccessRow({ access }: { access: Access }) {
  const place = access.facility === null ? [] : [access.facility]
  return (
    <li>
      <Icon name={isOwn(access) ? 'user' : 'station'} />
      <div className="grow">
        <p>
          <b>{[inWords(access.who), ...place].join(', ')}</b> · {inWords(access.what)}
        </p>
        <p className="hint">
          {inWords(access.purpose)} · <span className="num-c">{sayInstant(access.at)}</span>
        </p>
      </div>
    </li>
  )
}
