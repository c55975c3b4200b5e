import { sayInstant, sayTime } from '@sokhoe/ui/format'
import { useCutSince } from '@sokhoe/ui/online'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading } from '@sokhoe/ui/parts/State'
import { sayOr } from '@sokhoe/ui/speech'
import { useEffect } from 'react'
import { say } from '../platform/say.ts'
import { useSession } from '../platform/session.ts'
import { Page } from '../shell/Page.tsx'
import { BoxList } from './BoxList.tsx'
import { HandedOver } from './HandedOver.tsx'
import { Locked } from './Locked.tsx'
import { OpenRound } from './OpenRound.tsx'
import { Prepare } from './Prepare.tsx'
import { checkDay, contact, lock, lookAtTablet, type Round, useRound } from './round.ts'
import { boxItems } from './sending.ts'
import './visits.css'

const EVERY = 30_000
/** A tablet that lies about locks itself; what was being taken down is kept. */
const IDLE = 5 * 60_000

function useIdleLock(): void {
  useEffect(() => {
    let used = Date.now()
    const use = () => {
      used = Date.now()
    }
    const timer = setInterval(() => Date.now() - used > IDLE && void lock(), EVERY)
    const signs = ['pointerdown', 'keydown'] as const
    for (const sign of signs) window.addEventListener(sign, use)
    return () => {
      clearInterval(timer)
      for (const sign of signs) window.removeEventListener(sign, use)
    }
  }, [])
}

/** Home visits: prepared at the station, open for a day without network, sent when it is back. */
export function Visits() {
  const round = useRound()
  const session = useSession()
  useIdleLock()
  useEffect(() => {
    const look = () => void lookAtTablet().then(contact)
    look()
    const timer = setInterval(() => void checkDay(), EVERY)
    const seen = () => document.visibilityState === 'visible' && void checkDay().then(contact)
    window.addEventListener('online', look)
    document.addEventListener('visibilitychange', seen)
    return () => {
      clearInterval(timer)
      window.removeEventListener('online', look)
      document.removeEventListener('visibilitychange', seen)
    }
  }, [])
  return (
    <Page title={say('visits.title')} lead={<Since round={round} />}>
      <Stage round={round} />
      {session.is === 'in' && session.staff.role === 'station-lead' && <HandedOver />}
    </Page>
  )
}

/** Whose round it is, until when, and since when there is no network. */
function Since({ round }: { round: Round }) {
  const cutSince = useCutSince()
  if (round.is !== 'open' && round.is !== 'locked') return say('visits.lead')
  const { worker, endsAt } = round.meta
  return (
    <>
      {say('visits.round', { worker, time: sayInstant(endsAt) })}
      {cutSince !== undefined && <b> {say('visits.offline', { time: sayTime(cutSince) })}</b>}
    </>
  )
}

function Stage({ round }: { round: Round }) {
  switch (round.is) {
    case 'unknown':
      return <Loading words={say('loading')} />
    case 'none':
      return (
        <>
          {round.said && (
            <Notice tone="watch">
              <p role="status">{sayOr(`visits.gone.${round.said.gone}`, '')}</p>
              {round.said.handed > 0 && <p>{say('visits.handed', { n: round.said.handed })}</p>}
            </Notice>
          )}
          <Prepare />
        </>
      )
    case 'locked':
      return <Locked meta={round.meta} boxes={round.boxes} />
    case 'open':
      return <OpenRound round={round} />
    case 'sealed':
      return (
        <>
          <Notice tone="watch">
            <p role="status" className="b">
              {sayOr(`visits.gone.${round.gone}`, '')}
            </p>
            <p>{say('visits.sealed', { n: round.boxes, worker: round.meta.worker })}</p>
          </Notice>
          {round.gone !== 'suspended' && <BoxList load={boxItems} />}
        </>
      )
  }
}
