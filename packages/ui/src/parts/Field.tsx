import { type InputHTMLAttributes, type ReactNode, useId } from 'react'
import { Icon } from './Icon.tsx'

type Props = Omit<InputHTMLAttributes<HTMLInputElement>, 'id' | 'onChange'> & {
  id?: string
  label: ReactNode
  hint?: ReactNode
  /** In words, under the field; empty when all is well. */
  error?: string | undefined
  unit?: string | undefined
  onText: (text: string) => void
}

/** Label above, hint under the label, error under the field in words. */
export function Field({ id, label, hint, error, unit, onText, className = '', ...input }: Props) {
  const own = useId()
  const name = id ?? own
  const described = [hint && `${name}-hint`, error && `${name}-error`].filter(Boolean).join(' ')
  return (
    <div className={`field ${error ? 'bad' : ''}`}>
      <label htmlFor={name}>{label}</label>
      {hint && (
        <p className="hint" id={`${name}-hint`}>
          {hint}
        </p>
      )}
      <div className="with-unit">
        <input
          {...input}
          id={name}
          className={`input ${className}`}
          aria-invalid={error ? true : undefined}
          aria-describedby={described || undefined}
          onChange={(event) => onText(event.currentTarget.value)}
        />
        {unit && <span className="unit">{unit}</span>}
      </div>
      <FieldError id={`${name}-error`} text={error} />
    </div>
  )
}

export function FieldError({ id, text }: { id: string; text: string | undefined }) {
  if (!text) return null
  return (
    <p className="em" id={id}>
      <Icon name="warn" />
      <span>{text}</span>
    </p>
  )
}
