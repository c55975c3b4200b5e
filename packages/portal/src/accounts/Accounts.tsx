import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link } from 'wouter'
import { sayPeople } from '../city/numbers.ts'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { type Role, useStaff } from '../platform/session.ts'
import { Page } from '../shell/Page.tsx'
import { type Account, AccountTable } from './AccountTable.tsx'

/** Who may work here: the Department sees everybody, a station's lead those of her ward. */
export function Accounts() {
  const { role } = useStaff()
  const accounts = useLoad<readonly Account[]>('/api/staff/accounts')
  const base = role === 'department' ? '/department' : '/station'
  return (
    <Page
      title={say('accounts.title')}
      actions={
        <Link className="btn" href={`${base}/accounts/new`}>
          <Icon name="plus" />
          {say('accounts.new')}
        </Link>
      }
    >
      {accounts.is === 'loading' && <Loading words={say('accounts.loading')} />}
      {accounts.is === 'refused' && <Refused answer={accounts.answer} again={accounts.again} />}
      {accounts.is === 'ready' && <Shown accounts={accounts.data} changed={accounts.again} />}
    </Page>
  )
}

const EVERYBODY = ''

/** Those of one ward and role, where there are several. */
function Shown({ accounts, changed }: { accounts: readonly Account[]; changed: () => void }) {
  const [ward, setWard] = useState(EVERYBODY)
  const [role, setRole] = useState(EVERYBODY)
  const wards = new Map(accounts.map((each) => [each.ward ?? 'city', each.wardName ?? say('accounts.city')]))
  const roles = [...new Set(accounts.map((each) => each.role))]
  const shown = accounts.filter(
    (each) =>
      (ward === EVERYBODY || (each.ward ?? 'city') === ward) && (role === EVERYBODY || each.role === role),
  )
  return (
    <>
      <div className="row tools">
        {wards.size > 1 && (
          <Select label={say('accounts.ward')} value={ward} onChoose={setWard} options={[...wards]} />
        )}
        {roles.length > 1 && (
          <Select
            label={say('accounts.role')}
            value={role}
            onChoose={setRole}
            options={roles.map((each): [Role, string] => [each, say(`role.${each}`)])}
          />
        )}
        <span className="soft" role="status">
          {say('accounts.count', { n: sayPeople(shown.length) })}
        </span>
      </div>
      <AccountTable accounts={shown} changed={changed} />
    </>
  )
}

type SelectProps = {
  label: string
  value: string
  options: readonly (readonly [value: string, words: string])[]
  onChoose: (value: string) => void
}

function Select({ label, value, options, onChoose }: SelectProps) {
  return (
    <label className="select">
      {label}
      <select className="input" value={value} onChange={(event) => onChoose(event.currentTarget.value)}>
        <option value={EVERYBODY}>{say('accounts.all')}</option>
        {options.map(([each, words]) => (
          <option key={each} value={each}>
            {words}
          </option>
        ))}
      </select>
    </label>
  )
}
