import { type ComponentType, type LazyExoticComponent, lazy } from 'react'
import type { Role } from './platform/session.ts'

interface ScreenOf {
  /** As wouter reads it; `*` and `:name` allowed. */
  readonly path: string
  readonly roles: readonly Role[]
  readonly Screen: LazyExoticComponent<ComponentType>
}

const screen = (path: string, roles: readonly Role[], load: () => Promise<ComponentType>): ScreenOf => ({
  path,
  roles,
  Screen: lazy(async () => ({ default: await load() })),
})

/** Every screen, fetched when it is first opened: one line a screen. */
export const SCREENS: readonly ScreenOf[] = [
  screen('/station/visits', ['station', 'station-lead'], () =>
    import('./visits/Visits.tsx').then((m) => m.Visits),
  ),
  screen('/station/assist', ['station', 'station-lead'], () =>
    import('./assist/Assist.tsx').then((m) => m.Assist),
  ),
  screen('/station/assist/:person', ['station', 'station-lead'], () =>
    import('./assist/Assist.tsx').then((m) => m.Assist),
  ),
  screen('/station/accounts', ['station-lead'], () =>
    import('./accounts/Accounts.tsx').then((m) => m.Accounts),
  ),
  screen('/department/accounts', ['department'], () =>
    import('./accounts/Accounts.tsx').then((m) => m.Accounts),
  ),
  screen('/department/coverage', ['department'], () =>
    import('./city/CityScreen.tsx').then((m) => m.CityScreen),
  ),
  screen('/department/coverage/:ward', ['department'], () =>
    import('./city/WardScreen.tsx').then((m) => m.WardScreen),
  ),
  screen('/department/coverage/campaign/:campaign', ['department'], () =>
    import('./city/WardScreen.tsx').then((m) => m.CampaignScreen),
  ),
]
