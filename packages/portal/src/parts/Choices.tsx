import { useId } from 'react'

/** One of a few answers; arrow keys move between them. */
export function Choices<Value extends string>({
  legend,
  value,
  options,
  onChoose,
}: {
  legend: string
  value: Value
  options: readonly (readonly [value: Value, words: string])[]
  onChoose: (value: Value) => void
}) {
  const name = useId()
  return (
    <fieldset className="choices">
      <legend>{legend}</legend>
      {options.map(([each, words]) => (
        <label key={each} className={each === value ? 'on' : ''}>
          <input type="radio" name={name} checked={each === value} onChange={() => onChoose(each)} />
          {words}
        </label>
      ))}
    </fieldset>
  )
}
