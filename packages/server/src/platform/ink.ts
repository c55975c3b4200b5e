import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { encode } from 'uqr'

type Doc = PDFKit.PDFDocument

const FONTS = { regular: '400Regular', semi: '600SemiBold', bold: '700Bold' } as const
export type Font = keyof typeof FONTS

const bytesOfFonts = new Map<Font, Buffer>()

function bytesOf(font: Font): Buffer {
  const known = bytesOfFonts.get(font)
  if (known) return known
  const file = `@expo-google-fonts/be-vietnam-pro/${FONTS[font]}/BeVietnamPro_${FONTS[font]}.ttf`
  const bytes = readFileSync(fileURLToPath(import.meta.resolve(file)))
  bytesOfFonts.set(font, bytes)
  return bytes
}

/** Be Vietnam Pro from its whole files: what is cut for the web prints only some of the accented letters. */
export function registerFonts(doc: Doc): void {
  for (const font of Object.keys(FONTS) as Font[]) doc.registerFont(font, bytesOf(font))
}

/** Characters that turn the direction of writing, or do not print at all: nothing of a text hides behind them. */
const UNSEEN = /[\p{Cc}\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]+/gu

/** A text on one line, as a page may show it. */
export const printable = (text: string): string =>
  text.toWellFormed().normalize('NFC').replaceAll(UNSEEN, ' ').replaceAll(/\s+/g, ' ').trim()

/**
 * A QR code as ink, black whatever the page; its four modules of quiet are the caller's.
 * @param side of the symbol alone, in the page's units
 * @param ecc how much of it may be lost and still be read: M 15 %, Q 25 %
 */
export function drawQr(
  doc: Doc,
  text: string,
  x: number,
  y: number,
  side: number,
  ecc: 'M' | 'Q' = 'M',
): void {
  const { data, size } = encode(text, { ecc, border: 0 })
  const step = side / size
  // bars of a row as one shape: no hairline between modules on any printer
  for (const [row, cells] of data.entries())
    for (const [from, until] of runsOf(cells))
      doc.rect(x + from * step, y + row * step, (until - from) * step, step)
  doc.fill('#000000')
}

/** Where neighbouring dark modules begin and end. */
function* runsOf(cells: readonly boolean[]): Generator<readonly [from: number, until: number]> {
  let from = -1
  for (const [i, dark] of [...cells, false].entries()) {
    if (dark && from < 0) from = i
    if (!dark && from >= 0) {
      yield [from, i]
      from = -1
    }
  }
}

/** The mark of the product, a book with a cross. @param size of its square */
export function drawBook(
  doc: Doc,
  x: number,
  y: number,
  size: number,
  colour: string,
  paper = '#ffffff',
): void {
  doc
    .save()
    .translate(x, y)
    .scale(size / 26)
  doc.roundedRect(3, 2, 20, 22, 2).fill(colour)
  doc.path('M7.5 2v22').lineWidth(1.6).stroke(paper)
  doc.path('M15.3 7.5v9M10.8 12h9').lineWidth(3).stroke(paper)
  doc.restore()
}
