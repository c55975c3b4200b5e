import { encode } from 'uqr'

const QUIET = 4

/** A QR code as one path, with its quiet zone; dark on white in every theme. */
export function QrCode({ text, label }: { text: string; label: string }) {
  const { data, size } = encode(text, { ecc: 'M', border: 0 })
  const path = data
    .flatMap((row, y) => row.map((dark, x) => (dark ? `M${x + QUIET} ${y + QUIET}h1v1h-1z` : '')))
    .join('')
  return (
    <svg
      className="qr"
      role="img"
      aria-label={label}
      viewBox={`0 0 ${size + 2 * QUIET} ${size + 2 * QUIET}`}
      shapeRendering="crispEdges"
    >
      <rect width="100%" height="100%" fill="#fff" />
      <path d={path} fill="#0e1b1d" />
    </svg>
  )
}

/** The same on a picture: a white square of this side, its quiet zone within. */
export function drawQrCode(
  pen: CanvasRenderingContext2D,
  text: string,
  x: number,
  y: number,
  side: number,
): void {
  const { data, size } = encode(text, { ecc: 'M', border: QUIET })
  const step = side / size
  const whole = Math.ceil(step)
  pen.fillStyle = '#ffffff'
  pen.fillRect(x, y, side, side)
  pen.fillStyle = '#000000'
  const dark = data.flatMap((cells, row) =>
    cells.flatMap((on, column) => (on ? [[column, row] as const] : [])),
  )
  // whole pixels: a line of light between two modules hinders reading
  for (const [column, row] of dark)
    pen.fillRect(Math.floor(x + column * step), Math.floor(y + row * step), whole, whole)
}
