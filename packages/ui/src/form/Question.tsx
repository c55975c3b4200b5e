import {
  type AnswerOption,
  displayOf,
  followUpsOf,
  hintOf,
  isExclusive,
  type QuestionnaireItem,
  textOf,
  toggled,
} from '@sokhoe/model/questionnaire'
import { FieldError } from '../parts/Field.tsx'
import { Icon } from '../parts/Icon.tsx'
import { say } from '../say.ts'
import { type Asking, answersHere, idOf, indexOf, keyOf } from './context.ts'
import { DateQuestion, NumberQuestion, TextQuestion } from './FieldQuestion.tsx'
import { Repeating } from './Repeating.tsx'

const MOST_TAPPED = 24
const FEW = 4

/** One item of the form, drawn by its type. `inside`: within an option or a group, so its question is smaller. */
export function Question({
  item,
  asking,
  inside = false,
}: {
  item: QuestionnaireItem
  asking: Asking
  inside?: boolean
}) {
  if (!asking.open.has(item.linkId)) return null
  switch (item.type) {
    case 'group':
      return item.repeats ? (
        <Repeating
          item={item}
          asking={asking}
          draw={(items, each) => <Questions items={items} asking={each} inside />}
        />
      ) : (
        <Group item={item} asking={asking} inside={inside} />
      )
    case 'display':
      return <p className="notice info note">{textOf(item, asking.language)}</p>
    case 'choice':
      return <Choice item={item} asking={asking} inside={inside} />
    case 'boolean':
      return <YesNo item={item} asking={asking} inside={inside} />
    case 'integer':
    case 'decimal':
      return <NumberQuestion item={item} asking={asking} />
    case 'date':
      return <DateQuestion item={item} asking={asking} />
    default:
      return <TextQuestion item={item} asking={asking} />
  }
}

const optionsOf = (item: QuestionnaireItem): number => item.answerOption?.length ?? 0
const isLongList = (item: QuestionnaireItem): boolean => !item.repeats && optionsOf(item) > MOST_TAPPED
const isChips = (item: QuestionnaireItem, inside: boolean): boolean =>
  inside && !item.repeats && optionsOf(item) <= FEW
/** Rows draw the follow-ups of an option inside it. */
const isRows = (item: QuestionnaireItem, inside: boolean): boolean =>
  item.type === 'choice' && optionsOf(item) > 0 && !isLongList(item) && !isChips(item, inside)

const isInsideOption = (
  item: QuestionnaireItem,
  beside: readonly QuestionnaireItem[],
  inside: boolean,
): boolean =>
  item.enableWhen?.every((when) =>
    beside.some((other) => other.linkId === when.question && isRows(other, inside)),
  ) ?? false

export function Questions({
  items,
  asking,
  inside = false,
}: {
  items: readonly QuestionnaireItem[]
  asking: Asking
  inside?: boolean
}) {
  return items
    .filter((item) => !isInsideOption(item, items, inside))
    .map((item) => <Question key={item.linkId} item={item} asking={asking} inside={inside} />)
}

function Group({ item, asking, inside }: { item: QuestionnaireItem; asking: Asking; inside: boolean }) {
  const children = <Questions items={item.item ?? []} asking={asking} inside={inside} />
  const fields = (item.item ?? []).every((child) => child.type === 'integer' || child.type === 'decimal')
  if (!fields) return children
  const hint = hintOf(item, asking.language)
  return (
    <fieldset className="numbers">
      <legend>{textOf(item, asking.language)}</legend>
      {hint && <p className="hint">{hint}</p>}
      {children}
    </fieldset>
  )
}

function Choice({ item, asking, inside }: { item: QuestionnaireItem; asking: Asking; inside: boolean }) {
  const options = item.answerOption ?? []
  if (options.length === 0) return null
  if (isLongList(item)) return <LongList item={item} asking={asking} options={options} />
  if (isChips(item, inside)) return <Chips item={item} asking={asking} options={options} />
  return <OptionRows item={item} asking={asking} options={options} inside={inside} />
}

type Choosing = { item: QuestionnaireItem; asking: Asking; options: readonly AnswerOption[] }

const isChosen = (asking: Asking, item: QuestionnaireItem, option: AnswerOption): boolean =>
  answersHere(asking, item).some(({ valueCoding }) => valueCoding?.code === option.valueCoding.code)

function useError(asking: Asking, item: QuestionnaireItem): { id: string; error: string | undefined } {
  const key = keyOf(item.linkId, indexOf(asking))
  return { id: idOf(key), error: asking.errors.get(key) }
}

function OptionRows({ item, asking, options, inside }: Choosing & { inside: boolean }) {
  const { id, error } = useError(asking, item)
  const hint = hintOf(item, asking.language)
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  return (
    <fieldset className={`choice ${error ? 'bad' : ''}`} aria-describedby={described}>
      <legend className={inside ? '' : 'title'}>{textOf(item, asking.language)}</legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <FieldError id={`${id}-error`} text={error} />
      <ul className="options">
        {options.map((option, n) => (
          <OptionRow
            key={option.valueCoding.code}
            item={item}
            option={option}
            asking={asking}
            id={n === 0 ? id : `${id}-${n}`}
          />
        ))}
      </ul>
    </fieldset>
  )
}

