import { sayInstant } from '@sokhoe/ui/format'
import { Refused } from '@sokhoe/ui/parts/State'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { BoxList } from './BoxList.tsx'

interface Handed {
  readonly tablet: string
  readonly uuid: string
  readonly worker: string
  readonly handedAt: string
}

/** For the station's lead: what tablets gave up unsent, because their workers may not send it any more. */
export function HandedOver() {
  const handed = useLoad<readonly Handed[]>('/api/station/handed-over')
  if (handed.is === 'loading') return null
  if (handed.is === 'refused') return <Refused answer={handed.answer} again={handed.again} />
  const [first] = handed.data
  if (!first) return null
  const workers = [...new Set(handed.data.map(({ worker }) => worker))].join(', ')
  return (
    <section className="panel" aria-labelledby="handed-over">
      <div className="head">
        <h2 id="handed-over">{say('visits.handed.title', { n: handed.data.length })}</h2>
        <span className="muted">
          {say('visits.handed.of', { workers, time: sayInstant(first.handedAt) })}
        </span>
      </div>
      <BoxList
        load={async () => handed.data.map(({ tablet, uuid }) => ({ tablet, uuid }))}
        after={handed.again}
      />
    </section>
  )
}
