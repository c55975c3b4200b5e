import { sayPhone } from '@sokhoe/model/phone'
import { sayLeft, sayWait } from '@sokhoe/ui/format'
import { FieldError } from '@sokhoe/ui/parts/Field'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, type Refusal, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useCallback, useEffect, useRef, useState } from 'react'
import { Link, Redirect, useLocation } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { enterAs } from '../platform/session.ts'
import {
  afterEntry,
  answerCode,
  askForCode,
  type Entry,
  entryOf,
  entryPath,
  forgetEntry,
  useEntry,
  useNow,
} from './entry.ts'
import { OtherWays } from './OtherWays.tsx'
import './entry.css'

/** The one-time code: one field, and three other ways where none came. */
export function Code({ campaign }: { campaign: string | null }) {
  const [entry] = useEntry()
  if (entry === 'none') return <Redirect to={entryPath(campaign, 'phone')} replace />
  return (
    <Screen title={say('code.title')} back={entryPath(campaign, 'phone')}>
      {entry === 'loading' ? (
        <Loading words={say('loading')} />
      ) : (
        <CodeForm first={entry} campaign={campaign} />
      )}
      <OtherWays campaign={campaign} title={say('code.none')} />
    </Screen>
  )
}

type Trouble =
  | { is: 'wrong'; left: number | undefined }
  | { is: 'short' }
  | { is: 'expired' }
  | { is: 'blocked'; until: number }
  | { is: 'other'; refusal: Refusal }

const troubleOf = (refusal: Refusal): Trouble => {
  if (refusal.code === 'identity.code-wrong') return { is: 'wrong', left: refusal.problem.left }
  if (refusal.code === 'identity.challenge-expired') return { is: 'expired' }
  if (refusal.status === 429) return { is: 'blocked', until: Date.now() + (refusal.retryAfter ?? 60) * 1000 }
  return { is: 'other', refusal }
}

type OtpCredential = Credential & { code?: string }

/** Lets the phone fill the code in from the message, where it can (WebOTP). */
function useMessageCode(onCode: (code: string) => void, challenge: string) {
  useEffect(() => {
    if (!('OTPCredential' in window) || challenge === '') return
    const stop = new AbortController()
    const asked = { otp: { transport: ['sms'] }, signal: stop.signal } as CredentialRequestOptions
    navigator.credentials
      .get(asked)
      .then((found) => {
        const code = (found as OtpCredential | null)?.code
        if (code) onCode(code)
      })
      .catch(() => undefined)
    return () => stop.abort()
  }, [onCode, challenge])
}

/** The code as typed or filled in, what came of it, and how to ask for another. */
function useCode(first: Entry, campaign: string | null) {
  const [, go] = useLocation()
  const [entry, setEntry] = useState(first)
  const [code, setCode] = useState('')
  const [trouble, setTrouble] = useState<Trouble>()
  const [busy, setBusy] = useState(false)

  const check = useCallback(
    async (digits: string) => {
      if (digits.length !== 6) return setTrouble({ is: 'short' })
      setBusy(true)
      const answer = await answerCode(entry.challenge, digits)
      setBusy(false)
      if (answer.is === 'refused') return setTrouble(troubleOf(answer))
      await enterAs(entry.phone)
      await forgetEntry()
      go(afterEntry(answer.data, campaign), { replace: true })
    },
    [entry, campaign, go],
  )
  const takeFromMessage = useCallback(
    (digits: string) => {
      setCode(digits)
      void check(digits)
    },
    [check],
  )
  useMessageCode(takeFromMessage, entry.challenge)

  const resend = async () => {
    const answer = await askForCode(entry.campaign, entry.phone)
    if (answer.is === 'refused') return setTrouble(troubleOf(answer))
    setEntry(entryOf(answer, entry.phone, entry.campaign))
    setTrouble(undefined)
    setCode('')
  }
  return { entry, code, setCode, trouble, busy, check, resend }
}

