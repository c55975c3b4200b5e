import { sayDay } from '@sokhoe/ui/format'
import { Field } from '@sokhoe/ui/parts/Field'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { findWards, type ToldWard } from '@sokhoe/ui/wards'
import { useState } from 'react'
import { Link } from 'wouter'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import './city.css'
import { sayPeople } from './numbers.ts'

/** The last days on which wards stood as they did before each rearrangement. */
const DAYS = ['2025-06-30', '2024-12-31', '2020-12-31'] as const
type Day = (typeof DAYS)[number]

/** What a ward of old is today: its street is the same, its name and code may not be. */
export function PlacesScreen() {
  const [day, setDay] = useState<Day>(DAYS[0])
  const [typed, setTyped] = useState('')
  const wards = useLoad<{ wards: readonly ToldWard[] }>(`/api/directory/wards?on=${day}`)
  return (
    <Page
      title={say('old-ward.title')}
      lead={say('old-ward.lead')}
      actions={<Link href="/department/coverage">{say('coverage.back')}</Link>}
    >
      <section className="panel">
        <div className="inside places-ask">
          <Field label={say('old-ward.find')} value={typed} onText={setTyped} autoComplete="off" />
          <div className="views">
            {DAYS.map((each) => (
              <button
                key={each}
                type="button"
                className="view"
                aria-pressed={day === each}
                onClick={() => setDay(each)}
              >
                {say('old-ward.day', { day: sayDay(each) })}
              </button>
            ))}
          </div>
        </div>
        {wards.is === 'loading' && <Loading words={say('old-ward.loading')} />}
        {wards.is === 'refused' && <Refused answer={wards.answer} again={wards.again} />}
        {wards.is === 'ready' && <Found wards={findWards(wards.data.wards, typed)} />}
      </section>
    </Page>
  )
}

function Found({ wards }: { wards: readonly ToldWard[] }) {
  return (
    <>
      <p className="inside soft" role="status">
        {wards.length === 0 ? say('old-ward.none') : say('old-ward.count', { n: sayPeople(wards.length) })}
      </p>
      <div className="scrolls">
        <table className="grid-table">
          <thead>
            <tr>
              <th scope="col">{say('old-ward.then')}</th>
              <th scope="col">{say('old-ward.code')}</th>
              <th scope="col">{say('old-ward.now')}</th>
            </tr>
          </thead>
          <tbody>
            {wards.map((ward) => (
              <tr key={ward.code}>
                <th scope="row">{ward.fullName}</th>
                <td className="num-c">{ward.code}</td>
                <td>
                  <Successors ward={ward} />
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  )
}

function Successors({ ward: { today } }: { ward: ToldWard }) {
  if (today.length === 0) return <span className="muted">{say('old-ward.unknown')}</span>
  return (
    <ul className="plain-list">
      {today.map(({ code, name, whole }) => (
        <li key={code}>
          <Link href={`/department/coverage/${code}`}>{name}</Link>{' '}
          <span className="num-c muted">{code}</span>{' '}
          {!whole && <span className="soft">{say('old-ward.part')}</span>}
        </li>
      ))}
    </ul>
  )
}
