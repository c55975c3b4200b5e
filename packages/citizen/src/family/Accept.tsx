import type { Topic } from '@sokhoe/model/topics'
import { sayInstant } from '@sokhoe/ui/format'
import { Field } from '@sokhoe/ui/parts/Field'
import { Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { refreshSession } from '../platform/session.ts'
import { useAct } from './act.ts'
import type { Preview } from './api.ts'
import { ForSignedIn } from './SignedIn.tsx'
import { sayTopics, TopicChecks } from './Topics.tsx'
import './family.css'

/** What the link holds after #: it never reaches a server's log. */
const codeInLink = (): string => decodeURIComponent(location.hash.slice(1))

/** Brings the other side's code: first what it says, then yes. */
export const Accept = () => (
  <ForSignedIn title={say('family.accept')}>
    {() => (
      <Screen title={say('family.accept')} back="/app/family">
        <CodeForm />
      </Screen>
    )}
  </ForSignedIn>
)

function CodeForm() {
  const [code, setCode] = useState(codeInLink)
  const [preview, setPreview] = useState<Preview>()
  const { busy, refusal, act } = useAct()
  const look = async (event: FormEvent) => {
    event.preventDefault()
    const answer = await act<Preview>('POST', '/api/me/invitations/preview', { code })
    if (answer) setPreview(answer.data)
  }
  if (preview) return <Said code={code} preview={preview} />
  return (
    <form onSubmit={look} noValidate>
      <Field
        label={say('accept.code')}
        hint={say('accept.code.hint')}
        autoComplete="off"
        autoCapitalize="characters"
        className="num-c big"
        value={code}
        onText={setCode}
      />
      {refusal && <Refused answer={refusal} />}
      <button type="submit" className="btn wide" disabled={busy || code.trim() === ''}>
        {say('accept.look')}
      </button>
    </form>
  )
}

function Said({ code, preview }: { code: string; preview: Preview }) {
  const [, go] = useLocation()
  const [topics, setTopics] = useState<readonly Topic[]>(preview.topics)
  const { busy, refusal, act } = useAct()
  const asks = preview.kind === 'ask'
  const agree = async () => {
    const until = preview.until === null ? null : preview.until.slice(0, 10)
    const body = { code, ...(asks && { terms: { topics, until } }) }
    if (!(await act('POST', '/api/me/invitations/accept', body))) return
    await refreshSession()
    go(asks ? '/app/family/proxies' : '/app/family')
  }
  return (
    <>
      <p className="b">{say(asks ? 'accept.asks' : 'accept.gives', { name: preview.name })}</p>
      {asks ? (
        <>
          <p>{say('accept.choose')}</p>
          <TopicChecks value={topics} onChange={setTopics} />
        </>
      ) : (
        <p>{say('family.may', { topics: sayTopics(preview.topics) })}</p>
      )}
      <p className="small">
        {preview.until === null
          ? say('proxies.no-end')
          : say('proxies.until', { at: sayInstant(preview.until) })}
      </p>
      {refusal && <Refused answer={refusal} />}
      <button type="button" className="btn wide gap" disabled={busy || topics.length === 0} onClick={agree}>
        {say('accept.agree')}
      </button>
    </>
  )
}
