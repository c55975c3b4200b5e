import type { Questionnaire } from '@sokhoe/model/questionnaire'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { type ReactNode, useEffect, useState } from 'react'
import { PhoneForm } from '../entry/Phone.tsx'
import { useWhose } from '../family/whose.ts'
import { Screen } from '../parts/Screen.tsx'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { type Session, useSession } from '../platform/session.ts'
import { loadDrafts, sendQueued, watchDrafts } from './drafts.ts'

export type SignedIn = Extract<Session, { is: 'in' }>

/** Screens behind it need somebody signed in, the form, and the drafts of this person. */
export function FormGate({
  title,
  children,
}: {
  title: string
  children: (form: Questionnaire, session: SignedIn) => ReactNode
}) {
  const session = useSession()
  const whose = useWhose()
  if (session.is === 'unknown')
    return (
      <Screen title={title}>
        <Loading words={say('loading')} />
      </Screen>
    )
  if (session.is !== 'in') return <SignInAgain reached={session.is === 'out'} />
  return <Opened key={`${session.owner} ${whose}`} session={session} title={title} content={children} />
}

function Opened({
  session,
  title,
  content,
}: {
  session: SignedIn
  title: string
  content: (form: Questionnaire, session: SignedIn) => ReactNode
}) {
  const form = useLoad<Questionnaire>('/api/form', 'form')
  const [ready, setReady] = useState(false)
  const loaded = form.is === 'ready' ? form.data : undefined
  useEffect(() => {
    if (!loaded) return
    const stop = watchDrafts(loaded)
    void loadDrafts(loaded)
      .finally(() => setReady(true))
      .then(() => sendQueued(loaded))
    return stop
  }, [loaded])
  if (loaded && ready) return content(loaded, session)
  return (
    <Screen title={title}>
      {form.is === 'refused' ? (
        <Refused answer={form.answer} again={form.again} />
      ) : (
        <Loading words={say('loading')} />
      )}
    </Screen>
  )
}

function SignInAgain({ reached }: { reached: boolean }) {
  return (
    <Screen title={say('again.title')}>
      <h1 className="title" tabIndex={-1}>
        {say('again.title')}
      </h1>
      <Notice>{reached ? say('again.what') : say('again.unreached')}</Notice>
      <div className="gap">
        <PhoneForm campaign={null} />
      </div>
    </Screen>
  )
}
