import { lazy, Suspense, useEffect } from 'react'
import { Route, Switch } from 'wouter'
import { Code } from './entry/Code.tsx'
import { Landing } from './entry/Landing.tsx'
import { NoBook, NotFound } from './entry/NoCampaign.tsx'
import { Phone } from './entry/Phone.tsx'
import { SignIn } from './entry/SignIn.tsx'
import { Loading } from './parts/State.tsx'
import { Updater } from './parts/Updater.tsx'
import { say, useLanguage } from './platform/say.ts'
import { refreshSession, watchOtherTabs } from './platform/session.ts'

const Ticket = lazy(() => import('./entry/Ticket.tsx').then((m) => ({ default: m.Ticket })))
const StationHelp = lazy(() => import('./entry/StationHelp.tsx').then((m) => ({ default: m.StationHelp })))
const Unlock = lazy(() => import('./entry/Unlock.tsx').then((m) => ({ default: m.Unlock })))
const Declare = lazy(() => import('./declare/Declare.tsx').then((m) => ({ default: m.Declare })))
const Later = lazy(() => import('./declare/Asides.tsx').then((m) => ({ default: m.Later })))
const Waiting = lazy(() => import('./declare/Asides.tsx').then((m) => ({ default: m.Waiting })))
const Under18 = lazy(() => import('./declare/Asides.tsx').then((m) => ({ default: m.Under18 })))
const ForOthers = lazy(() => import('./declare/Asides.tsx').then((m) => ({ default: m.ForOthers })))
const Done = lazy(() => import('./book/Done.tsx').then((m) => ({ default: m.Done })))
const Book = lazy(() => import('./book/Book.tsx').then((m) => ({ default: m.Book })))
const CardScreen = lazy(() => import('./book/CardScreen.tsx').then((m) => ({ default: m.CardScreen })))
const Looked = lazy(() => import('./book/Looked.tsx').then((m) => ({ default: m.Looked })))
const More = lazy(() => import('./book/More.tsx').then((m) => ({ default: m.More })))
const Help = lazy(() => import('./help/Help.tsx').then((m) => ({ default: m.Help })))
const DataKept = lazy(() => import('./help/Help.tsx').then((m) => ({ default: m.DataKept })))

/** All screens by address. Drawing it anew draws every phrase anew, so that the language can change in place. */
export function App() {
  useLanguage()
  useEffect(() => {
    void refreshSession()
    return watchOtherTabs()
  }, [])
  return (
    <>
      <Suspense fallback={<Loading words={say('loading')} />}>
        <Switch>
          <Route path="/">
            <SignIn />
          </Route>
          <Route path="/code">
            <Code campaign={null} />
          </Route>
          <Route path="/phone">
            <SignIn />
          </Route>
          <Route path="/station">
            <StationHelp campaign={null} />
          </Route>
          <Route path="/q/:code">{({ code }) => <Landing key={code} code={code} />}</Route>
          <Route path="/q/:code/phone">{({ code }) => <Phone campaign={code} />}</Route>
          <Route path="/q/:code/code">{({ code }) => <Code campaign={code} />}</Route>
          <Route path="/q/:code/ticket">{({ code }) => <Ticket campaign={code} />}</Route>
          <Route path="/q/:code/station">{({ code }) => <StationHelp campaign={code} />}</Route>
          <Route path="/unlock">
            <Unlock />
          </Route>
          <Route path="/no-book">
            <NoBook />
          </Route>
          <Route path="/declare/:part/:step">{({ part, step }) => <Declare part={part} step={step} />}</Route>
          <Route path="/later">
            <Later />
          </Route>
          <Route path="/waiting">
            <Waiting />
          </Route>
          <Route path="/under-18">
            <Under18 />
          </Route>
          <Route path="/for-others">
            <ForOthers />
          </Route>
          <Route path="/done">
            <Done />
          </Route>
          <Route path="/book">
            <Book />
          </Route>
          <Route path="/card">
            <CardScreen />
          </Route>
          <Route path="/looked">
            <Looked />
          </Route>
          <Route path="/more">
            <More />
          </Route>
          <Route path="/help">
            <Help />
          </Route>
          <Route path="/data">
            <DataKept />
          </Route>
          <Route>
            <NotFound />
          </Route>
        </Switch>
      </Suspense>
      <Updater />
    </>
  )
}
