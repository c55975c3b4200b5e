import { Loading } from '@sokhoe/ui/parts/State'
import { useLanguage } from '@sokhoe/ui/speech'
import { lazy, Suspense, useEffect } from 'react'
import { Route, Switch } from 'wouter'
import { Code } from './entry/Code.tsx'
import { Landing } from './entry/Landing.tsx'
import { NotFound, ScannedCard, ScannedLiveCode } from './entry/NoCampaign.tsx'
import { Phone } from './entry/Phone.tsx'
import { SignIn } from './entry/SignIn.tsx'
import { Updater } from './parts/Updater.tsx'
import { say } from './platform/say.ts'
import { refreshSession, useSession, watchCopies, watchOtherTabs } from './platform/session.ts'

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
const CardScreen = lazy(() => import('./card/CardScreen.tsx').then((m) => ({ default: m.CardScreen })))
const PrintScreen = lazy(() => import('./paper/PrintScreen.tsx').then((m) => ({ default: m.PrintScreen })))
const CheckPrint = lazy(() => import('./paper/CheckPrint.tsx').then((m) => ({ default: m.CheckPrint })))
const Mine = lazy(() => import('./rights/Mine.tsx').then((m) => ({ default: m.Mine })))
const LineScreen = lazy(() => import('./rights/Line.tsx').then((m) => ({ default: m.LineScreen })))
const Looked = lazy(() => import('./book/Looked.tsx').then((m) => ({ default: m.Looked })))
const Timeline = lazy(() => import('./timeline/Timeline.tsx').then((m) => ({ default: m.Timeline })))
const Results = lazy(() => import('./timeline/Results.tsx').then((m) => ({ default: m.Results })))
const Trend = lazy(() => import('./timeline/Trend.tsx').then((m) => ({ default: m.Trend })))
const ListScreen = lazy(() => import('./timeline/ListScreen.tsx').then((m) => ({ default: m.ListScreen })))
const Family = lazy(() => import('./family/Family.tsx').then((m) => ({ default: m.Family })))
const AddChild = lazy(() => import('./family/AddChild.tsx').then((m) => ({ default: m.AddChild })))
const AskChild = lazy(() => import('./family/AskChild.tsx').then((m) => ({ default: m.AskChild })))
const Proxies = lazy(() => import('./family/Proxies.tsx').then((m) => ({ default: m.Proxies })))
const Invite = lazy(() => import('./family/Invite.tsx').then((m) => ({ default: m.Invite })))
const Request = lazy(() => import('./family/Invite.tsx').then((m) => ({ default: m.Request })))
const Accept = lazy(() => import('./family/Accept.tsx').then((m) => ({ default: m.Accept })))
const Vouch = lazy(() => import('./family/Vouch.tsx').then((m) => ({ default: m.Vouch })))
const Move = lazy(() => import('./family/Move.tsx').then((m) => ({ default: m.Move })))
const Undo = lazy(() => import('./family/Undo.tsx').then((m) => ({ default: m.Undo })))
const More = lazy(() => import('./book/More.tsx').then((m) => ({ default: m.More })))
const Help = lazy(() => import('./help/Help.tsx').then((m) => ({ default: m.Help })))
const DataKept = lazy(() => import('./help/Help.tsx').then((m) => ({ default: m.DataKept })))

/** Whoever is signed in: what she began on this phone is known on every screen, for its count and its sending. */
function useDraftsOfOwner(): void {
  const session = useSession()
  const owner = session.is === 'in' ? session.owner : undefined
  useEffect(() => {
    if (owner !== undefined) void import('./declare/drafts.ts').then((drafts) => drafts.loadLocalDrafts())
  }, [owner])
}

/** All screens by address. Drawing it anew draws every phrase anew, so that the language can change in place. */
export function App() {
  useLanguage()
  useDraftsOfOwner()
  useEffect(() => {
    void refreshSession()
    return watchOtherTabs()
  }, [])
  useEffect(watchCopies, [])
  return (
    <>
      <Suspense fallback={<Loading words={say('loading')} />}>
        <Switch>
          <Route path="/">
            <SignIn />
          </Route>
          <Route path="/app/code">
            <Code campaign={null} />
          </Route>
          <Route path="/app/phone">
            <SignIn />
          </Route>
          <Route path="/app/station">
            <StationHelp campaign={null} />
          </Route>
          <Route path="/q/:code">{({ code }) => <Landing key={code} code={code} />}</Route>
          <Route path="/app/q/:code/phone">{({ code }) => <Phone campaign={code} />}</Route>
          <Route path="/app/q/:code/code">{({ code }) => <Code campaign={code} />}</Route>
          <Route path="/app/q/:code/ticket">{({ code }) => <Ticket campaign={code} />}</Route>
          <Route path="/app/q/:code/station">{({ code }) => <StationHelp campaign={code} />}</Route>
          <Route path="/app/unlock">
            <Unlock />
          </Route>
          <Route path="/app/declare/:part/:step">
            {({ part, step }) => <Declare key={part} part={part} step={step} />}
          </Route>
          <Route path="/app/later">
            <Later />
          </Route>
          <Route path="/app/waiting">
            <Waiting />
          </Route>
          <Route path="/app/under-18">
            <Under18 />
          </Route>
          <Route path="/app/for-others">
            <ForOthers />
          </Route>
          <Route path="/app/done">
            <Done />
          </Route>
          <Route path="/app/book">
            <Book />
          </Route>
          <Route path="/app/card">
            <CardScreen />
          </Route>
          <Route path="/app/timeline">
            <Timeline />
          </Route>
          <Route path="/app/results">
            <Results />
          </Route>
          <Route path="/app/results/:code">{({ code }) => <Trend code={code} />}</Route>
          <Route path="/app/list/:kind">{({ kind }) => <ListScreen kind={kind} />}</Route>
          <Route path="/app/mine/*">
            <Mine />
          </Route>
          <Route path="/app/line/:id">{({ id }) => <LineScreen key={id} id={id} />}</Route>
          <Route path="/app/looked">
            <Looked />
          </Route>
          <Route path="/app/family">
            <Family />
          </Route>
          <Route path="/app/family/add">
            <AddChild />
          </Route>
          <Route path="/app/family/proxies">
            <Proxies />
          </Route>
          <Route path="/app/family/invite">
            <Invite />
          </Route>
          <Route path="/app/family/request">
            <Request />
          </Route>
          <Route path="/app/family/accept">
            <Accept />
          </Route>
          <Route path="/app/family/vouch">
            <Vouch />
          </Route>
          <Route path="/app/move">
            <Move />
          </Route>
          <Route path="/app/undo">
            <Undo />
          </Route>
          <Route path="/app/family/ask/:person">{({ person }) => <AskChild person={person} />}</Route>
          <Route path="/app/more">
            <More />
          </Route>
          <Route path="/app/help">
            <Help />
          </Route>
          <Route path="/app/data">
            <DataKept />
          </Route>
          <Route path="/app/print">
            <PrintScreen />
          </Route>
          <Route path="/p">
            <CheckPrint />
          </Route>
          <Route path="/p/:code">{({ code }) => <CheckPrint key={code} code={code} />}</Route>
          <Route path="/c/:token">
            <ScannedCard />
          </Route>
          <Route path="/l/:token">
            <ScannedLiveCode />
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
