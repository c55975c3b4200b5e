import { sayDay, sayTime } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { useState } from 'react'
import { Link } from 'wouter'
import { FamilyPanel } from '../family/FamilyPanel.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import { type Person, unverifyPerson, type Verified, verifyPerson } from './api.ts'
import { Compare } from './Compare.tsx'
import type { AtDesk } from './desk.ts'
import { MeasurePanel } from './MeasurePanel.tsx'
import { SeenForm } from './SeenForm.tsx'

const LEVEL_TONES = { phone: 'watch', card: 'info', verified: 'good' } as const

/** Enough to tell two people apart, in one line. */
export function Facts({ person }: { person: Person }) {
  const { name, birthDate, sex, bookNumber, level, child, status } = person
  return (
    <div className="grow">
      <p className="who-name">
        {name} <span className={`tag ${LEVEL_TONES[level]}`}>{say(`verify.level.${level}`)}</span>{' '}
        {child && <span className="tag quiet">{say('verify.child')}</span>}
        {status !== 'active' && <span className="tag watch">{say('verify.closed')}</span>}
      </p>
      <p className="soft">
        {say(`verify.sex.${sex}`)} · <span className="num-c">{sayDay(birthDate)}</span> ·{' '}
        <span className="num-c">{say('verify.book', { number: bookNumber })}</span>
      </p>
    </div>
  )
}

function More({ person: { numbers, address, ward, place } }: { person: Person }) {
  return (
    <dl className="facts inside">
      <div>
        <dt>{say('verify.numbers')}</dt>
        <dd className="num-c">
          {numbers.length === 0
            ? say('verify.numbers.none')
            : numbers.map(({ system, masked }) => (
                <span key={`${system} ${masked}`} className="line">
                  {say(`verify.number.${system}`, { number: masked })}
                </span>
              ))}
        </dd>
      </div>
      <div>
        <dt>{say('verify.address')}</dt>
        <dd className="anywhere">
          {[address ?? say('verify.address.none'), ward?.name].filter(Boolean).join(', ')}
          {place && (
            <span className="line soft">
              {say('verify.place', { was: place.was, today: place.today.join(' / ') })}
            </span>
          )}
        </dd>
      </div>
    </dl>
  )
}

type Done = { readonly is: 'verified' | 'known'; readonly at: number } | { readonly is: 'undone' }

/** One person at the desk: what the book says of who she is, the card beside it, and what is done for her. */
export function PersonPanel({ at, onNext, onDone }: { at: AtDesk; onNext: () => void; onDone: () => void }) {
  const [after, setAfter] = useState<Person>()
  const [done, setDone] = useState<Done>()
  const [measuring, setMeasuring] = useState(false)
  const [family, setFamily] = useState(false)
  const person = after ?? at.person
  const confirm = async (shown: object): Promise<Answer<Verified>> => {
    const answer = await verifyPerson({ person: person.person, present: at.present }, shown)
    if (answer.is === 'ready') {
      setAfter(answer.data)
      setDone({ is: answer.data.outcome, at: Date.now() })
      onDone()
    }
    return answer
  }
  const open = person.level !== 'verified' && person.status === 'active'
  return (
    <section className="panel person-at-desk" aria-label={person.name}>
      <div className="person-head">
        <Facts person={person} />
        <button type="button" className="btn second small" onClick={onNext}>
          {say('verify.close')} <kbd>Esc</kbd>
        </button>
      </div>
      <p className="inside hint">
        {at.how === 'waiting'
          ? say('verify.from-waiting')
          : say('verify.found-by', { how: say(`verify.by.${at.how}`) })}
      </p>
      <More person={person} />
      {done && <DoneNotice done={done} name={person.name} />}
      {open && at.shown && (
        <Compare
          key={at.shown.card}
          compared={at.shown.compared}
          card={at.shown.card}
          onConfirm={confirm}
          onLeave={onNext}
        />
      )}
      {open && !at.shown && <p className="inside b">{say('verify.next')}</p>}
      {open && !at.shown && <SeenForm onConfirm={confirm} />}
      <div className="inside acts">
        <button
          type="button"
          className="btn second"
          aria-expanded={measuring}
          onClick={() => setMeasuring(!measuring)}
        >
          <Icon name="heart" />
          {say('measure.open')}
        </button>
        <button
          type="button"
          className="btn second"
          aria-expanded={family}
          onClick={() => setFamily(!family)}
        >
          <Icon name="users" />
          {say('family.open')}
        </button>
        <Link className="btn second" href={`/station/assist/${person.person}`}>
          {say('verify.assist')}
        </Link>
        {person.level === 'verified' && (
          <UndoButton
            person={person.person}
            onUndone={(now) => {
              setAfter(now)
              setDone({ is: 'undone' })
              onDone()
            }}
          />
        )}
      </div>
      {family && <FamilyPanel person={person.person} />}
      {measuring && <MeasurePanel at={{ person: person.person, present: at.present }} />}
    </section>
  )
}

function DoneNotice({ done, name }: { done: Done; name: string }) {
  return (
    <div className="inside" role="status">
      <Notice tone="good">
        {done.is === 'undone'
          ? say('verify.undone')
          : done.is === 'known'
            ? say('verify.known', { name })
            : say('verify.done', { name, time: sayTime(done.at) })}
      </Notice>
    </div>
  )
}

/** Only a station's lead takes a confirmation back. */
function UndoButton({ person, onUndone }: { person: string; onUndone: (now: Person) => void }) {
  const session = useSession()
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  if (session.is !== 'in' || session.staff.role !== 'station-lead') return null
  const undo = async () => {
    const answer = await unverifyPerson(person)
    setTrouble(answer)
    if (answer.is === 'ready') onUndone(answer.data)
  }
  return (
    <>
      <button type="button" className="btn danger" onClick={() => void undo()}>
        {say('verify.undo')}
      </button>
      <p className="hint">{say('verify.undo.hint')}</p>
      <Trouble answer={trouble} />
    </>
  )
}
