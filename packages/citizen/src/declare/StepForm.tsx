import type { Questionnaire } from '@sokhoe/model/questionnaire'
import { AnswerForm } from '@sokhoe/ui/form/AnswerForm.tsx'
import type { Asking } from '@sokhoe/ui/form/context.ts'
import type { ReactNode } from 'react'
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

/** The answers of one screen of the declaration; every change is kept in the draft at once. */
export function StepForm({ form, draft, linkIds, onNext, children }: Props) {
  const keep = (work: (now: Draft) => Draft) => change(form, draft.part, work)
  return (
    <AnswerForm
      id={STEP_FORM}
      form={form}
      response={draft.response}
      linkIds={linkIds}
      confirmed={draft.confirmed}
      set={(linkId, answers, index = 0) =>
        keep((now) => answered(form, now, linkId, answers, Date.now(), index))
      }
      remove={(group, index) => keep((now) => withoutOne(form, now, group, index, Date.now()))}
      confirm={(name) => keep((now) => ({ ...now, confirmed: [...now.confirmed, name] }))}
      onNext={onNext}
    >
      {children}
    </AnswerForm>
  )
}
