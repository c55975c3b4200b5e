import { readPhone } from '@sokhoe/model/phone'
import { readTypedDate } from '@sokhoe/ui/form/typed.ts'
import { CardReader } from '@sokhoe/ui/parts/CardReader'
import { DateFields, type TypedDate } from '@sokhoe/ui/parts/DateFields'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useRef, useState } from 'react'
import { say } from '../platform/say.ts'
import { useAct } from './act.ts'

const EMPTY = {
  phone: '',
  idNumber: '',
  insurance: '',
  date: { day: '', month: '', year: '' } as TypedDate,
  /** Text of a card that was scanned instead. */
  idCard: undefined as string | undefined,
  insuranceCard: undefined as string | undefined,
}
type Typed = typeof EMPTY

/** An identity card's code has its number in front; the other card is the insurance card. */
const kindOf = (text: string): 'idCard' | 'insuranceCard' =>
  /^\d{12}\|/.test(text) ? 'idCard' : 'insuranceCard'

function bodyOf(typed: Typed, phone: string) {
  const birth = readTypedDate(typed.date)
  const birthDate = birth.ok ? birth.date : ''
  const paper = (card: string | undefined, number: string) =>
    card ? { card } : number.trim() === '' ? undefined : { number, birthDate }
  return {
    from: { phone },
    idCard: paper(typed.idCard, typed.idNumber),
    insurance: paper(typed.insuranceCard, typed.insurance),
  }
}

/** Names the old number and gives what proofs there are; two are needed, family or station may be one of them. */
export function MoveForm({ onSent }: { onSent: () => void }) {
  const [typed, setTyped] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const { busy, refusal, act } = useAct()
  const form = useRef<HTMLFormElement>(null)
  const set = (more: Partial<Typed>) => setTyped((before) => ({ ...before, ...more }))
  const phone = readPhone(typed.phone, { synthetic: true })
  const birth = readTypedDate(typed.date)
  const types = typed.idNumber.trim() !== '' || typed.insurance.trim() !== ''
  const dateError = types && !(birth.ok && birth.date.length === 10) ? say('date.full') : undefined
  const phoneError = phone.ok ? undefined : say(`phone.${phone.reason}`)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setTried(true)
    if (!phone.ok || dateError) {
      form.current?.querySelector<HTMLElement>(phone.ok ? '#move-birth-day' : '#move-phone')?.focus()
      return
    }
    if (await act('POST', '/api/phone-changes', bodyOf(typed, phone.national))) onSent()
  }
  return (
    <form onSubmit={submit} ref={form} noValidate>
      <p>{say('move.what')}</p>
      <Field
        id="move-phone"
        label={say('move.old-number')}
        type="tel"
        inputMode="tel"
        autoComplete="off"
        className="num big"
        value={typed.phone}
        error={tried ? phoneError : undefined}
        onText={(text) => set({ phone: text })}
      />
      <h2>{say('move.proofs')}</h2>
      <p className="hint">{say('move.proofs.hint')}</p>
      <CardReader onText={(text) => set({ [kindOf(text)]: text })} />
      {typed.idCard && <Notice tone="good">{say('move.id-card-read')}</Notice>}
      {typed.insuranceCard && <Notice tone="good">{say('move.insurance-read')}</Notice>}
      <h3 className="gap">{say('move.typed')}</h3>
      <Field
        label={say('child.id-number')}
        inputMode="numeric"
        autoComplete="off"
        className="num-c"
        value={typed.idNumber}
        onText={(idNumber) => set({ idNumber })}
      />
      <Field
        label={say('child.insurance')}
        autoComplete="off"
        className="num-c"
        value={typed.insurance}
        onText={(insurance) => set({ insurance })}
      />
      <DateFields
        id="move-birth"
        legend={say('move.birth')}
        value={typed.date}
        error={tried ? dateError : undefined}
        onChange={(date) => set({ date })}
      />
      {refusal && <Refused answer={refusal} />}
      <button type="submit" className="btn wide" aria-busy={busy} disabled={busy}>
        {busy ? say('family.saving') : say('move.send')}
      </button>
      <p className="hint gap">{say('move.promise')}</p>
    </form>
  )
}
