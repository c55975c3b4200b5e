import { type ReactNode, useEffect, useState } from 'react'
import { sayWait } from '../format.ts'
import type { Answer } from '../http.ts'
import { say } from '../say.ts'
import { sayOr } from '../speech.ts'
import { Icon } from './Icon.tsx'

/** Nothing for 300 ms, then bones with words: most answers come before anybody needs to be told to wait. */
export function Loading({ words }: { words: string }) {
  const [shown, setShown] = useState(false)
  useEffect(() => {
    const timer = setTimeout(() => setShown(true), 300)
    return () => clearTimeout(timer)
  }, [])
  return (
    <div className="loading" role="status" aria-live="polite">
      {shown && (
        <>
          <span className="soft">{words}</span>
          <div className="bone w80" />
          <div className="bone w60" />
          <div className="bone w70" />
        </>
      )}
    </div>
  )
}

export type Refusal = Extract<Answer<unknown>, { is: 'refused' }>

/** What happened, what is safe, what to do; the code stands at the end for whoever is called for help. */
export function Refused({
  answer,
  again,
  children,
}: {
  answer: Refusal
  again?: () => void
  children?: ReactNode
}) {
  return (
    <div className="refused" role="alert">
      <p className="row b">
        <Icon name="warn" />
        {sayOr(`problem.${answer.code}`, say('problem.unknown'))}
      </p>
      <p className="soft">{sayOr('problem.safe', say('problem.kept'))}</p>
      {answer.retryAfter !== undefined && (
        <p className="b">{say('wait.again', { wait: sayWait(answer.retryAfter) })}</p>
      )}
      {children}
      {again && (
        <button type="button" className="btn second wide" onClick={again}>
          {say('try-again')}
        </button>
      )}
      <p className="hint">{say('problem.code', { code: answer.code })}</p>
    </div>
  )
}
