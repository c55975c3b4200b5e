import { sayDay, sayInstant } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { sayOr } from '@sokhoe/ui/speech'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { Trouble } from '../parts/Trouble.tsx'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import type { Person } from '../verify/api.ts'
import '../verify/verify.css'

type Side =
  | { readonly here: true; readonly person: string; readonly name: string; readonly birthDate: string }
  | { readonly here: false; readonly person: string; readonly ward: string | null }
type Reason = 'same-number' | 'same-name' | 'same-address'
type Pair = {
  readonly at: string
  readonly state: 'open' | 'review'
  readonly reasons: readonly Reason[]
  readonly sides: readonly [Side, Side]
}
type Settling = 'not-same' | 'review'

const keyOf = ({ sides }: Pair): string => sides.map(({ person }) => person).join(' ')

/** Two books that may be one person's: why, side by side, and what it is after all. */
export function Duplicates() {
  const pairs = useLoad<{ pairs: readonly Pair[] }>('/api/station/duplicates')
  const [open, setOpen] = useState<string>()
  const [settled, setSettled] = useState<Settling>()
  const settle = (as: Settling) => {
    setSettled(as)
    setOpen(undefined)
    if (pairs.is !== 'loading') pairs.again()
  }
  return (
    <Page
      title={say('duplicates.title')}
      lead={say('duplicates.lead')}
      actions={
        <Link className="btn second" href="/station/verify">
          {say('verify.title')}
        </Link>
      }
    >
      {settled && (
        <div role="status">
          <Notice tone="good">{say(`duplicates.settled.${settled}`)}</Notice>
        </div>
      )}
      {pairs.is === 'loading' && <Loading words={say('loading')} />}
      {pairs.is === 'refused' && <Refused answer={pairs.answer} again={pairs.again} />}
      {pairs.is === 'ready' && pairs.data.pairs.length === 0 && (
        <p className="empty soft">{say('duplicates.none')}</p>
      )}
      {pairs.is === 'ready' &&
        pairs.data.pairs.map((pair) => (
          <section
            key={keyOf(pair)}
            className="panel"
            aria-label={pair.sides.map(nameOf).join(` ${say('duplicates.and')} `)}
          >
            <PairLine pair={pair} open={open === keyOf(pair)} onOpen={() => setOpen(keyOf(pair))} />
            {open === keyOf(pair) && <PairPanel pair={pair} onSettled={settle} />}
          </section>
        ))}
    </Page>
  )
}

const nameOf = (side: Side): string =>
  side.here
    ? side.name
    : side.ward === null
      ? say('duplicates.away.unknown')
      : say('duplicates.away', { ward: side.ward })

function PairLine({ pair, open, onOpen }: { pair: Pair; open: boolean; onOpen: () => void }) {
  return (
    <div className="person-head pair-line">
      <div className="grow">
        <p className="b anywhere">{pair.sides.map(nameOf).join(` ${say('duplicates.and')} `)}</p>
        <p>
          <span className={`tag ${pair.state === 'open' ? 'watch' : 'info'}`}>
            {say(`duplicates.state.${pair.state}`)}
          </span>{' '}
          {pair.reasons.map((reason) => (
            <span key={reason} className="tag quiet">
              {say(`duplicates.reason.${reason}`)}
            </span>
          ))}
        </p>
      </div>
      <span className="soft num-c">{sayInstant(pair.at)}</span>
      <button type="button" className="btn second small" aria-expanded={open} onClick={onOpen}>
        {say('duplicates.open')}
      </button>
    </div>
  )
}

function PairPanel({ pair, onSettled }: { pair: Pair; onSettled: (as: Settling) => void }) {
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const [one, two] = pair.sides
  const settle = async (as: Settling) => {
    const answer = await ask('POST', '/api/station/duplicates/settle', {
      people: [one.person, two.person],
      as,
    })
    setTrouble(answer)
    if (answer.is === 'ready') onSettled(as)
  }
  return (
    <div className="compare">
      {pair.sides.every(({ here }) => here) ? (
        <SideBySide one={one.person} two={two.person} />
      ) : (
        <p className="inside soft">{say('duplicates.away.what')}</p>
      )}
      <div className="inside">
        <Trouble answer={trouble} />
        <div className="acts">
          <button type="button" className="btn" onClick={() => void settle('not-same')}>
            {say('duplicates.not-same')}
          </button>
          {pair.state === 'open' && (
            <button type="button" className="btn second" onClick={() => void settle('review')}>
              {say('duplicates.review')}
            </button>
          )}
        </div>
        <p className="hint">{say('duplicates.review.what')}</p>
      </div>
    </div>
  )
}

type Opened = {
  readonly people: readonly [Person & { since: string }, Person & { since: string }]
  readonly fields: readonly {
    readonly field: 'name' | 'birthDate' | 'sex' | 'address'
    readonly values: readonly [string | null, string | null]
    readonly same: boolean
  }[]
}

/** Opening two people is written down for both: it is asked for once, when somebody wants to see them. */
function SideBySide({ one, two }: { one: string; two: string }) {
  const [answer, setAnswer] = useState<Answer<Opened>>()
  useEffect(() => {
    void ask<Opened>('POST', '/api/station/duplicates/open', { people: [one, two] }).then(setAnswer)
  }, [one, two])
  if (!answer) return <Loading words={say('loading')} />
  if (answer.is === 'refused') return <Refused answer={answer} />
  const { people: both, fields } = answer.data
  return (
    <div className="scrolls">
      <table className="grid-table">
        <thead>
          <tr>
            <td />
            <th scope="col">{say('duplicates.one')}</th>
            <th scope="col">{say('duplicates.two')}</th>
            <td />
          </tr>
        </thead>
        <tbody>
          {fields.map(({ field, values, same }) => (
            <tr key={field}>
              <th scope="row">{say(`duplicates.field.${field}`)}</th>
              {values.map((value, i) => (
                <td key={both[i]?.person} className="anywhere">
                  {saidAs(field, value)}
                </td>
              ))}
              <td>
                <span className={`tag ${same ? 'good' : 'watch'}`}>
                  {say(same ? 'duplicates.same' : 'duplicates.differs')}
                </span>
              </td>
            </tr>
          ))}
          <MoreRows both={both} />
        </tbody>
      </table>
    </div>
  )
}

function saidAs(field: string, value: string | null): string {
  if (value === null) return say('duplicates.unknown')
  if (field === 'birthDate') return sayDay(value)
  return field === 'sex' ? sayOr(`verify.sex.${value}`, value) : value
}

function MoreRows({ both }: { both: Opened['people'] }) {
  return (
    <>
      <tr>
        <th scope="row">{say('duplicates.field.numbers')}</th>
        {both.map(({ person, numbers }) => (
          <td key={person} className="num-c">
            {numbers.length === 0
              ? say('verify.numbers.none')
              : numbers
                  .map(({ system, masked }) => say(`verify.number.${system}`, { number: masked }))
                  .join(', ')}
          </td>
        ))}
        <td />
      </tr>
      <tr>
        <th scope="row">{say('duplicates.field.level')}</th>
        {both.map(({ person, level }) => (
          <td key={person}>{say(`verify.level.${level}`)}</td>
        ))}
        <td />
      </tr>
      <tr>
        <th scope="row">{say('duplicates.field.since')}</th>
        {both.map(({ person, since }) => (
          <td key={person} className="num-c">
            {sayInstant(since)}
          </td>
        ))}
        <td />
      </tr>
    </>
  )
}
