import { ActRow } from '@sokhoe/ui/parts/Rows'
import { LanguageToggle, TextToggle } from '@sokhoe/ui/parts/Toggles'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import { SignOut } from './SignOut.tsx'
import { Tabs } from './Tabs.tsx'
import './book.css'

/** Settings of this phone, help, and leaving with nothing left behind. */
export function More() {
  const session = useSession()
  return (
    <Screen title={say('more.title')} tabs={<Tabs now="more" />}>
      <h1 className="title" tabIndex={-1}>
        {say('more.title')}
      </h1>
      {session.is === 'in' && session.me.phone && (
        <p className="soft">
          {say('more.phone')} <span className="num">{session.me.phone}</span>
        </p>
      )}
      <div className="toggles">
        <TextToggle withWords />
        <LanguageToggle />
      </div>
      <ul className="acts">
        <ActRow icon="edit" title={say('mine.title')} to="/app/mine/statements" />
        <ActRow icon="chart" title={say('measure.title')} to="/app/mine/measure" />
        <ActRow icon="image" title={say('papers.title')} to="/app/mine/documents" />
        <ActRow icon="map" title={say('moved.title')} to="/app/mine/moved" />
        <ActRow icon="check" title={say('consents.title')} to="/app/mine/consents" />
        <ActRow icon="warn" title={say('disputes.title')} to="/app/mine/disputes" />
        <ActRow icon="lock" title={say('requests.title')} to="/app/mine/requests" />
        <ActRow icon="print" title={say('print.title')} to="/app/print" />
        {session.is === 'in' && (
          <ActRow icon="users" title={say('family.title')} hint={say('family.hint')} to="/app/family" />
        )}
        <ActRow icon="help" title={say('help.open')} to="/app/help" />
        <ActRow icon="shield" title={say('data.title')} to="/app/data" />
      </ul>
      {session.is === 'in' && <SignOut />}
    </Screen>
  )
}
