import { sayInstant } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { currentLanguage } from '@sokhoe/ui/speech'
import { useEffect, useRef, useState } from 'react'
import { Link } from 'wouter'
import { Trouble } from '../parts/Trouble.tsx'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import '../verify/verify.css'
import type { Opened, Saying } from './api.ts'
import { CaseList } from './CaseList.tsx'
import { CaseTable } from './CaseTable.tsx'
import { DecideForm } from './DecideForm.tsx'
import { KeysDialog } from './KeysDialog.tsx'
import { useKeys, useKeysWanted } from './keys.ts'
import { NumbersPanel } from './NumbersPanel.tsx'
import { SecondPanel } from './SecondPanel.tsx'
import './review.css'
import { type Done, useQueue } from './work.ts'

/** Records that may be one person's, one case after the other; keys alone are enough. */
export function Review() {
  const queue = useQueue()
  const { list, cases, place, done, trouble, undo, step } = queue
  const [keys, setKeys] = useKeysWanted()
  const [help, setHelp] = useState(false)
  useKeys(keys, (key) => {
    if (key === 'j') step(1)
    else if (key === 'k') step(-1)
    else if (key === 'u') void undo()
    else if (key === '?') setHelp(true)
    else return false
    return true
  })
  // what was proposed just now joins those that wait
  const waits = done?.is === 'decided' && done.state === 'waits' ? cases.length : -1
  const title = list.is === 'ready' ? say('review.title.n', { n: cases.length }) : say('review.title')
  return (
    <Page
      title={title}
      lead={say('review.lead')}
      className="review"
      actions={<Actions onHelp={() => setHelp(true)} onUndo={() => void undo()} />}
    >
      {help && <KeysDialog keys={keys} onKeys={setKeys} onClose={() => setHelp(false)} />}
      <div className="cols">
        <div className="stack">
          <div role="status" className="review-done">
            {done && <Notice tone="good">{sayDone(done)}</Notice>}
          </div>
          <Trouble answer={trouble} />
          <SecondPanel key={waits} onDone={() => list.is !== 'loading' && list.again()} />
          {list.is === 'loading' && <Loading words={say('loading')} />}
          {list.is === 'refused' && <Refused answer={list.answer} again={list.again} />}
          {list.is === 'ready' && cases.length === 0 && (
            <section className="panel">
              <p className="empty soft">{say('review.none')}</p>
            </section>
          )}
          <CaseSection queue={queue} keys={keys} />
        </div>
        <div className="stack">
          <NumbersPanel key={done ? cases.length : 'first'} />
          <CaseList cases={cases} place={place} onChoose={queue.choose} />
        </div>
      </div>
    </Page>
  )
}

function CaseSection({ queue, keys }: { queue: ReturnType<typeof useQueue>; keys: boolean }) {
  const { cases, place, shown, busy, decide, retry } = queue
  const current = cases[place]
  if (!current) return null
  return (
    <section className="panel" aria-label={say('review.case', { at: place + 1, n: cases.length })}>
      <CaseHead at={place + 1} of={cases.length} since={current.since} name={current.case} />
      {!shown && <Loading words={say('review.opening')} />}
      {shown?.answer.is === 'refused' && <Refused answer={shown.answer} again={retry} />}
      {shown?.answer.is === 'ready' && (
        <CaseBody key={shown.name} opened={shown.answer.data} busy={busy} keys={keys} onDecide={decide} />
      )}
    </section>
  )
}

function Actions({ onHelp, onUndo }: { onHelp: () => void; onUndo: () => void }) {
  return (
    <span className="acts">
      <button type="button" className="btn second" onClick={onUndo}>
        <Icon name="left" />
        {say('review.undo')} <kbd>U</kbd>
      </button>
      <button type="button" className="btn second" onClick={onHelp}>
        {say('review.keys')} <kbd>?</kbd>
      </button>
      <Link className="btn plain" href="/station/verify">
        {say('verify.title')}
      </Link>
    </span>
  )
}

const sayDone = (done: Done): string => {
  if (done.is === 'undone') return say('review.undone')
  const { choice, state } = done
  return say(state === 'waits' ? 'review.done.waits' : `review.done.${choice.say}`)
}

/** With each new case the focus comes to its heading, so that it is read from the beginning. */
function CaseHead({ at, of, since, name }: { at: number; of: number; since: string; name: string }) {
  const heading = useRef<HTMLHeadingElement>(null)
  const before = useRef(name)
  useEffect(() => {
    if (before.current !== name) heading.current?.focus()
    before.current = name
  }, [name])
  return (
    <div className="head">
      <h2 ref={heading} tabIndex={-1}>
        {say('review.case', { at, n: of })}
      </h2>
      <span className="muted">{say('review.since', { at: sayInstant(since) })}</span>
    </div>
  )
}

interface BodyProps {
  readonly opened: Opened
  readonly busy: boolean
  readonly keys: boolean
  readonly onDecide: ReturnType<typeof useQueue>['decide']
}

function CaseBody({ opened, busy, keys, onDecide }: BodyProps) {
  return (
    <>
      <CaseTable opened={opened} />
      <div className="inside suggestion">
        <Suggestion opened={opened} />
      </div>
      <DecideForm opened={opened} busy={busy} keys={keys} onDecide={(choice) => void onDecide(choice)} />
    </>
  )
}

/** What the house would say and why; whoever decides may know better. */
function Suggestion({ opened: { blind, suggestion, columns } }: { opened: Opened }) {
  if (blind) return <Notice>{say('review.blind')}</Notice>
  if (suggestion === null) return <Notice>{say('review.no-suggestion')}</Notice>
  const sentences = columns.flatMap(({ compared }) => compared?.weighed?.sentence ?? [])
  return (
    <Notice>
      <p className="b">{say('review.suggests', { what: say(SUGGESTS[suggestion]) })}</p>
      {sentences.map(({ vi, en }) => (
        <p key={vi}>{currentLanguage() === 'vi' ? vi : en}</p>
      ))}
    </Notice>
  )
}

const SUGGESTS = {
  same: 'review.say.same',
  different: 'review.say.different',
  partly: 'review.say.partly',
  later: 'review.say.call',
} as const satisfies Readonly<Record<Saying, string>>
