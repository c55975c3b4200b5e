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

const campaigns = (at: string, readers: readonly Role[], managers: readonly Role[]): ScreenOf[] => [
  screen(at, readers, () => import('./campaigns/Campaigns.tsx').then((m) => m.Campaigns)),
  screen(`${at}/new`, managers, () => import('./campaigns/CampaignForm.tsx').then((m) => m.NewCampaign)),
  screen(`${at}/compare/:codes`, readers, () => import('./board/Compare.tsx').then((m) => m.Compare)),
  screen(`${at}/:code`, readers, () =>
    import('./campaigns/CampaignScreen.tsx').then((m) => m.CampaignScreen),
  ),
  screen(`${at}/:code/edit`, managers, () =>
    import('./campaigns/CampaignForm.tsx').then((m) => m.EditCampaign),
  ),
]

/** Every screen, fetched when it is first opened: one line a screen. */
export const SCREENS: readonly ScreenOf[] = [
  screen('/station/visits', ['station', 'station-lead'], () =>
    import('./visits/Visits.tsx').then((m) => m.Visits),
  ),
  screen('/station/verify', ['station', 'station-lead'], () =>
    import('./verify/Verify.tsx').then((m) => m.Verify),
  ),
  screen('/station/duplicates', ['station', 'station-lead'], () =>
    import('./review/Review.tsx').then((m) => m.Review),
  ),
  screen('/station/households', ['station', 'station-lead'], () =>
    import('./households/Households.tsx').then((m) => m.Households),
  ),
  screen('/station/assist', ['station', 'station-lead'], () =>
    import('./assist/Assist.tsx').then((m) => m.Assist),
  ),
  screen('/station/assist/:person', ['station', 'station-lead'], () =>
    import('./assist/Assist.tsx').then((m) => m.Assist),
  ),
  ...campaigns('/station/campaigns', ['station', 'station-lead'], ['station-lead']),
  ...campaigns('/department/campaigns', ['department'], ['department']),
  screen('/station/accounts/new', ['station-lead'], () =>
    import('./accounts/NewAccount.tsx').then((m) => m.NewAccount),
  ),
  screen('/department/accounts/new', ['department'], () =>
    import('./accounts/NewAccount.tsx').then((m) => m.NewAccount),
  ),
  screen('/station/accounts', ['station-lead'], () =>
    import('./accounts/Accounts.tsx').then((m) => m.Accounts),
  ),
  screen('/department/accounts', ['department'], () =>
    import('./accounts/Accounts.tsx').then((m) => m.Accounts),
  ),
  screen('/department/clients', ['department'], () => import('./clients/Clients.tsx').then((m) => m.Clients)),
  screen('/department/clients/new', ['department'], () =>
    import('./clients/NewClient.tsx').then((m) => m.NewClient),
  ),
  screen('/department/clients/:id', ['department'], () =>
    import('./clients/ClientScreen.tsx').then((m) => m.ClientScreen),
  ),
  screen('/department/coverage', ['department'], () =>
    import('./city/CityScreen.tsx').then((m) => m.CityScreen),
  ),
  screen('/department/review', ['department'], () =>
    import('./review/ReviewCity.tsx').then((m) => m.ReviewCity),
  ),
  screen('/department/places', ['department'], () =>
    import('./city/PlacesScreen.tsx').then((m) => m.PlacesScreen),
  ),
  screen('/department/coverage/:ward', ['department'], () =>
    import('./city/WardScreen.tsx').then((m) => m.WardScreen),
  ),
]
