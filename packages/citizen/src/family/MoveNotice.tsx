import { sayInstant } from '@sokhoe/ui/format'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { useEffect, useState } from 'react'
import { Link } from 'wouter'
import { useLoad } from '../platform/load.ts'
import { say } from '../platform/say.ts'
import type { Changes } from './api.ts'

const MINUTE_MS = 60_000

/** The time now, drawn anew each minute. */
function useMinute(): number {
  const [now, setNow] = useState(() => Date.now())
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), MINUTE_MS)
    return () => clearInterval(timer)
  }, [])
  return now
}

/** Days, hours and minutes left in words; not announced each minute. */
export function TimeLeft({ until }: { until: string }) {
  const minutes = Math.max(0, Math.ceil((Date.parse(until) - useMinute()) / MINUTE_MS))
  const words = say('move.left', { hours: Math.floor(minutes / 60), minutes: minutes % 60 })
  return (
    <>
      <b className="num">{words}</b> ({sayInstant(until)})
    </>
  )
}

/** Somebody wants to take the book to another number: said on top of everything, with the way to say no. */
export function MoveNotice() {
  const changes = useLoad<Changes>('/api/phone-changes')
  if (changes.is !== 'ready') return null
  const { leaving, mine } = changes.data
  if (leaving?.until)
    return (
      <Notice tone="urgent">
        <p className="b">{say('move.leaving')}</p>
        <p>
          {say('move.leaving-left')} <TimeLeft until={leaving.until} />
        </p>
        <Link href="/app/move">{say('move.see')}</Link>
      </Notice>
    )
  if (mine?.state === 'waiting' && mine.effectiveAt)
    return (
      <Notice tone="info">
        <p>
          {say('move.arriving')} <TimeLeft until={mine.effectiveAt} />
        </p>
        <Link href="/app/move">{say('move.see')}</Link>
      </Notice>
    )
  return null
}
