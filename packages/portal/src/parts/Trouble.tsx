import type { Answer } from '@sokhoe/ui/http'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { sayOr } from '@sokhoe/ui/speech'
import { say } from '../platform/say.ts'

/** Why something just asked for was not done, beside the button that asked for it. */
export function Trouble({ answer }: { answer: Answer<unknown> | undefined }) {
  if (answer?.is !== 'refused') return null
  return (
    <Notice tone="watch" alert>
      {sayOr(`problem.${answer.code}`, say('problem.unknown'))}{' '}
      <span className="hint">{say('problem.code', { code: answer.code })}</span>
    </Notice>
  )
}
