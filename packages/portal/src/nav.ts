import type { IconName } from '@sokhoe/ui/parts/Icon'
import type { Phrase } from './platform/say.ts'
import type { Role } from './platform/session.ts'

interface Section {
  readonly to: string
  readonly icon: IconName
  readonly words: Extract<Phrase, `nav.${string}`>
  readonly roles: readonly Role[]
}

/** The sections of the top bar in their order; the first of a role is where a shift begins. One line a section. */
const SECTIONS: readonly Section[] = [
  { to: '/department/coverage', icon: 'map', words: 'nav.coverage', roles: ['department'] },
  { to: '/station/campaigns', icon: 'qr', words: 'nav.campaigns', roles: ['station', 'station-lead'] },
  { to: '/department/campaigns', icon: 'qr', words: 'nav.campaigns', roles: ['department'] },
  { to: '/station/verify', icon: 'shield', words: 'nav.verify', roles: ['station', 'station-lead'] },
  { to: '/station/assist', icon: 'edit', words: 'nav.assist', roles: ['station', 'station-lead'] },
  { to: '/station/visits', icon: 'list', words: 'nav.visits', roles: ['station', 'station-lead'] },
  { to: '/station/households', icon: 'station', words: 'nav.households', roles: ['station', 'station-lead'] },
  { to: '/station/accounts', icon: 'users', words: 'nav.accounts', roles: ['station-lead'] },
  { to: '/department/review', icon: 'users', words: 'nav.review', roles: ['department'] },
  { to: '/department/clients', icon: 'hospital', words: 'nav.clients', roles: ['department'] },
  { to: '/department/accounts', icon: 'users', words: 'nav.accounts', roles: ['department'] },
]

export const sectionsOf = (role: Role): readonly Section[] =>
  SECTIONS.filter(({ roles }) => roles.includes(role))
