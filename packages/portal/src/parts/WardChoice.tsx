import type { Answer } from '@sokhoe/ui/http'
import { useEffect, useId, useState } from 'react'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Trouble } from './Trouble.tsx'

interface Ward {
  readonly code: string
  readonly name: string
}

type Props = {
  readonly label: string
  readonly value: string
  readonly onChoose: (code: string) => void
}

/** The wards of today, by name; a list of the browser, in which typing finds. */
export function WardChoice({ label, value, onChoose }: Props) {
  const id = useId()
  const [answer, setAnswer] = useState<Answer<{ readonly wards: readonly Ward[] }>>()
  useEffect(() => {
    void ask<{ readonly wards: readonly Ward[] }>('GET', '/api/directory/wards').then(setAnswer)
  }, [])
  const wards = answer?.is === 'ready' ? answer.data.wards : []
  return (
    <div className="field">
      <Trouble answer={answer} />
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="input"
        value={value}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{say(answer ? 'lives.move.choose' : 'lives.move.loading')}</option>
        {wards
          .toSorted((a, b) => a.name.localeCompare(b.name, 'vi'))
          .map(({ code, name }) => (
            <option key={code} value={code}>
              {name}
            </option>
          ))}
      </select>
    </div>
  )
}
