import { send } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import type { Me } from '../platform/api.ts'
import { say } from '../platform/say.ts'
import { enterAs } from '../platform/session.ts'
import { afterEntry, entryPath } from './entry.ts'
import './entry.css'

/** Letters and digits only, as printed: spaces and dashes are for the eye. */
const bare = (ticket: string): string => ticket.toUpperCase().replaceAll(/[^0-9A-Z]/g, '')

/** The code printed on paper at the station, for whoever gets no messages. */
export function Ticket({ campaign }: { campaign: string }) {
  const [, go] = useLocation()
  const [text, setText] = useState('')
  const [error, setError] = useState<string>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const form = useRef<HTMLFormElement>(null)

  const refuse = (answer: Refusal) => {
    if (answer.code === 'identity.ticket-refused') setError(say('ticket.refused'))
    else setRefusal(answer)
    form.current?.querySelector('input')?.focus()
  }
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const ticket = bare(text)
    setRefusal(undefined)
    setError(ticket.length < 8 ? say('ticket.short') : undefined)
    if (ticket.length < 8) return form.current?.querySelector('input')?.focus()
    setBusy(true)
    const answer = await send<Me>('POST', `/api/campaigns/${encodeURIComponent(campaign)}/ticket`, {
      ticket: text.trim(),
    })
    setBusy(false)
    if (answer.is === 'refused') return refuse(answer)
    await enterAs(ticket)
    go(afterEntry(answer.data, campaign), { replace: true })
  }

  return (
    <Screen title={say('ticket.title')} back={entryPath(campaign, '')}>
      <form onSubmit={submit} ref={form} noValidate>
        <Field
          label={say('ticket.label')}
          hint={say('ticket.hint')}
          name="ticket"
          autoComplete="off"
          autoCapitalize="characters"
          spellCheck={false}
          className="num-c big"
          value={text}
          error={error}
          onText={setText}
          required
        />
        {refusal && <Refused answer={refusal} />}
        <button type="submit" className="btn wide gap" aria-busy={busy} disabled={busy}>
          {busy ? say('code.checking') : say('ticket.use')}
        </button>
      </form>
      <p className="hint gap">{say('ticket.what')}</p>
    </Screen>
  )
}
