import { sayDay, sayInstant } from '@sokhoe/ui/format'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Link } from 'wouter'
import { bookApi } from '../family/whose.ts'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import type { Dispute } from './api.ts'
import { ClockTag, Loaded, RightsScreen } from './parts.tsx'

/** What was said to be wrong, and how it stands. */
export const Disputes = () => (
  <RightsScreen title={say('disputes.title')}>
    <DisputesPage />
  </RightsScreen>
)

function DisputesPage() {
  const load = useLoad<Dispute[]>(bookApi('/disputes'), 'disputes')
  return (
    <>
      <p className="soft">{say('disputes.what')}</p>
      <Loaded load={load}>
        {(disputes) =>
          disputes.length === 0 ? (
            <p className="soft">{say('disputes.empty')}</p>
          ) : (
            <ul className="deeds">
              {disputes.map((dispute) => (
                <DisputeRow key={dispute.number} dispute={dispute} linked />
              ))}
            </ul>
          )
        }
      </Loaded>
    </>
  )
}

/** One dispute with its clock, and its answer. */
export function DisputeRow({ dispute, linked = false }: { dispute: Dispute; linked?: boolean }) {
  const { reason, words, source, state, askedAt, dueOn, daysLeft, answer, line } = dispute
  return (
    <li>
      <p className="b">{say(`dispute.reason.${reason}`)}</p>
      <p className="soft">{source}</p>
      <p className="tags">
        <ClockTag daysLeft={daysLeft} answered={state === 'answered'} />
        {state !== 'answered' && <span className="tag quiet">{say(`dispute.state.${state}`)}</span>}
      </p>
      {words && <p>{words}</p>}
      <p className="hint num-c">{say('request.dates', { asked: sayInstant(askedAt), due: sayDay(dueOn) })}</p>
      {answer && (
        <Notice tone="good">
          <p className="b">{say(`dispute.answer.${answer.is}`)}</p>
          {answer.words && <p>{answer.words}</p>}
          <p className="hint num-c">{sayInstant(answer.at)}</p>
        </Notice>
      )}
      {linked && <Link href={`/app/line/${line}`}>{say('disputes.line')}</Link>}
    </li>
  )
}
