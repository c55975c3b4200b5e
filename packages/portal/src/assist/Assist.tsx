import type { Questionnaire } from '@sokhoe/model/questionnaire'
import { sayTime } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { sayOr } from '@sokhoe/ui/speech'
import { newUuid } from '@sokhoe/ui/vault'
import { useEffect, useState } from 'react'
import { Link, useParams } from 'wouter'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { ConflictPanel, sayNamed } from './ConflictPanel.tsx'
import { newTaking, type Taking, titleOf, VisitForm } from './VisitForm.tsx'
import {
  codeOf,
  type Named,
  type Outcome,
  type Settled,
  type Synced,
  type Visit,
  withSettled,
} from './visit.ts'
import './assist.css'

/** Whose book it is, and the server's time at which it was looked up. */
type Opened = Named & { readonly person: string; readonly now: string }

/** Declaring for somebody who stands at the station and has no telephone. */
export function Assist() {
  const { person } = useParams<{ person?: string }>()
  const form = useLoad<Questionnaire>('/api/form')
  return (
    <Page
      title={say('assist.title')}
      lead={say(person ? 'assist.lead.known' : 'assist.lead')}
      actions={
        <Link className="btn second" href="/station/visits">
          {say('visits.title')}
        </Link>
      }
    >
      {form.is === 'loading' && <Loading words={say('loading')} />}
      {form.is === 'refused' && <Refused answer={form.answer} again={form.again} />}
      {form.is === 'ready' && !person && <Assisting form={form.data} />}
      {form.is === 'ready' && person && <AssistingKnown key={person} form={form.data} person={person} />}
    </Page>
  )
}

type Opening =
  | { readonly is: 'loading' }
  | Extract<Answer<Opened>, { is: 'ready' }>
  | Extract<Answer<Opened>, { is: 'refused' }>

/** Her book is opened first, which she will read in it. */
function AssistingKnown({ form, person }: { form: Questionnaire; person: string }) {
  const [opening, setOpening] = useState<Opening>({ is: 'loading' })
  useEffect(() => {
    let wanted = true
    void ask<Opened>('POST', '/api/station/declarations/open', { person }).then((answer) => {
      if (wanted) setOpening(answer)
    })
    return () => {
      wanted = false
    }
  }, [person])
  if (opening.is === 'loading') return <Loading words={say('loading')} />
  if (opening.is === 'refused') return <Refused answer={opening} />
  return <Assisting form={form} known={opening.data} />
}

interface Sent {
  readonly uuid: string
  readonly visit: Visit
}

type Refusal = Extract<Answer<Synced>, { is: 'refused' }>

type State =
  | { readonly is: 'asking' }
  | { readonly is: 'sending' }
  | { readonly is: 'unsent'; readonly answer: Refusal }
  | { readonly is: 'told'; readonly outcome: Outcome }

const ASKING: State = { is: 'asking' }

function Assisting({ form, known }: { form: Questionnaire; known?: Opened }) {
  const [taking, setTaking] = useState<Taking>(() => newTaking(form))
  const [state, setState] = useState<State>(ASKING)
  const [sent, setSent] = useState<Sent>()
  // a new page for each person: nothing typed for one stays for the next
  const [turn, setTurn] = useState(1)
  const [done, setDone] = useState<{ name: string; at: number }>()

  const send = async (next: Sent) => {
    setSent(next)
    setState({ is: 'sending' })
    setDone(undefined)
    const body = { clock: new Date().toISOString(), visits: [next] }
    const answer = await ask<Synced>('POST', '/api/station/sync', body)
    if (answer.is === 'refused') return setState({ is: 'unsent', answer })
    const [outcome] = answer.data.visits
    if (outcome?.outcome === 'kept' || outcome?.outcome === 'known') return finish()
    if (outcome) setState({ is: 'told', outcome })
  }
  const finish = () => {
    setDone({ name: known?.name ?? titleOf(taking), at: Date.now() })
    setTaking(newTaking(form))
    setTurn((now) => now + 1)
    setSent(undefined)
    setState(ASKING)
    window.scrollTo(0, 0)
  }
  const change = (work: (now: Taking) => Taking) => {
    setTaking(work)
    // what is changed after sending is another declaration
    if (state.is !== 'sending') setSent(undefined)
  }
  const settle = (settled: Settled) => {
    if (sent && state.is === 'told' && state.outcome.outcome === 'conflict')
      void send({ ...sent, visit: withSettled(sent.visit, state.outcome, settled) })
  }
  const conflict = state.is === 'told' && state.outcome.outcome === 'conflict' ? state.outcome : undefined
  const busy = state.is === 'sending'
  return (
    <>
      {done && (
        <Notice tone="good">
          <p role="status">
            {say('assist.kept', { name: done.name || say('assist.nobody'), time: sayTime(done.at) })}
          </p>
        </Notice>
      )}
      {conflict && sent && <ConflictPanel form={form} conflict={conflict} busy={busy} settle={settle} />}
      <div hidden={conflict !== undefined && sent !== undefined}>
        {known && <h2>{sayNamed(known)}</h2>}
        <VisitForm
          key={turn}
          form={form}
          taking={taking}
          change={change}
          known={known !== undefined}
          {...(known && { born: known.birthDate })}
          busy={busy}
          save={say('assist.save')}
          onSave={(taken) =>
            void send({
              uuid: sent?.uuid ?? newUuid(),
              visit: {
                ...taken,
                ...(known && { person: known.person, base: known.now }),
                takenAt: sent?.visit.takenAt ?? new Date().toISOString(),
              },
            })
          }
        >
          <Told state={state} />
        </VisitForm>
      </div>
    </>
  )
}

function Told({ state }: { state: State }) {
  if (state.is === 'unsent') return <Refused answer={state.answer} />
  if (state.is !== 'told' || state.outcome.outcome !== 'refused') return null
  const code = codeOf(state.outcome.problem.type)
  return (
    <Notice tone="watch" alert>
      <p className="b">{sayOr(`problem.${code}`, say('problem.unknown'))}</p>
      <p className="hint">{say('problem.code', { code })}</p>
    </Notice>
  )
}
