import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { Redirect, useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { refreshSession } from '../platform/session.ts'
import { useAct } from './act.ts'
import type { Member } from './api.ts'
import { ForSignedIn } from './SignedIn.tsx'
import { openBookOf } from './whose.ts'
import './family.css'

/** A child from seven is asked in words meant for her: here, with a code to her own phone, or at the station. */
export const AskChild = ({ person }: { person: string }) => (
  <ForSignedIn title={say('ask.title')}>
    {(session) => (
      <Screen title={say('ask.title')} back="/app/family">
        <Asked
          person={person}
          parent={session.me.books.find(({ relation }) => relation === 'self')?.name ?? ''}
        />
      </Screen>
    )}
  </ForSignedIn>
)

function Asked({ person, parent }: { person: string; parent: string }) {
  const members = useLoad<readonly Member[]>('/api/me/family', 'family')
  const [, go] = useLocation()
  if (members.is === 'loading') return <Loading words={say('loading')} />
  if (members.is === 'refused') return <Refused answer={members.answer} again={members.again} />
  const member = members.data.find((one) => one.person === person)
  if (!member) return <Redirect to="/app/family" replace />
  const done = async () => {
    await refreshSession()
    openBookOf(person)
    go('/app/book')
  }
  return (
    <>
      <p className="b">{say('ask.child', { name: member.name })}</p>
      <p>{say('ask.text', { parent })}</p>
      <p className="gap">{say('ask.may-say-no')}</p>
      <SamePhone person={person} onDone={done} />
      <h2 className="gap">{say('ask.other-ways')}</h2>
      <OwnPhone person={person} onDone={done} />
      <ul className="acts">
        <ActRow icon="station" title={say('ask.station')} hint={say('ask.station.hint')} to="/app/station" />
      </ul>
    </>
  )
}

type Way = { person: string; onDone: () => Promise<void> }

function SamePhone({ person, onDone }: Way) {
  const { busy, refusal, act } = useAct()
  const agree = async () => {
    if (await act('POST', `/api/me/family/${person}/confirmation`, { how: 'same-phone' })) await onDone()
  }
  return (
    <>
      {refusal && <Refused answer={refusal} />}
      <button type="button" className="btn wide gap" disabled={busy} onClick={agree}>
        {say('ask.agree')}
      </button>
      <p className="hint">{say('ask.agree.hint')}</p>
    </>
  )
}

function OwnPhone({ person, onDone }: Way) {
  const [phone, setPhone] = useState('')
  const [code, setCode] = useState('')
  const [sent, setSent] = useState(false)
  const { busy, refusal, act } = useAct()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const url = `/api/me/family/${person}`
    if (!sent) {
      if (await act('POST', `${url}/child-code`, { phone })) setSent(true)
    } else if (await act('POST', `${url}/confirmation`, { how: 'own-phone', code })) await onDone()
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={say('ask.phone')}
        hint={say('ask.phone.hint')}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        className="num"
        value={phone}
        onText={setPhone}
      />
      {sent && (
        <>
          <Notice tone="good">
            <p role="status">{say('ask.sent')}</p>
          </Notice>
          <Field
            label={say('ask.code')}
            inputMode="numeric"
            autoComplete="one-time-code"
            className="num-c"
            value={code}
            onText={setCode}
          />
        </>
      )}
      {refusal && <Refused answer={refusal} />}
      <button type="submit" className="btn second wide" disabled={busy || phone === ''}>
        {sent ? say('ask.confirm') : say('ask.send')}
      </button>
    </form>
  )
}
