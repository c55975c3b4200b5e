import { say } from '../say.ts'
import { FieldError } from './Field.tsx'

export type TypedDate = { day: string; month: string; year: string }

type Props = {
  id: string
  legend: string
  hint?: string | undefined
  value: TypedDate
  error?: string | undefined
  onChange: (date: TypedDate) => void
}

const digits = (text: string, most: number): string => text.replaceAll(/\D/g, '').slice(0, most)

/** Three plain fields, because no calendar leads an elderly hand to 1951. Day and month may stay empty. */
export function DateFields({ id, legend, hint, value, error, onChange }: Props) {
  const described = [hint && `${id}-hint`, error && `${id}-error`].filter(Boolean).join(' ') || undefined
  const field = (name: keyof TypedDate, label: string, most: number) => (
    <label>
      <small>{label}</small>
      <input
        id={`${id}-${name}`}
        className="input num-c"
        inputMode="numeric"
        autoComplete="off"
        value={value[name]}
        aria-invalid={error ? true : undefined}
        aria-describedby={described}
        onChange={(event) => onChange({ ...value, [name]: digits(event.currentTarget.value, most) })}
      />
    </label>
  )
  return (
    <fieldset className={`date ${error ? 'bad' : ''}`}>
      <legend>{legend}</legend>
      {hint && (
        <p className="hint" id={`${id}-hint`}>
          {hint}
        </p>
      )}
      <div className="three">
        {field('day', say('date.day'), 2)}
        {field('month', say('date.month'), 2)}
        {field('year', say('date.year'), 4)}
      </div>
      <FieldError id={`${id}-error`} text={error} />
    </fieldset>
  )
}
