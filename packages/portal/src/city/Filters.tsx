import { AGE_BANDS } from '@sokhoe/model/ages'
import type { AgeBand, CountedLevel } from '@sokhoe/model/coverage'
import { sayDay } from '@sokhoe/ui/format'
import type { ReactNode } from 'react'
import { say } from '../platform/say.ts'
import { type Asked, pastDays } from './asked.ts'

type Props = { asked: Asked; set: (asked: Asked) => void; children: ReactNode }

const LEVELS: readonly CountedLevel[] = ['any', 'card', 'verified']
const PLACES = ['ward', 'old-ward', 'old-district'] as const
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
      <Choice
        label={say('coverage.on')}
        value={asked.on ?? ''}
        options={[
          ['' as const, say('coverage.on.now')],
          ...pastDays().map((day) => [day, say('coverage.on.day', { day: sayDay(day) })] as const),
        ]}
        onChoose={(on) => set({ ...asked, on: on === '' ? null : on })}
      />
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
