import { sayInstant } from '@sokhoe/ui/format'
import { say } from '../platform/say.ts'
import type { Listed } from './api.ts'

const SHOWN = 30

/** What waits, longest first; nobody's name stands here before a case is opened. */
export function CaseList({
  cases,
  place,
  onChoose,
}: {
  cases: readonly Listed[]
  place: number
  onChoose: (name: string) => void
}) {
  if (cases.length === 0) return null
  const from = Math.max(0, Math.min(place - 2, cases.length - SHOWN))
  const shown = cases.slice(from, from + SHOWN)
  return (
    <section className="panel" aria-label={say('review.list')}>
      <div className="head">
        <h2>{say('review.list')}</h2>
        <span className="muted">
          <kbd>J</kbd> <kbd>K</kbd> {say('review.list.keys')}
        </span>
      </div>
      <ul className="review-list">
        {shown.map((one, at) => (
          <li key={one.case}>
            <button
              type="button"
              aria-current={from + at === place ? 'true' : undefined}
              onClick={() => onChoose(one.case)}
            >
              <b className="num-c">{from + at + 1}</b>
              <span className="grow">
                {say('review.records', { n: one.records })}
                <span className="soft"> · {sayInstant(one.since)}</span>
              </span>
              {one.putOff && <span className="tag watch">{say(`review.put-off.${one.putOff.why}`)}</span>}
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
