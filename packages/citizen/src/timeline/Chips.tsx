/** One of several filters, as buttons that say which one is on. One row that is moved sideways; the one with the focus comes into view. */
export function Chips({
  label,
  all,
  options,
  now,
  onChange,
}: {
  label: string
  all: string
  options: readonly (readonly [value: string, words: string])[]
  now: string
  onChange: (value: string) => void
}) {
  const chips = [['', all] as const, ...options]
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset is for fields; these are buttons
    <div className="chips" role="group" aria-label={label}>
      {chips.map(([value, words]) => (
        <button key={value} type="button" aria-pressed={value === now} onClick={() => onChange(value)}>
          {words}
        </button>
      ))}
    </div>
  )
}
