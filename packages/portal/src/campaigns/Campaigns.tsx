import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link, useLocation } from 'wouter'
import { WardBoard } from '../board/WardBoard.tsx'
import { useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { useStaff } from '../platform/session.ts'
import { Page } from '../shell/Page.tsx'
import { type Campaign, useWork } from './api.ts'
import { CampaignTable } from './CampaignTable.tsx'
import { PrintDialog } from './PrintDialog.tsx'

/** At most as many campaigns side by side as fit a screen. */
const MOST_COMPARED = 4

/** Where a shift at a station begins: how far the ward is, and its campaigns. The Department sees those of every ward. */
export function Campaigns() {
  const { api, screens, manages } = useWork()
  const { ward, wardName } = useStaff()
  const campaigns = useLoad<readonly Campaign[]>(`${api}/campaigns`)
  return (
    <Page
      title={wardName ? say('campaigns.title-ward', { ward: wardName }) : say('campaigns.title')}
      actions={
        manages && (
          <Link className="btn" href={`${screens}/new`}>
            <Icon name="plus" />
            {say('campaigns.new')}
          </Link>
        )
      }
    >
      {ward !== null && <WardBoard />}
      <section className="panel">
        <div className="head">
          <h2>{say('campaigns.list')}</h2>
        </div>
        {campaigns.is === 'loading' && <Loading words={say('campaigns.loading')} />}
        {campaigns.is === 'refused' && <Refused answer={campaigns.answer} again={campaigns.again} />}
        {campaigns.is === 'ready' && <Chosen campaigns={campaigns.data} />}
      </section>
    </Page>
  )
}

function Chosen({ campaigns }: { campaigns: readonly Campaign[] }) {
  const { screens } = useWork()
  const [, go] = useLocation()
  const [chosen, setChosen] = useState<readonly string[]>([])
  const [printing, setPrinting] = useState(false)
  if (campaigns.length === 0) return <p className="empty soft">{say('campaigns.none')}</p>
  const turn = (code: string) =>
    setChosen((now) => (now.includes(code) ? now.filter((each) => each !== code) : [...now, code]))
  const tooMany = chosen.length > MOST_COMPARED
  return (
    <>
      <CampaignTable campaigns={campaigns} chosen={chosen} turn={turn} />
      <div className="row inside tools">
        <span className="soft grow" role="status">
          {say('campaigns.chosen', { n: chosen.length })}
          {tooMany && ` ${say('campaigns.too-many', { n: MOST_COMPARED })}`}
        </span>
        <button
          type="button"
          className="btn second"
          disabled={chosen.length < 2 || tooMany}
          onClick={() => go(`${screens}/compare/${chosen.join(',')}`)}
        >
          <Icon name="chart" />
          {say('campaigns.compare')}
        </button>
        <button
          type="button"
          className="btn second"
          disabled={chosen.length === 0}
          onClick={() => setPrinting(true)}
        >
          <Icon name="print" />
          {say('campaigns.print')}
        </button>
      </div>
      {printing && <PrintDialog codes={chosen} onClose={() => setPrinting(false)} />}
    </>
  )
}
