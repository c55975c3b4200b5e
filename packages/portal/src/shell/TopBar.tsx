import { sayTime } from '@sokhoe/ui/format'
import { useCutSince, useReachedAt } from '@sokhoe/ui/online'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Mark } from '@sokhoe/ui/parts/Mark'
import { LanguageToggle, TextToggle } from '@sokhoe/ui/parts/Toggles'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { sectionsOf } from '../nav.ts'
import { say } from '../platform/say.ts'
import { type Staff, signOut } from '../platform/session.ts'
import { useWaiting } from '../visits/flag.ts'

/** Always there: sections, whether the server answers, who is at work, and the way out. */
export function TopBar({ staff }: { staff: Staff }) {
  const [at] = useLocation()
  return (
    <header className="top">
      <Mark />
      <nav aria-label={say('nav')}>
        {sectionsOf(staff.role).map(({ to, icon, words }) => (
          <Link key={to} href={to} aria-current={isIn(at, to) ? 'page' : undefined}>
            <Icon name={icon} />
            {say(words)}
          </Link>
        ))}
      </nav>
      <div className="who">
        <Sync />
        <span className="person">
          <b>{staff.name}</b>
          <span>{placeOf(staff)}</span>
        </span>
        <TextToggle />
        <LanguageToggle />
        <LeaveButton />
      </div>
    </header>
  )
}

const isIn = (at: string, section: string): boolean => at === section || at.startsWith(`${section}/`)

const placeOf = ({ role, stationName, wardName }: Staff): string =>
  stationName ?? wardName ?? say(role === 'privacy' ? 'role.privacy' : 'role.department')

function Sync() {
  const cutSince = useCutSince()
  const reachedAt = useReachedAt()
  const waiting = useWaiting()
  return (
    <span className="sync" role="status">
      <Icon name={cutSince === undefined ? 'sync' : 'warn'} />
      {cutSince === undefined
        ? reachedAt !== undefined && say('sync.at', { time: sayTime(reachedAt) })
        : say('sync.cut', { time: sayTime(cutSince) })}
      {waiting > 0 && <b>{say('sync.waiting', { n: waiting })}</b>}
    </span>
  )
}

function LeaveButton() {
  const [failed, setFailed] = useState(false)
  const leave = async () => setFailed((await signOut()).is === 'refused')
  return (
    <button type="button" className="toggle" onClick={() => void leave()}>
      {say('sign-out')}
      {failed && <span role="alert">{say('sign-out.failed')}</span>}
    </button>
  )
}
