import { say } from '../platform/say.ts'

const SHADES = ['s0', 's1', 's2', 's3', 's4'] as const

/** What the shades and hatches of the map mean. */
export function Legend({ split }: { split: boolean }) {
  return (
    <ul className="legend">
      <li className="b">{say('coverage.share')}</li>
      {SHADES.map((shade) => (
        <li key={shade}>
          <i className={`swatch ${shade}`} />
          {say(`coverage.legend.${shade}`)}
        </li>
      ))}
      {(['none', 'few', ...(split ? (['split'] as const) : [])] as const).map((hatch) => (
        <li key={hatch}>
          <svg width="26" height="16" aria-hidden="true">
            <rect width="26" height="16" fill={`url(#city-${hatch})`} stroke="var(--axis)" />
          </svg>
          {say(`coverage.legend.${hatch}`)}
        </li>
      ))}
    </ul>
  )
}
