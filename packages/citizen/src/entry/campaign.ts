import type { Load } from '@sokhoe/ui/load'
import type { Campaign } from '../platform/api.ts'
import { useLoad } from '../platform/load.ts'

/** As the poster prints it; anything else is not even asked of the server. */
export const isCampaignCode = (code: string): boolean => /^[A-Za-z0-9-]{4,40}$/.test(code)

/** The form comes along for other programs; the app asks for it once somebody is signed in. */
const withoutForm = ({ code, state, title, ward, alley, station, starts, ends }: Campaign): Campaign => ({
  code,
  state,
  title,
  ward,
  alley,
  station,
  starts,
  ends,
})

export const useCampaign = (code: string): Load<Campaign> =>
  useLoad<Campaign>(`/api/campaigns/${encodeURIComponent(code)}`, `campaign/${code}`, withoutForm)
