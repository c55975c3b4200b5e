import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { type FormEvent, useCallback, useEffect, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { findPeople } from '../verify/api.ts'

const RELATIONS = ['child', 'parent', 'spouse', 'sibling', 'grandparent', 'ward', 'other'] as const
type Relation = (typeof RELATIONS)[number]

interface Held {
  readonly id: number
  readonly name: string
  readonly relation: Relation
  readonly standing: string
}

/** Everything but the sensitive parts: those a grown-up shares herself, on her own telephone. */
const TOPICS = ['basics', 'results', 'visits', 'immunisation', 'documents', 'write', 'manage']

const LIVE = /^https?:\/\/[^/]+\/l\//

/** Whoever will act: by her live code, or as the only one in the ward whom the words fit. */
async function holderNamed(text: string): Promise<{ live: string } | { person: string } | undefined> {
  if (LIVE.test(text)) return { live: text }
  const answer = await findPeople(text)
  const [only, ...others] = answer.is === 'ready' ? answer.data.people : []
  return only && others.length === 0 ? { person: only.person } : undefined
}

/** Who may act for the person at the desk, and her book on its way to a new number. */
export function FamilyPanel({ person }: { person: string }) {
  return (
    <div className="inside">
      <Holders person={person} />
      <NewNumber person={person} />
    </div>
  )
}

function Holders({ person }: { person: string }) {
  const [held, setHeld] = useState<readonly Held[]>()
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const load = useCallback(async () => {
    const answer = await ask<readonly Held[]>('GET', `/api/station/people/${person}/proxies`)
    if (answer.is === 'ready') setHeld(answer.data)
    else setTrouble(answer)
  }, [person])
  useEffect(() => void load(), [load])
  const end = async (id: number) => {
    setTrouble(await ask('DELETE', `/api/station/people/${person}/proxies/${id}`))
    await load()
  }
  return (
    <section>
      <h2>{say('family.holders')}</h2>
      <Trouble answer={trouble} />
      {held?.length === 0 && <p>{say('family.none')}</p>}
      <ul className="people">
        {held?.map((one) => (
          <li key={one.id}>
            <p className="grow">
              {one.name} · {say(`family.holder.${one.relation}`)}
              {one.standing === 'waiting' && ` · ${say('family.waiting')}`}
            </p>
            <button type="button" className="btn danger small" onClick={() => void end(one.id)}>
              {say('family.end')}
              <span className="sr">: {one.name}</span>
            </button>
          </li>
        ))}
      </ul>
      <AddHolder person={person} onAdded={load} />
    </section>
  )
}

function AddHolder({ person, onAdded }: { person: string; onAdded: () => Promise<void> }) {
  const [text, setText] = useState('')
  const [relation, setRelation] = useState<Relation>('parent')
  const [unfound, setUnfound] = useState(false)
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const holder = await holderNamed(text.trim())
    setUnfound(!holder)
    if (!holder) return
    const body = { subject: { person }, holder, relation, topics: TOPICS, until: null }
    const answer = await ask('POST', '/api/station/proxies', body)
    setTrouble(answer)
    if (answer.is !== 'ready') return
    setText('')
    await onAdded()
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <Field
        label={say('family.who')}
        hint={say('family.who.hint')}
        autoComplete="off"
        value={text}
        onText={setText}
      />
      <Choices
        legend={say('family.relation')}
        value={relation}
        options={RELATIONS.map((one) => [one, say(`family.holder.${one}`)] as const)}
        onChoose={setRelation}
      />
      {unfound && (
        <Notice tone="watch" alert>
          {say('family.unfound')}
        </Notice>
      )}
      <Trouble answer={trouble} />
      <p className="hint">{say('family.checked')}</p>
      <button type="submit" className="btn" disabled={text.trim() === ''}>
        {say('family.add')}
      </button>
    </form>
  )
}

function NewNumber({ person }: { person: string }) {
  const [code, setCode] = useState('')
  const [card, setCard] = useState('')
  const [state, setState] = useState<'moved' | 'collecting'>()
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const idCard = card.trim() === '' ? undefined : { card: card.trim() }
    const answer = await ask<{ state: 'moved' | 'collecting' }>('POST', '/api/station/phone-changes', {
      person,
      code,
      idCard,
    })
    setTrouble(answer)
    setState(answer.is === 'ready' ? answer.data.state : undefined)
  }
  return (
    <section>
      <h2>{say('family.number')}</h2>
      <form onSubmit={(event) => void submit(event)}>
        <div className="side-by-side">
          <Field
            label={say('family.code')}
            className="num-c"
            autoComplete="off"
            value={code}
            onText={setCode}
          />
          <Field label={say('family.card')} autoComplete="off" value={card} onText={setCard} />
        </div>
        <Trouble answer={trouble} />
        {state && (
          <div role="status">
            <Notice tone={state === 'moved' ? 'good' : 'watch'}>{say(`family.${state}`)}</Notice>
          </div>
        )}
        <button type="submit" className="btn second" disabled={code.trim() === ''}>
          {say('family.move')}
        </button>
      </form>
    </section>
  )
}
