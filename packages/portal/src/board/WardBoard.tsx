import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { say } from '../platform/say.ts'
import { BoardPanels, Today } from './BoardPanels.tsx'
import { useBoard } from './board.ts'

/** How far the whole ward is, and today. */
export function WardBoard() {
  const board = useBoard(undefined)
  if (board.is === 'loading') return <Loading words={say('board.loading')} />
  if (board.is === 'refused') return <Refused answer={board.answer} again={board.again} />
  return (
    <div className="cols">
      <div className="stack">
        <BoardPanels board={board.data} places={[]} ends={null} />
      </div>
      <div className="stack">
        <Today board={board.data} />
      </div>
    </div>
  )
}
