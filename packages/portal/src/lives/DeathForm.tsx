import { readDate } from '@sokhoe/model/dates'
import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { type FormEvent, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import type { Send } from './LivesPanel.tsx'

const PAPERS = ['death-notice', 'death-extract', 'court'] as const
const NOTHING = { diedOn: '', reference: '', reportedBy: '' }

/** By a paper alone, and after a second look: the book is closed to everybody. */
export function DeathForm({ send, name }: { send: Send; name: string }) {
  const [paper, setPaper] = useState<(typeof PAPERS)[number]>('death-extract')
  const [said, setSaid] = useState(NOTHING)
  const [sure, setSure] = useState(false)
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const [busy, setBusy] = useState(false)
  const set = (part: keyof typeof NOTHING) => (text: string) => setSaid((now) => ({ ...now, [part]: text }))
  const day = readDate(said.diedOn)
  const wrong = said.diedOn.trim() !== '' && !day.ok
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!day.ok) return
    setBusy(true)
    const evidence = Object.entries({ reference: said.reference, reportedBy: said.reportedBy }).filter(
      ([, text]) => text.trim() !== '',
    )
    setTrouble(await send('death', { diedOn: day.date, paper, ...Object.fromEntries(evidence) }))
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
      <div className="side-by-side">
        <Field
          label={say('lives.death.on')}
          hint={say('verify.seen.birth.hint')}
          error={wrong ? say('lives.death.on.wrong') : undefined}
          className="num-c"
          autoComplete="off"
          value={said.diedOn}
          onText={set('diedOn')}
        />
        <Field
          label={say('lives.reference')}
          className="num-c"
          autoComplete="off"
          maxLength={60}
          value={said.reference}
          onText={set('reference')}
        />
        <Field
          label={say('lives.death.by')}
          autoComplete="off"
          maxLength={100}
          value={said.reportedBy}
          onText={set('reportedBy')}
        />
      </div>
      <Notice tone="watch">{say('lives.death.hint')}</Notice>
      <label className="take">
        <input type="checkbox" checked={sure} onChange={() => setSure(!sure)} />
        {say('lives.death.sure', { name })}
      </label>
      <Trouble answer={trouble} />
      <button type="submit" className="btn danger" disabled={!day.ok || !sure || busy} aria-busy={busy}>
        {say('lives.death.save')}
      </button>
    </form>
  )
}

/** The station's lead alone takes a death back. */
export function ReviveForm({ send }: { send: Send }) {
  const session = useSession()
  const [why, setWhy] = useState('')
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  if (session.is !== 'in' || session.staff.role !== 'station-lead') return <p>{say('lives.dead')}</p>
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTrouble(await send('revive', why.trim() === '' ? {} : { why }))
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <p>{say('lives.dead')}</p>
      <Field
        label={say('lives.revive.why')}
        hint={say('lives.revive.why.hint')}
        autoComplete="off"
        maxLength={300}
        value={why}
        onText={setWhy}
      />
      <Trouble answer={trouble} />
      <button type="submit" className="btn danger">
        {say('lives.revive')}
      </button>
    </form>
  )
}