function OptionRow({
  item,
  option,
  asking,
  id,
}: {
  item: QuestionnaireItem
  option: AnswerOption
  asking: Asking
  id: string
}) {
  const on = isChosen(asking, item, option)
  const hint = hintOf(option, asking.language)
  const many = item.repeats === true
  const alone = isExclusive(option)
  const follow = on ? followUpsOf(asking.form, item.linkId, option.valueCoding.code ?? '') : []
  const choose = () =>
    asking.set(item.linkId, toggled(item, answersHere(asking, item), option), indexOf(asking))
  return (
    <li className={`opt ${on ? 'on' : ''} ${alone ? 'alone' : ''}`}>
      <label htmlFor={id}>
        <input
          id={id}
          type={many ? 'checkbox' : 'radio'}
          name={many ? undefined : `${item.linkId}.${indexOf(asking)}`}
          checked={on}
          onChange={choose}
          className="sr"
        />
        <span className={many ? 'box' : 'box round'}>{on && <Icon name="check" />}</span>
        <span className="grow">
          <span className={on ? 'b' : ''}>{displayOf(option.valueCoding, asking.language)}</span>
          {hint && <span className="hint block">{hint}</span>}
        </span>
      </label>
      {follow.length > 0 && (
        <div className="more">
          <Questions items={follow} asking={asking} inside />
        </div>
      )}
    </li>
  )
}

/** A few short options side by side. Tapping the chosen one again takes it back. */
function Chips({ item, asking, options }: Choosing) {
  const { id, error } = useError(asking, item)
  return (
    <fieldset className="chips">
      <legend>{textOf(item, asking.language)}</legend>
      <FieldError id={`${id}-error`} text={error} />
      <div className="pick">
        {options.map((option, n) => (
          <Chip
            key={option.valueCoding.code}
            id={n === 0 ? id : `${id}-${n}`}
            on={isChosen(asking, item, option)}
            text={displayOf(option.valueCoding, asking.language)}
            onTap={() =>
              asking.set(item.linkId, toggled(item, answersHere(asking, item), option), indexOf(asking))
            }
          />
        ))}
      </div>
    </fieldset>
  )
}

function Chip({ id, on, text, onTap }: { id: string; on: boolean; text: string; onTap: () => void }) {
  return (
    <button type="button" id={id} className="chip" aria-pressed={on} onClick={onTap}>
      {on && <Icon name="check" />}
      {text}
    </button>
  )
}

/** Yes and no weigh the same and neither is chosen beforehand. */
function YesNo({ item, asking, inside }: { item: QuestionnaireItem; asking: Asking; inside: boolean }) {
  const { id, error } = useError(asking, item)
  const now = answersHere(asking, item)[0]?.valueBoolean
  const consent = item.linkId.startsWith('consent.')
  const tap = (value: boolean) =>
    asking.set(item.linkId, now === value ? [] : [{ valueBoolean: value }], indexOf(asking))
  return (
    <fieldset className={`chips ${inside ? '' : 'ruled'}`}>
      <legend>{textOf(item, asking.language)}</legend>
      <FieldError id={`${id}-error`} text={error} />
      <div className="pick">
        <Chip
          id={id}
          on={now === true}
          text={consent ? say('consent.yes') : say('yes')}
          onTap={() => tap(true)}
        />
        <Chip
          id={`${id}-no`}
          on={now === false}
          text={consent ? say('consent.no') : say('no')}
          onTap={() => tap(false)}
        />
      </div>
    </fieldset>
  )
}

function LongList({ item, asking, options }: Choosing) {
  const { id, error } = useError(asking, item)
  const chosen = answersHere(asking, item)[0]?.valueCoding?.code ?? ''
  const choose = (code: string) => {
    const option = options.find((one) => one.valueCoding.code === code)
    asking.set(item.linkId, option ? [{ valueCoding: option.valueCoding }] : [], indexOf(asking))
  }
  return (
    <div className={`field ${error ? 'bad' : ''}`}>
      <label htmlFor={id}>{textOf(item, asking.language)}</label>
      <select
        id={id}
        className="input"
        value={chosen}
        aria-invalid={error ? true : undefined}
        aria-describedby={error ? `${id}-error` : undefined}
        onChange={(event) => choose(event.currentTarget.value)}
      >
        <option value="">{say('choose')}</option>
        {options.map(({ valueCoding }) => (
          <option key={valueCoding.code} value={valueCoding.code}>
            {displayOf(valueCoding, asking.language)}
          </option>
        ))}
      </select>
      <FieldError id={`${id}-error`} text={error} />
    </div>
  )
}
