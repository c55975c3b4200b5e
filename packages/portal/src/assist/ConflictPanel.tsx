import { placesOf, type Questionnaire, type ResponseItem, textOf } from '@sokhoe/model/questionnaire'
import type { Choice, FieldConflict } from '@sokhoe/model/settle'
import { linesOf } from '@sokhoe/ui/form/lines.ts'
import { sayDay, sayInstant } from '@sokhoe/ui/format'
import { Notice } from '@sokhoe/ui/parts/Notice'
import { currentLanguage, sayOr } from '@sokhoe/ui/speech'
import { useState } from 'react'
import { say } from '../platform/say.ts'
import type { Conflict, Named, Settled } from './visit.ts'

interface Props {
  readonly form: Questionnaire
  readonly conflict: Conflict
  readonly busy: boolean
  readonly settle: (settled: Settled) => void
}

/** Where the visit and the book differ, or there may be a book already: nothing is written until somebody has chosen. */
export function ConflictPanel(props: Props) {
  return props.conflict.same.length > 0 ? <MaybeSame {...props} /> : <Fields {...props} />
}

/** A question that has just come up is where the worker is. */
const focusHere = (heading: HTMLElement | null): void => heading?.focus()

export const sayNamed = ({ name, birthDate, sex, address }: Named): string =>
  [name, sayDay(birthDate), sayOr(`assist.sex.${sex}`, ''), address ?? '']
    .filter((part) => part !== '')
    .join(' · ')

function MaybeSame({ conflict, busy, settle }: Props) {
  const { named, same } = conflict
  return (
    <section className="panel conflict" aria-labelledby="same-title">
      <div className="head">
        <h2 id="same-title" ref={focusHere} tabIndex={-1}>
          {say('assist.same.title')}
        </h2>
      </div>
      <div className="inside">
        {named && <p>{say('assist.same.visited', { who: sayNamed(named) })}</p>}
        <p className="soft">{say('assist.same.what')}</p>
        <ul className="candidates">
          {same.map((each) => (
            <li key={each.person}>
              <span className="grow">{sayNamed(each)}</span>
              <button
                type="button"
                className="btn second small"
                disabled={busy}
                onClick={() => settle({ same: each.person })}
              >
                {say('assist.same.this')}
                <span className="sr">: {each.name}</span>
              </button>
            </li>
          ))}
        </ul>
        <button
          type="button"
          className="btn second"
          disabled={busy}
          onClick={() => settle({ others: same.map(({ person }) => person) })}
        >
          {say('assist.same.another')}
        </button>
      </div>
    </section>
  )
}

const wordsOf = (form: Questionnaire, items: readonly ResponseItem[]): string =>
  linesOf(form, { resourceType: 'QuestionnaireResponse', status: 'completed', item: items })
    .map(({ answer }) => answer)
    .join(' · ')

function questionOf(form: Questionnaire, linkId: string): string {
  const item = placesOf(form).get(linkId)?.item
  return item ? textOf(item, currentLanguage()) : linkId
}

function Fields({ form, conflict, busy, settle }: Props) {
  const [choices, setChoices] = useState<Readonly<Record<string, Choice>>>({})
  const [tried, setTried] = useState(false)
  const open = conflict.fields.filter(({ linkId }) => !choices[linkId]).length
  const finish = () => {
    setTried(true)
    if (open === 0) settle({ choices })
  }
  return (
    <section className="panel conflict" aria-labelledby="fields-title">
      <div className="head">
        <h2 id="fields-title" ref={focusHere} tabIndex={-1}>
          {say('assist.differ.title', { n: conflict.fields.length })}
        </h2>
        {conflict.named && <span className="muted">{sayNamed(conflict.named)}</span>}
      </div>
      <div className="inside">
        <p className="soft">{say('assist.differ.what')}</p>
        {conflict.fields.map((field) => (
          <FieldChoice
            key={field.linkId}
            form={form}
            field={field}
            chosen={choices[field.linkId]}
            choose={(choice) => setChoices((now) => ({ ...now, [field.linkId]: choice }))}
          />
        ))}
        {tried && open > 0 && (
          <Notice tone="watch" alert>
            {say('assist.differ.open', { n: open })}
          </Notice>
        )}
        <button type="button" className="btn" disabled={busy} aria-busy={busy} onClick={finish}>
          {say('assist.differ.keep')}
        </button>
      </div>
    </section>
  )
}

interface FieldProps {
  readonly form: Questionnaire
  readonly field: FieldConflict
  readonly chosen: Choice | undefined
  readonly choose: (choice: Choice) => void
}

function FieldChoice({ form, field, chosen, choose }: FieldProps) {
  const { linkId, visit, book, at, withheld } = field
  const answers = {
    visit: { words: wordsOf(form, visit), from: say('assist.differ.visit') },
    book: {
      words: withheld ? say('assist.differ.withheld') : wordsOf(form, book),
      from: say('assist.differ.book', { time: sayInstant(at) }),
    },
  }
  return (
    <fieldset className="differ">
      <legend>{questionOf(form, linkId)}</legend>
      {(['visit', 'book'] as const).map((side) => (
        <label key={side} className={`side-of ${chosen === side ? 'on' : ''}`}>
          <input
            type="radio"
            name={`differ-${linkId}`}
            checked={chosen === side}
            onChange={() => choose(side)}
          />
          <span>
            <span className="hint block">{answers[side].from}</span>
            <span className="b">{answers[side].words}</span>
          </span>
        </label>
      ))}
    </fieldset>
  )
}
