import { ageOn } from '@sokhoe/model/dates'
import { readTypedDate } from '@sokhoe/ui/form/typed.ts'
import { dayOf } from '@sokhoe/ui/format'
import { DateFields, type TypedDate } from '@sokhoe/ui/parts/DateFields'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useRef, useState } from 'react'
import { useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { refreshSession } from '../platform/session.ts'
import { useAct } from './act.ts'
import { ForSignedIn } from './SignedIn.tsx'
import { Radios } from './Topics.tsx'
import { openBookOf } from './whose.ts'
import './family.css'

/** From this age the child is asked too: Law 91/2025/QH15 art. 24. The server's rules decide; this only chooses the next screen. */
const ASKED_FROM = 7

const EMPTY = {
  name: '',
  date: { day: '', month: '', year: '' } as TypedDate,
  sex: undefined as 'male' | 'female' | undefined,
  relation: 'child' as 'child' | 'ward',
  idNumber: '',
  insurance: '',
}
type Typed = typeof EMPTY

/** What is missing, in the order of the fields. */
function faultsOf({ name, date, sex }: Typed) {
  const birth = readTypedDate(date)
  return {
    name: name.trim() === '' ? say('child.name-needed') : undefined,
    date: birth.ok && birth.date.length === 10 ? undefined : say('date.full'),
    sex: sex === undefined ? say('child.sex-needed') : undefined,
  }
}

/** Where the first of them is to be mended. */
function firstFault({ name, date, sex }: ReturnType<typeof faultsOf>): string | undefined {
  if (name) return '#child-name'
  if (date) return '#child-birth-day'
  return sex && 'input[type=radio]'
}

const isAsked = (birth: string): boolean => (ageOn(birth, dayOf(Date.now()))?.max ?? ASKED_FROM) >= ASKED_FROM

/** A child's book: name, birth date, sex; numbers where there are any. */
export const AddChild = () => (
  <ForSignedIn title={say('child.title')}>
    {() => (
      <Screen title={say('child.title')} back="/app/family">
        <p>{say('child.what')}</p>
        <ChildForm />
      </Screen>
    )}
  </ForSignedIn>
)

/** What is typed, what is missing, and sending it. */
function useChild() {
  const [, go] = useLocation()
  const [typed, setTyped] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const { busy, refusal, act } = useAct()
  const form = useRef<HTMLFormElement>(null)
  const faults = faultsOf(typed)
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    const birth = readTypedDate(typed.date)
    const first = firstFault(faults)
    if (first || !birth.ok) {
      form.current?.querySelector<HTMLElement>(first ?? '#child-birth-day')?.focus()
      return
    }
    const { name, sex, relation, idNumber, insurance } = typed
    const body = { name, sex, relation, birthDate: birth.date, idNumber, insurance }
    const answer = await act<{ person: string }>('POST', '/api/me/family', body)
    if (!answer) return
    await refreshSession()
    if (isAsked(birth.date)) return go(`/app/family/ask/${answer.data.person}`)
    openBookOf(answer.data.person)
    go('/app/book')
  }
  const set = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }))
  return { typed, set, form, submit, busy, refusal, shown: tried ? faults : undefined }
}

function ChildForm() {
  const { typed, set, form, submit, busy, refusal, shown } = useChild()
  return (
    <form onSubmit={submit} ref={form} noValidate>
      <Field
        id="child-name"
        label={say('child.name')}
        autoComplete="off"
        value={typed.name}
        error={shown?.name}
        onText={(name) => set({ name })}
      />
      <DateFields
        id="child-birth"
        legend={say('child.birth')}
        value={typed.date}
        error={shown?.date}
        onChange={(date) => set({ date })}
      />
      <Kind typed={typed} set={set} error={shown?.sex} />
      <Numbers typed={typed} set={set} wrongAt={refusal?.problem.at?.[0]} />
      <Notice>{say('child.station')}</Notice>
      {refusal && refusal.code !== 'request.invalid' && <Refused answer={refusal} />}
      <button type="submit" className="btn wide gap" aria-busy={busy} disabled={busy}>
        {busy ? say('family.saving') : say('child.add')}
      </button>
    </form>
  )
}

function Kind({
  typed,
  set,
  error,
}: {
  typed: Typed
  set: (more: Partial<Typed>) => void
  error: string | undefined
}) {
  return (
    <>
      <Radios
        legend={say('child.sex')}
        value={typed.sex}
        options={[
          ['female', say('sex.female')],
          ['male', say('sex.male')],
        ]}
        onChange={(sex) => set({ sex })}
      />
      {error && (
        <p className="em" role="alert">
          {error}
        </p>
      )}
      <Radios
        legend={say('child.relation')}
        value={typed.relation}
        options={[
          ['child', say('child.mine')],
          ['ward', say('child.ward')],
        ]}
        onChange={(relation) => set({ relation })}
      />
    </>
  )
}

function Numbers({
  typed,
  set,
  wrongAt,
}: {
  typed: Typed
  set: (more: Partial<Typed>) => void
  wrongAt: string | undefined
}) {
  return (
    <>
      <Field
        label={say('child.id-number')}
        hint={say('child.none-yet')}
        inputMode="numeric"
        autoComplete="off"
        className="num-c"
        value={typed.idNumber}
        error={wrongAt === '/idNumber' ? say('child.number-wrong') : undefined}
        onText={(idNumber) => set({ idNumber })}
      />
      <Field
        label={say('child.insurance')}
        hint={say('child.none-yet')}
        autoComplete="off"
        className="num-c"
        value={typed.insurance}
        error={wrongAt === '/insurance' ? say('child.number-wrong') : undefined}
        onText={(insurance) => set({ insurance })}
      />
    </>
  )
}
