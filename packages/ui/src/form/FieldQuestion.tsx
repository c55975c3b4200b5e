import { hintOf, type QuestionnaireItem, textOf, unitOf } from '@sokhoe/model/questionnaire'
import { useId, useState } from 'react'
import { writtenNumber } from '../json.ts'
import { DateFields, type TypedDate } from '../parts/DateFields.tsx'
import { Field } from '../parts/Field.tsx'
import { Notice } from '../parts/Notice.tsx'
import { say } from '../say.ts'
import { type Asking, answersHere, idOf, indexOf, keyOf } from './context.ts'
import { readTypedDate, readTypedNumber, typedDateOf } from './typed.ts'

type Props = { item: QuestionnaireItem; asking: Asking }

const shown = (number: unknown): string => {
  const text =
    typeof number === 'object' && number !== null && 'rawJSON' in number
      ? String(number.rawJSON)
      : String(number ?? '')
  return text.replace('.', ',')
}

/** A number with its unit. What is typed stays as typed; outside the likely range it is asked back. */
export function NumberQuestion({ item, asking }: Props) {
  const index = indexOf(asking)
  const key = keyOf(item.linkId, index)
  const whole = item.type === 'integer'
  const [answer] = answersHere(asking, item)
  const text = asking.typed.get(key) ?? shown(whole ? answer?.valueInteger : answer?.valueDecimal)
  const onText = (next: string) => {
    const read = readTypedNumber(next, whole)
    asking.type(key, next)
    if (!read.ok) return asking.set(item.linkId, [], index)
    const value = writtenNumber(read.text)
    asking.set(item.linkId, [whole ? { valueInteger: value } : { valueDecimal: value }], index)
  }
  const stands = asking.unusual.get(key)
  return (
    <>
      <Field
        id={idOf(key)}
        label={textOf(item, asking.language)}
        hint={hintOf(item, asking.language)}
        unit={unitOf(item)?.display}
        inputMode={whole ? 'numeric' : 'decimal'}
        autoComplete="off"
        className="num-c short"
        value={text}
        error={asking.errors.get(key)}
        onText={onText}
      />
      {stands && (
        <AskBack text={`${text} ${unitOf(item)?.display ?? ''}`.trim()} id={idOf(key)} stands={stands} />
      )}
    </>
  )
}

function AskBack({ text, id, stands }: { text: string; id: string; stands: () => void }) {
  return (
    <Notice tone="watch">
      <p role="alert" className="b">
        {say('unusual.ask', { value: text })}
      </p>
      <div className="pick">
        <button type="button" className="chip" onClick={stands}>
          {say('unusual.yes')}
        </button>
        <button type="button" className="chip" onClick={() => document.getElementById(id)?.focus()}>
          {say('unusual.no')}
        </button>
      </div>
    </Notice>
  )
}

export function DateQuestion({ item, asking }: Props) {
  const index = indexOf(asking)
  const key = keyOf(item.linkId, index)
  const kept = typedDateOf(answersHere(asking, item)[0]?.valueDate)
  const typed = asking.typed.get(key)
  const value = typed === undefined ? kept : (JSON.parse(typed) as TypedDate)
  const onChange = (next: TypedDate) => {
    asking.type(key, JSON.stringify(next))
    const read = readTypedDate(next)
    asking.set(item.linkId, read.ok ? [{ valueDate: read.date }] : [], index)
  }
  return (
    <DateFields
      id={idOf(key)}
      legend={textOf(item, asking.language)}
      hint={hintOf(item, asking.language)}
      value={value}
      error={asking.errors.get(key)}
      onChange={onChange}
    />
  )
}

export function TextQuestion({ item, asking }: Props) {
  if (item.repeats) return <ManyTexts item={item} asking={asking} />
  return item.type === 'text' ? (
    <LongText item={item} asking={asking} />
  ) : (
    <ShortText item={item} asking={asking} />
  )
}

const textHere = ({ item, asking }: Props): string => answersHere(asking, item)[0]?.valueString ?? ''
const setText = ({ item, asking }: Props, text: string): void =>
  asking.set(item.linkId, text === '' ? [] : [{ valueString: text }], indexOf(asking))

function ShortText({ item, asking }: Props) {
  const key = keyOf(item.linkId, indexOf(asking))
  return (
    <Field
      id={idOf(key)}
      label={textOf(item, asking.language)}
      hint={hintOf(item, asking.language)}
      autoComplete="off"
      maxLength={item.maxLength ?? 250}
      value={textHere({ item, asking })}
      error={asking.errors.get(key)}
      onText={(text) => setText({ item, asking }, text)}
    />
  )
}

function LongText({ item, asking }: Props) {
  const id = useId()
  const hint = hintOf(item, asking.language)
  return (
    <div className="field">
      <label htmlFor={id}>{textOf(item, asking.language)}</label>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <textarea
        id={id}
        className="input"
        rows={3}
        maxLength={item.maxLength ?? 2000}
        aria-describedby={hint ? `${id}-hint` : undefined}
        value={textHere({ item, asking })}
        onChange={(event) => setText({ item, asking }, event.currentTarget.value)}
      />
    </div>
  )
}

/** Several names, a field each; one more appears when asked for. */
function ManyTexts({ item, asking }: Props) {
  const index = indexOf(asking)
  const answers = answersHere(asking, item)
  const [extra, setExtra] = useState(0)
  const texts = answers.map((answer) => answer.valueString ?? '')
  const fields = [...texts, ...Array<string>(Math.max(texts.length === 0 ? 1 : 0, extra)).fill('')]
  const write = (at: number, text: string) => {
    const next = fields.with(at, text).filter((one) => one !== '')
    if (at >= texts.length) setExtra(0)
    asking.set(
      item.linkId,
      next.map((valueString) => ({ valueString })),
      index,
    )
  }
  return (
    <div className="many">
      {fields
        .map((text, at) => ({ text, at, id: idOf(keyOf(item.linkId, index + at)) }))
        .map(({ text, at, id }) => (
          <Field
            key={id}
            id={id}
            label={
              fields.length > 1
                ? `${textOf(item, asking.language)} (${at + 1})`
                : textOf(item, asking.language)
            }
            hint={at === 0 ? hintOf(item, asking.language) : undefined}
            autoComplete="off"
            maxLength={item.maxLength ?? 250}
            value={text}
            error={asking.errors.get(keyOf(item.linkId, index + at))}
            onText={(next) => write(at, next)}
          />
        ))}
      {texts.length > 0 && extra === 0 && (
        <button type="button" className="btn plain compact" onClick={() => setExtra(1)}>
          {say('add-another')}
        </button>
      )}
    </div>
  )
}
