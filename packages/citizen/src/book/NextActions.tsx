import type { BookHome, NextAction } from '@sokhoe/model/reading'
import { Icon, type IconName } from '@sokhoe/ui/parts/Icon'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { useDrafts } from '../declare/drafts.ts'
import { say } from '../platform/say.ts'
import { useUnsent } from '../platform/unsent.ts'
import { inWords } from '../timeline/words.ts'

const ICONS: Readonly<Record<NextAction['is'], IconName>> = {
  appointment: 'calendar',
  medicine: 'pill',
  advice: 'warn',
  verify: 'shield',
}
const PLACES: Readonly<Record<NextAction['is'], string>> = {
  appointment: '/app/list/visit',
  medicine: '/app/list/medicine',
  advice: '/app/results',
  verify: '/app/card',
}

/** What to do, soonest first: appointments, medicine that ends, what waits on this phone. */
export function NextActions({ home: { next } }: { home: BookHome }) {
  const unsent = useUnsent()
  const [begun] = [...useDrafts().drafts]
  return (
    <section>
      <h2 className="gap">{say('book.todo')}</h2>
      {next.length === 0 && !begun && <p className="soft">{say('book.nothing-to-do')}</p>}
      <ul className="acts">
        {begun && (
          <ActRow
            icon="sync"
            title={unsent > 0 ? say('book.waits', { n: unsent }) : say('book.unfinished')}
            hint={say('book.unfinished.hint')}
            to={`/app/declare/${begun[0]}/${begun[1].step ?? 1}`}
          />
        )}
        {next.map(({ is, title, detail, tone }) => (
          <ActRow
            key={`${is} ${detail?.vi}`}
            icon={ICONS[is]}
            title={inWords(title)}
            hint={detail && inWords(detail)}
            end={tone === 'info' ? undefined : <Icon name="warn" className={tone} />}
            to={PLACES[is]}
          />
        ))}
      </ul>
    </section>
  )
}
