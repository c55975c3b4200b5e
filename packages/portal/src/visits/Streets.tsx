import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { MOST_DOORS, type Street } from './houses.ts'

interface Props {
  readonly chosen: readonly Street[]
  readonly choose: (streets: readonly Street[]) => void
}

export const streetWords = ({ name, alley }: Pick<Street, 'name' | 'alley'>): string =>
  name === '' ? say('visits.no-street') : alley === null ? name : say('visits.alley', { alley, name })

/** Which streets the round goes through: names of those who have books there come along, no others. */
export function Streets({ chosen, choose }: Props) {
  const streets = useLoad<{ streets: readonly Street[] }>('/api/station/streets')
  if (streets.is === 'loading') return <Loading words={say('loading')} />
  if (streets.is === 'refused') return <Refused answer={streets.answer} again={streets.again} />
  if (streets.data.streets.length === 0) return null
  const doors = chosen.reduce((sum, street) => sum + street.doors, 0)
  const has = (street: Street) => chosen.some(({ id }) => id === street.id)
  const turn = (street: Street) =>
    choose(has(street) ? chosen.filter(({ id }) => id !== street.id) : [...chosen, street])
  return (
    <fieldset className="streets">
      <legend>{say('visits.streets')}</legend>
      <p className="hint">{say('visits.streets.what', { most: MOST_DOORS })}</p>
      <ul>
        {streets.data.streets.map((street) => (
          <li key={street.id}>
            <label>
              <input
                type="checkbox"
                checked={has(street)}
                disabled={!has(street) && doors + street.doors > MOST_DOORS}
                onChange={() => turn(street)}
              />
              <span className="grow">{streetWords(street)}</span>
              <span className="soft">
                {say('visits.street.doors', { n: street.doors, people: street.people })}
              </span>
            </label>
          </li>
        ))}
      </ul>
    </fieldset>
  )
}
