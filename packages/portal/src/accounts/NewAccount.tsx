import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { QrCode } from '@sokhoe/ui/parts/QrCode'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { type Role, useStaff } from '../platform/session.ts'
import { Page } from '../shell/Page.tsx'

type Credentials = { user: string; password: string; totpSecret: string }
type Typed = { name: string; user: string; ward: string; role: Role }
type Wrong = Partial<Record<keyof Typed, string>>

const isOfWard = (role: Role): boolean => role === 'station' || role === 'station-lead'

function wrongIn({ name, user, ward, role }: Typed, asksWard: boolean): Wrong {
  const rules: readonly (readonly [keyof Typed, boolean, string])[] = [
    ['name', name.trim() === '', say('accounts.name.needed')],
    ['user', !/^[a-z0-9][a-z0-9._-]{2,39}$/.test(user), say('accounts.user.wrong')],
    ['ward', asksWard && isOfWard(role) && !/^\d{5}$/.test(ward.trim()), say('campaign.ward.needed')],
  ]
  return Object.fromEntries(rules.filter(([, isWrong]) => isWrong).map(([key, , words]) => [key, words]))
}

/** Makes an account; its password and its authenticator secret are shown once. */
export function NewAccount() {
  const [made, setMade] = useState<Credentials>()
  return (
    <Page title={say('accounts.new')} className="narrow">
      {made ? <Made made={made} another={() => setMade(undefined)} /> : <Form onMade={setMade} />}
    </Page>
  )
}

function Form({ onMade }: { onMade: (made: Credentials) => void }) {
  const { role: mine, ward: myWard } = useStaff()
  const asksWard = myWard === null
  const roles: readonly Role[] =
    mine === 'department' ? ['station', 'station-lead', 'department', 'privacy'] : ['station', 'station-lead']
  const [typed, setTyped] = useState<Typed>({ name: '', user: '', ward: '', role: 'station' })
  const [shown, setShown] = useState(false)
  const [answer, setAnswer] = useState<Answer<Credentials>>()
  const [, go] = useLocation()
  const back = asksWard ? '/department/accounts' : '/station/accounts'
  const wrong = wrongIn(typed, asksWard)

  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setShown(true)
    const [first] = Object.keys(wrong)
    if (first) return document.getElementById(`account-${first}`)?.focus()
    const { name, user, role } = typed
    const ward = isOfWard(role) ? (myWard ?? typed.ward.trim()) : null
    const given = await ask<Credentials>('POST', '/api/staff/accounts', { name, user, role, ward })
    setAnswer(given)
    if (given.is === 'ready') onMade(given.data)
  }
  const field = (name: 'name' | 'user' | 'ward') => ({
    id: `account-${name}`,
    value: typed[name],
    error: shown ? wrong[name] : undefined,
    onText: (text: string) => setTyped((now) => ({ ...now, [name]: text })),
  })
  return (
    <form
      className="panel form"
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && go(back)}
    >
      <Choices
        legend={say('accounts.role')}
        value={typed.role}
        options={roles.map((role) => [role, say(`role.${role}`)] as const)}
        onChoose={(role) => setTyped((now) => ({ ...now, role }))}
      />
      {asksWard && isOfWard(typed.role) && (
        <Field label={say('campaign.ward')} hint={say('campaign.ward.hint')} {...field('ward')} />
      )}
      <Field label={say('accounts.name')} maxLength={120} {...field('name')} />
      <Field
        label={say('accounts.user')}
        hint={say('accounts.user.hint')}
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
        {...field('user')}
      />
      <Trouble answer={answer} />
      <Buttons back={back} />
    </form>
  )
}

function Buttons({ back }: { back: string }) {
  return (
    <div className="row">
      <button type="submit" className="btn">
        <Icon name="check" />
        {say('accounts.make')} <kbd>Enter</kbd>
      </button>
      <Link className="btn plain" href={back}>
        {say('back')} <kbd>Esc</kbd>
      </Link>
    </div>
  )
}

/** As authenticator apps read it. @see https://github.com/google/google-authenticator/wiki/Key-Uri-Format */
const uriOf = ({ user, totpSecret }: Credentials): string =>
  `otpauth://totp/${encodeURIComponent(`Sổ Khỏe:${user}`)}?secret=${totpSecret}&issuer=${encodeURIComponent('Sổ Khỏe')}`

function Made({ made, another }: { made: Credentials; another: () => void }) {
  const heading = useRef<HTMLHeadingElement>(null)
  useEffect(() => heading.current?.focus(), [])
  const facts: readonly (readonly [string, string])[] = [
    [say('accounts.user'), made.user],
    [say('sign-in.password'), made.password],
    [say('accounts.secret'), made.totpSecret],
  ]
  return (
    <section className="panel form">
      <h2 ref={heading} tabIndex={-1}>
        {say('accounts.made', { user: made.user })}
      </h2>
      <Notice tone="watch">{say('accounts.once')}</Notice>
      <dl className="facts">
        {facts.map(([words, value]) => (
          <div key={words}>
            <dt>{words}</dt>
            <dd className="num-c b address">{value}</dd>
          </div>
        ))}
      </dl>
      <div className="place-qr totp">
        <QrCode text={uriOf(made)} label={say('accounts.qr', { user: made.user })} />
        <p>{say('accounts.qr.what')}</p>
      </div>
      <button type="button" className="btn second" onClick={another}>
        {say('accounts.another')}
      </button>
    </section>
  )
}
