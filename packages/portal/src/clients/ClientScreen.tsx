import { sayInstant } from '@sokhoe/ui/format'
import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { Link, useParams } from 'wouter'
import { Trouble } from '../parts/Trouble.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { API, type Client, isPrivate, type Key, SCREENS, standing, useClients } from './api.ts'
import { Suspended } from './Clients.tsx'
import { KeyField } from './KeyField.tsx'

/** One program: what it may, and the keys by which it proves itself, two side by side while one follows another. */
export function ClientScreen() {
  const { id } = useParams<{ id: string }>()
  const clients = useClients()
  const client = clients.is === 'ready' ? clients.data.clients.find((each) => each.id === id) : undefined
  return (
    <Page
      title={client?.name ?? say('clients.title')}
      actions={
        <Link className="btn second" href={SCREENS}>
          {say('clients.all')}
        </Link>
      }
    >
      {clients.is === 'loading' && <Loading words={say('clients.loading')} />}
      {clients.is === 'refused' && <Refused answer={clients.answer} again={clients.again} />}
      {clients.is === 'ready' && !client && <p className="empty soft">{say('clients.unknown')}</p>}
      {clients.is === 'ready' && client && <Shown client={client} changed={clients.again} />}
    </Page>
  )
}

function Shown({ client, changed }: { client: Client; changed: () => void }) {
  const { id, scopes, facilityName, lastUsedAt, keyAddress } = client
  const facts: readonly (readonly [string, string])[] = [
    [say('clients.id'), id],
    [say('clients.facility'), facilityName ?? say('clients.department')],
    [say('clients.scopes'), scopes],
    [say('clients.used'), lastUsedAt ? sayInstant(lastUsedAt) : say('clients.never')],
    ...(keyAddress ? [[say('clients.address'), keyAddress] as const] : []),
  ]
  return (
    <div className="cols">
      <section className="panel">
        <div className="head">
          <h2>{say('clients.keys')}</h2>
        </div>
        <KeyTable client={client} changed={changed} />
        <NewKey client={client} changed={changed} />
      </section>
      <section className="panel form">
        <dl className="facts">
          {facts.map(([words, value]) => (
            <div key={words}>
              <dt>{words}</dt>
              <dd className="num-c address">{value}</dd>
            </div>
          ))}
        </dl>
        <p>
          <Suspended client={client} changed={changed} />
        </p>
      </section>
    </div>
  )
}

function KeyTable({ client, changed }: { client: Client; changed: () => void }) {
  const [ending, setEnding] = useState<Key>()
  if (client.keys.length === 0)
    return (
      <p className="inside soft">
        {say(client.keyAddress ? 'clients.keys.at-address' : 'clients.keys.none')}
      </p>
    )
  return (
    <div className="scrolls">
      <table className="grid-table">
        <thead>
          <tr>
            <th>{say('clients.key.name')}</th>
            <th>{say('clients.key.since')}</th>
            <th>{say('clients.used')}</th>
            <th>{say('clients.state')}</th>
          </tr>
        </thead>
        <tbody>
          {client.keys.map((key) => (
            <tr key={key.kid}>
              <th scope="row">
                <span className="num-c address">{key.kid}</span>
                <span className="block soft">{key.alg}</span>
              </th>
              <td className="num-c">{sayInstant(key.since)}</td>
              <td className="num-c">{key.lastUsedAt ? sayInstant(key.lastUsedAt) : say('clients.never')}</td>
              <td>
                <KeyState of={key} end={() => setEnding(key)} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
      {ending && (
        <EndKey
          client={client}
          of={ending}
          done={() => {
            setEnding(undefined)
            changed()
          }}
          leave={() => setEnding(undefined)}
        />
      )}
    </div>
  )
}

function KeyState({ of: { kid, until }, end }: { of: Key; end: () => void }) {
  if (until !== null)
    return <span className="tag quiet">{say('clients.key.ended', { when: sayInstant(until) })}</span>
  return (
    <>
      <span className="tag good">{say('clients.active')}</span>{' '}
      <button
        type="button"
        className="btn small danger"
        aria-label={`${say('clients.key.end')}: ${kid}`}
        onClick={end}
      >
        {say('clients.key.end')}
      </button>
    </>
  )
}

type EndProps = { client: Client; of: Key; done: () => void; leave: () => void }

function EndKey({ client, of: { kid }, done, leave }: EndProps) {
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const isLast = standing(client).length === 1
  const end = async () => {
    const given = await ask('DELETE', `${API}/${client.id}/keys/${encodeURIComponent(kid)}`)
    setAnswer(given)
    if (given.is === 'ready') done()
  }
  return (
    <Dialog title={say('clients.key.end-title')} onClose={leave}>
      <p>{say(isLast ? 'clients.key.end-last' : 'clients.key.end-what')}</p>
      <Trouble answer={answer} />
      <button type="button" className="btn danger wide" onClick={() => void end()}>
        {say('clients.key.end')}
      </button>
    </Dialog>
  )
}

function NewKey({ client, changed }: { client: Client; changed: () => void }) {
  const [key, setKey] = useState('')
  const [shown, setShown] = useState(false)
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const wrong = isPrivate(key)
    ? say('clients.key.private')
    : shown && key.trim() === ''
      ? say('clients.key.needed')
      : undefined
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    setShown(true)
    if (wrong || key.trim() === '') return document.getElementById('client-key')?.focus()
    const given = await ask('POST', `${API}/${client.id}/keys`, { key })
    setAnswer(given)
    if (given.is !== 'ready') return
    setKey('')
    setShown(false)
    changed()
  }
  return (
    <form className="inside form" noValidate onSubmit={(event) => void submit(event)}>
      <KeyField value={key} error={wrong} onText={setKey} />
      <Trouble answer={answer} />
      <div role="status">
        {answer?.is === 'ready' && key === '' && <Notice tone="good">{say('clients.key.added')}</Notice>}
      </div>
      <button type="submit" className="btn second">
        {say('clients.key.add')}
      </button>
    </form>
  )
}
