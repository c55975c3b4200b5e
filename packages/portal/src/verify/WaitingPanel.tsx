import { sayInstant } from '@sokhoe/ui/format'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'

type Waiting = {
  readonly person: string
  readonly name: string
  readonly birthDate: string
  readonly since: string
  readonly reasons: readonly ('possibly-same' | 'birth-date-vague' | 'child' | 'no-number')[]
}
type Page = { readonly people: readonly Waiting[]; readonly total: number; readonly next: string | null }

const TONES = {
  'possibly-same': 'watch',
  'birth-date-vague': 'quiet',
  child: 'quiet',
  'no-number': 'quiet',
} as const
const PATH = '/api/station/waiting'

/** Who has declared and waits to be confirmed, longest first. */
export function WaitingPanel({ onOpen }: { onOpen: (person: string) => void }) {
  const first = useLoad<Page>(PATH)
  return (
    <section className="panel waiting" aria-label={say('waiting.title')}>
      <div className="head">
        <h2>{say('waiting.title')}</h2>
        {first.is === 'ready' && (
          <span className="tag watch">
            {say('waiting.count', { n: first.data.total.toLocaleString('vi') })}
          </span>
        )}
      </div>
      {first.is === 'loading' && <Loading words={say('loading')} />}
      {first.is === 'refused' && <Refused answer={first.answer} again={first.again} />}
      {first.is === 'ready' && <WaitingList first={first.data} onOpen={onOpen} />}
    </section>
  )
}

function WaitingList({ first, onOpen }: { first: Page; onOpen: (person: string) => void }) {
  const [more, setMore] = useState<Page>()
  const [failed, setFailed] = useState(false)
  const page = more ?? first
  const showMore = async () => {
    const answer = await ask<Page>('GET', `${PATH}?after=${page.next}`)
    setFailed(answer.is === 'refused')
    if (answer.is === 'ready') setMore({ ...answer.data, people: [...page.people, ...answer.data.people] })
  }
  if (page.people.length === 0) return <p className="empty soft">{say('waiting.none')}</p>
  return (
    <>
      <ul className="people">
        {page.people.map((one) => (
          <li key={one.person}>
            <div className="grow">
              <p className="b anywhere">{one.name}</p>
              <p className="soft num-c">
                {one.birthDate.slice(0, 4)} · {sayInstant(one.since)}
              </p>
              {one.reasons.map((reason) => (
                <span key={reason} className={`tag ${TONES[reason]}`}>
                  {say(`waiting.reason.${reason}`)}
                </span>
              ))}
            </div>
            <button type="button" className="btn second small" onClick={() => onOpen(one.person)}>
              {say('waiting.open')}
              <span className="sr">: {one.name}</span>
            </button>
          </li>
        ))}
      </ul>
      {page.next && (
        <div className="inside acts">
          <button type="button" className="btn second small" onClick={() => void showMore()}>
            {say('waiting.more')}
          </button>
          {failed && <span role="alert">{say('problem.unknown')}</span>}
        </div>
      )}
    </>
  )
}
