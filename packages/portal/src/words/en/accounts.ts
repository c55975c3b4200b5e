import type { WordsOf } from '@sokhoe/ui/speech'
import type { accounts as phrases } from '../vi/accounts.ts'

export const accounts: WordsOf<typeof phrases> = {
  'accounts.title': 'Staff accounts',
  'accounts.loading': 'Fetching the accounts…',
  'accounts.name': 'Name',
  'accounts.user': 'User name',
  'accounts.role': 'Role',
  'accounts.signed-in': 'Last shift',
  'accounts.never': 'No shift yet',
  'accounts.state': 'State',
  'accounts.active': 'Active',
  'accounts.suspended': 'Suspended',
  'accounts.suspend': 'Suspend',
  'accounts.resume': 'Resume',
  'problem.staff.user-taken': 'This user name is taken',
}
