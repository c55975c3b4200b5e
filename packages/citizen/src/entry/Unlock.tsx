import { readTypedDate } from '@sokhoe/ui/form/typed.ts'
import { CardReader } from '@sokhoe/ui/parts/CardReader'
import { DateFields, type TypedDate } from '@sokhoe/ui/parts/DateFields'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { Loading, type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useRef, useState } from 'react'
import { Redirect, useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { unlock, useSession } from '../platform/session.ts'
import './entry.css'

/** A phone number changes hands; a book does not. On a new phone the card, or number and birth date, open it. */
export function Unlock() {
  const session = useSession()
  const [, go] = useLocation()
  const [refusal, setRefusal] = useState<Refusal>()
  if (session.is === 'unknown') return <Loading words={say('loading')} />
  if (session.is !== 'in') return <Redirect to="/" replace />

  const prove = async (proof: Parameters<typeof unlock>[0]) => {
    const answer = await unlock(proof)
    if (answer.is === 'ready') go('/app/book', { replace: true })
    else setRefusal(answer)
  }
  const otherwise = session.me.campaign === null ? '/app/book' : '/app/declare/first/1'
  return (
    <Screen title={say('unlock.title')} back="/">
      <p>{say('unlock.why')}</p>
      {refusal && <UnlockRefused refusal={refusal} />}
      <CardReader onText={(card) => void prove({ card })} />
      <h2 className="gap">{say('unlock.typed')}</h2>
      <UnlockForm onProof={prove} />
      <h2 className="gap">{say('unlock.no-number')}</h2>
      <UnlockByName onProof={prove} />
      <ul className="acts">
        <ActRow icon="station" title={say('other.station')} hint={say('unlock.station')} to="/app/station" />
        <ActRow
          icon="user"
          title={say('unlock.not-mine')}
          hint={say('unlock.not-mine.hint')}
          to={otherwise}
        />
      </ul>
    </Screen>
  )
}

function UnlockRefused({ refusal }: { refusal: Refusal }) {
  if (refusal.code === 'identity.proof-wrong')
    return (
      <Notice tone="watch" alert>
        {refusal.problem.left === undefined
          ? say('unlock.wrong')
          : say('unlock.wrong-left', { n: refusal.problem.left })}
      </Notice>
    )
  return <Refused answer={refusal} />
}

const NO_DATE: TypedDate = { day: '', month: '', year: '' }

function UnlockForm({
  onProof,
}: {
  onProof: (proof: { idNumber: string; birthDate: string }) => Promise<void>
}) {
  const [number, setNumber] = useState('')
  const [date, setDate] = useState(NO_DATE)
  const [tried, setTried] = useState(false)
  const form = useRef<HTMLFormElement>(null)
  const idNumber = number.replaceAll(/\D/g, '')
  const birth = readTypedDate(date)
  const numberError = idNumber.length === 12 ? undefined : say('unlock.number-length', { n: idNumber.length })
  const dateError = birth.ok && birth.date.length === 10 ? undefined : say('date.full')

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (numberError || dateError || !birth.ok) {
      form.current?.querySelector<HTMLElement>(numberError ? '#unlock-number' : '#unlock-birth-day')?.focus()
      return
    }
    await onProof({ idNumber, birthDate: birth.date })
  }
  return (
    <form onSubmit={submit} ref={form} noValidate>
      <Field
        id="unlock-number"
        label={say('unlock.number')}
        inputMode="numeric"
        autoComplete="off"
        className="num-c"
        value={number}
        error={tried ? numberError : undefined}
        onText={setNumber}
      />
      <DateFields
        id="unlock-birth"
        legend={say('unlock.birth')}
        value={date}
        onChange={setDate}
        error={tried ? dateError : undefined}
      />
      <button type="submit" className="btn wide">
        {say('unlock.open')}
      </button>
    </form>
  )
}

/** A book of phone level that knows no number of its owner: whole name and birth date. */
function UnlockByName({
  onProof,
}: {
  onProof: (proof: { name: string; birthDate: string }) => Promise<void>
}) {
  const [name, setName] = useState('')
  const [date, setDate] = useState(NO_DATE)
  const [tried, setTried] = useState(false)
  const birth = readTypedDate(date)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (birth.ok && name.trim() !== '') await onProof({ name, birthDate: birth.date })
  }
  return (
    <form onSubmit={submit} noValidate>
      <Field
        label={say('unlock.name')}
        autoComplete="name"
        value={name}
        error={tried && name.trim() === '' ? say('unlock.name-needed') : undefined}
        onText={setName}
      />
      <DateFields
        id="unlock-name-birth"
        legend={say('unlock.birth-of-name')}
        value={date}
        onChange={setDate}
        error={tried && !birth.ok ? say('date.full') : undefined}
      />
      <button type="submit" className="btn second wide">
        {say('unlock.open-by-name')}
      </button>
    </form>
  )
}
