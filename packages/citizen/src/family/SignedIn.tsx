import { Loading } from '@sokhoe/ui/parts/State'
import type { ReactNode } from 'react'
import { Redirect } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { type Session, useSession } from '../platform/session.ts'

/** Screens behind it need somebody signed in. */
export function ForSignedIn({
  title,
  children,
}: {
  title: string
  children: (session: Extract<Session, { is: 'in' }>) => ReactNode
}) {
  const session = useSession()
  if (session.is === 'in') return children(session)
  if (session.is === 'out') return <Redirect to="/" replace />
  return (
    <Screen title={title} back="/">
      {session.is === 'unreached' ? <p>{say('again.unreached')}</p> : <Loading words={say('loading')} />}
    </Screen>
  )
}
