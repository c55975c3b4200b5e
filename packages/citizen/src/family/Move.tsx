import { sayInstant } from '@sokhoe/ui/format'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useEffect } from 'react'
import { Screen } from '../parts/Screen.tsx'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { refreshSession } from '../platform/session.ts'
import { useAct } from './act.ts'
import type { Changes } from './api.ts'
import { grouped } from './Invite.tsx'
import { MoveForm } from './MoveForm.tsx'
import { TimeLeft } from './MoveNotice.tsx'
import { ForSignedIn } from './SignedIn.tsx'
import './family.css'

/** A book that comes to this number, or leaves it. */
export const Move = () => (
  <ForSignedIn title={say('move.title')}>
    {(session) => (
      <Screen title={say('move.title')} back="/app/more">
        <MovePage
          hasBook={session.me.books.some(({ relation, arriving }) => relation === 'self' && !arriving)}
        />
      </Screen>
    )}
  </ForSignedIn>
)

function MovePage({ hasBook }: { hasBook: boolean }) {
  const changes = useLoad<Changes>('/api/phone-changes')
  const state = changes.is === 'ready' ? changes.data.mine?.state : undefined
  useEffect(() => {
    if (state === 'moved' || state === 'waiting') void refreshSession()
  }, [state])
  if (changes.is === 'loading') return <Loading words={say('loading')} />
  if (changes.is === 'refused') return <Refused answer={changes.answer} again={changes.again} />
  const { mine, leaving } = changes.data
  if (leaving?.until) return <Leaving since={leaving.since} until={leaving.until} onDone={changes.again} />
  if (mine) return <Coming mine={mine} hasBook={hasBook} again={changes.again} />
  return hasBook ? <p>{say('move.has-book')}</p> : <MoveForm onSent={changes.again} />
}

/** Somebody asked to take the book away: how long she can still say no. */
function Leaving({ since, until, onDone }: { since: string | null; until: string; onDone: () => void }) {
  const { busy, refusal, act } = useAct()
  const undo = async () => {
    if (await act('POST', '/api/phone-changes/undo', {})) onDone()
  }
  return (
    <>
      <Notice tone="urgent">
        <p className="b">{say('move.leaving')}</p>
        {since && <p>{say('move.asked-at', { at: sayInstant(since) })}</p>}
        <p>
          {say('move.leaving-left')} <TimeLeft until={until} />
        </p>
      </Notice>
      <p className="gap">{say('move.leaving-what')}</p>
      {refusal && <Refused answer={refusal} />}
      <button type="button" className="btn danger wide gap" disabled={busy} onClick={undo}>
        {say('move.undo')}
      </button>
    </>
  )
}

type Mine = NonNullable<Changes['mine']>

/** Where a change stands that this number asked for. */
function Coming({ mine, hasBook, again }: { mine: Mine; hasBook: boolean; again: () => void }) {
  const { state, code, effectiveAt } = mine
  return (
    <>
      {state === 'waiting' && effectiveAt && (
        <Notice tone="info">
          <p className="b">{say('move.waiting')}</p>
          <p>
            {say('move.arriving')} <TimeLeft until={effectiveAt} />
          </p>
          <p>{say('move.waiting-what')}</p>
        </Notice>
      )}
      {state === 'moved' && (
        <Notice tone="good">
          <p role="status">{say('move.moved')}</p>
        </Notice>
      )}
      {state === 'undone' && <Notice tone="watch">{say('move.undone')}</Notice>}
      {state === 'collecting' && <Notice tone="watch">{say('move.collecting')}</Notice>}
      {code && <ForOthers code={code} />}
      {(state === 'collecting' || state === 'undone') && !hasBook && (
        <>
          <h2 className="gap">{say('move.again')}</h2>
          <MoveForm onSent={again} />
        </>
      )}
    </>
  )
}

/** The code by which family or station can help. */
function ForOthers({ code }: { code: string }) {
  return (
    <section className="gap">
      <h2>{say('move.code')}</h2>
      <p>{say('move.code-what')}</p>
      <output className="spoken num-c">{grouped(code)}</output>
      <ul className="acts">
        <ActRow
          icon="station"
          title={say('move.station')}
          hint={say('move.station.hint')}
          to="/app/station"
        />
      </ul>
    </section>
  )
}
