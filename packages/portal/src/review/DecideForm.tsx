import { Icon } from '@sokhoe/ui/parts/Icon'
import { type FormEvent, useState } from 'react'
import { say } from '../platform/say.ts'
import type { Choice, Opened } from './api.ts'
import { letterOf } from './CaseTable.tsx'
import { useKeys } from './keys.ts'

/** In the order of their keys: 1, 2, 3, … */
export const OPTIONS = ['same', 'different', 'call', 'look', 'partly'] as const
export type Option = (typeof OPTIONS)[number]

/** What is sent, or nothing while something is still to be chosen. */
function choiceOf(
  option: Option | undefined,
  together: readonly number[],
  columns: number,
): Choice | undefined {
  if (option === undefined) return undefined
  if (option === 'call' || option === 'look') return { say: 'later', why: option }
  if (option !== 'partly') return { say: option }
  return together.length >= 2 && together.length < columns ? { say: 'partly', together } : undefined
}

type Props = {
  readonly opened: Opened
  readonly busy: boolean
  readonly keys: boolean
  readonly onDecide: (choice: Choice) => void
}

/** A digit chooses, Enter saves and goes on. */
export function DecideForm({ opened, busy, keys, onDecide }: Props) {
  const [option, setOption] = useState<Option>()
  const [together, setTogether] = useState<readonly number[]>([])
  const { columns } = opened
  const options = OPTIONS.filter((one) => one !== 'partly' || columns.length > 2)
  const choice = choiceOf(option, together, columns.length)
  const turn = (at: number) =>
    setTogether((now) => (now.includes(at) ? now.filter((one) => one !== at) : [...now, at].toSorted()))
  const save = () => {
    if (choice && !busy) onDecide(choice)
  }
  useKeys(keys, (key) => {
    const chosen = options[Number(key) - 1]
    const column = 'abcdef'.indexOf(key)
    if (key === 'Enter') save()
    else if (chosen) setOption(chosen)
    else if (option === 'partly' && key.length === 1 && column >= 0 && column < columns.length) turn(column)
    else return false
    return true
  })
  const submit = (event: FormEvent) => {
    event.preventDefault()
    save()
  }
  return (
    <form className="inside decide" onSubmit={submit}>
      <fieldset>
        <legend className="label">{say('review.question')}</legend>
        <div className="opts">
          {options.map((one, at) => (
            <label key={one} className={option === one ? 'on' : ''}>
              <input type="radio" name="say" checked={option === one} onChange={() => setOption(one)} />
              <kbd>{at + 1}</kbd>
              {say(`review.say.${one}`)}
            </label>
          ))}
        </div>
      </fieldset>
      {option === 'partly' && <Together columns={columns.length} together={together} onTurn={turn} />}
      {option && <p className="hint">{say(`review.say.${option}.what`)}</p>}
      <div className="acts">
        <button type="submit" className="btn" disabled={!choice} aria-busy={busy}>
          <Icon name="check" />
          {say(busy ? 'review.saving' : 'review.save')} <kbd>Enter</kbd>
        </button>
        {!choice && (
          <span className="hint">{say(option === 'partly' ? 'review.choose.two' : 'review.choose')}</span>
        )}
      </div>
    </form>
  )
}

function Together({
  columns,
  together,
  onTurn,
}: {
  columns: number
  together: readonly number[]
  onTurn: (at: number) => void
}) {
  return (
    <fieldset>
      <legend className="label">{say('review.together')}</legend>
      <div className="opts">
        {Array.from({ length: columns }, (_, at) => letterOf(at)).map((letter, at) => (
          <label key={letter} className={together.includes(at) ? 'on' : ''}>
            <input type="checkbox" checked={together.includes(at)} onChange={() => onTurn(at)} />
            <kbd>{letter}</kbd>
            <span className="sr">{say('review.column')}</span>
          </label>
        ))}
      </div>
    </fieldset>
  )
}
