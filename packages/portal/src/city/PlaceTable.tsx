import type { Coverage, CoverageRow } from '@sokhoe/model/coverage'
import { Link } from 'wouter'
import { say } from '../platform/say.ts'
import { Defined } from './Defined.tsx'
import { sayCount, sayPeople, sayShare, shortName } from './numbers.ts'

/** Where most people are missing, by people and not by rate. Where nobody has a book yet, nothing is ranked. */
export const byMissing = (rows: readonly CoverageRow[]): CoverageRow[] =>
  rows
    .filter(({ none, missing }) => !none && missing !== null)
    .toSorted((a, b) => (b.missing ?? 0) - (a.missing ?? 0))

/** Has a book, with the target as a black tick; more than everybody runs to the end and is said beside. */
export function ShareBar({ share }: { share: number }) {
  return (
    <svg className="share-bar" viewBox="0 0 100 12" preserveAspectRatio="none" aria-hidden="true">
      <rect x="0" y="3" width="100" height="6" className="ground" />
      <rect x="0" y="3" width={Math.min(100, share * 100)} height="6" className="fill" />
      <line
        x1="90"
        x2="90"
        y1="0"
        y2="12"
        stroke="var(--target)"
        strokeWidth="2"
        vectorEffect="non-scaling-stroke"
      />
    </svg>
  )
}

function PlaceName({ row, by }: { row: CoverageRow; by: Coverage['by'] }) {
  if (by !== 'ward') return row.name
  return <Link href={`/department/coverage/${row.code}`}>{shortName(row.name)}</Link>
}

function ShareCell({ row }: { row: CoverageRow }) {
  if (row.none) return <span className="muted">{say('coverage.none')}</span>
  if (row.share === null) return <span className="muted">{sayCount(row.counted)}</span>
  return (
    <>
      {sayShare(row.share)}
      {row.over && <span className="tag watch">{say('coverage.over')}</span>}
    </>
  )
}

const Head = ({ basis, by }: Coverage) => (
  <tr>
    <th scope="col">{say(`coverage.place.head.${by}`)}</th>
    <th scope="col" className="num">
      <Defined meaning={basis}>{say('coverage.population')}</Defined>
    </th>
    <th scope="col">{say('coverage.bar')}</th>
    <th scope="col" className="num">
      <Defined meaning="coverage.share">{say('coverage.rate')}</Defined>
    </th>
    <th scope="col" className="num">
      <Defined meaning="coverage.missing">{say('coverage.missing')}</Defined>
    </th>
  </tr>
)

/** The short list beside the map. */
export function MissingTable({ coverage, rows }: { coverage: Coverage; rows: readonly CoverageRow[] }) {
  return (
    <div className="scrolls">
      <table className="grid-table">
        <thead>
          <Head {...coverage} />
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                <PlaceName row={row} by={coverage.by} />
              </th>
              <td className="num">{row.estimated === null ? '' : sayPeople(row.estimated)}</td>
              <td>{row.share !== null && <ShareBar share={row.share} />}</td>
              <td className="num">
                <ShareCell row={row} />
              </td>
              <td className="num b">{row.missing === null ? '' : sayPeople(row.missing)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

/** Every place with every number: the map in words. */
export function WholeTable({ coverage }: { coverage: Coverage }) {
  const { rows, by, basis } = coverage
  const districts = by === 'old-district'
  return (
    <div className="scrolls whole-table">
      <table className="grid-table">
        <caption className="sr">{say('coverage.table')}</caption>
        <thead>
          <tr>
            <th scope="col">{say(`coverage.place.head.${by}`)}</th>
            <th scope="col" className="num">
              <Defined meaning={basis}>{say('coverage.population')}</Defined>
            </th>
            <th scope="col" className="num">
              <Defined meaning="coverage.registered">{say('coverage.registered')}</Defined>
            </th>
            <th scope="col" className="num">
              <Defined meaning="coverage.verified">{say('coverage.verified')}</Defined>
            </th>
            <th scope="col" className="num">
              <Defined meaning="coverage.share">{say('coverage.rate')}</Defined>
            </th>
            <th scope="col" className="num">
              <Defined meaning="coverage.missing">{say('coverage.missing')}</Defined>
            </th>
            {districts && (
              <th scope="col">
                <Defined meaning="coverage.old-district">{say('coverage.split')}</Defined>
              </th>
            )}
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <tr key={row.code}>
              <th scope="row">
                <PlaceName row={row} by={by} />
              </th>
              <td className="num">
                {row.estimated === null ? say('coverage.unknown') : sayPeople(row.estimated)}
              </td>
              <td className="num">{sayCount(row.registered)}</td>
              <td className="num">{sayCount(row.verified)}</td>
              <td className="num">
                <ShareCell row={row} />
              </td>
              <td className="num b">{row.missing === null || row.none ? '' : sayPeople(row.missing)}</td>
              {districts && (
                <td className="soft">{row.split.map(({ name }) => shortName(name)).join(', ')}</td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
