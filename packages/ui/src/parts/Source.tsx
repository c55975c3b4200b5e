import { say } from '../say.ts'

export type SourceKind = 'self' | 'station' | 'hospital' | 'import'

const SHAPES = {
  self: <circle cx="7" cy="7" r="4.8" fill="none" stroke="currentColor" strokeWidth="2.2" />,
  station: <circle cx="7" cy="7" r="5.8" fill="currentColor" />,
  hospital: <rect x="1.8" y="1.8" width="10.4" height="10.4" fill="currentColor" />,
  import: <path d="M7 1.5 12.5 7 7 12.5 1.5 7z" fill="none" stroke="currentColor" strokeWidth="2.2" />,
}

/** The shape alone, where its word stands close by. */
export const SourceShape = ({ kind }: { kind: SourceKind }) => (
  <svg viewBox="0 0 14 14" aria-hidden="true">
    {SHAPES[kind]}
  </svg>
)

/** Who states this: shape, word and colour, the same everywhere. */
export function Source({ kind, text }: { kind: SourceKind; text?: string }) {
  return (
    <span className={`src ${kind}`}>
      <SourceShape kind={kind} />
      {text ?? say(`source.${kind}`)}
    </span>
  )
}
