import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { useAct } from './act.ts'
import './family.css'

/** From the message at the old number: nothing moves. Nobody has to sign in for that. */
export function Undo() {
  const [code, setCode] = useState(() => decodeURIComponent(location.hash.slice(1)))
  const [done, setDone] = useState(false)
  const { busy, refusal, act } = useAct()
  const undo = async (event: FormEvent) => {
    event.preventDefault()
    if (await act('POST', '/api/phone-changes/undo', { code })) setDone(true)
  }
  return (
    <Screen title={say('undo.title')} back="/">
      {done ? (
        <Notice tone="good">
          <p role="status">{say('undo.done')}</p>
        </Notice>
      ) : (
        <form onSubmit={undo} noValidate>
          <p>{say('undo.what')}</p>
          <Field
            label={say('undo.code')}
            autoComplete="off"
            autoCapitalize="characters"
            className="num-c big"
            value={code}
            onText={setCode}
          />
          {refusal && <Refused answer={refusal} />}
          <button type="submit" className="btn danger wide" disabled={busy || code.trim() === ''}>
            {say('move.undo')}
          </button>
        </form>
      )}
    </Screen>
  )
}
