import type { Answer } from '@sokhoe/ui/http'
import { useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { say } from '../platform/say.ts'
import type { Person } from '../verify/api.ts'
import type { AtDesk } from '../verify/desk.ts'
import { type Changed, change } from './api.ts'
import { CorrectForm } from './CorrectForm.tsx'
import { DeathForm, ReviveForm } from './DeathForm.tsx'
import { History } from './History.tsx'
import { MoveForm } from './MoveForm.tsx'
import { NumberForm } from './NumberForm.tsx'

const KINDS = ['number', 'correct', 'move', 'death'] as const
type Kind = (typeof KINDS)[number]

/** Sends what a form holds; what came of it is told by whoever holds the panel. */
export type Send = (what: string, body: object) => Promise<Answer<Changed>>

interface Props {
  readonly at: AtDesk
  readonly person: Person
  /** What was done, in words, and who she is now. */
  readonly onDone: (words: string, now: Changed) => void
}

/** What has happened in her life: another number, a name put right, a new ward, a death; and what happened before. */
export function LivesPanel({ at, person, onDone }: Props) {
  const [kind, setKind] = useState<Kind>('number')
  const [changes, setChanges] = useState(0)
  const desk = { person: person.person, present: at.present }
  const send: Send = async (what, body) => {
    const answer = await change(desk, what, body)
    if (answer.is === 'ready') {
      setChanges((n) => n + 1)
      const known = answer.data.outcome === 'known'
      onDone(
        say(known ? 'lives.known' : `lives.done.${what as Kind | 'revive'}`, { name: person.name }),
        answer.data,
      )
    }
    return answer
  }
  if (person.status === 'deceased')
    return (
      <section className="inside" aria-label={say('lives.title')}>
        <ReviveForm send={send} />
        <History key={changes} at={desk} />
      </section>
    )
  return (
    <section className="inside" aria-label={say('lives.title')}>
      <Choices
        legend={say('lives.title')}
        value={kind}
        options={KINDS.map((one) => [one, say(`lives.${one}`)] as const)}
        onChoose={setKind}
      />
      {kind === 'number' && <NumberForm send={send} />}
      {kind === 'correct' && <CorrectForm send={send} />}
      {kind === 'move' && <MoveForm send={send} />}
      {kind === 'death' && <DeathForm send={send} name={person.name} />}
      <History key={changes} at={desk} />
    </section>
  )
}
