import { sayTime } from '@sokhoe/ui/format'
import type { Load } from '@sokhoe/ui/load'
import { FieldError } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { type ReactNode, useId } from 'react'
import { FormGate } from '../declare/FormGate.tsx'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import './rights.css'

/** A screen of one's rights: for whoever is signed in, with a way back. */
export function RightsScreen({
  title,
  back = '/app/more',
  children,
}: {
  title: string
  back?: string
  children: ReactNode
}) {
  return (
    <FormGate title={title}>
      {() => (
        <Screen title={title} back={back}>
          {children}
        </Screen>
      )}
    </FormGate>
  )
}

/** Draws what was loaded, and waiting and refusal alike on every screen. */
export function Loaded<T>({ load, children }: { load: Load<T>; children: (data: T) => ReactNode }) {
  if (load.is === 'loading') return <Loading words={say('loading')} />
  if (load.is === 'refused') return <Refused answer={load.answer} again={load.again} />
  return (
    <>
      {load.stale && <p className="hint">{say('offline.as-of', { time: sayTime(load.at) })}</p>}
      {children(load.data)}
    </>
  )
}

/** One of a few, as chips. */
export function Chips<T extends string>({
  legend,
  options,
  value,
  word,
  onPick,
}: {
  legend: string
  options: readonly T[]
  value: T | undefined
  word: (option: T) => string
  onPick: (option: T) => void
}) {
  return (
    <fieldset className="chips">
      <legend>{legend}</legend>
      <div className="pick">
        {options.map((option) => (
          <button
            key={option}
            type="button"
            className="chip"
            aria-pressed={option === value}
            onClick={() => onPick(option)}
          >
            {option === value && <Icon name="check" />}
            {word(option)}
          </button>
        ))}
      </div>
    </fieldset>
  )
}

/** Words of several lines. */
export function Words({
  label,
  hint,
  value,
  error,
  onText,
}: {
  label: string
  hint?: string
  value: string
  error?: string | undefined
  onText: (text: string) => void
}) {
  const id = useId()
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <div className={`field ${error ? 'bad' : ''}`}>
      <label htmlFor={id}>{label}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        className="input"
        rows={3}
        maxLength={1000}
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        onChange={(event) => onText(event.currentTarget.value)}
      />
      <FieldError id={`${id}-error`} text={error} />
    </div>
  )
}

/** How many days are left, in words; the law's clock is never hidden. */
export function ClockTag({ daysLeft, answered }: { daysLeft: number; answered: boolean }) {
  if (answered) return <span className="tag good">{say('clock.answered')}</span>
  const late = daysLeft < 0
  return (
    <span className={`tag ${late ? 'urgent' : daysLeft <= 3 ? 'watch' : 'info'}`}>
      <Icon name="clock" />
      {late ? say('clock.late', { n: -daysLeft }) : say('clock.left', { n: daysLeft })}
    </span>
  )
}
