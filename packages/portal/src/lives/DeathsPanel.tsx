import { sayDay } from '@sokhoe/ui/format'
import { useEffect, useState } from 'react'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import type { SaidDead } from './api.ts'

/** Of whom a facility says that she has died: nothing is closed by it, somebody looks at the paper. */
export function DeathsPanel({ onOpen }: { onOpen: (person: string) => void }) {
  const [people, setPeople] = useState<readonly SaidDead[]>([])
  useEffect(() => {
    void ask<{ readonly people: readonly SaidDead[] }>('GET', '/api/station/deaths').then((answer) => {
      if (answer.is === 'ready') setPeople(answer.data.people)
    })
  }, [])
  if (people.length === 0) return null
  return (
    <section className="panel" aria-label={say('lives.deaths')}>
      <div className="head">
        <h2>{say('lives.deaths')}</h2>
      </div>
      <ul className="people">
        {people.map(({ person, name, birthDate, by }) => (
          <li key={person}>
            <p className="grow">
              {name} · <span className="num-c">{sayDay(birthDate)}</span>
              {by.map(({ facility, diedOn }) => (
                <span key={facility} className="soft line">
                  {facility}
                  {diedOn && ` · ${sayDay(diedOn)}`}
                </span>
              ))}
            </p>
            <button type="button" className="btn second small" onClick={() => onOpen(person)}>
              {say('waiting.open')}
              <span className="sr">: {name}</span>
            </button>
          </li>
        ))}
      </ul>
    </section>
  )
}
