import { sayDay } from '@sokhoe/ui/format'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { refreshSession } from '../platform/session.ts'
import { useAct } from './act.ts'
import type { Member } from './api.ts'
import { MoveNotice } from './MoveNotice.tsx'
import { ForSignedIn } from './SignedIn.tsx'
import { sayTopics } from './Topics.tsx'
import { openBookOf } from './whose.ts'
import './family.css'

/** Whose books are on this phone, what each of them has to be asked, and who may act for me. */
export const Family = () => (
  <ForSignedIn title={say('family.title')}>
    {(session) => (
      <Screen title={say('family.title')} back="/app/more">
        <MoveNotice />
        {session.me.books.some(({ relation }) => relation === 'self') ? (
          <FamilyPage />
        ) : (
          <p>{say('family.own-first')}</p>
        )}
        <ul className="acts">
          <ActRow icon="phone" title={say('move.title')} hint={say('move.hint')} to="/app/move" />
        </ul>
      </Screen>
    )}
  </ForSignedIn>
)

function FamilyPage() {
  const members = useLoad<readonly Member[]>('/api/me/family', 'family')
  return (
    <>
      {members.is === 'loading' && <Loading words={say('loading')} />}
      {members.is === 'refused' && <Refused answer={members.answer} again={members.again} />}
      {members.is === 'ready' && members.data.length === 0 && <p>{say('family.empty')}</p>}
      {members.is === 'ready' &&
        members.data.map((member) => (
          <MemberCard key={member.person} member={member} onChange={members.again} />
        ))}
      <ul className="acts">
        <ActRow
          icon="plus"
          title={say('family.add-child')}
          hint={say('family.add-child.hint')}
          to="/app/family/add"
        />
        <ActRow
          icon="users"
          title={say('family.request')}
          hint={say('family.request.hint')}
          to="/app/family/request"
        />
        <ActRow
          icon="check"
          title={say('family.accept')}
          hint={say('family.accept.hint')}
          to="/app/family/accept"
        />
        <ActRow
          icon="shield"
          title={say('proxies.title')}
          hint={say('proxies.hint')}
          to="/app/family/proxies"
        />
        <ActRow icon="help" title={say('vouch.title')} hint={say('vouch.hint')} to="/app/family/vouch" />
      </ul>
    </>
  )
}

function MemberCard({ member, onChange }: { member: Member; onChange: () => void }) {
  const [, go] = useLocation()
  const [ending, setEnding] = useState(false)
  const open = () => {
    openBookOf(member.person)
    go('/app/book')
  }
  return (
    <section className="member">
      <h2>{member.name}</h2>
      <p className="soft small">
        {say(`relation.${member.relation}`)} · {say('family.born', { day: sayDay(member.birthDate) })}
        {!member.verified && ` (${say('family.unverified')})`}
      </p>
      <Standing member={member} />
      {member.topics.length > 0 && (
        <>
          <p className="small">{say('family.may', { topics: sayTopics(member.topics) })}</p>
          <button type="button" className="btn second wide" onClick={open}>
            {say('family.open')}
          </button>
        </>
      )}
      <button type="button" className="btn danger wide" onClick={() => setEnding(true)}>
        {say('family.stop')}
      </button>
      {ending && <StopDialog member={member} onClose={() => setEnding(false)} onDone={onChange} />}
    </section>
  )
}

/** What a child's age makes of the right, and what to do. */
function Standing({ member }: { member: Member }) {
  const { standing, person, askedUntil } = member
  const asks = standing === 'waiting' || standing === 'ask-again'
  return (
    <>
      {asks && (
        <p>
          <span className="tag watch">
            <Icon name="clock" />
            {standing === 'waiting' ? say('family.waiting') : say('family.turned-7')}
          </span>
        </p>
      )}
      {standing === 'ask-again' && askedUntil && (
        <p className="small">{say('family.ask-until', { day: sayDay(askedUntil) })}</p>
      )}
      {standing === 'of-age' && <p>{say('family.of-age')}</p>}
      {standing === 'stands' && member.confirmed === 'same-phone' && (
        <p className="small">{say('family.same-phone')}</p>
      )}
      {member.private && standing !== 'of-age' && <p className="small">{say('family.private')}</p>}
      {asks && (
        <Link className="btn wide" href={`/app/family/ask/${person}`}>
          {say('family.ask')}
        </Link>
      )}
    </>
  )
}

function StopDialog({
  member,
  onClose,
  onDone,
}: {
  member: Member
  onClose: () => void
  onDone: () => void
}) {
  const { busy, refusal, act } = useAct()
  const stop = async () => {
    if (!(await act('DELETE', `/api/me/family/${member.person}`))) return
    await refreshSession()
    onClose()
    onDone()
  }
  return (
    <Dialog title={say('family.stop-ask', { name: member.name })} onClose={onClose}>
      <p>{say('family.stop-what')}</p>
      {refusal && <Refused answer={refusal} />}
      <button type="button" className="btn danger wide gap" disabled={busy} onClick={stop}>
        {say('family.stop')}
      </button>
    </Dialog>
  )
}
