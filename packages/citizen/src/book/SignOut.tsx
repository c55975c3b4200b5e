import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { clearDrafts, countUnsent, discardAll, sendWaiting } from '../declare/drafts.ts'
import { openBookOf } from '../family/whose.ts'
import { say } from '../platform/say.ts'
import { signOut } from '../platform/session.ts'

/** Leaving with nothing left behind; with answers that were not sent, what becomes of them is asked first. */
export function SignOut() {
  const [, go] = useLocation()
  const [unsent, setUnsent] = useState(0)
  const leave = async (fate: 'discard' | 'keep') => {
    await signOut(fate)
    clearDrafts()
    openBookOf('own')
    sessionStorage.clear()
    go('/', { replace: true })
  }
  const ask = async () => {
    const waiting = await countUnsent()
    setUnsent(waiting)
    if (waiting === 0) await leave('discard')
  }
  return (
    <>
      <button type="button" className="btn danger wide gap" onClick={ask}>
        {say('sign-out')}
      </button>
      <p className="hint gap">{say('sign-out.what')}</p>
      {unsent > 0 && <Unsent unsent={unsent} tell={setUnsent} leave={leave} />}
    </>
  )
}

function Unsent({
  unsent,
  tell,
  leave,
}: {
  unsent: number
  /** How many it is by now; none closes the question. */
  tell: (unsent: number) => void
  leave: (fate: 'discard' | 'keep') => Promise<void>
}) {
  const [state, setState] = useState<'asked' | 'sending' | 'failed'>('asked')
  const sendNow = async () => {
    setState('sending')
    const left = await sendWaiting()
    if (left === 0) return await leave('discard')
    tell(left)
    setState('failed')
  }
  const throwAway = async () => {
    await discardAll()
    await leave('discard')
  }
  return (
    <Dialog title={say('sign-out.unsent', { n: unsent })} onClose={() => tell(0)}>
      <p>{say('sign-out.ask')}</p>
      {state === 'failed' && (
        <Notice tone="watch" alert>
          {say('sign-out.not-sent')}
        </Notice>
      )}
      <div className="start">
        <button type="button" className="btn wide" disabled={state === 'sending'} onClick={sendNow}>
          {say(state === 'sending' ? 'sign-out.sending' : 'sign-out.send')}
        </button>
        <button type="button" className="btn second wide" onClick={() => void leave('keep')}>
          {say('sign-out.keep')}
        </button>
        <p className="hint">{say('sign-out.keep.what')}</p>
        <button type="button" className="btn danger wide" onClick={throwAway}>
          {say('sign-out.discard')}
        </button>
      </div>
    </Dialog>
  )
}
