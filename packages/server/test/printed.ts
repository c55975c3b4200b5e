import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { runInNewContext } from 'node:vm'

/** What the printer's and the reader's own programs make of a page, not ours: poppler and the camera's decoder. */
export function hasPoppler(): boolean {
  try {
    execFileSync('pdftoppm', ['-v'], { stdio: 'ignore' })
    return true
  } catch {
    return false
  }
}

export interface Picture {
  readonly width: number
  readonly height: number
  /** 0 black to 255 white, row by row. */
  readonly grey: Buffer
}

/** As a printer without colours prints it. */
export function render(pdf: Buffer, dpi: number, page = 1): Picture {
  const pgm = execFileSync('pdftoppm', ['-gray', '-r', String(dpi), '-f', String(page), '-singlefile', '-'], {
    input: pdf,
    maxBuffer: 1e8,
  })
  const [head = '', width = '', height = ''] =
    pgm
      .subarray(0, 40)
      .toString('latin1')
      .match(/^P5\s+(\d+)\s+(\d+)\s+255\s/) ?? []
  return { width: Number(width), height: Number(height), grey: pgm.subarray(head.length) }
}

const DECODER = new URL(import.meta.resolve('qr-scanner/qr-scanner-worker.min.js'))

interface Decoder {
  onmessage: (message: unknown) => void
}

/** The decoder that the resident's app carries, out of the browser's worker that it usually runs in. */
export function decode({ width, height, grey }: Picture): string | null {
  const source = readFileSync(DECODER, 'utf8')
  const worker = runInNewContext(source.slice(source.indexOf('`'), source.lastIndexOf('`') + 1)) as string
  let found: string | null = null
  const postMessage = (answer: { data: string | null }) => {
    found = answer.data
  }
  const self: Decoder & { postMessage: typeof postMessage } = { postMessage, onmessage: () => {} }
  runInNewContext(worker, { self, Uint8ClampedArray })
  const data = new Uint8ClampedArray(width * height * 4).fill(255)
  for (const [i, tone] of grey.entries()) data.fill(tone, i * 4, i * 4 + 3)
  self.onmessage({ data: { id: 1, type: 'decode', data: { data, width, height } } })
  return found
}

/** A part of the page between shares of its width and height. */
export function cutOut(
  { width, height, grey }: Picture,
  left: number,
  top: number,
  right: number,
  bottom: number,
): Picture {
  const [from, until] = [Math.round(left * width), Math.round(right * width)]
  const rows = []
  for (let y = Math.round(top * height); y < Math.round(bottom * height); y++)
    rows.push(grey.subarray(y * width + from, y * width + until))
  return { width: until - from, height: rows.length, grey: Buffer.concat(rows) }
}
