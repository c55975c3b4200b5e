import { Field } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Mark } from '@sokhoe/ui/parts/Mark'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { LanguageToggle, TextToggle } from '@sokhoe/ui/parts/Toggles'
import { type FormEvent, useEffect, useState } from 'react'
import { say } from '../platform/say.ts'
import { type Staff, signIn } from '../platform/session.ts'

type Refusal = Parameters<typeof Refused>[0]['answer']

/**
 * User, password and authenticator code together: which of them was wrong is not told by the server either.
 * @param again whose shift ended while her screen stood open
 */
export function SignIn({ again }: { again?: Staff }) {
  useEffect(() => {
    document.title = `${say('sign-in.title')} · Sổ Khỏe`
  })
  return (
    <>
      <header className="top">
        <Mark />
        <span className="grow" />
        <TextToggle />
        <LanguageToggle />
      </header>
      <main className="page narrow">
        <section className="panel sign-in">
          <h1>{say('sign-in.title')}</h1>
          {again && <Notice tone="watch">{say('sign-in.ended', { name: again.name })}</Notice>}
          <SignInForm user={again?.user ?? ''} />
          <p className="hint">{say('sign-in.help')}</p>
        </section>
      </main>
    </>
  )
}

function SignInForm({ user }: { user: string }) {
  const [typed, setTyped] = useState({ user, password: '', code: '' })
  const [refusal, setRefusal] = useState<Refusal>()
  const [busy, setBusy] = useState(false)
  const set = (name: keyof typeof typed) => (text: string) => setTyped((now) => ({ ...now, [name]: text }))

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setBusy(true)
    setRefusal(undefined)
    const answer = await signIn(typed)
    if (answer.is === 'ready') return
    setBusy(false)
    setRefusal(answer)
    set('code')('')
  }
  return (
    <form onSubmit={(event) => void submit(event)}>
      {refusal?.code === 'staff.refused' && (
        <Notice tone="watch" alert>
          {say('problem.staff.refused')}
        </Notice>
      )}
      {refusal && refusal.code !== 'staff.refused' && <Refused answer={refusal} />}
      <Field
        label={say('sign-in.user')}
        autoComplete="username"
        autoCapitalize="none"
        spellCheck={false}
        required
        value={typed.user}
        onText={set('user')}
      />
      <Field
        label={say('sign-in.password')}
        type="password"
        autoComplete="current-password"
        required
        value={typed.password}
        onText={set('password')}
      />
      <Field
        label={say('sign-in.code')}
        hint={say('sign-in.code.hint')}
        className="num-c"
        inputMode="numeric"
        autoComplete="one-time-code"
        required
        value={typed.code}
        onText={set('code')}
      />
      <button type="submit" className="btn wide" disabled={busy} aria-busy={busy}>
        <Icon name="lock" />
        {say(busy ? 'sign-in.busy' : 'sign-in.enter')}
      </button>
    </form>
  )
}
