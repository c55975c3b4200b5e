import { sayInstant } from '@sokhoe/ui/format'
import { useState } from 'react'
import { Trouble } from '../parts/Trouble.tsx'
import { ask } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { type Role, useStaff } from '../platform/session.ts'

export type Account = {
  id: number
  user: string
  name: string
  role: Role
  ward: string | null
  wardName: string | null
  active: boolean
  signedInAt: string | null
}

export function AccountTable({ accounts, changed }: { accounts: readonly Account[]; changed: () => void }) {
  return (
    <section className="panel scrolls">
      <table className="grid-table">
        <thead>
          <tr>
            <th>{say('accounts.name')}</th>
            <th>{say('accounts.user')}</th>
            <th>{say('accounts.role')}</th>
            <th>{say('accounts.ward')}</th>
            <th>{say('accounts.signed-in')}</th>
            <th>{say('accounts.state')}</th>
          </tr>
        </thead>
        <tbody>
          {accounts.map((account) => (
            <tr key={account.id}>
              <td className="b">{account.name}</td>
              <td>{account.user}</td>
              <td>{say(`role.${account.role}`)}</td>
              <td>{account.wardName ?? say('accounts.city')}</td>
              <td className="num-c">
                {account.signedInAt ? sayInstant(account.signedInAt) : say('accounts.never')}
              </td>
              <td>
                <Active account={account} changed={changed} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </section>
  )
}

/** Suspends or takes back; a suspended account's shifts end at once. */
function Active({ account, changed }: { account: Account; changed: () => void }) {
  const { user } = useStaff()
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const turn = async () => {
    const given = await ask('PUT', `/api/staff/accounts/${account.id}`, { active: !account.active })
    setAnswer(given)
    if (given.is === 'ready') changed()
  }
  const words = say(account.active ? 'accounts.suspend' : 'accounts.resume')
  return (
    <>
      <span className={`tag ${account.active ? 'good' : 'quiet'}`}>
        {say(account.active ? 'accounts.active' : 'accounts.suspended')}
      </span>{' '}
      {account.user !== user && (
        <button
          type="button"
          className={`btn small ${account.active ? 'danger' : 'second'}`}
          aria-label={`${words}: ${account.name}`}
          onClick={() => void turn()}
        >
          {words}
        </button>
      )}
      <Trouble answer={answer} />
    </>
  )
}
