import { sayInstant } from '@sokhoe/ui/format'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { sayOr } from '@sokhoe/ui/speech'
import { useState } from 'react'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import type { Role } from '../platform/session.ts'
import { Page } from '../shell/Page.tsx'

type Account = {
  id: number
  user: string
  name: string
  role: Role
  ward: string | null
  active: boolean
  signedInAt: string | null
}

/** Who may work here: the Department sees everybody, a station's lead those of her ward. */
export function Accounts() {
  const accounts = useLoad<readonly Account[]>('/api/staff/accounts')
  return (
    <Page title={say('accounts.title')}>
      {accounts.is === 'loading' && <Loading words={say('accounts.loading')} />}
      {accounts.is === 'refused' && <Refused answer={accounts.answer} again={accounts.again} />}
      {accounts.is === 'ready' && <AccountTable accounts={accounts.data} changed={accounts.again} />}
    </Page>
  )
}

function AccountTable({ accounts, changed }: { accounts: readonly Account[]; changed: () => void }) {
  return (
    <section className="panel scrolls">
      <table className="grid-table">
        <thead>
          <tr>
            <th>{say('accounts.name')}</th>
            <th>{say('accounts.user')}</th>
            <th>{say('accounts.role')}</th>
            <th>{say('accounts.signed-in')}</th>
            <th>{say('accounts.state')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <td className="b">{account.name}</td>
              <td>{account.user}</td>
              <td>{sayOr(`role.${account.role}`, account.role)}</td>
              <td className="num-c">
                {account.signedInAt ? sayInstant(account.signedInAt) : say('accounts.never')}
              </td>
              <td>
                <ActiveButton account={account} changed={changed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Suspends or takes back; a suspended account's shifts end at once. */
function ActiveButton({ account, changed }: { account: Account; changed: () => void }) {
  const [code, setCode] = useState<string>()
  const turn = async () => {
    const answer = await ask('PUT', `/api/staff/accounts/${account.id}`, { active: !account.active })
    setCode(answer.is === 'refused' ? answer.code : undefined)
    if (answer.is === 'ready') changed()
  }
  return (
    <>
      <span className={`tag ${account.active ? 'good' : 'quiet'}`}>
        {say(account.active ? 'accounts.active' : 'accounts.suspended')}
      </span>{' '}
      <button
        type="button"
        className={`btn small ${account.active ? 'danger' : 'second'}`}
        onClick={() => void turn()}
      >
        {say(account.active ? 'accounts.suspend' : 'accounts.resume')}
        <span className="sr">: {account.name}</span>
      </button>
      {code && (
        <span className="em" role="alert">
          {sayOr(`problem.${code}`, say('problem.unknown'))}
        </span>
      )}
    </>
  )
}
