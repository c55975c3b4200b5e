import { sayInstant } from '@sokhoe/ui/format'
import type { Answer } from '@sokhoe/ui/http'
import { Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { answerSecond, LIST, openSecond, type Proposed, type Second } from './api.ts'
import { CaseTable } from './CaseTable.tsx'

/** What somebody proposed and a second person answers: side by side, then yes or no. */
export function SecondPanel({ onDone }: { onDone: () => void }) {
  const list = useLoad<{ merges: readonly Proposed[] }>(`${LIST}/second`)
  const [open, setOpen] = useState<Answer<Second>>()
  const [told, setTold] = useState<'merged' | 'declined'>()
  if (list.is !== 'ready')
    return list.is === 'loading' ? null : <Refused answer={list.answer} again={list.again} />
  const done = (state: 'merged' | 'declined') => {
    setOpen(undefined)
    setTold(state)
    list.again()
    onDone()
  }
  const { merges } = list.data
  if (merges.length === 0 && !told) return null
  return (
    <section className="panel" aria-label={say('review.second')}>
      <div className="head">
        <h2>{say('review.second')}</h2>
        <span className="tag watch">
          {say('review.second.n', { n: merges.filter(({ expired }) => !expired).length })}
        </span>
      </div>
      {told && (
        <p className="inside" role="status">
          {say(`review.second.${told}`)}
        </p>
      )}
      <ul className="people">
        {merges.map((one) => (
          <li key={`${one.people.join(' ')} ${one.at}`}>
            <span className="grow">
              {say('review.second.books')} <span className="soft">{sayInstant(one.at)}</span>
              <span className="soft when">{whenOf(one)}</span>
            </span>
            {one.expired ? (
              <span className="tag quiet">{say('review.second.expired')}</span>
            ) : one.mine ? (
              <span className="tag quiet">{say('review.second.mine')}</span>
            ) : (
              <button
                type="button"
                className="btn second small"
                onClick={() => void openSecond(one.people).then(setOpen)}
              >
                {say('review.second.open')}
              </button>
            )}
          </li>
        ))}
      </ul>
      {open?.is === 'refused' && <Refused answer={open} />}
      {open?.is === 'ready' && <Answering second={open.data} onDone={done} />}
    </section>
  )
}

/** Until when it waits, and for what. */
function whenOf({ expired, needsDocument, until }: Proposed): string {
  if (expired) return say('review.second.expired.what')
  const at = until === null ? '' : sayInstant(until)
  return needsDocument ? say('review.second.document', { at }) : say('review.second.until', { at })
}

function Answering({ second, onDone }: { second: Second; onDone: (state: 'merged' | 'declined') => void }) {
  const [trouble, setTrouble] = useState<Answer<unknown>>()
  const [busy, setBusy] = useState(false)
  const answer = async (agree: boolean) => {
    setBusy(true)
    const came = await answerSecond(second.people, agree)
    setBusy(false)
    setTrouble(came)
    if (came.is === 'ready') onDone(came.data.state)
  }
  return (
    <>
      <CaseTable opened={{ columns: second.columns, blind: false }} />
      <div className="inside decide">
        <Trouble answer={trouble} />
        <p className="hint">
          {say(second.needsDocument ? 'review.second.document.what' : 'review.second.what')}
        </p>
        <div className="acts">
          {!second.needsDocument && (
            <button type="button" className="btn" aria-busy={busy} onClick={() => void answer(true)}>
              {say('review.second.agree')}
            </button>
          )}
          <button type="button" className="btn danger" onClick={() => void answer(false)}>
            {say('review.second.refuse')}
          </button>
        </div>
      </div>
    </>
  )
}
