import { Field } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { type FormEvent, useState } from 'react'
import { say } from '../platform/say.ts'
import { TRIES, unlock } from './round.ts'
import type { Meta } from './safe.ts'

/** The PIN opens the round on this tablet; after five wrong ones nothing here can be read any more. */
export function Locked({ meta, boxes }: { meta: Meta; boxes: number }) {
  const [pin, setPin] = useState('')
  const [busy, setBusy] = useState(false)
  const left = TRIES - meta.wrong
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const still = await unlock(pin)
    if (still === undefined) return
    setBusy(false)
    setPin('')
  }
  return (
    <section className="panel sign-in">
      <h2>{say('visits.locked')}</h2>
      <p className="soft">{say('visits.waiting', { n: boxes })}</p>
      <form onSubmit={(event) => void submit(event)}>
        <Field
          label={say('visits.pin')}
          hint={say('visits.pin.of', { worker: meta.worker })}
          className="num-c"
          type="password"
          inputMode="numeric"
          autoComplete="off"
          required
          value={pin}
          error={meta.wrong > 0 ? say('visits.pin.wrong', { n: left }) : undefined}
          onText={setPin}
        />
        <button type="submit" className="btn wide" disabled={busy} aria-busy={busy}>
          <Icon name="lock" />
          {say(busy ? 'visits.opening' : 'visits.open')}
        </button>
      </form>
    </section>
  )
}
