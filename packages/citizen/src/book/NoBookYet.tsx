import { Link } from 'wouter'
import { useDrafts } from '../declare/drafts.ts'
import type { SignedIn } from '../declare/FormGate.tsx'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { type Tab, Tabs } from './Tabs.tsx'

/** Signed in, but nothing declared: the book begins with a poster, or goes on where it was left. */
export function NoBookYet({ session, tab, title }: { session: SignedIn; tab: Tab; title: string }) {
  const draft = useDrafts().drafts.get('first')
  const begun = draft !== undefined
  const canStart = begun || session.me.campaign !== null
  return (
    <Screen title={title} tabs={<Tabs now={tab} />}>
      <h1 className="title" tabIndex={-1}>
        {begun ? say('no-book.begun') : say('no-book.title')}
      </h1>
      <p>{begun ? say('no-book.begun.what') : say('no-book.what')}</p>
      <div className="start">
        {canStart && (
          <Link className="btn wide" href={`/app/declare/first/${draft?.step ?? 1}`}>
            {begun ? say('later.go-on') : say('landing.start')}
          </Link>
        )}
        {session.me.locked > 0 && (
          <Link className="btn second wide" href="/app/unlock">
            {say('unlock.title')}
          </Link>
        )}
        <Link className="btn second wide" href="/app/move">
          {say('move.title')}
        </Link>
        {!canStart && <p className="soft">{say('no-book.todo')}</p>}
      </div>
    </Screen>
  )
}
