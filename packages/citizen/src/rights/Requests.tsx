import { sayDay, sayInstant } from '@sokhoe/ui/format'
import { useCutSince } from '@sokhoe/ui/online'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { bookApi } from '../family/whose.ts'
import { useLoad } from '../platform/load.ts'
import { say, sayOr } from '../platform/say.ts'
import { REQUEST_KINDS, type Request, type RequestKind } from './api.ts'
import { useDeed } from './deed.ts'
import { Chips, ClockTag, Loaded, RightsScreen, Words } from './parts.tsx'

/** To close the book, to object, to be erased: asked here, answered in time. */
export const Requests = () => (
  <RightsScreen title={say('requests.title')}>
    <RequestsPage />
  </RightsScreen>
)

function RequestsPage() {
  const load = useLoad<Request[]>(bookApi('/requests'), 'requests')
  return (
    <>
      <p className="soft">{say('requests.what')}</p>
      <Loaded load={load}>
        {(requests) => (
          <>
            {requests.length === 0 && <p className="soft">{say('requests.empty')}</p>}
            <ul className="deeds">
              {requests.map((request) => (
                <RequestRow key={request.number} request={request} />
              ))}
            </ul>
            <AskForm asked={() => load.is !== 'loading' && load.again()} />
          </>
        )}
      </Loaded>
    </>
  )
}

function RequestRow({ request }: { request: Request }) {
  const { kind, state, words, askedAt, dueOn, daysLeft, answer } = request
  return (
    <li>
      <p className="b">{say(`request.${kind}`)}</p>
      <p className="tags">
        <ClockTag daysLeft={daysLeft} answered={state === 'answered'} />
        {state !== 'answered' && <span className="tag quiet">{say(`request.state.${state}`)}</span>}
      </p>
      {words && <p>{words}</p>}
      <p className="hint num-c">{say('request.dates', { asked: sayInstant(askedAt), due: sayDay(dueOn) })}</p>
      {answer && <AnswerOf answer={answer} />}
    </li>
  )
}

function AnswerOf({ answer: { is, at, words, retention } }: { answer: NonNullable<Request['answer']> }) {
  return (
    <Notice tone={is === 'granted' ? 'good' : 'info'}>
      <p className="b">{say(`request.answer.${is}`)}</p>
      {words && <p>{words}</p>}
      {retention && (
        <p>
          {say('request.retention', {
            what: sayOr(`retention.${retention.class}`, retention.class),
            years: retention.years,
            after: sayOr(`retention.after.${retention.after}`, retention.after),
          })}{' '}
          {retention.until
            ? say('request.retention.until', { day: sayDay(retention.until) })
            : say('request.retention.not-begun')}
        </p>
      )}
      <p className="hint num-c">{sayInstant(at)}</p>
    </Notice>
  )
}

function AskForm({ asked }: { asked: () => void }) {
  const [kind, setKind] = useState<RequestKind>()
  const [words, setWords] = useState('')
  const [sure, setSure] = useState(false)
  const [done, setDone] = useState(false)
  const deed = useDeed()
  const cut = useCutSince() !== undefined
  const ask = async () => {
    setSure(false)
    const answer = await deed.run('POST', bookApi('/requests'), { kind, words })
    setDone(answer.is === 'ready')
    if (answer.is !== 'ready') return
    setKind(undefined)
    setWords('')
    asked()
  }
  if (cut) return <p className="hint">{say('rights.offline')}</p>
  return (
    <section aria-labelledby="ask-title">
      <h2 id="ask-title">{say('requests.ask')}</h2>
      <Chips
        legend={say('requests.kind')}
        options={REQUEST_KINDS}
        value={kind}
        word={(one) => say(`request.${one}`)}
        onPick={setKind}
      />
      {kind && <p className="soft">{say(`request.${kind}.what`)}</p>}
      <Words
        label={say('requests.words')}
        hint={say('requests.words.hint')}
        value={words}
        onText={setWords}
      />
      {deed.refusal && <Refused answer={deed.refusal} />}
      <div role="status">{done && <Notice tone="good">{say('requests.sent')}</Notice>}</div>
      <button type="button" className="btn wide" disabled={!kind || deed.busy} onClick={() => setSure(true)}>
        {say('requests.send')}
      </button>
      {sure && kind && (
        <Dialog title={say('requests.sure', { what: say(`request.${kind}`) })} onClose={() => setSure(false)}>
          <p>{say(`request.${kind}.what`)}</p>
          <button type="button" className="btn danger wide" onClick={() => void ask()}>
            {say('requests.send')}
          </button>
        </Dialog>
      )}
    </section>
  )
}
