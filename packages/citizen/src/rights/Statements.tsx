import { sayDay } from '@sokhoe/ui/format'
import type { IconName } from '@sokhoe/ui/parts/Icon'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { bookApi } from '../family/whose.ts'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import { STATEMENT_KINDS, type Statement, type StatementKind } from './api.ts'
import { Loaded, RightsScreen } from './parts.tsx'

const ICONS: Readonly<Record<StatementKind, IconName>> = {
  allergy: 'warn',
  condition: 'heart',
  medicine: 'pill',
  immunisation: 'syringe',
  family: 'users',
  surgery: 'hospital',
}

/** What the person stated herself, to be added to and changed one by one. */
export const Statements = () => (
  <RightsScreen title={say('mine.title')}>
    <StatementsPage />
  </RightsScreen>
)

function StatementsPage() {
  const load = useLoad<Statement[]>(bookApi('/statements'), 'statements')
  return (
    <>
      <p className="soft">{say('mine.what')}</p>
      <Loaded load={load}>
        {(statements) =>
          STATEMENT_KINDS.map((kind) => (
            <KindSection
              key={kind}
              kind={kind}
              statements={statements.filter((statement) => statement.kind === kind)}
            />
          ))
        }
      </Loaded>
    </>
  )
}

const hintOf = ({ when, note, who, healed, ended }: Statement): string =>
  [
    ended && say('mine.ended'),
    healed && say('mine.healed'),
    when && say('mine.since', { when: sayDay(when) }),
    who,
    note,
  ]
    .filter(Boolean)
    .join(' · ')

function KindSection({ kind, statements }: { kind: StatementKind; statements: readonly Statement[] }) {
  const standing = statements.filter(({ ended }) => !ended)
  const ended = statements.filter((statement) => statement.ended)
  const row = (statement: Statement) => (
    <ActRow
      key={statement.id}
      icon={ICONS[kind]}
      title={statement.name}
      hint={hintOf(statement)}
      to={`/app/mine/statements/${statement.id}`}
    />
  )
  return (
    <section aria-labelledby={`kind-${kind}`}>
      <h2 id={`kind-${kind}`}>{say(`mine.kind.${kind}`)}</h2>
      <ul className="acts">
        {standing.map(row)}
        <ActRow icon="plus" title={say(`mine.add.${kind}`)} to={`/app/mine/statements/new/${kind}`} />
      </ul>
      {ended.length > 0 && (
        <details className="others">
          <summary>{say('mine.ended.n', { n: ended.length })}</summary>
          <ul className="acts">{ended.map(row)}</ul>
        </details>
      )}
    </section>
  )
}
