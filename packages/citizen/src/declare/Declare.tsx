import {
  emptyResponse,
  enabled,
  PARTS,
  type Part,
  type Questionnaire,
  textOf,
} from '@sokhoe/model/questionnaire'
import { Questions } from '@sokhoe/ui/form/Question.tsx'
import { Loading } from '@sokhoe/ui/parts/State'
import { useEffect, useRef } from 'react'
import { Redirect, useLocation } from 'wouter'
import { NotFound } from '../entry/NoCampaign.tsx'
import { Screen } from '../parts/Screen.tsx'
import { currentLanguage, say } from '../platform/say.ts'
import { useDeclared } from './declared.ts'
import type { Draft } from './draft.ts'
import { afterDeclaring, change, openDraft, useDrafts } from './drafts.ts'
import { FormGate, type SignedIn } from './FormGate.tsx'
import { Identity } from './Identity.tsx'
import { Review } from './Review.tsx'
import { StepForm } from './StepForm.tsx'
import { StepScreen } from './StepScreen.tsx'
import { linkIdsOf, type Step, stepsOf } from './steps.ts'
import './declare.css'

/** The declaration, drawn from the form: step n of a part; who I am first, a look over everything last. */
export function Declare({ part, step }: { part: string; step: string }) {
  const known = PARTS.find((one) => one === part && one !== 'identity')
  if (!known) return <NotFound />
  return (
    <FormGate title={say('declare.title')}>
      {(form, session) => <Begun form={form} session={session} part={known} step={Number(step) || 1} />}
    </FormGate>
  )
}

type At = { form: Questionnaire; session: SignedIn; part: Part; step: number }

function Begun({ form, session, part, step }: At) {
  const draft = useDrafts().drafts.get(part)
  const declared = useDeclared(form, session)
  const known = declared.is === 'ready' ? declared.base : undefined
  const absent = draft === undefined
  const had = useRef(false)
  if (!absent) had.current = true
  const wasSent = absent && had.current
  useEffect(() => {
    if (wasSent) return
    if (absent && known) void openDraft(form, part, () => known(part))
    if (absent && declared.is === 'none') void openDraft(form, part, () => emptyResponse(form))
  }, [wasSent, absent, known, declared.is, form, part])
  if (wasSent) return <Redirect to={afterDeclaring(part)} replace />
  if (!draft)
    return (
      <Screen title={say('declare.title')}>
        <Loading words={say('loading')} />
      </Screen>
    )
  return <At form={form} session={session} part={part} step={step} draft={draft} />
}

const pathOf = (part: Part, step: number): string => `/app/declare/${part}/${step}`

function At({ form, session, part, step, draft }: At & { draft: Draft }) {
  const [, go] = useLocation()
  const open = enabled(form, draft.response)
  const asksWho = part === 'first' && session.me.books.length === 0
  const steps: (Step | 'identity')[] = [
    ...(asksWho ? ['identity' as const] : []),
    ...stepsOf(form, part, open),
  ]
  const last = steps.length + 1
  const now = steps[step - 1]
  const next = () => {
    change(form, part, (draft) => ({ ...draft, step: Math.max(draft.step, step + 1) }))
    go(pathOf(part, step + 1))
  }
  const back = step > 1 ? pathOf(part, step - 1) : asksWho ? backToStart(session) : '/app/book'
  if (step > last || step < 1) return <Redirect to={pathOf(part, last)} replace />
  if (step === last)
    return (
      <Review
        form={form}
        part={part}
        draft={draft}
        back={back}
        pathOfStep={(n) => pathOf(part, n)}
        steps={steps}
      />
    )
  if (now === 'identity')
    return <Identity form={form} session={session} draft={draft} steps={last} back={back} onNext={next} />
  if (!now) return <NotFound />
  return (
    <Asked key={step} form={form} draft={draft} step={now} n={step} of={last} back={back} onNext={next} />
  )
}

const backToStart = (session: SignedIn): string =>
  session.me.campaign === null ? '/' : `/q/${encodeURIComponent(session.me.campaign)}`

type AskedProps = {
  form: Questionnaire
  draft: Draft
  step: Step
  n: number
  of: number
  back: string
  onNext: () => void
}

function Asked({ form, draft, step, n, of, back, onNext }: AskedProps) {
  return (
    <StepScreen title={textOf(step.title, currentLanguage())} back={back} n={n} of={of}>
      <StepForm form={form} draft={draft} linkIds={linkIdsOf(step)} onNext={onNext}>
        {(asking) => <Questions items={step.items} asking={asking} />}
      </StepForm>
    </StepScreen>
  )
}
