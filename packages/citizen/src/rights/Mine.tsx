import { Route, Switch } from 'wouter'
import { NotFound } from '../entry/NoCampaign.tsx'
import { Consents } from './Consents.tsx'
import { Disputes } from './Disputes.tsx'
import { Documents } from './Documents.tsx'
import { Measure } from './Measure.tsx'
import { Moved } from './Moved.tsx'
import { NewDocument } from './NewDocument.tsx'
import { Requests } from './Requests.tsx'
import { EditStatement, NewStatement } from './StatementForm.tsx'
import { Statements } from './Statements.tsx'

/** What a person writes, disputes and decides in her own book. */
export function Mine() {
  return (
    <Switch>
      <Route path="/app/mine/consents">
        <Consents />
      </Route>
      <Route path="/app/mine/statements">
        <Statements />
      </Route>
      <Route path="/app/mine/statements/new/:kind">
        {({ kind }) => <NewStatement key={kind} kind={kind} />}
      </Route>
      <Route path="/app/mine/statements/:id">{({ id }) => <EditStatement key={id} id={id} />}</Route>
      <Route path="/app/mine/measure">
        <Measure />
      </Route>
      <Route path="/app/mine/moved">
        <Moved />
      </Route>
      <Route path="/app/mine/documents">
        <Documents />
      </Route>
      <Route path="/app/mine/documents/new">
        <NewDocument />
      </Route>
      <Route path="/app/mine/disputes">
        <Disputes />
      </Route>
      <Route path="/app/mine/requests">
        <Requests />
      </Route>
      <Route>
        <NotFound />
      </Route>
    </Switch>
  )
}
