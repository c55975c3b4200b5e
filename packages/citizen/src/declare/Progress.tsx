import { sayTime } from '@sokhoe/ui/format'
import { useCutSince } from '@sokhoe/ui/online'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { say } from '../platform/say.ts'
import { useDrafts } from './drafts.ts'

/** Step n of m as a bar and in words, and that what was answered is kept. */
export function Progress({ step, steps }: { step: number; steps: number }) {
  const bars = Array.from({ length: steps }, (_, index) => index + 1)
  return (
    <>
      <div
        className="prog"
        role="progressbar"
        aria-label={say('declare.progress')}
        aria-valuemin={1}
        aria-valuemax={steps}
        aria-valuenow={step}
        aria-valuetext={say('declare.step', { n: step, of: steps })}
      >
        {bars.map((bar) => (
          <i key={bar} className={bar < step ? 'd' : bar === step ? 'n' : ''} />
        ))}
      </div>
      <p className="state">
        <span>{say('declare.step', { n: step, of: steps })}</span>
        <SavedAt />
      </p>
    </>
  )
}

export function SavedAt() {
  const { savedAt, failed } = useDrafts()
  const cut = useCutSince() !== undefined
  if (failed) return <span className="not-ok">{say('saved.failed')}</span>
  if (savedAt === undefined) return null
  return (
    <span className="ok">
      <Icon name="done" />
      {cut ? say('saved.on-phone', { time: sayTime(savedAt) }) : say('saved.at', { time: sayTime(savedAt) })}
    </span>
  )
}
