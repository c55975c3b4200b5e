import type { Board } from '@sokhoe/model/coverage'
import { Icon } from '@sokhoe/ui/parts/Icon'
import type { Place } from '../campaigns/api.ts'
import { giveFile } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { tablesOf } from './tables.ts'

/** The numbers of this board for other programs. */
export function ExportButtons({ board, places }: { board: Board; places: readonly Place[] }) {
  const name = `so-khoe-${board.campaign?.code ?? board.ward.code}-${board.asOf.slice(0, 10)}`
  const give = async (kind: 'csv' | 'xlsx') => {
    const { csvOf, xlsxOf } = await import('./files.ts')
    const tables = tablesOf(board, places)
    const content =
      kind === 'csv' ? new Blob([csvOf(tables)], { type: 'text/csv;charset=utf-8' }) : await xlsxOf(tables)
    giveFile(content, `${name}.${kind}`)
  }
  return (
    <div className="row tools">
      {(['csv', 'xlsx'] as const).map((kind) => (
        <button key={kind} type="button" className="btn second" onClick={() => void give(kind)}>
          <Icon name="save" />
          {say(`export.${kind}`)}
        </button>
      ))}
    </div>
  )
}
