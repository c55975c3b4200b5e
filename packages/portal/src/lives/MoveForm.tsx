import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { type FormEvent, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { WardChoice } from '../parts/WardChoice.tsx'
import { say } from '../platform/say.ts'
import type { Send } from './LivesPanel.tsx'

const PAPERS = ['told', 'residence', 'cccd', 'vneid'] as const

/** She lives elsewhere now: lists and counts follow at once, and this station may lose sight of her. */
export function MoveForm({ send }: { send: Send }) {
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
      <div className="side-by-side">
        <WardChoice label={say('lives.move.ward')} value={ward} onChoose={setWard} />
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
