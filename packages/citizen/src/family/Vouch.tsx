import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { Screen } from '../parts/Screen.tsx'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { useAct } from './act.ts'
import type { Member } from './api.ts'
import { ForSignedIn } from './SignedIn.tsx'
import { Radios } from './Topics.tsx'
import './family.css'

/** Somebody of the family has a new number: I say that it is she. */
export const Vouch = () => (
  <ForSignedIn title={say('vouch.title')}>
    {() => (
      <Screen title={say('vouch.title')} back="/app/family">
        <VouchPage />
      </Screen>
    )}
  </ForSignedIn>
)

function VouchPage() {
  const members = useLoad<readonly Member[]>('/api/me/family', 'family')
  if (members.is === 'loading') return <Loading words={say('loading')} />
  if (members.is === 'refused') return <Refused answer={members.answer} again={members.again} />
  const known = members.data.filter(({ topics }) => topics.length > 0)
  return known.length === 0 ? <p>{say('vouch.nobody')}</p> : <VouchForm members={known} />
}

function VouchForm({ members }: { members: readonly Member[] }) {
  const [person, setPerson] = useState(members[0]?.person)
  const [code, setCode] = useState('')
  const [done, setDone] = useState(false)
  const { busy, refusal, act } = useAct()
  const vouch = async (event: FormEvent) => {
    event.preventDefault()
    if (await act('POST', '/api/phone-changes/vouch', { person, code })) setDone(true)
  }
  if (done)
    return (
      <Notice tone="good">
        <p role="status">{say('vouch.done')}</p>
      </Notice>
    )
  return (
    <form onSubmit={vouch} noValidate>
      <p>{say('vouch.what')}</p>
      <Radios
        legend={say('vouch.who')}
        value={person}
        options={members.map((member) => [member.person, member.name] as const)}
        onChange={setPerson}
      />
      <Field
        label={say('vouch.code')}
        autoComplete="off"
        autoCapitalize="characters"
        className="num-c big"
        value={code}
        onText={setCode}
      />
      {refusal && <Refused answer={refusal} />}
      <button type="submit" className="btn wide" disabled={busy || code.trim() === ''}>
        {say('vouch.confirm')}
      </button>
    </form>
  )
}
