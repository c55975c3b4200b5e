import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { LanguageToggle, TextToggle } from '@sokhoe/ui/parts/Toggles'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { clearDrafts, discard, syncAll, useDrafts } from '../declare/drafts.ts'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { signOut, useSession } from '../platform/session.ts'
import { useUnsent } from '../platform/unsent.ts'
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
        <ActRow icon="help" title={say('help.open')} to="/app/help" />
        <ActRow icon="shield" title={say('data.title')} to="/app/data" />
      </ul>
      {session.is === 'in' && <SignOut />}
    </Screen>
  )
}

function SignOut() {
  const [, go] = useLocation()
  const [asked, setAsked] = useState(false)
  const unsent = useUnsent()
  const { drafts } = useDrafts()
  const leave = async () => {
    await signOut()
    clearDrafts()
    go('/', { replace: true })
  }
  const sendNow = async () => {
    await syncAll()
    setAsked(false)
  }
  const throwAway = async () => {
    for (const part of drafts.keys()) await discard(part)
    await leave()
  }
  return (
    <>
      <button
        type="button"
        className="btn danger wide gap"
        onClick={() => (unsent > 0 ? setAsked(true) : void leave())}
      >
        {say('sign-out')}
      </button>
      <p className="hint gap">{say('sign-out.what')}</p>
      {asked && (
        <Dialog title={say('sign-out.unsent', { n: unsent })} onClose={() => setAsked(false)}>
          <p>{say('sign-out.ask')}</p>
          <div className="start">
            <button type="button" className="btn wide" onClick={sendNow}>
              {say('sign-out.send')}
            </button>
            <button type="button" className="btn danger wide" onClick={throwAway}>
              {say('sign-out.discard')}
            </button>
          </div>
        </Dialog>
      )}
    </>
  )
}
