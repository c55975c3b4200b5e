import type { BookHome, Line, LineKind } from '@sokhoe/model/reading'
import type { IconName } from '@sokhoe/ui/parts/Icon'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { Source, type SourceKind } from '@sokhoe/ui/parts/Source'
import { say } from '../platform/say.ts'
import { LISTS } from '../timeline/ListScreen.tsx'
import { inWords } from '../timeline/words.ts'

const ICONS: Readonly<Partial<Record<LineKind, IconName>>> = {
  allergy: 'warn',
  condition: 'heart',
  medicine: 'pill',
  immunisation: 'syringe',
  family: 'users',
  document: 'image',
  visit: 'hospital',
  consent: 'shield',
  declaration: 'edit',
}
const SOURCES: readonly SourceKind[] = ['self', 'station', 'hospital', 'import']
/** As many names as one line takes; the list has all. */
const NAMED = 3

/** What the book holds, part by part, and how much of it each source says. */
export function Contents({ home }: { home: BookHome }) {
  const { kinds, sources } = home.counts
  const all = Object.values(kinds).reduce((sum, n) => sum + n, 0)
  if (all === 0) return <p className="soft gap">{say('book.empty')}</p>
  return (
    <section>
      <h2 className="gap">{say('book.declared')}</h2>
      <p className="said">
        {SOURCES.filter((kind) => sources[kind]).map((kind) => (
          <span key={kind}>
            <Source kind={kind} /> {sources[kind]}
          </span>
        ))}
      </p>
      <ul className="acts">
        <ActRow
          icon="clock"
          title={say('timeline.title')}
          hint={say('timeline.hint', { n: all })}
          to="/app/timeline"
        />
        {LISTS.filter(([kind]) => kinds[kind]).map(([kind, phrase]) => (
          <ActRow
            key={kind}
            icon={ICONS[kind] ?? 'list'}
            title={say(phrase)}
            hint={glance(home, kind)}
            to={`/app/list/${kind}`}
          />
        ))}
      </ul>
    </section>
  )
}

const linesOf = (home: BookHome, kind: LineKind): readonly Line[] | undefined => {
  if (kind === 'allergy') return home.allergies
  if (kind === 'condition') return home.conditions
  return kind === 'medicine' ? home.medicines : undefined
}

/** The first few by name where the first page knows them, else how many there are. */
function glance(home: BookHome, kind: LineKind): string {
  const known = linesOf(home, kind)
  const some = known?.filter(({ absent }) => !absent)
  // that nothing is known is told only while nothing is
  const lines = some && some.length > 0 ? some : known
  if (!lines) return say('book.entries', { n: home.counts.kinds[kind] ?? 0 })
  if (lines.length === 0) return say('book.none-now')
  const names = lines.slice(0, NAMED).map(({ title }) => inWords(title))
  return lines.length > NAMED ? `${names.join(', ')}…` : names.join(', ')
}
