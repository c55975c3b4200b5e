import { isConfirmed } from '@sokhoe/model/levels'
import { sayDay, sayTime } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { useState } from 'react'
import { Link } from 'wouter'
import { FamilyPanel } from '../family/FamilyPanel.tsx'
import type { Changed } from '../lives/api.ts'
import { LivesPanel } from '../lives/LivesPanel.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import { type Person, unverifyPerson, type Verified, verifyPerson } from './api.ts'
import { Compare } from './Compare.tsx'
import type { AtDesk } from './desk.ts'
import { MeasurePanel } from './MeasurePanel.tsx'
import { SeenForm } from './SeenForm.tsx'

const LEVEL_TONES = { phone: 'watch', card: 'info', verified: 'good', national: 'good' } as const

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

function More({ person: { numbers, ended, address, ward, place } }: { person: Person }) {
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
          {ended.map(({ system, masked }) => (
            <span key={`${system} ${masked} ended`} className="line soft">
              {say('lives.ended', { number: say(`verify.number.${system}`, { number: masked }) })}
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

type Done =
  | { readonly is: 'verified' | 'known'; readonly at: number }
  | { readonly is: 'undone' }
  | { readonly is: 'changed'; readonly words: string }

/** What opens beneath the person at the desk. */
type Part = 'measure' | 'family' | 'lives'

/** One person at the desk: what the book says of who she is, the card beside it, and what is done for her. */
export function PersonPanel({ at, onNext, onDone }: { at: AtDesk; onNext: () => void; onDone: () => void }) {
  const [after, setAfter] = useState<Person>()
  const [done, setDone] = useState<Done>()
  const [parts, setParts] = useState<readonly Part[]>([])
  const turn = (part: Part) =>
    setParts((now) => (now.includes(part) ? now.filter((one) => one !== part) : [...now, part]))
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
  const changed = (words: string, now: Changed) => {
    setAfter({ ...person, ...now })
    setDone({ is: 'changed', words })
    // who has moved away tells no more of herself here
    if (now.person === undefined) setParts([])
    onDone()
  }
  const undone = (now: Person) => {
    setAfter(now)
    setDone({ is: 'undone' })
    onDone()
  }
  const isDead = person.status === 'deceased'
  const open = !isConfirmed(person.level) && person.status === 'active'
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
      {open && <Confirming at={at} onConfirm={confirm} onLeave={onNext} />}
      {!isDead && <Acts person={person} parts={parts} onTurn={turn} onUndone={undone} />}
      {(parts.includes('lives') || isDead) && <LivesPanel at={at} person={person} onDone={changed} />}
      {parts.includes('family') && <FamilyPanel person={person.person} />}
      {parts.includes('measure') && <MeasurePanel at={{ person: person.person, present: at.present }} />}
    </section>
  )
}

interface Confirmed {
  readonly at: AtDesk
  readonly onConfirm: (shown: object) => Promise<Answer<Verified>>
  readonly onLeave: () => void
}

/** The card beside the book; without a card, a document that somebody looks at. */
function Confirming({ at: { shown }, onConfirm, onLeave }: Confirmed) {
  if (shown)
    return (
      <Compare
        key={shown.card}
        compared={shown.compared}
        card={shown.card}
        onConfirm={onConfirm}
        onLeave={onLeave}
      />
    )
  return (
    <>
      <p className="inside b">{say('verify.next')}</p>
      <SeenForm onConfirm={onConfirm} />
    </>
  )
}

interface ActsProps {
  readonly person: Person
  readonly parts: readonly Part[]
  readonly onTurn: (part: Part) => void
  readonly onUndone: (now: Person) => void
}

/** What else is done for her; each opens beneath. */
function Acts({ person, parts, onTurn, onUndone }: ActsProps) {
  const opener = (part: Part) => ({
    type: 'button' as const,
    className: 'btn second',
    'aria-expanded': parts.includes(part),
    onClick: () => onTurn(part),
  })
  return (
    <div className="inside acts">
      <button {...opener('measure')}>
        <Icon name="heart" />
        {say('measure.open')}
      </button>
      <button {...opener('family')}>
        <Icon name="users" />
        {say('family.open')}
      </button>
      <button {...opener('lives')}>{say('lives.open')}</button>
      <Link className="btn second" href={`/station/assist/${person.person}`}>
        {say('verify.assist')}
      </Link>
      {person.level === 'verified' && <UndoButton person={person.person} onUndone={onUndone} />}
    </div>
  )
}

function DoneNotice({ done, name }: { done: Done; name: string }) {
  return (
    <div className="inside" role="status">
      <Notice tone="good">
        {done.is === 'undone'
          ? say('verify.undone')
          : done.is === 'changed'
            ? done.words
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
