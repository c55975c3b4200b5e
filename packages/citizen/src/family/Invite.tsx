import type { Topic } from '@sokhoe/model/topics'
import { sayInstant } from '@sokhoe/ui/format'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { Refused } from '@sokhoe/ui/parts/State'
import { type FormEvent, useState } from 'react'
import { Screen } from '../parts/Screen.tsx'
import { say } from '../platform/say.ts'
import { useAct } from './act.ts'
import type { Invited, Relation } from './api.ts'
import { ForSignedIn } from './SignedIn.tsx'
import { DurationChoice, Radios, TopicChecks, USUAL, untilOf } from './Topics.tsx'
import './family.css'

/** Whose book it is to who will act in it. */
const RELATIONS: readonly Relation[] = ['parent', 'child', 'spouse', 'sibling', 'grandparent', 'other']

/** I give somebody a right in my book: a code that serves once. */
export const Invite = () => <Handing kind="give" />

/** I ask for a right in somebody's book: she reads my code, chooses and agrees. */
export const Request = () => <Handing kind="ask" />

function Handing({ kind }: { kind: 'give' | 'ask' }) {
  const [invited, setInvited] = useState<Invited>()
  const title = kind === 'give' ? say('invite.title') : say('family.request')
  return (
    <ForSignedIn title={title}>
      {() => (
        <Screen title={title} back={kind === 'give' ? '/app/family/proxies' : '/app/family'}>
          {invited ? (
            <HandedOver kind={kind} invited={invited} />
          ) : (
            <TermsForm kind={kind} onInvited={setInvited} />
          )}
        </Screen>
      )}
    </ForSignedIn>
  )
}

function TermsForm({ kind, onInvited }: { kind: 'give' | 'ask'; onInvited: (invited: Invited) => void }) {
  const [relation, setRelation] = useState<Relation>('parent')
  const [topics, setTopics] = useState<readonly Topic[]>(USUAL)
  const [duration, setDuration] = useState<Parameters<typeof untilOf>[0]>('none')
  const { busy, refusal, act } = useAct()
  const submit = async (event: FormEvent) => {
    event.preventDefault()
    const url = kind === 'give' ? '/api/books/own/proxies' : '/api/me/invitations'
    const answer = await act<Invited>('POST', url, { relation, topics, until: untilOf(duration) })
    if (answer) onInvited(answer.data)
  }
  return (
    <form onSubmit={submit} noValidate>
      <p>{kind === 'give' ? say('invite.what') : say('request.what')}</p>
      <Radios
        legend={kind === 'give' ? say('invite.who') : say('request.who')}
        value={relation}
        options={RELATIONS.map(
          (one) => [one, kind === 'give' ? say(`holder.${one}`) : say(`relation.${one}`)] as const,
        )}
        onChange={setRelation}
      />
      <TopicChecks value={topics} onChange={setTopics} />
      <DurationChoice value={duration} onChange={setDuration} />
      {refusal && <Refused answer={refusal} />}
      <button type="submit" className="btn wide" disabled={busy || topics.length === 0}>
        {say('invite.make')}
      </button>
      {topics.length === 0 && <p className="hint">{say('topics.needed')}</p>}
    </form>
  )
}

/** In groups, as it is read aloud. */
export const grouped = (code: string): string => `${code.slice(0, 5)}-${code.slice(5)}`

function HandedOver({ kind, invited }: { kind: 'give' | 'ask'; invited: Invited }) {
  const link = `${location.origin}/app/family/accept#${invited.code}`
  const share = () => void navigator.share?.({ text: link }).catch(() => undefined)
  return (
    <>
      <p role="status">{kind === 'give' ? say('invite.ready') : say('request.ready')}</p>
      <output className="spoken num-c">{grouped(invited.code)}</output>
      <p>{say('invite.until', { at: sayInstant(invited.endsAt) })}</p>
      <Notice tone="watch">{say('invite.once')}</Notice>
      {'share' in navigator && (
        <button type="button" className="btn second wide gap" onClick={share}>
          {say('invite.share')}
        </button>
      )}
    </>
  )
}
