import { sayDay } from '@sokhoe/ui/format'
import { say } from '../platform/say.ts'
import { useStaff } from '../platform/session.ts'

export type Kind = 'ward' | 'alley' | 'event'

export type Campaign = {
  code: string
  kind: Kind
  title: string
  alley: string | null
  ward: { code: string; name: string }
  starts: string
  ends: string | null
  target: number | null
  phone: string | null
  hours: string | null
  state: 'coming' | 'open' | 'ended'
}

export type Place = {
  code: string
  name: string
  hangs: boolean
  scans: number
  books: number
  url: string
}

export type CampaignWithPlaces = Campaign & { url: string; places: readonly Place[] }

/** Where the campaigns of whoever is at work are: on the server, and among our screens. */
export function useWork() {
  const { role } = useStaff()
  const of = role === 'department' ? 'department' : 'station'
  return {
    api: `/api/${of}`,
    screens: `/${of}/campaigns`,
    manages: role === 'department' || role === 'station-lead',
    givesTickets: role === 'station' || role === 'station-lead',
  }
}

/** “01/09/2026 đến 31/12/2026”, or from a day on. */
export const sayPeriod = ({ starts, ends }: Pick<Campaign, 'starts' | 'ends'>): string =>
  ends === null
    ? say('campaign.from', { from: sayDay(starts) })
    : say('campaign.period', { from: sayDay(starts), until: sayDay(ends) })
