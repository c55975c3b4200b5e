import { say } from '../platform/say.ts'
import { useProgress } from './sending.ts'

/** How far the sending is. */
export function Progress() {
  const progress = useProgress()
  if (!progress) return null
  const { done, total } = progress
  return (
    <div className="sending" role="status">
      <progress max={total} value={done} aria-label={say('visits.sending', { done, total })} />
      <span>{say('visits.sending', { done, total })}</span>
    </div>
  )
}
