import { Field, FieldError } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { type FormEvent, useState } from 'react'
import { Link, useLocation } from 'wouter'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { API, isPrivate, SCREENS } from './api.ts'
import { KeyField } from './KeyField.tsx'

const READS = 'system/*.rs'
const WRITES = 'system/*.cruds'

type Rights = 'reads' | 'writes' | 'chosen'
type Typed = { name: string; id: string; facility: string; rights: Rights; scopes: string; key: string }
type Wrong = Partial<Record<keyof Typed, string>>

const SCOPES = /^(\s*system\/(\*|[A-Z][A-Za-z]+)\.(c?r?u?d?s?|read|write|\*)(\s+|$))+$/

function wrongIn({ name, id, facility, rights, scopes, key }: Typed): Wrong {
  const rules: readonly (readonly [keyof Typed, boolean, string])[] = [
    ['name', name.trim() === '', say('clients.name.needed')],
    ['id', !/^[a-z0-9][a-z0-9-]{1,39}$/.test(id), say('clients.id.wrong')],
    ['facility', facility === '', say('clients.facility.needed')],
    ['scopes', rights === 'chosen' && !SCOPES.test(scopes), say('clients.scopes.wrong')],
    ['key', isPrivate(key), say('clients.key.private')],
  ]
  return Object.fromEntries(rules.filter(([, isWrong]) => isWrong).map(([key, , words]) => [key, words]))
}

const scopesOf = ({ rights, scopes }: Typed): string =>
  rights === 'chosen' ? scopes.trim() : rights === 'writes' ? WRITES : READS

const EMPTY: Typed = { name: '', id: '', facility: '', rights: 'reads', scopes: '', key: '' }

/** Registers a program; its key may follow later. */
export function NewClient() {
  return (
    <Page title={say('clients.new')} className="narrow">
      <Form />
    </Page>
  )
}

function Form() {
  const [typed, setTyped] = useState(EMPTY)
  const [shown, setShown] = useState(false)
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const [, go] = useLocation()
  const wrong = wrongIn(typed)
  const set = (part: Partial<Typed>) => setTyped((now) => ({ ...now, ...part }))
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setShown(true)
    const [first] = Object.keys(wrong)
    if (first) return document.getElementById(`client-${first}`)?.focus()
    const { name, id, facility, key } = typed
    const body = { name, id, facility, scopes: scopesOf(typed), ...(key.trim() !== '' && { key }) }
    const given = await ask('POST', API, body)
    setAnswer(given)
    if (given.is === 'ready') go(`${SCREENS}/${id}`)
  }
  const field = (name: 'name' | 'id') => ({
    id: `client-${name}`,
    value: typed[name],
    error: shown ? wrong[name] : undefined,
    onText: (text: string) => set({ [name]: text }),
  })
  return (
    <form
      className="panel form"
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && go(SCREENS)}
    >
      <Field label={say('clients.name')} hint={say('clients.name.hint')} maxLength={120} {...field('name')} />
      <Field
        label={say('clients.id')}
        hint={say('clients.id.hint')}
        maxLength={40}
        autoCapitalize="none"
        spellCheck={false}
        {...field('id')}
      />
      <FacilityField
        value={typed.facility}
        error={shown ? wrong.facility : undefined}
        onChoose={(facility) => set({ facility })}
      />
      <RightsField typed={typed} error={shown ? wrong.scopes : undefined} set={set} />
      <KeyField
        value={typed.key}
        error={isPrivate(typed.key) ? wrong.key : undefined}
        onText={(key) => set({ key })}
      />
      <Trouble answer={answer} />
      <Buttons />
    </form>
  )
}

const Buttons = () => (
  <div className="row">
    <button type="submit" className="btn">
      <Icon name="check" />
      {say('clients.make')} <kbd>Enter</kbd>
    </button>
    <Link className="btn plain" href={SCREENS}>
      {say('back')} <kbd>Esc</kbd>
    </Link>
  </div>
)

type RightsProps = { typed: Typed; error: string | undefined; set: (part: Partial<Typed>) => void }

/** What most need by one choice; whoever needs less writes it down. */
function RightsField({ typed: { rights, scopes }, error, set }: RightsProps) {
  return (
    <>
      <Choices
        legend={say('clients.scopes')}
        value={rights}
        options={(['reads', 'writes', 'chosen'] as const).map((each) => [
          each,
          say(`clients.rights.${each}`),
        ])}
        onChoose={(chosen) => set({ rights: chosen })}
      />
      {rights === 'chosen' && (
        <Field
          id="client-scopes"
          label={say('clients.scopes.chosen')}
          hint={say('clients.scopes.hint')}
          className="num-c"
          value={scopes}
          error={error}
          onText={(text) => set({ scopes: text })}
        />
      )}
    </>
  )
}

type FacilityProps = { value: string; error: string | undefined; onChoose: (id: string) => void }

function FacilityField({ value, error, onChoose }: FacilityProps) {
  const load = useLoad<{ facilities: readonly { id: string; name: string }[] }>('/api/department/facilities')
  const facilities = load.is === 'ready' ? load.data.facilities : []
  return (
    <div className={`field ${error ? 'bad' : ''}`}>
      <label htmlFor="client-facility">{say('clients.facility')}</label>
      <p className="hint" id="client-facility-hint">
        {say('clients.facility.hint')}
      </p>
      <select
        id="client-facility"
        className="input"
        value={value}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? 'client-facility-hint client-facility-error' : 'client-facility-hint'}
        onChange={(event) => onChoose(event.currentTarget.value)}
      >
        <option value="">{say('clients.facility.choose')}</option>
        {facilities.map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <FieldError id="client-facility-error" text={error} />
      <Trouble answer={load.is === 'refused' ? load.answer : undefined} />
    </div>
  )
}
