import { Link } from 'wouter'
import { Icon } from '../parts/Icon.tsx'
import { Screen } from '../parts/Screen.tsx'
import { Loading, Refused } from '../parts/State.tsx'
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
  const ready = campaign.is === 'ready' ? campaign.data : undefined
  return (
    <Screen title={say('landing.document')} className="landing">
      <div className="hero">
        <h1 tabIndex={-1}>{say('landing.title')}</h1>
        <p>{say('landing.lead')}</p>
        {ready && <Where campaign={ready} />}
      </div>
      {campaign.is === 'loading' && <Loading words={say('landing.loading')} />}
      {campaign.is === 'refused' && <Refused answer={campaign.answer} again={campaign.again} />}
      {ready && <Ready campaign={ready} />}
    </Screen>
  )
}

function Where({ campaign }: { campaign: Campaign }) {
  return (
    <p className="where">
      <Icon name="station" />
      <span>
        {campaign.station.name}
        {campaign.alley && <span className="alley">{campaign.alley}</span>}
      </span>
    </p>
  )
}

function Ready({ campaign }: { campaign: Campaign }) {
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
        <Link className="btn wide" href={entryPath(campaign.code, 'phone')}>
          {say('landing.start')}
        </Link>
        <Link className="btn second wide" href={entryPath(campaign.code, 'ticket')}>
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
      {campaign.station.phone && (
        <p className="hint centred ruled">
          {say('landing.help')} <PhoneLink phone={campaign.station.phone} />
        </p>
      )}
    </>
  )
}

export function PhoneLink({ phone }: { phone: string }) {
  return (
    <a href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`} className="num nowrap b">
      {phone}
    </a>
  )
}
