import {
  type Answer,
  answersOf,
  placesOf,
  type Questionnaire,
  type QuestionnaireItem,
  textOf,
} from '@sokhoe/model/questionnaire'
import type { Asking } from '@sokhoe/ui/form/context.ts'
import { isUnder18, readScanned } from '@sokhoe/ui/form/identity.ts'
import { Question } from '@sokhoe/ui/form/Question.tsx'
import { dayOf } from '@sokhoe/ui/format'
import { CardReader } from '@sokhoe/ui/parts/CardReader'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { ActRow } from '@sokhoe/ui/parts/Rows'
import { type ReactNode, useState } from 'react'
import { useLocation } from 'wouter'
import { useCampaign } from '../entry/campaign.ts'
import { wardName } from '../platform/api.ts'
import { currentLanguage, say } from '../platform/say.ts'
import { answered, type Draft } from './draft.ts'
import { change } from './drafts.ts'
import type { SignedIn } from './FormGate.tsx'
import { PlaceHint } from './PlaceHint.tsx'
import { StepForm } from './StepForm.tsx'
import { StepScreen } from './StepScreen.tsx'

const MAIN = ['A.01', 'A.05', 'A.02', 'A.11']
const OTHER_PAPERS = ['A.11.old', 'A.11.passport', 'A.12', 'A.14']
const ADDRESS = ['A.18.1'] as const
const WARD = 'A.18.2'
const ALL = [...MAIN, ...OTHER_PAPERS, ...ADDRESS, WARD]

type Props = {
  form: Questionnaire
  session: SignedIn
  draft: Draft
  steps: number
  back: string
  onNext: () => void
}
type Way = 'scan' | 'type'
type Scan = { is: 'none' } | { is: 'read'; warned: boolean } | { is: 'unread' }

/** Who I am: by the card's QR, by the insurance card's, or by typing. */
export function Identity({ form, session, draft, steps, back, onNext }: Props) {
  const [, go] = useLocation()
  const named = answersOf(draft.response, 'A.01').length > 0
  const [way, setWay] = useState<Way>(named ? 'type' : 'scan')
  const [scan, setScan] = useState<Scan>({ is: 'none' })
  const today = dayOf(Date.now())

  const onCard = (text: string) => {
    const read = readScanned(form, text, today)
    if (!read.ok) return setScan({ is: 'unread' })
    const now = Date.now()
    change(form, draft.part, (before) =>
      read.given.reduce((next, [linkId, answer]) => answered(form, next, linkId, [answer], now), before),
    )
    setScan({ is: 'read', warned: read.warned })
    setWay('type')
  }
  const next = () => (isUnder18(draft.response, today) ? go('/app/under-18') : onNext())

  return (
    <StepScreen title={say('identity.title')} back={back} n={1} of={steps} waits={way === 'scan'}>
      <Ways way={way} onWay={setWay} />
      {scan.is === 'unread' && (
        <Notice tone="watch" alert>
          {say('identity.not-a-card')}
        </Notice>
      )}
      {way === 'scan' ? (
        <ByCard onCard={onCard} onType={() => setWay('type')} />
      ) : (
        <>
          {scan.is === 'read' && <ReadNotice warned={scan.warned} />}
          <StepForm form={form} draft={draft} linkIds={ALL} onNext={next}>
            {(asking) => <Typed asking={asking} session={session} />}
          </StepForm>
        </>
      )}
    </StepScreen>
  )
}

function Ways({ way, onWay }: { way: Way; onWay: (way: Way) => void }) {
  const button = (is: Way, label: string, icon: ReactNode) => (
    <button type="button" aria-pressed={way === is} onClick={() => onWay(is)}>
      {icon}
      {label}
    </button>
  )
  return (
    <fieldset className="seg">
      <legend className="sr">{say('identity.ways')}</legend>
      {button('scan', say('identity.scan'), <Icon name="qr" />)}
      {button('type', say('identity.type'), <Icon name="edit" />)}
    </fieldset>
  )
}

function ReadNotice({ warned }: { warned: boolean }) {
  return (
    <Notice tone={warned ? 'watch' : 'good'}>
      <p role="status">{warned ? say('identity.read-warned') : say('identity.read')}</p>
    </Notice>
  )
}

function ByCard({ onCard, onType }: { onCard: (text: string) => void; onType: () => void }) {
  return (
    <>
      <p className="soft">{say('identity.which-cards')}</p>
      <CardReader onText={onCard} />
      <ul className="acts">
        <ActRow
          icon="user"
          title={say('identity.no-card')}
          hint={say('identity.no-card.hint')}
          onClick={onType}
        />
        <ActRow
          icon="users"
          title={say('identity.other-person')}
          hint={say('identity.other-person.hint')}
          to="/app/for-others"
        />
      </ul>
      <p className="row top hint gap">
        <Icon name="lock" />
        <span>{say('identity.promise')}</span>
      </p>
    </>
  )
}

function Typed({ asking, session }: { asking: Asking; session: SignedIn }) {
  const draw = (linkIds: readonly string[]) =>
    linkIds.map((linkId) => {
      const item = placesOf(asking.form).get(linkId)?.item
      return item && <Question key={linkId} item={item} asking={asking} inside />
    })
  const hasOther = OTHER_PAPERS.some((linkId) => answersOf(asking.response, linkId).length > 0)
  const hasError = OTHER_PAPERS.some((linkId) => asking.errors.has(`${linkId}.0`))
  return (
    <>
      {draw(MAIN)}
      <details className="others" open={hasOther || hasError}>
        <summary>{say('identity.other-papers')}</summary>
        {draw(OTHER_PAPERS)}
      </details>
      <h2 className="gap">{say('identity.where')}</h2>
      {session.me.campaign && <WardOf asking={asking} campaign={session.me.campaign} />}
      {draw(ADDRESS)}
      <PlaceHint address={answersOf(asking.response, ADDRESS[0])[0]?.valueString ?? ''} />
    </>
  )
}

/** Most who scan a poster live in its ward: one tap says so. Nothing is assumed. */
function WardOf({ asking, campaign }: { asking: Asking; campaign: string }) {
  const loaded = useCampaign(campaign)
  const item: QuestionnaireItem | undefined = placesOf(asking.form).get(WARD)?.item
  if (loaded.is !== 'ready' || !item) return null
  const { ward } = loaded.data
  const here: Answer = {
    valueCoding: {
      ...(item.answerValueSet && { system: item.answerValueSet }),
      code: ward.code,
      display: ward.name,
    },
  }
  const on = answersOf(asking.response, WARD)[0]?.valueCoding?.code === ward.code
  return (
    <div className={`opt ${on ? 'on' : ''}`}>
      <label htmlFor="ward-here">
        <input
          id="ward-here"
          type="checkbox"
          className="sr"
          checked={on}
          onChange={() => asking.set(WARD, on ? [] : [here])}
        />
        <span className="box">{on && <Icon name="check" />}</span>
        <span className="grow">
          {say('identity.ward-here', { ward: wardName(ward) })}
          <span className="hint block">{textOf(item, currentLanguage())}</span>
        </span>
      </label>
    </div>
  )
}
