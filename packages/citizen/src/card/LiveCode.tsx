import { sayLeft } from '@sokhoe/ui/format'
import { send } from '@sokhoe/ui/http'
import { useCutSince } from '@sokhoe/ui/online'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { QrCode } from '@sokhoe/ui/parts/QrCode'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { useNow } from '../entry/entry.ts'
import { bookApi, type Whose } from '../family/whose.ts'
import { say } from '../platform/say.ts'

type Live = { text: string; seconds: number }
/** The phone's own clock counts the seconds from the moment the code came: it may show any time it likes. */
type Shown = Live & { until: number }

/** A code for the counter: good for a minute, once. */
export function LiveCode({ whose }: { whose: Whose }) {
  const [shown, setShown] = useState<Shown>()
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const cut = useCutSince() !== undefined
  const ask = async () => {
    setBusy(true)
    const answer = await send<Live>('POST', bookApi('/live-code', whose), {})
    setBusy(false)
    setRefusal(answer.is === 'refused' ? answer : undefined)
    setShown(
      answer.is === 'ready' ? { ...answer.data, until: Date.now() + answer.data.seconds * 1000 } : undefined,
    )
  }
  return (
    <section className="codes live" aria-labelledby="live-title">
      <h2 id="live-title">{say('live.title')}</h2>
      {shown ? (
        <Countdown shown={shown} again={ask} busy={busy} />
      ) : (
        <>
          <p>{say('live.what')}</p>
          <button type="button" className="btn wide gap" disabled={busy || cut} onClick={ask}>
            <Icon name="qr" />
            {say(busy ? 'live.asking' : 'live.show')}
          </button>
        </>
      )}
      {cut && <p className="hint gap">{say('live.offline')}</p>}
      {refusal && !cut && <Refused answer={refusal} again={() => void ask()} />}
    </section>
  )
}

const STEP_S = 5

function Countdown({ shown, again, busy }: { shown: Shown; again: () => void; busy: boolean }) {
  const now = useNow(true)
  const left = shown.until - now
  if (left <= 0)
    return (
      <>
        <p role="status">{say('live.over')}</p>
        <button type="button" className="btn wide gap" disabled={busy} onClick={again}>
          {say('live.again')}
        </button>
      </>
    )
  const share = Math.min(100, Math.round((left / (shown.seconds * 1000)) * 100))
  // every second to the eye, every fifth to the ear
  const told = Math.ceil(left / 1000 / STEP_S) * STEP_S
  return (
    <div className="show">
      <p className="b">{say('live.give')}</p>
      <QrCode text={shown.text} label={say('live.qr')} />
      <p className="left" aria-hidden="true">
        {say('live.left')} <b className="num">{sayLeft(left)}</b>
      </p>
      <div className="meter" aria-hidden="true">
        <i style={{ width: `${share}%` }} />
      </div>
      <p className="sr" role="status">
        {say('live.left.told', { n: told })}
      </p>
      <p className="hint">{say('live.once')}</p>
      <button type="button" className="btn second wide gap" disabled={busy} onClick={again}>
        {say('live.again')}
      </button>
    </div>
  )
}
