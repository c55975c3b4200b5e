import { Icon } from '@sokhoe/ui/parts/Icon'
import { PhoneLink } from '@sokhoe/ui/parts/PhoneLink'
import { Refused } from '@sokhoe/ui/parts/State'
import { Link } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import type { Campaign } from '../platform/api.ts'
import { say } from '../platform/say.ts'
import { isCampaignCode, useCampaign } from './campaign.ts'
import { entryPath } from './entry.ts'
import { Ended, Malformed, Unknown } from './NoCampaign.tsx'
import './entry.css'

/** The first screen after scanning a poster: what this is, who asks, what is needed, how long it takes. */
export function Landing({ code }: { code: string }) {
  return isCampaignCode(code) ? <KnownLanding code={code} /> : <Malformed />
}

function KnownLanding({ code }: { code: string }) {
  const campaign = useCampaign(code)
  if (campaign.is === 'refused' && campaign.answer.status === 404) return <Unknown />
  if (campaign.is === 'refused' && campaign.answer.status === 410)
    return <Ended problem={campaign.answer.problem} />
  return (
    <Screen title={say('landing.document')} className="landing">
      <div className="hero">
        <h1 tabIndex={-1}>{say('landing.title')}</h1>
        <p>{say('landing.lead')}</p>
        <Where campaign={campaign.is === 'ready' ? campaign.data : undefined} />
      </div>
      {campaign.is === 'refused' ? (
        <Refused answer={campaign.answer} again={campaign.again} />
      ) : (
        <Prepare code={code} phone={campaign.is === 'ready' ? campaign.data.station.phone : null} />
      )}
    </Screen>
  )
}

/** Who asks. Its place is kept while the name is on its way, so that nothing below moves. */
function Where({ campaign }: { campaign: Campaign | undefined }) {
  return (
    <p className="where">
      <Icon name="station" />
      <span>
        {campaign?.station.name ?? '\u00a0'}
        {campaign?.alley && <span className="alley">{campaign.alley}</span>}
      </span>
    </p>
  )
}

function Prepare({ code, phone }: { code: string; phone: string | null }) {
  return (
    <>
      <h2>{say('landing.need')}</h2>
      <ul className="need">
        <li>
          <Icon name="phone" />
          <span>{say('landing.need.phone')}</span>
        </li>
        <li>
          <Icon name="card" />
          <span>{say('landing.need.card')}</span>
        </li>
        <li>
          <Icon name="clock" />
          <span>{say('landing.need.time')}</span>
        </li>
      </ul>
      <div className="start">
        <Link className="btn wide" href={entryPath(code, 'phone')}>
          {say('landing.start')}
        </Link>
        <Link className="btn second wide" href={entryPath(code, 'ticket')}>
          <Icon name="card" />
          {say('landing.ticket')}
        </Link>
      </div>
      <div className="pledge">
        <p className="row top">
          <Icon name="shield" />
          <span>
            {say('landing.pledge')} <Link href="/app/data">{say('landing.pledge.more')}</Link>
          </span>
        </p>
      </div>
      <p className="centred">
        {say('landing.has-book')} <Link href="/">{say('landing.open-book')}</Link>
      </p>
      {phone && (
        <p className="hint centred ruled">
          {say('landing.help')} <PhoneLink phone={phone} />
        </p>
      )}
    </>
  )
}
