import {
  enabled,
  placesOf,
  type Questionnaire,
  type QuestionnaireResponse,
  textOf,
} from '@sokhoe/model/questionnaire'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { dayOf } from '../format.ts'
import { Icon } from '../parts/Icon.tsx'
import { say } from '../say.ts'
import { currentLanguage } from '../speech.ts'
import { errorsOf, unusualIn } from './asking.ts'
import { type Asking, idOf } from './context.ts'

export interface Answering {
  readonly form: Questionnaire
  readonly response: QuestionnaireResponse
  /** Questions of this screen: going on looks at these. */
  readonly linkIds: readonly string[]
  /** Unusual values that were asked back and stand. */
  readonly confirmed: readonly string[]
  readonly set: Asking['set']
  readonly remove: Asking['remove']
  readonly confirm: (name: string) => void
}

type Props = Answering & {
  /** By which a button outside names this form. */
  id: string
  onNext: () => void
  children: (asking: Asking) => ReactNode
}

/** The answers of one screen: every change is told at once; going on asks about what cannot be or seldom is. */
export function AnswerForm({ id, onNext, children, ...answering }: Props) {
  const { form, response, linkIds, confirmed, set, remove, confirm } = answering
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map())
  const [tried, setTried] = useState(false)
  const [asksBack, setAsksBack] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const day = dayOf(Date.now())
  const errors = tried ? errorsOf(form, response, linkIds, typed, day) : new Map<string, string>()
  const unusual = asksBack ? unusualIn(form, response, linkIds, confirmed) : new Map<string, string>()
  const asking: Asking = {
    form,
    response,
    language: currentLanguage(),
    instance: undefined,
    typed,
    errors,
    open: enabled(form, response),
    set,
    type: (key, text) => setTyped((before) => new Map(before).set(key, text)),
    remove,
    unusual: new Map([...unusual].map(([key, name]) => [key, () => confirm(name)])),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setAsksBack(true)
    const [wrong] = errorsOf(form, response, linkIds, typed, day).keys()
    const [odd] = unusualIn(form, response, linkIds, confirmed).keys()
    const first = wrong ?? odd
    if (first === undefined) return onNext()
    focusOn(element.current, first)
  }
  return (
    <form id={id} ref={element} onSubmit={submit} noValidate>
      <ErrorSummary form={form} errors={errors} />
      {children(asking)}
    </form>
  )
}

/** A date has three fields; the first of them stands for it. */
const focusOn = (form: HTMLFormElement | null, key: string): void => {
  const id = idOf(key)
  requestAnimationFrame(() => form?.querySelector<HTMLElement>(`[id="${id}"], [id="${id}-day"]`)?.focus())
}

const nameOf = (form: Questionnaire, key: string): string => {
  const item = placesOf(form).get(key.replace(/\.\d+$/, ''))?.item
  return item ? textOf(item, currentLanguage()) : ''
}

function ErrorSummary({ form, errors }: { form: Questionnaire; errors: ReadonlyMap<string, string> }) {
  if (errors.size === 0) return null
  return (
    <div className="notice urgent summary" role="alert">
      <Icon name="warn" />
      <div>
        <p className="b">{say('errors.title', { n: errors.size })}</p>
        <ul>
          {[...errors].map(([key, text]) => (
            <li key={key}>
              <a
                href={`#${idOf(key)}`}
                onClick={(event) => {
                  event.preventDefault()
                  focusOn(event.currentTarget.closest('form'), key)
                }}
              >
                {nameOf(form, key)}: {text}
              </a>
            </li>
          ))}
        </ul>
      </div>
    </div>
  )
}
