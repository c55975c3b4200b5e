import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { type FormEvent, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { NameAndBirth } from '../parts/NameAndBirth.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import type { Verified } from './api.ts'

const DOCUMENTS = ['cccd', 'bhyt', 'passport', 'birth-certificate', 'vneid'] as const
const NOTHING = { name: '', birthDate: '', number: '' }
const TAKEN = ['name', 'birthDate', 'number'] as const

/** A document without a code to scan: somebody looks at it, and types what is not as in the book. */
export function SeenForm({ onConfirm }: { onConfirm: (shown: object) => Promise<Answer<Verified>> }) {
  const [document, setDocument] = useState<(typeof DOCUMENTS)[number]>('cccd')
  const [said, setSaid] = useState(NOTHING)
  const [take, setTake] = useState(false)
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const set = (name: keyof typeof NOTHING) => (text: string) => setSaid((now) => ({ ...now, [name]: text }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTrouble(await onConfirm({ how: 'seen', document, said, take: take ? TAKEN : [] }))
  }
  return (
    <details className="seen">
      <summary>{say('verify.seen')}</summary>
      <form className="inside" onSubmit={(event) => void submit(event)}>
        <Choices
          legend={say('verify.seen.document')}
          value={document}
          options={DOCUMENTS.map((each) => [each, say(`verify.seen.${each}`)] as const)}
          onChoose={setDocument}
        />
        <p className="hint">{say('verify.seen.leave')}</p>
        <div className="side-by-side">
          <NameAndBirth said={said} set={set} />
          <Field
            label={say('verify.seen.number')}
            className="num-c"
            autoComplete="off"
            value={said.number}
            onText={set('number')}
          />
        </div>
        <label className="take">
          <input type="checkbox" checked={take} onChange={() => setTake(!take)} />
          {say('verify.seen.take')}
        </label>
        <Trouble answer={trouble} />
        <button type="submit" className="btn">
          {say('verify.seen.confirm')}
        </button>
      </form>
    </details>
  )
}
