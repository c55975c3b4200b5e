import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { type FormEvent, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import type { Send } from './LivesPanel.tsx'

const DOCUMENTS = ['cccd', 'bhyt', 'passport', 'vneid'] as const
const WHYS = ['reissued', 'mistake'] as const

/** The number on the document in her hand takes the place of the book's: scanned from the card, or typed. */
export function NumberForm({ send }: { send: Send }) {
  const [card, setCard] = useState('')
  const [number, setNumber] = useState('')
  const [document, setDocument] = useState<(typeof DOCUMENTS)[number]>('cccd')
  const [why, setWhy] = useState<(typeof WHYS)[number]>('reissued')
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const [busy, setBusy] = useState(false)
  const scanned = card.includes('|')
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const shown = scanned
      ? { how: 'scanned', card: card.trim() }
      : { how: 'seen', document, said: { number: number.trim() } }
    setTrouble(await send('number', { ...shown, why }))
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field
        label={say('lives.number.card')}
        hint={say('lives.number.card.hint')}
        autoComplete="off"
        value={card}
        onText={setCard}
      />
      {!scanned && (
        <>
          <Choices
            legend={say('verify.seen.document')}
            value={document}
            options={DOCUMENTS.map((each) => [each, say(`verify.seen.${each}`)] as const)}
            onChoose={setDocument}
          />
          <Field
            label={say('verify.seen.number')}
            className="num-c"
            autoComplete="off"
            value={number}
            onText={setNumber}
          />
        </>
      )}
      <Choices
        legend={say('lives.number.why')}
        value={why}
        options={WHYS.map((each) => [each, say(`lives.number.${each}`)] as const)}
        onChoose={setWhy}
      />
      <p className="hint">{say(`lives.number.${why}.hint`)}</p>
      <Trouble answer={trouble} />
      <button
        type="submit"
        className="btn"
        disabled={busy || (!scanned && number.trim() === '')}
        aria-busy={busy}
      >
        {say('lives.number.save')}
      </button>
    </form>
  )
}
