import { sayInstant } from '@sokhoe/ui/format'
import { send } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { isPart } from './parts.ts'

type Check = { at: string; parts: readonly string[]; pages: number }
type State =
  | { is: 'asking' }
  | { is: 'found'; check: Check }
  | { is: 'unknown' }
  | { is: 'refused'; answer: Refusal }

/** Whoever holds a printed book asks whether it is genuine. Nothing of whose it is is known here. */
export function CheckPrint({ code: first = '' }: { code?: string }) {
  const [code, setCode] = useState(first)
  const [state, setState] = useState<State>()
  const ask = useCallback(async (typed: string) => {
    setState({ is: 'asking' })
    const answer = await send<Check>('GET', `/api/print-checks/${encodeURIComponent(typed)}`)
    if (answer.is === 'ready') setState({ is: 'found', check: answer.data })
    else setState(answer.code === 'print.unknown' ? { is: 'unknown' } : { is: 'refused', answer })
  }, [])
  useEffect(() => {
    if (first !== '') void ask(first)
  }, [first, ask])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    if (code.trim() !== '') void ask(code.trim())
  }
  return (
    <Screen title={say('check.title')}>
      <h1 className="title" tabIndex={-1}>
        {say('check.title')}
      </h1>
      <form noValidate onSubmit={submit}>
        <Field
          label={say('check.code')}
          hint={say('check.hint')}
          value={code}
          maxLength={20}
          autoCapitalize="characters"
          autoComplete="off"
          spellCheck={false}
          className="num-c"
          onText={setCode}
        />
        <button type="submit" className="btn wide gap" disabled={state?.is === 'asking'}>
          {say(state?.is === 'asking' ? 'check.asking' : 'check.ask')}
        </button>
      </form>
      <div className="gap" aria-live="polite">
        {state && <Answer state={state} />}
      </div>
    </Screen>
  )
}

function Answer({ state }: { state: State }) {
  if (state.is === 'asking') return null
  if (state.is === 'refused') return <Refused answer={state.answer} />
  if (state.is === 'unknown')
    return (
      <Notice tone="watch">
        <p className="b">{say('check.unknown')}</p>
        <p>{say('check.unknown.what')}</p>
      </Notice>
    )
  const { at, parts, pages } = state.check
  return (
    <Notice tone="good">
      <p className="b">{say('check.genuine')}</p>
      <p>{say('check.at', { time: sayInstant(at) })}</p>
      <p>{say('check.pages', { n: pages })}</p>
      <p>
        {say('check.parts', {
          parts: parts
            .filter(isPart)
            .map((part) => say(`print.part.${part}`))
            .join('; '),
        })}
      </p>
      <p>{say('check.compare')}</p>
    </Notice>
  )
}
