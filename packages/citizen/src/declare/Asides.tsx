import { Icon, type IconName } from '@sokhoe/ui/parts/Icon'
import { useEffect, useState } from 'react'
import { Link, Redirect } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { refreshSession, useSession } from '../platform/session.ts'
import { useDrafts } from './drafts.ts'
import { FormGate } from './FormGate.tsx'
import { SavedAt } from './Progress.tsx'

type Words = { title: string; icon: IconName; texts: readonly string[]; to: string; go: string }

function Aside({ title, icon, texts, to, go }: Words) {
  return (
    <Screen title={title}>
      <h1 className="title row top" tabIndex={-1}>
        <Icon name={icon} />
        <span>{title}</span>
      </h1>
      {texts.map((text) => (
        <p key={text} className="gap">
          {text}
        </p>
      ))}
      <div className="start">
        <Link className="btn wide" href={to}>
          {go}
        </Link>
      </div>
    </Screen>
  )
}

/** Whoever is under 18 has her book from her parents, in their app. */
export const Under18 = () => (
  <Aside
    title={say('under-18.title')}
    icon="users"
    texts={[say('under-18.what'), say('under-18.todo'), say('under-18.safe')]}
    to="/app/declare/first/1"
    go={say('under-18.mend')}
  />
)

/** A child is added beside one's own book; a grown-up gives the right herself. */
export function ForOthers() {
  const session = useSession()
  const hasBook = session.is === 'in' && session.me.books.some(({ relation }) => relation === 'self')
  return (
    <Aside
      title={say('for-others.title')}
      icon="users"
      texts={[say('for-others.what'), say(hasBook ? 'for-others.add' : 'for-others.todo')]}
      to={hasBook ? '/app/family' : '/app/declare/first/1'}
      go={say(hasBook ? 'family.title' : 'for-others.own')}
    />
  )
}

/** Left in the middle: what is kept, and how to come back. */
export function Later() {
  return (
    <FormGate title={say('later.title')}>
      {(_, session) => <LaterPage hasBook={session.me.books.length > 0} />}
    </FormGate>
  )
}

function LaterPage({ hasBook }: { hasBook: boolean }) {
  const drafts = [...useDrafts().drafts.values()]
  const latest = drafts.find((draft) => draft.part === 'first') ?? drafts[0]
  const to = latest ? `/app/declare/${latest.part}/${latest.step}` : '/app/declare/first/1'
  return (
    <Screen title={say('later.title')}>
      <h1 className="title row top" tabIndex={-1}>
        <Icon name="done" />
        <span>{say('later.title')}</span>
      </h1>
      <p className="state">
        <SavedAt />
      </p>
      <p>{say('later.what')}</p>
      <div className="start">
        <Link className="btn wide" href={to}>
          {say('later.go-on')}
        </Link>
        {hasBook && (
          <Link className="btn second wide" href="/app/book">
            {say('done.open')}
          </Link>
        )}
      </div>
    </Screen>
  )
}

/** Declared without network: it waits on this phone and goes by itself. */
export function Waiting() {
  return <FormGate title={say('waiting.title')}>{() => <WaitingPage />}</FormGate>
}

function WaitingPage() {
  const { drafts } = useDrafts()
  const [sent, setSent] = useState(false)
  const waits = [...drafts.values()].some((draft) => draft.state === 'queued')
  useEffect(() => {
    if (!waits) void refreshSession().then(() => setSent(true))
  }, [waits])
  if (sent) return <Redirect to="/app/done" replace />
  return (
    <Screen title={say('waiting.title')}>
      <h1 className="title row top" tabIndex={-1}>
        <Icon name="sync" />
        <span>{say('waiting.title')}</span>
      </h1>
      <p>{say('waiting.what')}</p>
      <p className="gap">{say('waiting.todo')}</p>
    </Screen>
  )
}
