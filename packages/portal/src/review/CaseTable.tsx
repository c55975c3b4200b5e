import { isConfirmed } from '@sokhoe/model/levels'
import { sayDay, sayNumber } from '@sokhoe/ui/format'
import { Source } from '@sokhoe/ui/parts/Source'
import { sayOr } from '@sokhoe/ui/speech'
import { say } from '../platform/say.ts'
import { type Column, type Opened, ROWS, type Row } from './api.ts'
import { type Piece, piecesOf } from './marks.ts'

export const letterOf = (at: number): string => 'ABCDEF'[at] ?? ''

const SAME_LEVELS = ['exact', 'equal', 'same-door']
const NEAR_LEVELS = [
  'folded',
  'toneless',
  'letters',
  'dialect',
  'initial',
  'elsewhere',
  'filler',
  'part',
  'dropped',
  'alike',
  'year-habit',
  'year-only',
  'day-month-swapped',
  'same-street',
  'same-words',
  'near',
  'shared',
  'one-slip',
]
const toneOf = (level: string): 'good' | 'info' | 'watch' =>
  SAME_LEVELS.includes(level) ? 'good' : NEAR_LEVELS.includes(level) ? 'info' : 'watch'

/** What is wider than the screen is scrolled by arrow keys too. */
const BY_KEYS = { tabIndex: 0 }

/** Everything that is said, a column a person, a row a field; how each differs from the first stands in words. */
export function CaseTable({ opened }: { opened: Pick<Opened, 'columns' | 'blind'> }) {
  const { columns } = opened
  const [first] = columns
  return (
    <section
      className="scrolls review-scrolls"
      {...BY_KEYS}
      aria-label={say('review.table', { n: columns.length })}
    >
      <table className="grid-table review-table">
        <caption className="sr">{say('review.table', { n: columns.length })}</caption>
        <thead>
          <tr>
            <th scope="col">{say('review.field')}</th>
            {columns.map((column, at) => (
              <th key={column.records[0]} scope="col">
                <ColumnHead column={column} at={at} />
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {ROWS.filter((row) => isTold(columns, row)).map((row) => (
            <tr key={row}>
              <th scope="row">{say(`review.row.${row}`)}</th>
              {columns.map((column, at) => (
                <td key={column.records[0]}>
                  <Cell row={row} column={column} reference={at === 0 ? undefined : first} />
                </td>
              ))}
            </tr>
          ))}
        </tbody>
        {!opened.blind && <ScoreRow columns={columns} />}
      </table>
    </section>
  )
}

/** Of what nobody says anything there is no row. */
const isTold = (columns: readonly Column[], row: Row): boolean =>
  columns.some(
    ({ values, compared }) =>
      (values?.[row].length ?? 0) > 0 || compared?.levels.some(({ field }) => field === row) === true,
  )

function ColumnHead({ column, at }: { column: Column; at: number }) {
  const { book, hidden, sources } = column
  return (
    <span className="review-head">
      <b>
        <kbd>{letterOf(at)}</kbd> {book ? say('review.book') : say('review.stated')}
      </b>
      {book && (
        <span className={`tag ${isConfirmed(book.level) ? 'good' : 'quiet'}`}>
          {say(`verify.level.${book.level}`)}
        </span>
      )}
      {hidden
        ? say('review.hidden', { ward: book?.ward ?? say('review.other-ward') })
        : sources.map((source) => (
            <Source key={source} kind={source} text={say(`review.source.${source}`)} />
          ))}
    </span>
  )
}

const NUMBERS: readonly Row[] = ['identity', 'insurance']

/** 'cccd 079•••' as words. */
function sayNumberOf(value: string): string {
  const [system = '', ...number] = value.split(' ')
  return sayOr(`verify.number.${system}`, value).replace('{number}', number.join(' '))
}

const saidAs = (row: Row, value: string): string =>
  NUMBERS.includes(row) ? sayNumberOf(value) : row === 'sex' ? sayOr(`verify.sex.${value}`, value) : value

function Cell({ row, column, reference }: { row: Row; column: Column; reference: Column | undefined }) {
  const values = column.values?.[row]
  const level = column.compared?.levels.find(({ field }) => field === row)?.level
  const weight = column.compared?.weighed?.weights.find(({ field }) => field === row)?.weight
  const other = reference?.values?.[row]?.[0]
  return (
    <div className="review-cell">
      {values === undefined ? (
        <p className="muted">{say('review.not-shown')}</p>
      ) : values.length === 0 ? (
        <p className="muted">{say('review.not-said')}</p>
      ) : (
        values.map((value) => (
          <p key={value} className="anywhere">
            <Pieces row={row} value={value} reference={other} />
          </p>
        ))
      )}
      {level !== undefined && level !== 'unknown' && (
        <p className="review-level">
          <span className={`tag ${toneOf(level)}`}>{sayOr(`review.level.${level}`, level)}</span>
          {weight !== undefined && <WeightBar weight={weight} />}
        </p>
      )}
    </div>
  )
}

function Pieces({ row, value, reference }: { row: Row; value: string; reference: string | undefined }) {
  const pieces = piecesOf(row, value, reference).map((piece, at) => ({ piece, at }))
  if (row === 'birthDate' && reference === undefined) return sayDay(value)
  const between = row === 'birthDate' ? '/' : ' '
  return pieces.map(({ piece, at }) => (
    <span key={at}>
      {at > 0 && between}
      <Marked piece={piece} text={saidAs(row, piece.text)} />
    </span>
  ))
}

const Marked = ({ piece: { is }, text }: { piece: Piece; text: string }) =>
  is === 'same' ? text : <mark className={is}>{text}</mark>

const WIDEST = 16
const signed = (weight: number): string =>
  `${weight < 0 ? '−' : '+'}${sayNumber(Math.abs(weight).toFixed(1))}`

/** How much one field speaks for (to the right) or against (to the left). */
function WeightBar({ weight }: { weight: number }) {
  const width = (Math.min(WIDEST, Math.abs(weight)) / WIDEST) * 40
  const text = signed(weight)
  return (
    <span className="weight">
      <svg viewBox="0 0 84 10" width="84" height="10" aria-hidden="true">
        <rect className="track" y="1" width="84" height="8" />
        <rect
          className={weight < 0 ? 'against' : 'for'}
          x={weight < 0 ? 42 - width : 42}
          y="1"
          width={width}
          height="8"
        />
        <line className="zero" x1="42" x2="42" y1="0" y2="10" />
      </svg>
      <span className="sr">{say(weight < 0 ? 'review.against' : 'review.for')} </span>
      <span className="num-c">{text}</span>
    </span>
  )
}

function ScoreRow({ columns }: { columns: readonly Column[] }) {
  return (
    <tfoot>
      <tr>
        <th scope="row">{say('review.row.score')}</th>
        {columns.map(({ records, compared }) => (
          <td key={records[0]}>
            {compared?.weighed && (
              <span className="review-cell">
                <b>{say(`review.verdict.${compared.weighed.verdict}`)}</b>{' '}
                <span className="num-c">{signed(compared.weighed.score)}</span>
                {compared.weighed.rule && (
                  <span className="soft">
                    {sayOr(`review.rule.${compared.weighed.rule}`, compared.weighed.rule)}
                  </span>
                )}
              </span>
            )}
          </td>
        ))}
      </tr>
    </tfoot>
  )
}
