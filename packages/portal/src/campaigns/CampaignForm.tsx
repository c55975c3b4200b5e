import type { Answer } from '@sokhoe/ui/http'
import { Field } from '@sokhoe/ui/parts/Field'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Loading, Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { Link, useLocation, useParams } from 'wouter'
import { Choices } from '../parts/Choices.tsx'
import { Trouble } from '../parts/Trouble.tsx'
import { ask, useLoad } from '../platform/ask.ts'
import { say } from '../platform/say.ts'
import { useStaff } from '../platform/session.ts'
import { Page } from '../shell/Page.tsx'
import { type CampaignWithPlaces, type Kind, useWork } from './api.ts'
import { bodyOf, EMPTY, type Typed, typedOf, type Wrong, wrongIn } from './typed.ts'

const KINDS: readonly Kind[] = ['ward', 'alley', 'event']

/** Begins a campaign: little is needed, the rest can be said later. */
export function NewCampaign() {
  const { api, screens } = useWork()
  const send = async (typed: Typed): Promise<Answer<{ code: string }>> =>
    await ask<{ code: string }>('POST', `${api}/campaigns`, bodyOf(typed, true))
  return (
    <Page title={say('campaigns.new')} className="narrow">
      <Form first={EMPTY} isNew send={send} back={screens} />
    </Page>
  )
}

/** Changes what may change: its name, last day, target and whom to call. */
export function EditCampaign() {
  const { code = '' } = useParams<{ code: string }>()
  const { api, screens } = useWork()
  const campaign = useLoad<CampaignWithPlaces>(`${api}/campaigns/${encodeURIComponent(code)}`)
  const send = async (typed: Typed): Promise<Answer<{ code: string }>> => {
    const answer = await ask<{ code: string }>('PUT', `${api}/campaigns/${code}`, bodyOf(typed, false))
    return answer.is === 'ready' ? { ...answer, data: { code } } : answer
  }
  return (
    <Page title={say('campaign.edit')} className="narrow">
      {campaign.is === 'loading' && <Loading words={say('campaigns.loading')} />}
      {campaign.is === 'refused' && <Refused answer={campaign.answer} again={campaign.again} />}
      {campaign.is === 'ready' && (
        <Form first={typedOf(campaign.data)} isNew={false} send={send} back={`${screens}/${code}`} />
      )}
    </Page>
  )
}

type FormProps = {
  first: Typed
  isNew: boolean
  send: (typed: Typed) => Promise<Answer<{ code: string }>>
  back: string
}

function Form({ first, isNew, send, back }: FormProps) {
  const { screens } = useWork()
  const asksWard = useStaff().ward === null && isNew
  const [, go] = useLocation()
  const [typed, setTyped] = useState(first)
  const [shown, setShown] = useState(false)
  const [answer, setAnswer] = useState<Answer<unknown>>()
  const wrong = wrongIn(typed, isNew, asksWard)
  const submit = async (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault()
    setShown(true)
    const [firstWrong] = Object.keys(wrong)
    if (firstWrong) return document.getElementById(`campaign-${firstWrong}`)?.focus()
    const given = await send(typed)
    setAnswer(given)
    if (given.is === 'ready') go(`${screens}/${given.data.code}`)
  }
  return (
    <form
      className="panel form"
      noValidate
      onSubmit={(event) => void submit(event)}
      onKeyDown={(event) => event.key === 'Escape' && go(back)}
    >
      <Fields typed={typed} isNew={isNew} asksWard={asksWard} set={setTyped} wrong={shown ? wrong : {}} />
      <Trouble answer={answer} />
      <div className="row">
        <button type="submit" className="btn">
          <Icon name="check" />
          {say(isNew ? 'campaign.begin' : 'campaign.save')} <kbd>Enter</kbd>
        </button>
        <Link className="btn plain" href={back}>
          {say('back')} <kbd>Esc</kbd>
        </Link>
      </div>
    </form>
  )
}

type FieldsProps = {
  typed: Typed
  isNew: boolean
  asksWard: boolean
  wrong: Wrong
  set: (change: (now: Typed) => Typed) => void
}

const fieldOf =
  ({ typed, wrong, set }: FieldsProps) =>
  (name: Exclude<keyof Typed, 'kind'>) => ({
    id: `campaign-${name}`,
    value: typed[name],
    error: wrong[name],
    onText: (text: string) => set((now) => ({ ...now, [name]: text })),
  })

function Fields(props: FieldsProps) {
  const { typed, isNew, asksWard, set } = props
  const field = fieldOf(props)
  return (
    <>
      {isNew && (
        <Choices
          legend={say('campaign.kind')}
          value={typed.kind}
          options={KINDS.map((kind) => [kind, say(`campaign.kind.${kind}`)] as const)}
          onChoose={(kind) => set((now) => ({ ...now, kind }))}
        />
      )}
      {asksWard && <Field label={say('campaign.ward')} hint={say('campaign.ward.hint')} {...field('ward')} />}
      {isNew && typed.kind !== 'ward' && (
        <Field
          label={say(typed.kind === 'alley' ? 'campaign.alley' : 'campaign.event')}
          hint={say('campaign.alley.hint')}
          maxLength={120}
          {...field('alley')}
        />
      )}
      <Field
        label={say('campaign.title')}
        hint={isNew ? say('campaign.title.hint') : undefined}
        maxLength={120}
        {...field('title')}
      />
      <Numbers {...props} />
    </>
  )
}

function Numbers(props: FieldsProps) {
  const { isNew } = props
  const field = fieldOf(props)
  return (
    <>
      <div className="two">
        {isNew && (
          <Field label={say('campaign.starts')} hint={say('campaign.starts.hint')} {...field('starts')} />
        )}
        <Field label={say('campaign.ends')} hint={say('campaign.ends.hint')} {...field('ends')} />
        <Field
          label={say('campaign.target')}
          hint={say('campaign.target.hint')}
          inputMode="numeric"
          {...field('target')}
        />
      </div>
      <div className="two">
        <Field
          label={say('campaign.phone')}
          hint={say('campaign.phone.hint')}
          maxLength={40}
          {...field('phone')}
        />
        <Field
          label={say('campaign.hours')}
          hint={say('campaign.hours.hint')}
          maxLength={80}
          {...field('hours')}
        />
      </div>
    </>
  )
}
