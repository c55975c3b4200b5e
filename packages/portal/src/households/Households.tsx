import type { Answer } from '@sokhoe/ui/http'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { askForFile, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { Houses } from './Houses.tsx'
import '../verify/verify.css'

type Street = {
  readonly id: string
  readonly name: string
  readonly alley: string | null
  readonly doors: number
  readonly people: number
  readonly verified: number
}

const nameOf = ({ name, alley }: Street): string =>
  name === ''
    ? say('households.street.unread')
    : alley === null
      ? name
      : say('households.alley', { alley, street: name })

/** Who lives where in the ward, as far as people told; and a walk to print. */
export function Households() {
  const streets = useLoad<{ streets: readonly Street[] }>('/api/station/streets')
  const [open, setOpen] = useState<Street>()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const turn = (id: string) =>
    setChosen((now) => (now.includes(id) ? now.filter((one) => one !== id) : [...now, id]))
  return (
    <Page title={say('households.title')} lead={say('households.lead')}>
      {streets.is === 'loading' && <Loading words={say('loading')} />}
      {streets.is === 'refused' && <Refused answer={streets.answer} again={streets.again} />}
      {streets.is === 'ready' && streets.data.streets.length === 0 && (
        <p className="empty soft">{say('households.none')}</p>
      )}
      {streets.is === 'ready' && streets.data.streets.length > 0 && (
        <div className="cols desk">
          <StreetTable
            streets={streets.data.streets}
            chosen={chosen}
            onTurn={turn}
            open={open}
            onOpen={setOpen}
          />
          <div className="stack">
            <RoundForm chosen={chosen} />
            {open && <Houses key={open.id} id={open.id} name={nameOf(open)} />}
          </div>
        </div>
      )}
    </Page>
  )
}

type TableProps = {
  readonly streets: readonly Street[]
  readonly chosen: readonly string[]
  readonly onTurn: (id: string) => void
  readonly open: Street | undefined
  readonly onOpen: (street: Street) => void
}

function StreetTable({ streets, chosen, onTurn, open, onOpen }: TableProps) {
  return (
    <section className="panel scrolls" aria-label={say('households.street')}>
      <table className="grid-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{say('households.street')}</th>
            <th scope="col">{say('households.doors')}</th>
            <th scope="col">{say('households.people')}</th>
            <th scope="col">{say('households.verified')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {streets.map((street) => (
            <tr key={street.id} aria-selected={street.id === open?.id}>
              <td>
                <label className="take">
                  <input
                    type="checkbox"
                    checked={chosen.includes(street.id)}
                    onChange={() => onTurn(street.id)}
                  />
                  <span className="sr">
                    {say('households.choose')}: {nameOf(street)}
                  </span>
                </label>
              </td>
              <th scope="row" className="anywhere">
                {nameOf(street)}
              </th>
              <td className="num">{street.doors}</td>
              <td className="num">{street.people}</td>
              <td className="num">{street.verified}</td>
              <td>
                <button type="button" className="btn second small" onClick={() => onOpen(street)}>
                  {say('households.open')}
                  <span className="sr">: {nameOf(street)}</span>
                </button>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

type Which = 'all' | 'unconfirmed' | 'missing'

function RoundForm({ chosen }: { chosen: readonly string[] }) {
  const [which, setWhich] = useState<Which>('unconfirmed')
  const [busy, setBusy] = useState(false)
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const print = async () => {
    setBusy(true)
    setTrouble(await askForFile('POST', '/api/station/round', 'di-van-dong.pdf', { streets: chosen, which }))
    setBusy(false)
  }
  return (
    <section className="panel" aria-label={say('households.round')}>
      <div className="head">
        <h2>{say('households.round')}</h2>
      </div>
      <div className="inside stack">
        <p className="soft">{say('households.round.what')}</p>
        <Choices
          legend={say('households.which')}
          value={which}
          options={(['all', 'unconfirmed', 'missing'] as const).map(
            (each) => [each, say(`households.which.${each}`)] as const,
          )}
          onChoose={setWhich}
        />
        <Trouble answer={trouble} />
        {chosen.length === 0 && <p className="hint">{say('households.pick')}</p>}
        <button
          type="button"
          className="btn"
          disabled={chosen.length === 0 || busy}
          aria-busy={busy}
          onClick={() => void print()}
        >
          <Icon name="print" />
          {busy ? say('households.printing') : say('households.print', { n: chosen.length })}
        </button>
      </div>
    </section>
  )
}
