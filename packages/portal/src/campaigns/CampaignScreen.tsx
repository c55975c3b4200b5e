import { Dialog } from '@sokhoe/ui/parts/Dialog'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { useState } from 'react'
import { Link, useParams } from 'wouter'
import { BoardPanels, Today } from '../board/BoardPanels.tsx'
import { useBoard } from '../board/board.ts'
import { Trouble } from '../parts/Trouble.tsx'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { Page } from '../shell/Page.tsx'
import { type CampaignWithPlaces, sayPeriod, useWork } from './api.ts'
import { Places } from './Places.tsx'
import { PrintDialog } from './PrintDialog.tsx'
import { TicketDialog } from './TicketDialog.tsx'

/** One campaign: will it reach its target, and where its posters hang. */
export function CampaignScreen() {
  const { code = '' } = useParams<{ code: string }>()
  const { api } = useWork()
  const campaign = useLoad<CampaignWithPlaces>(`${api}/campaigns/${encodeURIComponent(code)}`)
  if (campaign.is === 'ready') return <Shown key={code} campaign={campaign.data} changed={campaign.again} />
  return (
    <Page title={say('campaigns.one')}>
      {campaign.is === 'loading' && <Loading words={say('campaigns.loading')} />}
      {campaign.is === 'refused' && <Refused answer={campaign.answer} again={campaign.again} />}
    </Page>
  )
}

function Shown({ campaign, changed }: { campaign: CampaignWithPlaces; changed: () => void }) {
  const { code } = campaign
  const board = useBoard({ campaign: code })
  const where = campaign.title.includes(campaign.ward.name) ? [] : [campaign.ward.name]
  const lead = [
    ...where,
    ...(campaign.alley ? [campaign.alley] : []),
    sayPeriod(campaign),
    say(`campaign.state.${campaign.state}`),
  ]
  return (
    <Page
      title={campaign.title}
      lead={lead.join(' · ')}
      actions={<Actions campaign={campaign} changed={changed} />}
    >
      <div className="cols">
        <div className="stack">
          {board.is === 'loading' && <Loading words={say('board.loading')} />}
          {board.is === 'refused' && <Refused answer={board.answer} again={board.again} />}
          {board.is === 'ready' && (
            <BoardPanels board={board.data} places={campaign.places} ends={campaign.ends} />
          )}
        </div>
        <div className="stack">
          {board.is === 'ready' && <Today board={board.data} />}
          <Places campaign={campaign} changed={changed} />
        </div>
      </div>
    </Page>
  )
}

type Open = 'none' | 'print' | 'tickets' | 'end'

function Actions({ campaign, changed }: { campaign: CampaignWithPlaces; changed: () => void }) {
  const { screens, manages, givesTickets } = useWork()
  const [open, setOpen] = useState<Open>('none')
  const close = () => setOpen('none')
  const isOpen = campaign.state !== 'ended'
  return (
    <div className="row tools">
      {manages && (
        <Link className="btn second" href={`${screens}/${campaign.code}/edit`}>
          <Icon name="edit" />
          {say('campaign.edit')}
        </Link>
      )}
      {manages && isOpen && (
        <button type="button" className="btn danger" onClick={() => setOpen('end')}>
          {say('campaign.end')}
        </button>
      )}
      {givesTickets && isOpen && (
        <button type="button" className="btn second" onClick={() => setOpen('tickets')}>
          <Icon name="card" />
          {say('tickets.print')}
        </button>
      )}
      <button type="button" className="btn" onClick={() => setOpen('print')}>
        <Icon name="print" />
        {say('campaigns.print')}
      </button>
      {open === 'print' && <PrintDialog codes={[campaign.code]} places={campaign.places} onClose={close} />}
      {open === 'tickets' && <TicketDialog code={campaign.code} onClose={close} />}
      {open === 'end' && <EndDialog campaign={campaign} changed={changed} onClose={close} />}
    </div>
  )
}

function EndDialog({
  campaign,
  changed,
  onClose,
}: {
  campaign: CampaignWithPlaces
  changed: () => void
  onClose: () => void
}) {
  const { api } = useWork()
  const [answer, setAnswer] = useState<Awaited<ReturnType<typeof ask>>>()
  const end = async () => {
    const given = await ask('POST', `${api}/campaigns/${campaign.code}/end`)
    setAnswer(given)
    if (given.is !== 'ready') return
    onClose()
    changed()
  }
  return (
    <Dialog title={say('campaign.end.ask', { title: campaign.title })} onClose={onClose}>
      <p className="soft">{say('campaign.end.what')}</p>
      <Trouble answer={answer} />
      <button type="button" className="btn danger wide" onClick={() => void end()}>
        {say('campaign.end')}
      </button>
    </Dialog>
  )
}
