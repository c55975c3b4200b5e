import { checkResponse, type Part, type Questionnaire, textOf, tidied } from '@sokhoe/model/questionnaire'
import { type Line, linesOf } from '@sokhoe/ui/form/lines.ts'
import { dayOf } from '@sokhoe/ui/format'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { currentLanguage, say } from '../platform/say.ts'
import type { Draft } from './draft.ts'
import { afterDeclaring, declare, type Sent } from './drafts.ts'
import { Progress } from './Progress.tsx'
import { linkIdsOf, type Step } from './steps.ts'

type Props = {
  form: Questionnaire
  part: Part
  draft: Draft
  back: string
  steps: readonly (Step | 'identity')[]
  pathOfStep: (step: number) => string
}
type Refusal = Extract<Sent, { is: 'refused' }>['answer']

/** A look over everything before it is declared. */
export function Review({ form, part, draft, back, steps, pathOfStep }: Props) {
  const [, go] = useLocation()
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const response = tidied(form, draft.response)
  const faults = checkResponse(form, response, {
    day: dayOf(Date.now()),
    partial: !steps.includes('identity'),
  })
  const holds = (step: Step | 'identity', linkId: string) =>
    step === 'identity' ? linkId.startsWith('A.') : linkIdsOf(step).includes(linkId)
  const faultyStep = steps.find((step) => faults.some((fault) => holds(step, fault.linkId)))
  const faulty = faultyStep && steps.indexOf(faultyStep) + 1

  const submit = async () => {
    setBusy(true)
    setRefusal(undefined)
    const sent = await declare(form, part)
    setBusy(false)
    if (sent.is === 'refused') {
      if (sent.answer.code === 'declaration.representative-needed') return go('/app/under-18')
      return setRefusal(sent.answer)
    }
    go(sent.is === 'queued' ? '/app/waiting' : afterDeclaring(part), { replace: true })
  }
  return (
    <Screen
      title={say('review.title')}
      back={back}
      className="declare"
      dock={
        <>
          <Link className="btn second back" href={back}>
            {say('back')}
          </Link>
          <button
            type="button"
            className="btn"
            onClick={submit}
            aria-busy={busy}
            disabled={busy || faulty !== undefined}
          >
            {busy ? say('review.sending') : say('review.send')}
          </button>
        </>
      }
    >
      <Progress step={steps.length + 1} steps={steps.length + 1} />
      <p>{say('review.lead')}</p>
      {faulty !== undefined && (
        <Notice tone="urgent">
          {say('review.faulty')} <Link href={pathOfStep(faulty)}>{say('review.mend')}</Link>
        </Notice>
      )}
      {refusal && <ReviewRefused refusal={refusal} />}
      <ReviewSteps form={form} steps={steps} lines={linesOf(form, response)} pathOfStep={pathOfStep} />
    </Screen>
  )
}

function ReviewRefused({ refusal }: { refusal: Refusal }) {
  const at = (refusal.problem.at ?? []).join(', ')
  return <Refused answer={refusal}>{at !== '' && <p className="hint">{at}</p>}</Refused>
}

type StepsProps = {
  form: Questionnaire
  steps: Props['steps']
  lines: readonly Line[]
  pathOfStep: (step: number) => string
}

function ReviewSteps({ form, steps, lines, pathOfStep }: StepsProps) {
  return steps.map((step, n) => {
    const who = step === 'identity'
    const ids = who ? [] : linkIdsOf(step)
    const title = who ? say('identity.title') : titleOf(step)
    const own = lines.filter((line) => (who ? line.linkId.startsWith('A.') : ids.includes(line.linkId)))
    return (
      <section key={who ? 'identity' : step.items[0]?.linkId} className="reviewed">
        <div className="row between">
          <h2>{title}</h2>
          <Link
            className="btn plain compact"
            href={pathOfStep(n + 1)}
            aria-label={say('review.change-what', { what: title })}
          >
            {say('review.change')}
          </Link>
        </div>
        {own.length === 0 ? <p className="soft">{say('review.nothing')}</p> : <Lines lines={own} />}
      </section>
    )
  })

  function titleOf(step: Step): string {
    if (!form.item.includes(step.title)) return textOf(step.title, currentLanguage())
    const asked = step.items.filter((item) => !item.enableWhen)
    return asked.map((item) => textOf(item, currentLanguage()).replace(/\?$/, '')).join(', ')
  }
}

function Lines({ lines }: { lines: readonly Line[] }) {
  return (
    <dl className="lines">
      {lines.map((line) => (
        <div key={line.key}>
          <dt className="hint">{line.question}</dt>
          <dd>{line.answer}</dd>
        </div>
      ))}
    </dl>
  )
}
