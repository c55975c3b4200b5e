import { TOPICS, type Topic, USUAL_TOPICS } from '@sokhoe/model/topics'
import { say } from '../platform/say.ts'

/** Topics in words, one after the other. */
export const sayTopics = (topics: readonly Topic[]): string =>
  TOPICS.filter((topic) => topics.includes(topic))
    .map((topic) => say(`topic.${topic}`))
    .join(', ')

/** Nothing sensitive, and no deciding, unless somebody ticks it. */
export const USUAL: readonly Topic[] = USUAL_TOPICS.filter((topic) => topic !== 'manage' && topic !== 'write')

/** What somebody may see and do, to be ticked one by one. */
export function TopicChecks({
  value,
  onChange,
}: {
  value: readonly Topic[]
  onChange: (topics: readonly Topic[]) => void
}) {
  return (
    <fieldset className="checks">
      <legend className="b">{say('topics.legend')}</legend>
      {TOPICS.map((topic) => (
        <label key={topic}>
          <input
            type="checkbox"
            checked={value.includes(topic)}
            onChange={(event) =>
              onChange(event.currentTarget.checked ? [...value, topic] : value.filter((one) => one !== topic))
            }
          />
          <span>
            {say(`topic.${topic}`)}
            {topic === 'write' || topic === 'manage' ? (
              <small className="hint block">{say(`topic.${topic}.hint`)}</small>
            ) : null}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

const DURATIONS = ['none', '30', '180', '365'] as const
type Duration = (typeof DURATIONS)[number]

const DAY_MS = 86_400_000

/** Last day of a right given now; null until somebody ends it. */
export const untilOf = (duration: Duration, now = Date.now()): string | null =>
  duration === 'none' ? null : new Date(now + Number(duration) * DAY_MS).toISOString().slice(0, 10)

export function DurationChoice({
  value,
  onChange,
}: {
  value: Duration
  onChange: (duration: Duration) => void
}) {
  return (
    <Radios
      legend={say('duration.legend')}
      value={value}
      options={DURATIONS.map((one) => [one, say(`duration.${one}`)] as const)}
      onChange={onChange}
    />
  )
}

/** One of a few. */
export function Radios<T extends string>({
  legend,
  value,
  options,
  onChange,
}: {
  legend: string
  value: T | undefined
  options: readonly (readonly [T, string])[]
  onChange: (value: T) => void
}) {
  return (
    <fieldset className="checks">
      <legend className="b">{legend}</legend>
      {options.map(([one, words]) => (
        <label key={one}>
          <input type="radio" name={legend} checked={value === one} onChange={() => onChange(one)} />
          <span>{words}</span>
        </label>
      ))}
    </fieldset>
  )
}
