import { sayDay } from '@sokhoe/ui/format'
import { say } from '../platform/say.ts'
import type { Member, Stop } from './houses.ts'
import { streetWords } from './Streets.tsx'

/** Door by door: whoever has a book can be written about in it, whoever has none gets one. */
export function Stops({ stops, visit }: { stops: readonly Stop[]; visit: (member: Member) => void }) {
  if (stops.length === 0) return null
  const streets = [...Map.groupBy(stops, (stop) => streetWords({ name: stop.street, alley: stop.alley }))]
  return streets.map(([street, doors]) => (
    <details key={street} className="panel asked">
      <summary>
        {street} <span className="soft">{say('visits.stops', { n: doors.length })}</span>
      </summary>
      <ul className="inside stops">
        {doors.map((door) => (
          <li key={door.id}>
            <b>{door.house ?? say('visits.no-number')}</b>
            {door.missing !== null && door.missing > 0 && (
              <span className="tag watch">{say('visits.missing', { n: door.missing })}</span>
            )}
            <span className="buttons">
              {door.members.map((member) => (
                <button
                  key={member.person}
                  type="button"
                  className="btn small second"
                  onClick={() => visit(member)}
                >
                  {say('visits.member', { name: member.name, born: sayDay(member.birthDate) })}
                </button>
              ))}
            </span>
          </li>
        ))}
      </ul>
    </details>
  ))
}
