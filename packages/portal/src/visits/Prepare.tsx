import { Field } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { sayOr } from '@sokhoe/ui/speech'
import { type FormEvent, useState } from 'react'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import type { Street } from './houses.ts'
import { prepare } from './round.ts'
import { Streets } from './Streets.tsx'
import { keepShell } from './shell.ts'

const PIN = /^\d{6,12}$/

/** Before leaving: what a day without network needs, sealed under a PIN chosen now. */
export function Prepare() {
  const session = useSession()
  const [pins, setPins] = useState({ first: '', second: '' })
  const [streets, setStreets] = useState<readonly Street[]>([])
  const [tried, setTried] = useState(false)
  const [state, setState] = useState<{ is: 'still' } | { is: 'busy' } | { is: 'refused'; code: string }>({
    is: 'still',
  })
  const wrong = PIN.test(pins.first) ? undefined : say('visits.pin.shape')
  const differ = pins.first === pins.second ? undefined : say('visits.pin.differ')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (wrong || differ || session.is !== 'in') return
    setState({ is: 'busy' })
    if (!(await keepShell())) return setState({ is: 'refused', code: 'app.no-offline' })
    const code = await prepare(session.staff, pins.first, streets)
    if (code) setState({ is: 'refused', code })
  }
  return (
    <section className="panel sign-in prepare">
      <h2>{say('visits.prepare')}</h2>
      <p>{say('visits.prepare.what')}</p>
      <ul className="plain-list">
        <li>{say('visits.prepare.day')}</li>
        <li>{say('visits.prepare.pin')}</li>
        <li>{say('visits.prepare.unsent')}</li>
      </ul>
      {session.is !== 'in' ? (
        <Notice tone="watch">{say('visits.prepare.sign-in')}</Notice>
      ) : (
        <form onSubmit={(event) => void submit(event)}>
          <Streets chosen={streets} choose={setStreets} />
          <Pins
            pins={pins}
            change={setPins}
            wrong={tried ? wrong : undefined}
            differ={tried ? differ : undefined}
          />
          <button
            type="submit"
            className="btn wide"
            disabled={state.is === 'busy'}
            aria-busy={state.is === 'busy'}
          >
            <Icon name="save" />
            {say(state.is === 'busy' ? 'visits.preparing' : 'visits.prepare.do')}
          </button>
          {state.is === 'refused' && (
            <Notice tone="watch" alert>
              {sayOr(`problem.${state.code}`, say('problem.unknown'))}
            </Notice>
          )}
        </form>
      )}
    </section>
  )
}

interface PinsProps {
  readonly pins: { readonly first: string; readonly second: string }
  readonly change: (pins: PinsProps['pins']) => void
  readonly wrong: string | undefined
  readonly differ: string | undefined
}

function Pins({ pins, change, wrong, differ }: PinsProps) {
  const pin = {
    className: 'num-c',
    type: 'password',
    inputMode: 'numeric',
    autoComplete: 'off',
    maxLength: 12,
  } as const
  return (
    <>
      <Field
        {...pin}
        label={say('visits.pin.new')}
        hint={say('visits.pin.hint')}
        value={pins.first}
        error={wrong}
        onText={(first) => change({ ...pins, first })}
      />
      <Field
        {...pin}
        label={say('visits.pin.again')}
        value={pins.second}
        error={differ}
        onText={(second) => change({ ...pins, second })}
      />
    </>
  )
}
