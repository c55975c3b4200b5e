/** Books as a bar of the whole with the target as a black tick; decoration beside the numbers that say the same. */
export function Bar({
  share,
  mark,
  height,
  tall = false,
}: {
  share: number
  mark: number | null
  height: number
  tall?: boolean
}) {
  const scale = Math.max(1, share)
  return (
    <svg
      className={`bar ${tall ? 'tall' : ''}`}
      viewBox="0 0 200 20"
      preserveAspectRatio="none"
      aria-hidden="true"
      height={height + 10}
    >
      <rect x="0" y="4" width="200" height="12" className="rest" />
      <rect
        x="0"
        y="4"
        width={(200 * Math.max(0, share)) / scale}
        height="12"
        className={share > 1 ? 'over' : 'have'}
      />
      {mark !== null && (
        <rect x={(200 * mark) / scale - 0.5} y="0" width="1" height="20" className="mark-line" />
      )}
    </svg>
  )
}
