import { Link } from 'wouter'
import { sayPeople } from '../city/numbers.ts'
import { say } from '../platform/say.ts'
import { type Campaign, sayPeriod, useWork } from './api.ts'

type Props = {
  campaigns: readonly Campaign[]
  chosen: readonly string[]
  turn: (code: string) => void
}

const TONES = { coming: 'info', open: 'good', ended: 'quiet' } as const

export function CampaignTable({ campaigns, chosen, turn }: Props) {
  const { screens } = useWork()
  const wards = new Set(campaigns.map(({ ward }) => ward.code)).size > 1
  return (
    <div className="scrolls">
      <table className="grid-table">
        <thead>
          <tr>
            <th>
              <span className="sr">{say('campaigns.choose')}</span>
            </th>
            <th>{say('campaign.title')}</th>
            {wards && <th>{say('campaign.ward')}</th>}
            <th>{say('campaign.kind')}</th>
            <th>{say('campaign.when')}</th>
            <th className="num">{say('campaign.target')}</th>
            <th>{say('campaign.state')}</th>
          </tr>
        </thead>
        <tbody>
          {campaigns.map((campaign) => (
            <tr key={campaign.code} aria-selected={chosen.includes(campaign.code)}>
              <td>
                <label className="tick">
                  <input
                    type="checkbox"
                    checked={chosen.includes(campaign.code)}
                    onChange={() => turn(campaign.code)}
                  />
                  <span className="sr">{say('campaigns.choose-one', { title: campaign.title })}</span>
                </label>
              </td>
              <th scope="row">
                <Link href={`${screens}/${campaign.code}`}>{campaign.title}</Link>
                {campaign.alley && <span className="block soft">{campaign.alley}</span>}
              </th>
              {wards && <td>{campaign.ward.name}</td>}
              <td>{say(`campaign.kind.${campaign.kind}`)}</td>
              <td className="nowrap">{sayPeriod(campaign)}</td>
              <td className="num">{campaign.target !== null && sayPeople(campaign.target)}</td>
              <td>
                <span className={`tag ${TONES[campaign.state]}`}>
                  {say(`campaign.state.${campaign.state}`)}
                </span>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}
