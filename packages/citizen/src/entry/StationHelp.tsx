import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { useCampaign } from './campaign.ts'
import { entryPath } from './entry.ts'
import { StationCard } from './NoCampaign.tsx'
import './entry.css'

/** The way that always works: people at the ward's health station. */
export function StationHelp({ campaign }: { campaign: string | null }) {
  return (
    <Screen title={say('station.title')} back={entryPath(campaign, campaign === null ? '' : 'phone')}>
      <p>{say('station.what')}</p>
      <p className="gap">{say('station.bring')}</p>
      {campaign !== null && <StationOfCampaign code={campaign} />}
    </Screen>
  )
}

function StationOfCampaign({ code }: { code: string }) {
  const campaign = useCampaign(code)
  if (campaign.is === 'loading') return <Loading words={say('loading')} />
  if (campaign.is === 'refused') return <Refused answer={campaign.answer} again={campaign.again} />
  return <StationCard station={campaign.data.station} />
}
