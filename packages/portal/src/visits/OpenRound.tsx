import type { Questionnaire } from '@sokhoe/model/questionnaire'
import { sayDay, sayTime } from '@sokhoe/ui/format'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { sayOr } from '@sokhoe/ui/speech'
import { useEffect, useRef, useState } from 'react'
import { ConflictPanel } from '../assist/ConflictPanel.tsx'
import { newTaking, type Taking, titleOf, VisitForm } from '../assist/VisitForm.tsx'
import { type Settled, type Visit, withSettled } from '../assist/visit.ts'
import { say } from '../platform/say.ts'
import type { Member } from './houses.ts'
import { Progress } from './Progress.tsx'
import { endRound, giveUp, keepDraft, keepVisit, lock, type Round, readDraft, type Waiting } from './round.ts'
import { Stops } from './Stops.tsx'
import { type Refusal, sendWaiting, useProgress } from './sending.ts'
import '../assist/assist.css'

type Open = Extract<Round, { is: 'open' }>

const ofState = (visits: readonly Waiting[], is: Waiting['state']['is']) =>
  visits.filter(({ state }) => state.is === is)

/** Taking down one after the other; what waits, what was sent and what is to be settled stand beside. */
export function OpenRound({ round }: { round: Open }) {
  const { luggage, visits } = round
  const [asking, setAsking] = useState<'nobody' | 'somebody' | Member>('nobody')
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
  if (asking !== 'nobody')
    return (
      <OneByOne
        round={round}
        {...(asking !== 'somebody' && { member: asking })}
        close={() => setAsking('nobody')}
      />
    )
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
          <button type="button" className="btn" onClick={() => setAsking('somebody')}>
            <Icon name="plus" />
            {say('visits.new')}
          </button>
          {waiting > 0 && (
            <button
              type="button"
              className="btn second"
              disabled={sending}
              aria-busy={sending}
              onClick={() => void send()}
            >
              <Icon name="sync" />
              {say('visits.send', { n: waiting })}
            </button>
          )}
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
      <Stops stops={luggage.stops} visit={setAsking} />
      <VisitList visits={visits} />
    </>
  )
}

const PAUSE_MS = 400

/** What is being taken down, kept sealed on this tablet whenever the worker pauses. */
function useDraft(form: Questionnaire, member: Member | undefined) {
  const [taking, setTaking] = useState<Taking>(() => newTaking(form))
  // a new page for each person: nothing typed for one stays for the next
  const [turn, setTurn] = useState(0)
  const touched = useRef(false)
  useEffect(() => {
    void readDraft<Taking>(member).then((draft) => {
      if (!draft || touched.current) return
      setTaking(draft)
      setTurn((now) => now + 1)
    })
  }, [member])
  useEffect(() => {
    if (!touched.current) return
    const timer = setTimeout(() => void keepDraft(member, taking), PAUSE_MS)
    return () => clearTimeout(timer)
  }, [taking, member])
  const change = (work: (now: Taking) => Taking) => {
    touched.current = true
    setTaking(work)
  }
  const next = () => {
    touched.current = false
    setTaking(newTaking(form))
    setTurn((now) => now + 1)
  }
  return { taking, turn, change, next }
}

type Kept = { is: 'asking' } | { is: 'keeping' } | { is: 'kept'; name: string } | { is: 'full' }

/** One person after the other, without leaving the page. */
function OneByOne({ round, member, close }: { round: Open; member?: Member; close: () => void }) {
  const { form } = round.luggage
  const { taking, turn, change, next } = useDraft(form, member)
  const [state, setState] = useState<Kept>({ is: 'asking' })
  const keep = async (visit: Omit<Visit, 'takenAt'>) => {
    setState({ is: 'keeping' })
    try {
      await keepVisit({ ...visit, takenAt: new Date().toISOString() }, member)
      if (member) return close()
      setState({ is: 'kept', name: titleOf(taking) })
      next()
      window.scrollTo(0, 0)
    } catch {
      setState({ is: 'full' })
    }
  }
  return (
    <>
      {state.is === 'kept' && (
        <Notice tone="good">
          <p role="status">{say('visits.kept', { name: state.name || say('assist.nobody') })}</p>
        </Notice>
      )}
      {member && <h2>{say('visits.member', { name: member.name, born: sayDay(member.birthDate) })}</h2>}
      {state.is === 'full' && (
        <Notice tone="urgent" alert>
          {say('visits.full')}
        </Notice>
      )}
      <VisitForm
        key={turn}
        form={form}
        taking={taking}
        change={change}
        known={member !== undefined}
        {...(member && { born: member.birthDate })}
        busy={state.is === 'keeping'}
        save={say('visits.keep')}
        onSave={(taken) => void keep(taken)}
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
          {sayOr(`problem.${state.code}`, say('problem.unknown'))} <GiveUp waiting={waiting} />
        </>
      )}
    </>
  )
}

/** The only way in which a visit leaves the tablet unsent: asked twice. */
function GiveUp({ waiting }: { waiting: Waiting }) {
  const [asked, setAsked] = useState(false)
  return (
    <>
      <button type="button" className="btn small danger" onClick={() => setAsked(true)}>
        {say('visits.give-up')}
        <span className="sr">: {waiting.name}</span>
      </button>
      {asked && (
        <Dialog title={say('visits.give-up')} onClose={() => setAsked(false)}>
          <p>{say('visits.give-up.ask', { name: waiting.name })}</p>
          <button type="button" className="btn danger wide" onClick={() => void giveUp(waiting)}>
            {say('visits.give-up')}
          </button>
        </Dialog>
      )}
    </>
  )
}
