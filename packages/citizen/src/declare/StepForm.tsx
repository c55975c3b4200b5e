import { enabled, placesOf, type Questionnaire, textOf } from '@sokhoe/model/questionnaire'
import { dayOf } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { currentLanguage, say } from '../platform/say.ts'
import { errorsOf, unusualIn } from './asking.ts'
import { type Asking, idOf } from './context.ts'
import { answered, type Draft, withoutOne } from './draft.ts'
import { change } from './drafts.ts'

export const STEP_FORM = 'step-form'

type Props = {
  form: Questionnaire
  draft: Draft
  linkIds: readonly string[]
  onNext: () => void
  children: (asking: Asking) => ReactNode
}

/** The answers of one screen: every change is kept at once; going on asks about what cannot be or seldom is. */
export function StepForm({ form, draft, linkIds, onNext, children }: Props) {
  const [typed, setTyped] = useState<ReadonlyMap<string, string>>(new Map())
  const [tried, setTried] = useState(false)
  const [asksBack, setAsksBack] = useState(false)
  const element = useRef<HTMLFormElement>(null)
  const day = dayOf(Date.now())
  const errors = tried ? errorsOf(form, draft.response, linkIds, typed, day) : new Map<string, string>()
  const unusual = asksBack
    ? unusualIn(form, draft.response, linkIds, draft.confirmed)
    : new Map<string, string>()

  const confirm = (name: string) =>
    change(form, draft.part, (now) => ({ ...now, confirmed: [...now.confirmed, name] }))
  const asking: Asking = {
    form,
    response: draft.response,
    language: currentLanguage(),
    instance: undefined,
    typed,
    errors,
    open: enabled(form, draft.response),
    set: (linkId, answers, index = 0) =>
      change(form, draft.part, (now) => answered(form, now, linkId, answers, Date.now(), index)),
    type: (key, text) => setTyped((before) => new Map(before).set(key, text)),
    remove: (group, index) =>
      change(form, draft.part, (now) => withoutOne(form, now, group, index, Date.now())),
    unusual: new Map([...unusual].map(([key, name]) => [key, () => confirm(name)])),
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    setAsksBack(true)
    const [wrong] = errorsOf(form, draft.response, linkIds, typed, day).keys()
    const [odd] = unusualIn(form, draft.response, linkIds, draft.confirmed).keys()
    const first = wrong ?? odd
    if (first === undefined) return onNext()
    focusOn(element.current, first)
  }
  return (
    <form id={STEP_FORM} ref={element} onSubmit={submit} noValidate>
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
