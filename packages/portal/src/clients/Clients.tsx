import { sayInstant } from '@sokhoe/ui/format'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link } from 'wouter'
import { Trouble } from '../parts/Trouble.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { API, type Client, SCREENS, standing, useClients } from './api.ts'

/** Which programs of facilities may come to the exchange, and when each last did. */
export function Clients() {
  const clients = useClients()
  return (
    <Page
      title={say('clients.title')}
      lead={say('clients.lead')}
      actions={
        <Link className="btn" href={`${SCREENS}/new`}>
          <Icon name="plus" />
          {say('clients.new')}
        </Link>
      }
    >
      {clients.is === 'loading' && <Loading words={say('clients.loading')} />}
      {clients.is === 'refused' && <Refused answer={clients.answer} again={clients.again} />}
      {clients.is === 'ready' && clients.data.clients.length === 0 && (
        <p className="empty soft">{say('clients.none')}</p>
      )}
      {clients.is === 'ready' && clients.data.clients.length > 0 && (
        <ClientTable clients={clients.data.clients} changed={clients.again} />
      )}
    </Page>
  )
}

function ClientTable({ clients, changed }: { clients: readonly Client[]; changed: () => void }) {
  return (
    <section className="panel scrolls">
      <table className="grid-table">
        <thead>
          <tr>
            <th>{say('clients.name')}</th>
            <th>{say('clients.facility')}</th>
            <th>{say('clients.scopes')}</th>
            <th>{say('clients.keys')}</th>
            <th>{say('clients.used')}</th>
            <th>{say('clients.state')}</th>
          </tr>
        </thead>
        <tbody>
          {clients.map((client) => (
            <tr key={client.id}>
              <th scope="row">
                <Link href={`${SCREENS}/${client.id}`}>{client.name}</Link>
                <span className="block soft num-c">{client.id}</span>
              </th>
              <td>
                {client.facilityName ?? say('clients.department')}
                {client.operator && <span className="block soft">{say('clients.operator')}</span>}
              </td>
              <td className="num-c">{client.scopes}</td>
              <td>
                <KeyCount client={client} />
              </td>
              <td className="num-c">
                {client.lastUsedAt ? sayInstant(client.lastUsedAt) : say('clients.never')}
              </td>
              <td>
                <Suspended client={client} changed={changed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

function KeyCount({ client }: { client: Client }) {
  if (client.keyAddress) return say('clients.at-address')
  const n = standing(client).length
  return n === 0 ? <span className="tag watch">{say('clients.no-key')}</span> : say('clients.n-keys', { n })
}

/** Suspends or takes back; a suspended program's tokens end at once. */
export function Suspended({ client, changed }: { client: Client; changed: () => void }) {
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const suspended = client.suspendedAt !== null
  const turn = async () => {
    const given = await ask('PUT', `${API}/${client.id}`, { suspended: !suspended })
    setAnswer(given)
    if (given.is === 'ready') changed()
  }
  const words = say(suspended ? 'clients.resume' : 'clients.suspend')
  return (
    <>
      <span className={`tag ${suspended ? 'quiet' : 'good'}`}>
        {say(suspended ? 'clients.suspended' : 'clients.active')}
      </span>{' '}
      <button
        type="button"
        className={`btn small ${suspended ? 'second' : 'danger'}`}
        aria-label={`${words}: ${client.name}`}
        onClick={() => void turn()}
      >
        {words}
      </button>
      <Trouble answer={answer} />
    </>
  )
}
