import { sayTime } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { sayOr } from '@sokhoe/ui/speech'
import { useState } from 'react'
import { ConflictPanel } from '../assist/ConflictPanel.tsx'
import { newTaking, type Taking, titleOf, VisitForm } from '../assist/VisitForm.tsx'
import { type Settled, withSettled } from '../assist/visit.ts'
import { say } from '../platform/say.ts'
import { Progress } from './Progress.tsx'
import { endRound, giveUp, keepVisit, lock, type Round, type Waiting } from './round.ts'
import { type Refusal, sendWaiting, useProgress } from './sending.ts'
import '../assist/assist.css'

type Open = Extract<Round, { is: 'open' }>

const ofState = (visits: readonly Waiting[], is: Waiting['state']['is']) =>
  visits.filter(({ state }) => state.is === is)

/** Taking down one after the other; what waits, what was sent and what is to be settled stand beside. */
export function OpenRound({ round }: { round: Open }) {
  const { luggage, visits } = round
  const [asking, setAsking] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const sending = useProgress() !== undefined
  const send = async (only?: Waiting) => {
    setRefusal(undefined)
    setRefusal(await sendWaiting(only))
  }
  const waiting = ofState(visits, 'waiting').length
  const conflicts = ofState(visits, 'conflict')
  const settle = (one: Waiting) => (settled: Settled) => {
    if (one.state.is === 'conflict')
      void send({ ...one, visit: withSettled(one.visit, one.state.conflict, settled) })
  }
  const [first] = conflicts
  if (asking) return <OneByOne round={round} close={() => setAsking(false)} />
  return (
    <>
      <section className="panel counts">
        <p className="big">
          <b>{waiting}</b> {say('visits.count.waiting')}
        </p>
        <p className="soft">
          {say('visits.count', {
            kept: ofState(visits, 'kept').length,
            conflicts: conflicts.length,
            refused: ofState(visits, 'refused').length,
          })}
        </p>
        <div className="buttons">
          <button type="button" className="btn" onClick={() => setAsking(true)}>
            <Icon name="plus" />
            {say('visits.new')}
          </button>
          <button
            type="button"
            className="btn second"
            disabled={sending || waiting === 0}
            aria-busy={sending}
            onClick={() => void send()}
          >
            <Icon name="sync" />
            {say('visits.send', { n: waiting })}
          </button>
          <button type="button" className="btn plain" onClick={() => void lock()}>
            <Icon name="lock" />
            {say('visits.lock')}
          </button>
          {waiting === 0 && conflicts.length === 0 && ofState(visits, 'refused').length === 0 && (
            <button type="button" className="btn plain" onClick={() => void endRound()}>
              {say('visits.end')}
            </button>
          )}
        </div>
        <Progress />
        {refusal && <Refused answer={refusal} />}
      </section>
      {first?.state.is === 'conflict' && (
        <ConflictPanel
          key={`${first.uuid} ${first.state.conflict.same.length} ${first.state.conflict.seen ?? ''}`}
          form={luggage.form}
          conflict={first.state.conflict}
          busy={sending}
          settle={settle(first)}
        />
      )}
      <VisitList visits={visits} />
    </>
  )
}

/** One person after the other, without leaving the page. */
function OneByOne({ round, close }: { round: Open; close: () => void }) {
  const { form } = round.luggage
  const [taking, setTaking] = useState<Taking>(() => newTaking(form))
  const [turn, setTurn] = useState(1)
  const [state, setState] = useState<{ is: 'asking' } | { is: 'kept'; name: string } | { is: 'full' }>({
    is: 'asking',
  })
  return (
    <>
      {state.is === 'kept' && (
        <Notice tone="good">
          <p role="status">{say('visits.kept', { name: state.name || say('assist.nobody') })}</p>
        </Notice>
      )}
      {state.is === 'full' && (
        <Notice tone="urgent" alert>
          {say('visits.full')}
        </Notice>
      )}
      <VisitForm
        key={turn}
        form={form}
        taking={taking}
        change={setTaking}
        known={false}
        busy={false}
        save={say('visits.keep')}
        onSave={(taken) => {
          const name = titleOf(taking)
          keepVisit({ ...taken, takenAt: new Date().toISOString() }).then(
            () => {
              setTaking(newTaking(form))
              setTurn((now) => now + 1)
              setState({ is: 'kept', name })
              window.scrollTo(0, 0)
            },
            () => setState({ is: 'full' }),
          )
        }}
      >
        <button type="button" className="btn second wide" onClick={close}>
          {say('visits.to-list')}
        </button>
      </VisitForm>
    </>
  )
}

function VisitList({ visits }: { visits: readonly Waiting[] }) {
  if (visits.length === 0) return <p className="soft">{say('visits.empty')}</p>
  return (
    <section className="panel scrolls">
      <table className="grid-table">
        <caption className="sr">{say('visits.list')}</caption>
        <thead>
          <tr>
            <th>{say('visits.who')}</th>
            <th>{say('visits.when')}</th>
            <th>{say('visits.state')}</th>
          </tr>
        </thead>
        <tbody>
          {visits.map((each) => (
            <tr key={each.uuid}>
              <td className="b">{each.name}</td>
              <td className="num-c">{sayTime(each.takenAt)}</td>
              <td>
                <StateTag waiting={each} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

const TONES = { waiting: 'info', kept: 'good', conflict: 'watch', refused: 'urgent' } as const

function StateTag({ waiting }: { waiting: Waiting }) {
  const { state } = waiting
  return (
    <>
      <span className={`tag ${TONES[state.is]}`}>{say(`visits.is.${state.is}`)}</span>
      {state.is === 'refused' && (
        <>
          {' '}
          {sayOr(`problem.${state.code}`, say('problem.unknown'))}{' '}
          <button type="button" className="btn small danger" onClick={() => void giveUp(waiting)}>
            {say('visits.give-up')}
            <span className="sr">: {waiting.name}</span>
          </button>
        </>
      )}
    </>
  )
}
