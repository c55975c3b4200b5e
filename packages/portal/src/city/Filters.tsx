import { AGE_BANDS } from '@sokhoe/model/ages'
import type { AgeBand, CountedLevel } from '@sokhoe/model/coverage'
import { Icon } from '@sokhoe/ui/parts/Icon'
import type { ReactNode } from 'react'
import { say } from '../platform/say.ts'
import { type Asked, FIRST_DAY, today } from './asked.ts'

type Props = { asked: Asked; set: (asked: Asked) => void; children: ReactNode }

const LEVELS: readonly CountedLevel[] = ['any', 'card', 'verified']
const PLACES = ['ward', 'old-district'] as const
const BANDS: readonly AgeBand[] = [...AGE_BANDS.map(({ band }) => band), 'unknown']

/** Who is counted, where and when; the way out as a table beside. */
export function Filters({ asked, set, children }: Props) {
  return (
    <div className="filters">
      <Choice
        label={say('coverage.by')}
        value={asked.by}
        options={PLACES.map((by) => [by, say(`coverage.by.${by}`)] as const)}
        onChoose={(by) => set({ ...asked, by })}
      />
      <Choice
        label={say('coverage.band')}
        value={asked.band ?? ''}
        options={[
          ['' as const, say('coverage.band.all')],
          ...BANDS.map((band) => [band, say(`coverage.band.${band}`)] as const),
        ]}
        onChoose={(band) => set({ ...asked, band: band === '' ? null : band })}
      />
      <Choice
        label={say('coverage.level')}
        value={asked.level}
        options={LEVELS.map((level) => [level, say(`coverage.level.${level}`)] as const)}
        onChoose={(level) => set({ ...asked, level })}
      />
      <DayChoice asked={asked} set={set} />
      {children}
    </div>
  )
}

type ChoiceProps<Value extends string> = {
  label: string
  value: Value
  options: readonly (readonly [value: Value, words: string])[]
  onChoose: (value: Value) => void
}

function Choice<Value extends string>({ label, value, options, onChoose }: ChoiceProps<Value>) {
  const choose = (text: string) => {
    const found = options.find(([option]) => option === text)
    if (found) onChoose(found[0])
  }
  return (
    <label className="sel">
      <span className="sr">{label}</span>
      <select value={value} onChange={(event) => choose(event.target.value)}>
        {options.map(([option, words]) => (
          <option key={option} value={option}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}

/** Empty is now; a day outside what was ever counted is not asked for. */
function DayChoice({ asked, set }: Omit<Props, 'children'>) {
  const last = today()
  const choose = (day: string) => {
    if (day === '' || day >= last) set({ ...asked, on: null })
    else if (day >= FIRST_DAY) set({ ...asked, on: day })
  }
  return (
    <label className="sel">
      <Icon name="calendar" />
      <span className="sr">{say('coverage.on')}</span>
      <input
        type="date"
        min={FIRST_DAY}
        max={last}
        value={asked.on ?? last}
        onChange={(event) => choose(event.target.value)}
      />
    </label>
  )
}
