import { sayNumber } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { sayOr } from '@sokhoe/ui/speech'
import { newUuid } from '@sokhoe/ui/vault'
import { type FormEvent, useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import { type At, keepMeasured, type Measured } from './api.ts'

const EMPTY = {
  s1: '',
  d1: '',
  s2: '',
  d2: '',
  pulse: '',
  weight: '',
  height: '',
  waist: '',
  glucose: '',
}
type Typed = typeof EMPTY
type Unit = 'mg/dL' | 'mmol/L'
type When = 'fasting' | 'random'

/** Only what was typed; a pressure of which one number is missing goes along, so that it is asked about. */
function numbersOf(typed: Typed, unit: Unit, when: When) {
  const { s1, d1, s2, d2, glucose, ...single } = typed
  const pressures = [
    { systolic: s1, diastolic: d1 },
    { systolic: s2, diastolic: d2 },
  ].filter(({ systolic, diastolic }) => systolic !== '' || diastolic !== '')
  const measured = Object.fromEntries(Object.entries(single).filter(([, text]) => text !== ''))
  return { pressures, ...measured, ...(glucose !== '' && { glucose: { value: glucose, unit, when } }) }
}

const NAMES: Readonly<Record<string, () => string>> = {
  'pressures/0/systolic': () => `${say('measure.first')}, ${say('measure.systolic').toLowerCase()}`,
  'pressures/0/diastolic': () => `${say('measure.first')}, ${say('measure.diastolic').toLowerCase()}`,
  'pressures/1/systolic': () => `${say('measure.second')}, ${say('measure.systolic').toLowerCase()}`,
  'pressures/1/diastolic': () => `${say('measure.second')}, ${say('measure.diastolic').toLowerCase()}`,
  pulse: () => say('measure.pulse'),
  weight: () => say('measure.weight'),
  height: () => say('measure.height'),
  waist: () => say('measure.waist'),
  glucose: () => say('measure.glucose'),
}

/** 'weight unlikely' as a sentence. */
function sentenceOf(found: string): string {
  const [at = '', why = ''] = found.split(' ')
  return sayOr(`measure.why.${why}`, found).replace('{what}', NAMES[at]?.() ?? at)
}

/** Measuring at the station: what cannot be is refused, what rarely is, is asked back once. */
export function MeasurePanel({ at }: { at: At }) {
  const [typed, setTyped] = useState<Typed>(EMPTY)
  const [unit, setUnit] = useState<Unit>('mmol/L')
  const [when, setWhen] = useState<When>('fasting')
  const [uuid, setUuid] = useState(newUuid)
  const [answer, setAnswer] = useState<Answer<Measured>>()
  const [busy, setBusy] = useState(false)
  const set = (name: keyof Typed) => (text: string) => setTyped((now) => ({ ...now, [name]: text.trim() }))
  const keep = async (sure: readonly string[]) => {
    setBusy(true)
    const next = await keepMeasured(at, { uuid, sure, ...numbersOf(typed, unit, when) })
    setBusy(false)
    setAnswer(next)
    if (next.is !== 'ready') return
    setTyped(EMPTY)
    setUuid(newUuid())
  }
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void keep([])
  }
  const field = (name: keyof Typed, label: string, more: { unit?: string } = {}) => (
    <Field
      label={label}
      inputMode="decimal"
      autoComplete="off"
      className="num-c"
      maxLength={12}
      value={typed[name]}
      onText={set(name)}
      {...more}
    />
  )
  return (
    <form className="measure inside" onSubmit={submit} aria-label={say('measure.title')}>
      <h2>{say('measure.title')}</h2>
      <fieldset className="numbers">
        <legend>{say('measure.first')}</legend>
        {field('s1', say('measure.systolic'), { unit: 'mmHg' })}
        {field('d1', say('measure.diastolic'), { unit: 'mmHg' })}
      </fieldset>
      <fieldset className="numbers">
        <legend>{say('measure.second')}</legend>
        {field('s2', say('measure.systolic'), { unit: 'mmHg' })}
        {field('d2', say('measure.diastolic'), { unit: 'mmHg' })}
      </fieldset>
      <div className="numbers">
        {field('pulse', say('measure.pulse'), { unit: say('measure.pulse.unit') })}
        {field('weight', say('measure.weight'), { unit: 'kg' })}
        {field('height', say('measure.height'), { unit: 'cm' })}
        {field('waist', say('measure.waist'), { unit: 'cm' })}
      </div>
      <div className="numbers">
        {field('glucose', say('measure.glucose'), { unit })}
        <Choices
          legend={say('measure.unit')}
          value={unit}
          options={[
            ['mmol/L', 'mmol/L'],
            ['mg/dL', 'mg/dL'],
          ]}
          onChoose={setUnit}
        />
        <Choices
          legend={say('measure.when')}
          value={when}
          options={[
            ['fasting', say('measure.fasting')],
            ['random', say('measure.random')],
          ]}
          onChoose={setWhen}
        />
      </div>
      <Outcome answer={answer} onSure={(asked) => void keep(asked)} />
      <button type="submit" className="btn" disabled={busy} aria-busy={busy}>
        {say(busy ? 'measure.saving' : 'measure.save')}
      </button>
    </form>
  )
}

function Outcome({
  answer,
  onSure,
}: {
  answer: Answer<Measured> | undefined
  onSure: (asked: readonly string[]) => void
}) {
  if (!answer) return null
  if (answer.is === 'ready') return <Kept measured={answer.data} />
  const { code, problem } = answer
  const asked = code === 'station.doubtful' ? (problem.at ?? []) : []
  const wrong = code === 'request.invalid' ? (problem.at ?? []) : []
  if (asked.length + wrong.length === 0) return <Trouble answer={answer} />
  return <Asked asked={asked} wrong={wrong} onSure={() => onSure(asked)} />
}

function Asked({
  asked,
  wrong,
  onSure,
}: {
  asked: readonly string[]
  wrong: readonly string[]
  onSure: () => void
}) {
  const all = [...wrong, ...asked]
  if (all.length === 0) return null
  return (
    <Notice tone="watch" alert>
      <p className="b">{say('measure.doubts')}</p>
      <ul>
        {all.map((found) => (
          <li key={found}>{found.startsWith('/') ? say('measure.nothing') : sentenceOf(found)}</li>
        ))}
      </ul>
      {asked.length > 0 && (
        <button type="button" className="btn second" onClick={onSure}>
          {say('measure.sure')}
        </button>
      )}
    </Notice>
  )
}

function Kept({ measured: { resources, mean, digits } }: { measured: Measured }) {
  return (
    <div role="status" className="stack">
      <Notice tone="good">
        <p>{say('measure.kept', { n: resources })}</p>
        {mean && (
          <p>
            {say('measure.mean', {
              systolic: sayNumber(mean.systolic),
              diastolic: sayNumber(mean.diastolic),
            })}
          </p>
        )}
      </Notice>
      {digits && <Notice>{say('measure.digits', digits)}</Notice>}
    </div>
  )
}
