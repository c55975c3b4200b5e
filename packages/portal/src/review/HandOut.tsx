import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { type FormEvent, useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { WardChoice } from '../parts/WardChoice.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'

/** Questions that no station is asked go to one; whoever gives them sees nobody. */
export function HandOut({ waiting, onDone }: { waiting: number; onDone: () => void }) {
  const [ward, setWard] = useState('')
  const [most, setMost] = useState('20')
  const [answer, setAnswer] = useState<Answer<{ readonly given: number }>>()
  if (waiting === 0 && !answer) return null
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const came = await ask<{ readonly given: number }>('POST', '/api/department/review/hand-out', {
      ward,
      most: Number(most),
    })
    setAnswer(came)
    if (came.is === 'ready') onDone()
  }
  return (
    <form className="inside hand-out" onSubmit={(event) => void submit(event)}>
      <h3>{say('review.give')}</h3>
      <p className="hint">{say('review.give.what', { n: waiting })}</p>
      <WardChoice label={say('review.give.ward')} value={ward} onChoose={setWard} />
      <Field
        label={say('review.give.most')}
        inputMode="numeric"
        autoComplete="off"
        maxLength={3}
        value={most}
        onText={setMost}
      />
      {answer?.is === 'ready' && (
        <p className="hint" role="status">
          {say('review.given', { n: answer.data.given })}
        </p>
      )}
      <Trouble answer={answer} />
      <button type="submit" className="btn" disabled={ward === '' || !/^[1-9]\d{0,2}$/.test(most)}>
        {say('review.give.do')}
      </button>
    </form>
  )
}