function CodeForm({ first, campaign }: { first: Entry; campaign: string | null }) {
  const { entry, code, setCode, trouble, busy, check, resend } = useCode(first, campaign)
  const input = useRef<HTMLInputElement>(null)
  useEffect(() => {
    if (trouble?.is !== 'wrong' && trouble?.is !== 'short') return
    input.current?.focus()
    input.current?.select()
  }, [trouble])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    void check(code)
  }
  return (
    <>
      <SentTo phone={entry.phone} campaign={campaign} />
      <form noValidate onSubmit={submit}>
        <div className={`field ${trouble ? 'bad' : ''}`}>
          <label htmlFor="otp" className="large">
            {say('code.label')}
          </label>
          <p className="hint" id="otp-hint">
            {say('code.hint')}
          </p>
          <input
            ref={input}
            id="otp"
            name="otp"
            className="input code"
            inputMode="numeric"
            autoComplete="one-time-code"
            maxLength={9}
            value={code}
            aria-invalid={trouble?.is === 'wrong' || trouble?.is === 'short' ? true : undefined}
            aria-describedby="otp-hint otp-error"
            onChange={(event) => setCode(event.currentTarget.value.replaceAll(/\D/g, '').slice(0, 6))}
          />
          <div role="alert">
            <CodeError trouble={trouble} />
          </div>
        </div>
        <CodeClock entry={entry} onResend={resend} />
        {trouble?.is === 'blocked' && <Blocked until={trouble.until} />}
        {trouble?.is === 'other' && <Refused answer={trouble.refusal} />}
        <button type="submit" className="btn wide" aria-busy={busy} disabled={busy}>
          {busy ? say('code.checking') : say('code.confirm')}
        </button>
      </form>
    </>
  )
}

function SentTo({ phone, campaign }: { phone: string; campaign: string | null }) {
  return (
    <div className="sent">
      <div>
        <div className="hint">{say('code.phone')}</div>
        <div className="num b number">{sayPhone(phone)}</div>
      </div>
      <Link href={entryPath(campaign, 'phone')} className="btn plain compact">
        {say('code.change')}
      </Link>
    </div>
  )
}

function CodeError({ trouble }: { trouble: Trouble | undefined }) {
  if (trouble?.is === 'short') return <FieldError id="otp-error" text={say('code.short')} />
  if (trouble?.is === 'expired') return <FieldError id="otp-error" text={say('code.expired')} />
  if (trouble?.is !== 'wrong') return null
  const text = trouble.left === undefined ? say('code.wrong') : say('code.wrong-left', { n: trouble.left })
  return <FieldError id="otp-error" text={text} />
}

function Blocked({ until }: { until: number }) {
  const now = useNow(true)
  const seconds = Math.max(0, (until - now) / 1000)
  return (
    <Notice tone="watch">
      <p>{seconds > 0 ? say('code.blocked', { wait: sayWait(seconds) }) : say('code.blocked-over')}</p>
    </Notice>
  )
}

/** How long the code still counts, and when another can be asked for. Read out once, at the last minute. */
function CodeClock({ entry, onResend }: { entry: Entry; onResend: () => void }) {
  const now = useNow(true)
  const left = entry.expiresAt - now
  const wait = entry.resendAt - now
  return (
    <div className="under">
      <span>
        {left > 0 ? (
          <>
            {say('code.left')} <b className="num">{sayLeft(left)}</b>
          </>
        ) : (
          say('code.over')
        )}
      </span>
      {wait > 0 ? (
        <span>
          {say('code.resend-in')} <b className="num">{sayLeft(wait)}</b>
        </span>
      ) : (
        <button type="button" className="btn plain compact" onClick={onResend}>
          {say('code.resend')}
        </button>
      )}
      <span className="sr" aria-live="polite">
        {left > 0 && left <= 60_000 && say('code.last-minute')}
      </span>
    </div>
  )
}
