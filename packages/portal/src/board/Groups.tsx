import { COVERAGE_TARGET } from '@sokhoe/model/ages'
import type { Board } from '@sokhoe/model/coverage'
import { Fragment, useState } from 'react'
import { Link } from 'wouter'
import { useWork } from '../campaigns/api.ts'
import { sayPeople, sayShare } from '../city/numbers.ts'
import { Choices } from '../parts/Choices.tsx'
import { say } from '../platform/say.ts'
import { Bar } from './Bar.tsx'

type By = 'age' | 'alley' | 'campaign'

interface Row {
  readonly key: string
  readonly name: string
  readonly to?: string
  readonly declared: number | null
  readonly verified: number | null
  readonly estimated: number | null
}

/** The same people by age, by alley, by campaign. */
export function Groups({ board }: { board: Board }) {
  const { screens } = useWork()
  const [by, setBy] = useState<By>('age')
  const choices = board.campaign ? (['age'] as const) : (['age', 'alley', 'campaign'] as const)
  const rows = rowsOf(board, by, screens)
  return (
    <>
      {choices.length > 1 && (
        <div className="inside">
          <Choices
            legend={say('board.by')}
            value={by}
            options={choices.map((each) => [each, say(`board.by.${each}`)] as const)}
            onChoose={setBy}
          />
        </div>
      )}
      <div className="scrolls">
        <GroupTable rows={rows} by={by} />
      </div>
    </>
  )
}

function rowsOf(board: Board, by: By, screens: string): readonly Row[] {
  if (by === 'age')
    return board.byAge.map(({ band, ...counts }) => ({
      key: band,
      name: say(`board.age.${band}`),
      ...counts,
    }))
  if (by === 'alley')
    return board.byAlley.map(({ alley, ...counts }) => ({
      key: alley ?? '',
      name: alley ?? say('board.no-alley'),
      ...counts,
    }))
  return board.byCampaign.map(({ code, title, declared, verified }) => ({
    key: code ?? '',
    name: title ?? say('board.no-campaign'),
    ...(code !== null && { to: `${screens}/${code}` }),
    declared,
    verified,
    estimated: null,
  }))
}

function GroupTable({ rows, by }: { rows: readonly Row[]; by: By }) {
  const known = rows.some(({ estimated }) => estimated !== null)
  return (
    <table className="grid-table">
      <thead>
        <tr>
          <th>{say(`board.by.${by}`)}</th>
          {known && (
            <>
              <th className="wide">{say('board.bar')}</th>
              <th className="num">{say('board.share')}</th>
            </>
          )}
          <th className="num">{say('board.declared')}</th>
          <th className="num">{say('board.verified-column')}</th>
          {known && <th className="num">{say('board.to-target')}</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.key}>
            <th scope="row">{row.to ? <Link href={row.to}>{row.name}</Link> : row.name}</th>
            {known && <Shares row={row} />}
            <td className="num">{sayTold(row.declared)}</td>
            <td className="num">{sayTold(row.verified)}</td>
            {known && <td className="num">{sayMissing(row)}</td>}
          </tr>
        ))}
      </tbody>
    </table>
  )
}

/** Between one and four people are not told outside their ward. */
const sayTold = (count: number | null): string => (count === null ? say('board.few') : sayPeople(count))

const shareOf = ({ declared, estimated }: Row): number | null =>
  declared === null || estimated === null || estimated === 0 ? null : declared / estimated

function sayMissing(row: Row): string {
  if (row.estimated === null || row.declared === null) return ''
  const missing = Math.ceil(row.estimated * COVERAGE_TARGET) - row.declared
  return missing > 0 ? say('board.missing', { n: sayPeople(missing) }) : say('board.enough')
}

function Shares({ row }: { row: Row }) {
  const share = shareOf(row)
  return (
    <Fragment>
      <td className="wide">{share !== null && <Bar share={share} mark={COVERAGE_TARGET} height={8} />}</td>
      <td className={`num b ${share !== null && share > 1 ? 'wa' : ''}`}>
        {share !== null && sayShare(share)}
        {share !== null && share > 1 && <span className="sr"> {say('board.over.short')}</span>}
      </td>
    </Fragment>
  )
}
