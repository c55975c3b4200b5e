import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { type FormEvent, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { NameAndBirth } from '../parts/NameAndBirth.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import type { Send } from './LivesPanel.tsx'

const PAPERS = ['court', 'civil-status', 'birth-certificate', 'cccd', 'passport', 'vneid'] as const
const SEXES = ['same', 'female', 'male'] as const
const NOTHING = { name: '', birthDate: '', reference: '' }

/** What a paper says otherwise than the book; the book's word before stays in its history. */
export function CorrectForm({ send }: { send: Send }) {
  const [paper, setPaper] = useState<(typeof PAPERS)[number]>('court')
  const [sex, setSex] = useState<(typeof SEXES)[number]>('same')
  const [said, setSaid] = useState(NOTHING)
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const [busy, setBusy] = useState(false)
  const set = (name: keyof typeof NOTHING) => (text: string) => setSaid((now) => ({ ...now, [name]: text }))
  const nothing = said.name.trim() === '' && said.birthDate.trim() === '' && sex === 'same'
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    const { reference, ...rest } = said
    const body = {
      how: 'seen',
      paper,
      said: { ...rest, ...(sex !== 'same' && { sex }) },
      ...(reference.trim() !== '' && { reference }),
    }
    setTrouble(await send('correct', body))
    setBusy(false)
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Choices
        legend={say('verify.seen.document')}
        value={paper}
        options={PAPERS.map((each) => [each, say(`lives.paper.${each}`)] as const)}
        onChoose={setPaper}
      />
      <p className="hint">{say('lives.correct.hint')}</p>
      <div className="side-by-side">
        <NameAndBirth said={said} set={set} />
        <Field
          label={say('lives.reference')}
          className="num-c"
          autoComplete="off"
          maxLength={60}
          value={said.reference}
          onText={set('reference')}
        />
      </div>
      <Choices
        legend={say('lives.correct.sex')}
        value={sex}
        options={SEXES.map(
          (each) => [each, each === 'same' ? say('lives.correct.same') : say(`verify.sex.${each}`)] as const,
        )}
        onChoose={setSex}
      />
      <Trouble answer={trouble} />
      <button type="submit" className="btn" disabled={nothing || busy} aria-busy={busy}>
        {say('lives.correct.save')}
      </button>
    </form>
  )
}
