import { sayInstant } from '@sokhoe/ui/format'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { refreshSession } from '../platform/session.ts'
import { useAct } from './act.ts'
import type { HeldRight } from './api.ts'
import { ForSignedIn } from './SignedIn.tsx'
import { sayTopics, TopicChecks } from './Topics.tsx'
import './family.css'

const PROXIES = '/api/books/own/proxies'

/** Who may act in my book: who it is, what she sees, until when; changed or ended at once. */
export const Proxies = () => (
  <ForSignedIn title={say('proxies.title')}>
    {() => (
      <Screen title={say('proxies.title')} back="/app/family">
        <List />
        <Link className="btn wide gap" href="/app/family/invite">
          {say('invite.title')}
        </Link>
      </Screen>
    )}
  </ForSignedIn>
)

function List() {
  const proxies = useLoad<readonly HeldRight[]>(PROXIES, 'proxies')
  if (proxies.is === 'loading') return <Loading words={say('loading')} />
  if (proxies.is === 'refused') return <Refused answer={proxies.answer} again={proxies.again} />
  if (proxies.data.length === 0) return <p>{say('proxies.none')}</p>
  return proxies.data.map((proxy) => <Line key={proxy.id} proxy={proxy} onChange={proxies.again} />)
}

function Line({ proxy, onChange }: { proxy: HeldRight; onChange: () => void }) {
  const [asked, setAsked] = useState<'end' | 'topics'>()
  const close = () => setAsked(undefined)
  return (
    <section className="member">
      <h2>{proxy.name}</h2>
      <p className="soft small">{say(`holder.${proxy.relation}`)}</p>
      <p>{say('proxies.may', { topics: sayTopics(proxy.topics) })}</p>
      <p className="small">
        {proxy.until === null
          ? say('proxies.no-end')
          : say('proxies.until', { at: sayInstant(new Date(proxy.until).getTime() - 1000) })}
      </p>
      <button type="button" className="btn second wide" onClick={() => setAsked('topics')}>
        {say('proxies.change')}
      </button>
      <button type="button" className="btn danger wide" onClick={() => setAsked('end')}>
        {say('proxies.end')}
      </button>
      {asked === 'end' && <EndDialog proxy={proxy} onClose={close} onDone={onChange} />}
      {asked === 'topics' && <TopicsDialog proxy={proxy} onClose={close} onDone={onChange} />}
    </section>
  )
}

type Asked = { proxy: HeldRight; onClose: () => void; onDone: () => void }

function EndDialog({ proxy, onClose, onDone }: Asked) {
  const { busy, refusal, act } = useAct()
  const end = async () => {
    if (!(await act('DELETE', `${PROXIES}/${proxy.id}`))) return
    await refreshSession()
    onClose()
    onDone()
  }
  return (
    <Dialog title={say('proxies.end-ask', { name: proxy.name })} onClose={onClose}>
      <p>{say('proxies.end-what')}</p>
      {refusal && <Refused answer={refusal} />}
      <button type="button" className="btn danger wide gap" disabled={busy} onClick={end}>
        {say('proxies.end')}
      </button>
    </Dialog>
  )
}

function TopicsDialog({ proxy, onClose, onDone }: Asked) {
  const [topics, setTopics] = useState(proxy.given)
  const { busy, refusal, act } = useAct()
  const save = async () => {
    // the last day stays as it was
    const until = proxy.until === null ? null : lastDay(proxy.until)
    if (!(await act('PUT', `${PROXIES}/${proxy.id}`, { topics, until }))) return
    onClose()
    onDone()
  }
  return (
    <Dialog title={say('proxies.change-of', { name: proxy.name })} onClose={onClose}>
      <TopicChecks value={topics} onChange={setTopics} />
      {refusal && <Refused answer={refusal} />}
      <button type="button" className="btn wide" disabled={busy || topics.length === 0} onClick={save}>
        {say('family.save')}
      </button>
    </Dialog>
  )
}

/** A right ends when its last day does: one moment before is still that day. */
const lastDay = (until: string): string =>
  new Date(new Date(until).getTime() - 1000 + 7 * 3_600_000).toISOString().slice(0, 10)
