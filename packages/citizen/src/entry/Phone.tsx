import { readPhone } from '@sokhoe/model/phone'
import { Field } from '@sokhoe/ui/parts/Field'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { askForCode, entryPath } from './entry.ts'
import { OtherWays } from './OtherWays.tsx'
import './entry.css'

/** Asks for the phone number and sends the code. */
export function Phone({ campaign }: { campaign: string | null }) {
  return (
    <Screen title={say('phone.title')} back={entryPath(campaign, '')}>
      <PhoneForm campaign={campaign} />
      <OtherWays campaign={campaign} title={say('phone.other')} />
    </Screen>
  )
}

export function PhoneForm({ campaign }: { campaign: string | null }) {
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const field = useRef<HTMLFormElement>(null)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const phone = readPhone(text, { synthetic: true })
    setError(phone.ok ? undefined : say(`phone.${phone.reason}`))
    if (!phone.ok) {
      field.current?.querySelector('input')?.focus()
      return
    }
    setBusy(true)
    const answer = await askForCode(campaign, phone.national)
    setBusy(false)
    if (answer.is === 'ready') go(entryPath(campaign, 'code'))
    else if (answer.code === 'identity.phone-invalid') setError(say('phone.not-mobile'))
    else setRefusal(answer)
  }

  return (
    <form onSubmit={submit} ref={field} noValidate>
      <Field
        label={say('phone.label')}
        hint={say('phone.hint')}
        type="tel"
        name="phone"
        inputMode="tel"
        autoComplete="tel-national"
        className="num big"
        value={text}
        error={error}
        onText={setText}
        required
      />
      {refusal && <Refused answer={refusal} />}
      <button type="submit" className="btn wide gap" aria-busy={busy} disabled={busy}>
        {busy ? say('phone.sending') : say('phone.send')}
      </button>
      <p className="hint gap">
        {say('phone.promise')} <Link href="/app/data">{say('landing.pledge.more')}</Link>
      </p>
    </form>
  )
}
