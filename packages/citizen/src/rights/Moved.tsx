import { useCutSince } from '@sokhoe/ui/online'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { findWards } from '@sokhoe/ui/wards'
import { type FormEvent, useState } from 'react'
import { useAct } from '../family/act.ts'
import { bookApi } from '../family/whose.ts'
import { type Ward, wardName } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { Chips, Loaded, RightsScreen } from './parts.tsx'

/** So many wards at once: few enough to be read, and typing on narrows them down. */
const SHOWN = 8

/** She lives elsewhere now: says in which ward, and the station there serves her from then on. */
export const Moved = () => (
  <RightsScreen title={say('moved.title')}>
    <MovedPage />
  </RightsScreen>
)

function MovedPage() {
  const load = useLoad<{ wards: readonly Ward[] }>('/api/directory/wards')
  const cut = useCutSince() !== undefined
  return (
    <>
      <p className="soft">{say('moved.what')}</p>
      {cut ? (
        <p className="hint">{say('rights.offline')}</p>
      ) : (
        <Loaded load={load}>{({ wards }) => <MovedForm wards={wards} />}</Loaded>
      )}
    </>
  )
}

function MovedForm({ wards }: { wards: readonly Ward[] }) {
  const [ward, setWard] = useState<Ward>()
  const [address, setAddress] = useState('')
  const [done, setDone] = useState<{ outcome: 'moved' | 'known'; ward: Ward }>()
  const { busy, refusal, act } = useAct()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    if (!ward) return
    setDone(undefined)
    const body = { ward: ward.code, address }
    setDone((await act<NonNullable<typeof done>>('POST', bookApi('/move'), body))?.data)
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      <WardChooser wards={wards} ward={ward} onPick={setWard} />
      <Field
        label={say('moved.address')}
        autoComplete="street-address"
        maxLength={300}
        value={address}
        onText={setAddress}
      />
      {refusal && <Refused answer={refusal} />}
      <div role="status">
        {done && <Notice tone="good">{say(`moved.${done.outcome}`, { ward: wardName(done.ward) })}</Notice>}
      </div>
      <button type="submit" className="btn wide" disabled={!ward || busy} aria-busy={busy}>
        {say(busy ? 'moved.sending' : 'moved.send')}
      </button>
    </form>
  )
}

/** The wards of today whose name holds what was typed; one of them is chosen. */
function WardChooser({
  wards,
  ward,
  onPick,
}: {
  wards: readonly Ward[]
  ward: Ward | undefined
  onPick: (ward: Ward | undefined) => void
}) {
  const [typed, setTyped] = useState('')
  const named = wards.map((one) => ({ ...one, fullName: wardName(one), today: [] }))
  const found = typed.trim() === '' ? [] : findWards(named, typed)
  const more = found.length - SHOWN
  return (
    <>
      <Field
        label={say('moved.ward')}
        hint={say('moved.ward.hint')}
        autoComplete="off"
        value={typed}
        onText={(text) => {
          setTyped(text)
          onPick(undefined)
        }}
      />
      {found.length > 0 && (
        <Chips
          legend={say('moved.found')}
          options={found.slice(0, SHOWN).map(({ code }) => code)}
          value={ward?.code}
          word={(code) => found.find((one) => one.code === code)?.fullName ?? code}
          onPick={(code) => onPick(wards.find((one) => one.code === code))}
        />
      )}
      <p className="hint" role="status">
        {typed.trim() !== '' && found.length === 0 && say('moved.none')}
        {more > 0 && say('moved.more', { n: more })}
      </p>
    </>
  )
}
