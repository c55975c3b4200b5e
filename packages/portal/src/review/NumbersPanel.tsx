import { sayNumber } from '@sokhoe/ui/format'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import type { Decided, Proportion, Queue, WardNumbers } from './api.ts'

const percent = (share: number): string => sayNumber((share * 100).toFixed(1))

/** A share with its interval and what it was counted from; in words where nothing was counted yet. */
const sayShareOf = ({ share, low, high, found, of }: Proportion): string =>
  share === null
    ? say('review.share.none')
    : say('review.share', { share: percent(share), low: percent(low), high: percent(high), found, of })

export const sayDays = (days: number | null): string =>
  days === null
    ? say('review.days.none')
    : say('review.days', { n: sayNumber(days.toFixed(days < 10 ? 1 : 0)) })

/** How long questions wait and how well they are answered. */
export function NumbersPanel() {
  const numbers = useLoad<WardNumbers>('/api/station/review/numbers')
  return (
    <section className="panel" aria-label={say('review.numbers')}>
      <div className="head">
        <h2>{say('review.numbers')}</h2>
        <span className="muted">{say('review.numbers.days')}</span>
      </div>
      <div className="inside">
        {numbers.is === 'loading' && <Loading words={say('loading')} />}
        {numbers.is === 'refused' && <Refused answer={numbers.answer} again={numbers.again} />}
        {numbers.is === 'ready' && (
          <dl className="facts review-facts">
            <Ages queue={numbers.data.queue} />
            <Rates decided={numbers.data.decided} />
            <Fact words={say('review.precision.city')} value={sayShareOf(numbers.data.city.precision)} />
          </dl>
        )}
      </div>
    </section>
  )
}

const Fact = ({ words, value, over = false }: { words: string; value: string; over?: boolean }) => (
  <div>
    <dt className="soft">{words}</dt>
    <dd className={over ? 'b wa' : 'b'}>{value}</dd>
  </div>
)

function Ages({ queue }: { queue: Queue }) {
  return (
    <>
      <Fact words={say('review.oldest')} value={sayDays(queue.oldestDays)} />
      <Fact words={say('review.middle')} value={sayDays(queue.middleDays)} />
      <Fact words={say('review.over.3')} value={String(queue.over3Days)} over={queue.over3Days > 0} />
      <Fact words={say('review.over.7')} value={String(queue.over7Days)} over={queue.over7Days > 0} />
    </>
  )
}

export function Rates({ decided: { decided, wrong, seconds, precision } }: { decided: Decided }) {
  return (
    <>
      <Fact words={say('review.decided')} value={String(decided)} />
      <Fact
        words={say('review.seconds')}
        value={
          seconds === null
            ? say('review.share.none')
            : say('review.seconds.n', { n: sayNumber(seconds.toFixed(1)) })
        }
      />
      <Fact words={say('review.wrong')} value={sayShareOf(wrong)} />
      <Fact words={say('review.precision')} value={sayShareOf(precision)} />
    </>
  )
}
