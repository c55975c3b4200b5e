import {
  EXT,
  emptyResponse,
  enabled,
  extensionOf,
  type Questionnaire,
  type QuestionnaireItem,
  type QuestionnaireResponse,
  textOf,
  tidied,
  withAnswer,
  withoutInstance,
} from '@sokhoe/model/questionnaire'
import { AnswerForm } from '@sokhoe/ui/form/AnswerForm.tsx'
import type { Asking } from '@sokhoe/ui/form/context.ts'
import { readScanned } from '@sokhoe/ui/form/identity.ts'
import { Questions } from '@sokhoe/ui/form/Question.tsx'
import { dayOf } from '@sokhoe/ui/format'
import { CardReader } from '@sokhoe/ui/parts/CardReader'
import { Icon } from '@sokhoe/ui/parts/Icon'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { sayOr } from '@sokhoe/ui/speech'
import { type ReactNode, useState } from 'react'
import { type Phrase, say } from '../platform/say.ts'
import { Confirming, confirmationOf, missingIn, NOTHING_TYPED, type Typed } from './Confirming.tsx'
import { ageIn, nameIn, type Visit } from './visit.ts'

/** What is being taken down; it survives leaving the screen where its holder keeps it. */
export interface Taking {
  readonly response: QuestionnaireResponse
  readonly confirmed: readonly string[]
  readonly typed: Typed
}

export const newTaking = (form: Questionnaire): Taking => ({
  response: emptyResponse(form),
  confirmed: [],
  typed: NOTHING_TYPED,
})

type Taken = Pick<Visit, 'response' | 'confirmation' | 'representative'>

interface Props {
  readonly form: Questionnaire
  readonly taking: Taking
  readonly change: (work: (now: Taking) => Taking) => void
  /** Whose book, where she has one: who she is is not asked again. */
  readonly known: boolean
  /** When she was born, where her book says so. */
  readonly born?: string
  readonly busy: boolean
  readonly save: string
  readonly onSave: (taken: Taken) => void
  /** Under the button: what happened to it. */
  readonly children?: ReactNode
}

const FORM = 'visit-form'
const partOf = (group: QuestionnaireItem): string | undefined => extensionOf(group, EXT.part)?.valueCode
const OPEN = ['identity', 'first']

const linkIdsUnder = (items: readonly QuestionnaireItem[]): string[] =>
  items.flatMap((item) => [item.linkId, ...linkIdsUnder(item.item ?? [])])

/** The worker asks and the person answers: all questions on one page, and how she confirms it beside them. */
export function VisitForm({ form, taking, change, known, born, busy, save, onSave, children }: Props) {
  const [tried, setTried] = useState(false)
  const { response, typed } = taking
  const age = ageIn(response, born)
  const groups = form.item.filter((group) => !known || partOf(group) !== 'identity')
  const set: Asking['set'] = (linkId, answers, index = 0) =>
    change((now) => ({ ...now, response: withAnswer(form, now.response, linkId, answers, index) }))
  const finish = () => {
    setTried(true)
    const [first] = missingIn(typed, age)
    if (first === undefined)
      return onSave({
        response: { ...tidied(form, response), status: 'completed' },
        ...confirmationOf(typed, age),
      })
    document.getElementById(first === 'kind' ? 'confirm-signature' : `confirm-${first}`)?.focus()
  }
  return (
    <div className="cols">
      <div className="stack">
        {!known && <Scan form={form} set={set} />}
        <AnswerForm
          id={FORM}
          form={form}
          response={response}
          linkIds={linkIdsUnder(groups)}
          confirmed={taking.confirmed}
          set={set}
          remove={(group, index) =>
            change((now) => ({ ...now, response: withoutInstance(form, now.response, group, index) }))
          }
          confirm={(name) => change((now) => ({ ...now, confirmed: [...now.confirmed, name] }))}
          onNext={finish}
        >
          {(asking) => <Groups groups={groups} asking={asking} />}
        </AnswerForm>
      </div>
      <div className="stack side">
        <Confirming
          typed={typed}
          age={age}
          tried={tried}
          change={(next) => change((now) => ({ ...now, typed: next }))}
        />
        <button type="submit" form={FORM} className="btn wide" disabled={busy} aria-busy={busy}>
          <Icon name="check" />
          {busy ? say('assist.saving') : save}
        </button>
        {children}
      </div>
    </div>
  )
}

/** What everybody is asked stands open; what can be told at leisure opens when it is wanted. */
function Groups({ groups, asking }: { groups: readonly QuestionnaireItem[]; asking: Asking }) {
  const open = enabled(asking.form, asking.response)
  return groups
    .filter(({ linkId }) => open.has(linkId))
    .map((group) => <Group key={group.linkId} group={group} asking={asking} />)
}

const TITLES: Readonly<Record<string, Phrase>> = {
  identity: 'assist.part.identity',
  first: 'assist.part.first',
}

function Group({ group, asking }: { group: QuestionnaireItem; asking: Asking }) {
  const own = TITLES[partOf(group) ?? '']
  const title = own ? sayOr(own, '') : textOf(group, asking.language)
  const questions = (
    <div className="inside">
      <Questions items={group.item ?? []} asking={asking} />
    </div>
  )
  if (!OPEN.includes(partOf(group) ?? ''))
    return (
      <details className="panel asked">
        <summary>{title}</summary>
        {questions}
      </details>
    )
  return (
    <section className={`panel asked ${partOf(group)}`} aria-label={title}>
      <div className="head">
        <h2>{title}</h2>
      </div>
      {questions}
    </section>
  )
}

type Scanned = 'no' | 'unread' | 'read' | 'warned'

/** The card says the name, the birth date and the numbers; the worker compares them with the face. */
function Scan({ form, set }: { form: Questionnaire; set: Asking['set'] }) {
  const [state, setState] = useState<Scanned>('no')
  const onCard = (text: string) => {
    const read = readScanned(form, text, dayOf(Date.now()))
    if (!read.ok) return setState('unread')
    for (const [linkId, answer] of read.given) set(linkId, [answer])
    setState(read.warned ? 'warned' : 'read')
  }
  return (
    <section className="panel scan" aria-label={say('assist.scan')}>
      <CardReader onText={onCard} />
      {state === 'unread' && <Notice tone="watch">{say('assist.scan.unread')}</Notice>}
      {state === 'read' && <Notice tone="good">{say('assist.scan.read')}</Notice>}
      {state === 'warned' && <Notice tone="watch">{say('assist.scan.warned')}</Notice>}
    </section>
  )
}

export const titleOf = (taking: Taking): string => nameIn(taking.response)
