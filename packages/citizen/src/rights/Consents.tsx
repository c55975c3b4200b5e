import { sayInstant } from '@sokhoe/ui/format'
import { send } from '@sokhoe/ui/http'
import { useCutSince } from '@sokhoe/ui/online'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { bookApi } from '../family/whose.ts'
import { useLoad } from '../platform/load.ts'
import { currentLanguage, say } from '../platform/say.ts'
import type { Consent } from './api.ts'
import { Loaded, RightsScreen } from './parts.tsx'

/** For what the book is open: one purpose at a time, given or withdrawn at once. */
export const Consents = () => (
  <RightsScreen title={say('consents.title')}>
    <ConsentsPage />
  </RightsScreen>
)

function ConsentsPage() {
  const load = useLoad<Consent[]>(bookApi('/consents'), 'consents')
  const [done, setDone] = useState<string>()
  return (
    <>
      <p className="soft">{say('consents.what')}</p>
      <Loaded load={load}>
        {(consents) => (
          <ul className="deeds">
            {consents.map((consent) => (
              <ConsentRow
                key={consent.purpose}
                consent={consent}
                changed={(words) => {
                  setDone(words)
                  if (load.is !== 'loading') load.again()
                }}
              />
            ))}
          </ul>
        )}
      </Loaded>
      <div role="status">{done && <Notice tone="good">{done}</Notice>}</div>
    </>
  )
}

function ConsentRow({ consent, changed }: { consent: Consent; changed: (words: string) => void }) {
  const { purpose, given, since, text, history } = consent
  const [busy, setBusy] = useState(false)
  const [refusal, setRefusal] = useState<Refusal>()
  const cut = useCutSince() !== undefined
  const set = async (next: boolean) => {
    setBusy(true)
    const body = { given: next, textVersion: text.version }
    const answer = await send('PUT', bookApi(`/consents/${purpose}`), body)
    setBusy(false)
    setRefusal(answer.is === 'refused' ? answer : undefined)
    if (answer.is === 'ready') changed(say(next ? 'consents.given-now' : 'consents.withdrawn-now'))
  }
  const question = currentLanguage() === 'vi' ? text.vi : text.en
  return (
    <li>
      <p className="b" id={`consent-${purpose}`}>
        {question}
      </p>
      <p className="tags">
        <ConsentTag given={given} />
        {since && <span className="hint num-c">{say('consents.since', { when: sayInstant(since) })}</span>}
      </p>
      <p className="hint">{say('consents.version', { version: text.version })}</p>
      {!cut && (
        <fieldset className="chips" aria-labelledby={`consent-${purpose}`} disabled={busy}>
          <div className="pick">
            {[true, false].map((answer) => (
              <button
                key={String(answer)}
                type="button"
                className="chip"
                aria-pressed={given === answer}
                onClick={() => given !== answer && void set(answer)}
              >
                {say(answer ? 'consent.yes' : 'consent.no')}
              </button>
            ))}
          </div>
        </fieldset>
      )}
      {refusal && <Refused answer={refusal} />}
      {history.length > 1 && (
        <details className="others">
          <summary>{say('consents.history', { n: history.length })}</summary>
          <ul>
            {history.map(({ given: was, at, textVersion }) => (
              <li key={at} className="num-c">
                {sayInstant(at)} · {say(was ? 'consent.yes' : 'consent.no')} · {textVersion}
              </li>
            ))}
          </ul>
        </details>
      )}
    </li>
  )
}

function ConsentTag({ given }: { given: boolean | null }) {
  if (given === null) return <span className="tag quiet">{say('consents.never')}</span>
  return given ? (
    <span className="tag good">{say('consents.open')}</span>
  ) : (
    <span className="tag quiet">{say('consents.closed')}</span>
  )
}
