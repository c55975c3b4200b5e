import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { type FormEvent, useEffect, useId, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import type { Send } from './LivesPanel.tsx'

const PAPERS = ['told', 'residence', 'cccd', 'vneid'] as const

interface Ward {
  readonly code: string
  readonly name: string
}

/** The wards of today, by name; a list of the browser, in which typing finds. */
function useWards() {
  const [answer, setAnswer] = useState<Answer<{ readonly wards: readonly Ward[] }>>()
  useEffect(() => {
    void ask<{ readonly wards: readonly Ward[] }>('GET', '/api/directory/wards').then(setAnswer)
  }, [])
  const wards = answer?.is === 'ready' ? answer.data.wards : []
  return { answer, wards: wards.toSorted((a, b) => a.name.localeCompare(b.name, 'vi')) }
}

/** She lives elsewhere now: lists and counts follow at once, and this station may lose sight of her. */
export function MoveForm({ send }: { send: Send }) {
  const id = useId()
  const { answer, wards } = useWards()
  const [ward, setWard] = useState('')
  const [address, setAddress] = useState('')
  const [paper, setPaper] = useState<(typeof PAPERS)[number]>('told')
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const [busy, setBusy] = useState(false)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setTrouble(await send('move', { ward, paper, ...(address.trim() !== '' && { address }) }))
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Trouble answer={answer} />
      <div className="side-by-side">
        <div className="field">
          <label htmlFor={id}>{say('lives.move.ward')}</label>
          <select
            id={id}
            className="input"
            value={ward}
            onChange={(event) => setWard(event.currentTarget.value)}
          >
            <option value="">{say(answer ? 'lives.move.choose' : 'lives.move.loading')}</option>
            {wards.map(({ code, name }) => (
              <option key={code} value={code}>
                {name}
              </option>
            ))}
          </select>
        </div>
        <Field
          label={say('lives.move.address')}
          hint={say('lives.move.address.hint')}
          autoComplete="off"
          maxLength={300}
          value={address}
          onText={setAddress}
        />
      </div>
      <Choices
        legend={say('lives.move.paper')}
        value={paper}
        options={PAPERS.map((each) => [each, say(`lives.paper.${each}`)] as const)}
        onChoose={setPaper}
      />
      <p className="hint">{say('lives.move.hint')}</p>
      <Trouble answer={trouble} />
      <button type="submit" className="btn" disabled={ward === '' || busy} aria-busy={busy}>
        {say('lives.move.save')}
      </button>
    </form>
  )
}
