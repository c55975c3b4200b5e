import { readTypedNumber } from '@sokhoe/ui/form/typed.ts'
import { sayInstant } from '@sokhoe/ui/format'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link } from 'wouter'
import { bookApi } from '../family/whose.ts'
import { say } from '../platform/say.ts'
import { useDeed } from './deed.ts'
import { Chips, RightsScreen } from './parts.tsx'

/** What was measured at home, in the person's own words. */
export const Measure = () => (
  <RightsScreen title={say('measure.title')}>
    <MeasurePage />
  </RightsScreen>
)

const KINDS = ['blood-pressure', 'glucose'] as const
const ARMS = ['left', 'right'] as const
const UNITS = ['mmol/L', 'mg/dL'] as const
const MEALS = ['fasting', 'after-meal', 'other'] as const

const EMPTY = { systolic: '', diastolic: '', pulse: '', glucose: '', at: '' }
type Typed = typeof EMPTY
type Choice = {
  kind: (typeof KINDS)[number]
  arm: (typeof ARMS)[number] | undefined
  unit: (typeof UNITS)[number]
  meal: (typeof MEALS)[number] | undefined
}

/** The clock on the wall here, with its offset: what `datetime-local` leaves out. */
const instantOf = (local: string): string => (local === '' ? new Date() : new Date(local)).toISOString()

type Read = { body: object; said: string } | { missing: readonly (keyof Typed | 'meal')[] }

function readPressure({ systolic, diastolic, pulse }: Typed, arm: Choice['arm']): Read {
  const read = { systolic: readTypedNumber(systolic, true), diastolic: readTypedNumber(diastolic, true) }
  const beats = pulse === '' ? undefined : readTypedNumber(pulse, true)
  const missing = [
    ...(read.systolic.ok ? [] : ['systolic' as const]),
    ...(read.diastolic.ok ? [] : ['diastolic' as const]),
    ...(beats?.ok === false ? ['pulse' as const] : []),
  ]
  if (!read.systolic.ok || !read.diastolic.ok || missing.length > 0) return { missing }
  const [upper, lower] = [Number(read.systolic.text), Number(read.diastolic.text)]
  const body = {
    kind: 'blood-pressure',
    systolic: upper,
    diastolic: lower,
    ...(beats?.ok && { pulse: Number(beats.text) }),
    ...(arm && { arm }),
  }
  return { body, said: `${upper}/${lower} mmHg` }
}

function readGlucose({ glucose }: Typed, { unit, meal }: Choice): Read {
  const value = readTypedNumber(glucose, false)
  if (!value.ok || !meal)
    return { missing: [...(value.ok ? [] : ['glucose' as const]), ...(meal ? [] : ['meal' as const])] }
  return { body: { kind: 'glucose', value: value.text, unit, meal }, said: `${glucose} ${unit}` }
}

function MeasurePage() {
  const [choice, setChoice] = useState<Choice>({
    kind: 'blood-pressure',
    arm: undefined,
    unit: 'mmol/L',
    meal: undefined,
  })
  const [typed, setTyped] = useState(EMPTY)
  const [missing, setMissing] = useState<readonly string[]>([])
  const [kept, setKept] = useState<string>()
  const deed = useDeed()
  const read = choice.kind === 'glucose' ? readGlucose(typed, choice) : readPressure(typed, choice.arm)
  const save = async (confirmed: boolean) => {
    if ('missing' in read) return setMissing(read.missing)
    setMissing([])
    const body = { ...read.body, at: instantOf(typed.at), ...(confirmed && { confirmed }) }
    const answer = await deed.run('POST', bookApi('/measurements'), body)
    setKept(
      answer.is === 'ready'
        ? say('measure.kept', { value: read.said, when: sayInstant(body.at) })
        : undefined,
    )
    if (answer.is === 'ready') setTyped(EMPTY)
  }
  const unlikely = deed.refusal?.code === 'book.unlikely'
  return (
    <>
      <p className="soft">{say('measure.what')}</p>
      <Chips
        legend={say('measure.kind')}
        options={KINDS}
        value={choice.kind}
        word={(kind) => say(`measure.${kind}`)}
        onPick={(kind) => setChoice({ ...choice, kind })}
      />
      <Values choice={choice} setChoice={setChoice} typed={typed} setTyped={setTyped} missing={missing} />
      <details className="others">
        <summary>{say('measure.other-time')}</summary>
        <Field
          label={say('measure.at')}
          hint={say('measure.at.hint')}
          type="datetime-local"
          value={typed.at}
          onText={(at) => setTyped({ ...typed, at })}
        />
      </details>
      {deed.refusal && !unlikely && <Refused answer={deed.refusal} />}
      <div role="status">
        {kept && (
          <Notice tone="good">
            {kept} <Link href="/app/book">{say('measure.see')}</Link>
          </Notice>
        )}
      </div>
      <button type="button" className="btn wide gap" disabled={deed.busy} onClick={() => void save(false)}>
        {say('measure.save')}
      </button>
      {unlikely && 'said' in read && (
        <Dialog
          title={say('unusual.ask', { value: read.said })}
          leave={say('unusual.no')}
          onClose={deed.forget}
        >
          <button type="button" className="btn wide" onClick={() => void save(true)}>
            {say('unusual.yes')}
          </button>
        </Dialog>
      )}
    </>
  )
}

function Values({
  choice,
  setChoice,
  typed,
  setTyped,
  missing,
}: {
  choice: Choice
  setChoice: (choice: Choice) => void
  typed: Typed
  setTyped: (typed: Typed) => void
  missing: readonly string[]
}) {
  const field = (name: keyof Typed, unit: string) => (
    <Field
      label={say(`measure.${name}`)}
      inputMode={name === 'glucose' ? 'decimal' : 'numeric'}
      autoComplete="off"
      unit={unit}
      className="num-c"
      value={typed[name]}
      error={missing.includes(name) ? say(name === 'glucose' ? 'fault.number' : 'fault.whole') : undefined}
      onText={(text) => setTyped({ ...typed, [name]: text })}
    />
  )
  if (choice.kind === 'glucose')
    return (
      <>
        {field('glucose', choice.unit)}
        <Chips
          legend={say('measure.unit')}
          options={UNITS}
          value={choice.unit}
          word={(unit) => unit}
          onPick={(unit) => setChoice({ ...choice, unit })}
        />
        <Chips
          legend={say('measure.meal')}
          options={MEALS}
          value={choice.meal}
          word={(meal) => say(`measure.meal.${meal}`)}
          onPick={(meal) => setChoice({ ...choice, meal })}
        />
        {missing.includes('meal') && (
          <p className="em" role="alert">
            {say('fault.required')}
          </p>
        )}
      </>
    )
  return (
    <>
      <div className="two">
        {field('systolic', 'mmHg')}
        {field('diastolic', 'mmHg')}
      </div>
      {field('pulse', say('measure.beats'))}
      <Chips
        legend={say('measure.arm')}
        options={ARMS}
        value={choice.arm}
        word={(arm) => say(`measure.arm.${arm}`)}
        onPick={(arm) => setChoice({ ...choice, arm })}
      />
    </>
  )
}
