import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import type { Person } from '../verify/api.ts'
import { Facts } from '../verify/PersonPanel.tsx'

type House = {
  readonly id: string
  readonly house: string | null
  readonly people: number
  readonly verified: number
  readonly told: number | null
  readonly missing: number | null
}

type Which = 'all' | 'unconfirmed' | 'missing'

const isShown = (house: House, which: Which): boolean =>
  which === 'all' || (which === 'unconfirmed' ? house.verified < house.people : house.missing !== 0)

const livingIn = ({ told, missing }: House): string => {
  if (told === null) return say('households.untold')
  const people = say('households.told', { n: told })
  if (missing === null) return people
  return `${people}, ${missing === 0 ? say('households.full') : say('households.missing', { n: missing })}`
}

/** The doors of one street in the order of a walk; nobody is named before a door is opened. */
export function Houses({ id, name }: { id: string; name: string }) {
  const houses = useLoad<{ doors: readonly House[] }>(`/api/station/streets/${id}`)
  const [which, setWhich] = useState<Which>('all')
  const [open, setOpen] = useState<string>()
  return (
    <section className="panel" aria-label={name}>
      <div className="head">
        <h2 className="anywhere">{name}</h2>
      </div>
      {houses.is === 'loading' && <Loading words={say('loading')} />}
      {houses.is === 'refused' && <Refused answer={houses.answer} again={houses.again} />}
      {houses.is === 'ready' && (
        <>
          <div className="inside">
            <Choices
              legend={say('households.show')}
              value={which}
              options={(['all', 'unconfirmed', 'missing'] as const).map(
                (each) => [each, say(`households.which.${each}`)] as const,
              )}
              onChoose={setWhich}
            />
          </div>
          <ul className="people">
            {houses.data.doors
              .filter((house) => isShown(house, which))
              .map((house) => (
                <li key={house.id}>
                  <HouseLine
                    house={house}
                    open={open === house.id}
                    onOpen={() => setOpen(open === house.id ? undefined : house.id)}
                  />
                  {open === house.id && <Members door={house.id} onTold={houses.again} />}
                </li>
              ))}
          </ul>
        </>
      )}
    </section>
  )
}

function HouseLine({ house, open, onOpen }: { house: House; open: boolean; onOpen: () => void }) {
  const number = house.house ?? say('households.house.unread')
  return (
    <>
      <div className="grow">
        <p className="b anywhere">{number}</p>
        <p className="soft">
          {say('households.people')} <b>{house.people}</b> · {say('households.verified')}{' '}
          <b>{house.verified}</b> · {livingIn(house)}
        </p>
      </div>
      <button type="button" className="btn second small" aria-expanded={open} onClick={onOpen}>
        {say(open ? 'households.close' : 'households.members')}
        <span className="sr">: {number}</span>
      </button>
    </>
  )
}

type Living = { readonly members: readonly Person[]; readonly told: number | null }

function Members({ door, onTold }: { door: string; onTold: () => void }) {
  const living = useLoad<Living>(`/api/station/households/${door}`)
  if (living.is === 'loading') return <Loading words={say('loading')} />
  if (living.is === 'refused') return <Refused answer={living.answer} again={living.again} />
  return (
    <div className="members">
      {living.data.members.map((person) => (
        <Facts key={person.person} person={person} />
      ))}
      <SizeForm door={door} told={living.data.told} onTold={onTold} />
    </div>
  )
}

function SizeForm({ door, told, onTold }: { door: string; told: number | null; onTold: () => void }) {
  const [typed, setTyped] = useState(told === null ? '' : String(told))
  const [answer, setAnswer] = useState<Answer<unknown>>()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const people = typed.trim() === '' ? null : Number(typed)
    const next = await ask('PUT', `/api/station/households/${door}`, { people })
    setAnswer(next)
    if (next.is === 'ready') onTold()
  }
  return (
    <form className="tell" onSubmit={(event) => void submit(event)}>
      <Field
        label={say('households.tell')}
        className="num-c"
        inputMode="numeric"
        autoComplete="off"
        maxLength={2}
        value={typed}
        onText={setTyped}
      />
      <button type="submit" className="btn second">
        {say('households.tell.save')}
      </button>
      <Trouble answer={answer} />
      {answer?.is === 'ready' && (
        <p role="status" className="soft">
          {say('households.saved')}
        </p>
      )}
    </form>
  )
}
