import type { ProblemBody, Station } from '@sokhoe/ui/http'
import { Icon, type IconName } from '@sokhoe/ui/parts/Icon'
import { PhoneLink } from '@sokhoe/ui/parts/PhoneLink'
import { Link } from 'wouter'
import { Screen } from '../parts/Screen.tsx'
import { wardName } from '../platform/api.ts'
import { say } from '../platform/say.ts'
import './entry.css'

type Words = { title: string; what: string; todo: string; icon?: IconName; station?: Station | undefined }

function Page({ title, what, todo, icon = 'info', station }: Words) {
  return (
    <Screen title={title}>
      <h1 className="title row top" tabIndex={-1}>
        <Icon name={icon} />
        <span>{title}</span>
      </h1>
      <p>{what}</p>
      <p className="gap">{todo}</p>
      {station && <StationCard station={station} />}
      <div className="start">
        <Link className="btn wide" href="/">
          {say('landing.open-book')}
        </Link>
        <Link className="btn second wide" href="/app/help">
          {say('help.open')}
        </Link>
      </div>
    </Screen>
  )
}

export function StationCard({ station }: { station: Station }) {
  return (
    <div className="place">
      <p className="b">{station.name}</p>
      {station.address && <p>{station.address}</p>}
      {station.hours && <p>{station.hours}</p>}
      {station.phone && (
        <p>
          <PhoneLink phone={station.phone} />
        </p>
      )}
    </div>
  )
}

export const Unknown = () => (
  <Page
    title={say('campaign.unknown.title')}
    what={say('campaign.unknown.what')}
    todo={say('campaign.unknown.todo')}
  />
)

export const Malformed = () => (
  <Page
    title={say('campaign.malformed.title')}
    what={say('campaign.malformed.what')}
    todo={say('campaign.unknown.todo')}
  />
)

export function Ended({ problem }: { problem: ProblemBody }) {
  const ward = problem.ward && wardName(problem.ward)
  return (
    <Page
      title={say('campaign.ended.title')}
      what={ward ? say('campaign.ended.what-ward', { ward }) : say('campaign.ended.what')}
      todo={say('campaign.ended.todo')}
      icon="calendar"
      station={problem.station}
    />
  )
}

export const NotFound = () => (
  <Page title={say('not-found.title')} what={say('not-found.what')} todo={say('not-found.todo')} />
)

/** What a card's QR opens in a browser: the card says nothing to whoever may not read it. */
export const ScannedCard = () => (
  <Page title={say('scanned.title')} what={say('scanned.what')} todo={say('scanned.todo')} icon="card" />
)

/** The same for a code that a screen showed for a minute. */
export const ScannedLiveCode = () => (
  <Page
    title={say('live-scanned.title')}
    what={say('live-scanned.what')}
    todo={say('live-scanned.todo')}
    icon="qr"
  />
)
