import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useLanguage } from '@sokhoe/ui/speech'
import { lazy, Suspense, useEffect } from 'react'
import { Redirect, Route, Switch, useLocation } from 'wouter'
import { sectionsOf } from './nav.ts'
import { say } from './platform/say.ts'
import { refreshSession, type Staff, useSession } from './platform/session.ts'
import { SCREENS } from './screens.ts'
import { Nowhere } from './shell/Nowhere.tsx'
import { SignIn } from './shell/SignIn.tsx'
import { TopBar } from './shell/TopBar.tsx'
import { hasRound } from './visits/flag.ts'

const Away = lazy(() => import('./visits/Away.tsx').then((m) => ({ default: m.Away })))

/** A round of home visits goes on without sign-in and without network: its own PIN opens it. */
const isAway = (session: string, at: string): boolean =>
  (session === 'unreached' || session === 'out') && at === '/station/visits' && hasRound()

/** Sign-in before anything; a shift that ends hides the screen and keeps it, so that nothing typed is lost. */
export function App() {
  useLanguage()
  const session = useSession()
  const [at] = useLocation()
  useEffect(() => void refreshSession(), [])
  if (session.is === 'unknown') return <Loading words={say('loading')} />
  if (isAway(session.is, at))
    return (
      <Suspense fallback={<Loading words={say('loading')} />}>
        <Away />
      </Suspense>
    )
  if (session.is === 'unreached')
    return (
      <main className="page narrow">
        <Refused answer={session.answer} again={() => void refreshSession()} />
      </main>
    )
  if (session.is === 'out') return <SignIn />
  const ended = session.is === 'ended'
  return (
    <>
      {ended && <SignIn again={session.staff} />}
      <div className="work" hidden={ended} key={session.staff.user}>
        <Work staff={session.staff} />
      </div>
    </>
  )
}

function Work({ staff }: { staff: Staff }) {
  const first = sectionsOf(staff.role)[0]?.to
  return (
    <>
      <a className="skip" href="#main">
        {say('skip')}
      </a>
      <TopBar staff={staff} />
      <Suspense fallback={<Loading words={say('loading')} />}>
        <Switch>
          {SCREENS.map(({ path, roles, Screen }) => (
            <Route key={path} path={path}>
              {roles.includes(staff.role) ? <Screen /> : <Nowhere why="role" to={first} />}
            </Route>
          ))}
          {['/station', '/department'].map((path) => (
            <Route key={path} path={path}>
              {first ? <Redirect to={first} replace /> : <Nowhere why="none" to={undefined} />}
            </Route>
          ))}
          <Route>
            <Nowhere why="address" to={first} />
          </Route>
        </Switch>
      </Suspense>
    </>
  )
}
