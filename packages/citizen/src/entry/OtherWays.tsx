import { ActRow } from '@sokhoe/ui/parts/Rows'
import { say } from '../platform/say.ts'
import { useCampaign } from './campaign.ts'
import { entryPath } from './entry.ts'

/** Always listed: a phone without messages must never be the end. */
export function OtherWays({ campaign, title }: { campaign: string | null; title: string }) {
  return (
    <section className="other">
      <h2>{title}</h2>
      <ul className="acts">
        {campaign === null ? (
          <ActRow icon="qr" title={say('other.poster')} hint={say('other.poster.hint')} to="/app/help" />
        ) : (
          <WaysOfCampaign code={campaign} />
        )}
        <ActRow
          icon="station"
          title={say('other.station')}
          hint={say('other.station.hint')}
          to={entryPath(campaign, 'station')}
        />
      </ul>
    </section>
  )
}

function WaysOfCampaign({ code }: { code: string }) {
  const campaign = useCampaign(code)
  const phone = campaign.is === 'ready' ? campaign.data.station.phone : undefined
  return (
    <>
      <ActRow
        icon="card"
        title={say('other.ticket')}
        hint={say('other.ticket.hint')}
        to={entryPath(code, 'ticket')}
      />
      {phone && (
        <ActRow
          icon="phone"
          title={say('other.call')}
          hint={<span className="num">{phone}</span>}
          href={`tel:${phone.replaceAll(/[^\d+]/g, '')}`}
        />
      )}
    </>
  )
}
