import { Loading } from '@sokhoe/ui/parts/State'
import { Redirect } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import { OtherWays } from './OtherWays.tsx'
import { PhoneForm } from './Phone.tsx'
import './entry.css'

/** The front door for who has a book already; who is signed in goes straight to it. */
export function SignIn() {
  const session = useSession()
  if (session.is === 'in') return <Redirect to="/app/book" replace />
  return (
    <Screen title={say('sign-in.document')} className="landing">
      <div className="hero">
        <h1 tabIndex={-1}>{say('sign-in.title')}</h1>
        <p>{say('sign-in.lead')}</p>
      </div>
      {session.is === 'unknown' ? <Loading words={say('loading')} /> : <PhoneForm campaign={null} />}
      <OtherWays campaign={null} title={say('sign-in.none')} />
    </Screen>
  )
}
