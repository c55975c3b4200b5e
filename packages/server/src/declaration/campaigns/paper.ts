import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'

/** What posters and sheets of tickets are drawn with: ink only, whole fonts, QR codes as lines. */
export type Doc = PDFKit.PDFDocument

/** Pages are drawn in units of 1/96 inch, 794 × 1123 to an A4 page. */
const UNIT = 0.75
export const [WIDTH, HEIGHT] = [794, 1123]
export const MARGIN = 56
export const INNER = WIDTH - 2 * MARGIN
export const MM = 96 / 25.4
const QUIET_MODULES = 4

export const COLOURS = {
  band: '#00474e',
  onBand: '#ffffff',
  onBandSoft: '#c9e3e5',
  ink: '#0e1b1d',
  inkSoft: '#3a4a4d',
  brand: '#00616a',
  brandSoft: '#e0f0f1',
} as const

const FONTS = { regular: '400Regular', semi: '600SemiBold', bold: '700Bold' } as const
export type Font = keyof typeof FONTS

const loaded = new Map<Font, Buffer>()

/** The whole font: a subset cut for the web prints only some of the accented letters. */
function fontBytes(font: Font): Buffer {
  const name = FONTS[font]
  const file = `@expo-google-fonts/be-vietnam-pro/${name}/BeVietnamPro_${name}.ttf`
  const bytes = loaded.get(font) ?? readFileSync(fileURLToPath(import.meta.resolve(file)))
  loaded.set(font, bytes)
  return bytes
}

/** Drawn on a grid of 24. */
const ICONS = {
  check: 'm5 12.5 4.5 4.5L19 7.5',
  heart: 'M12 20C6 16 3 12.5 3 9a4.5 4.5 0 0 1 9-1 4.5 4.5 0 0 1 9 1c0 3.5-3 7-9 11z',
  lock: 'M5 10.5h14V21H5zM8 10.5V7.5a4 4 0 0 1 8 0v3',
  shield: 'M12 3 4.5 5.5v6c0 4.5 3 7.8 7.5 9.5 4.5-1.7 7.5-5 7.5-9.5v-6zM8.5 12l2.5 2.5 4.5-5',
  station: 'M4 21V10l8-6 8 6v11zM12 11v6M9 14h6',
} as const

interface Line {
  readonly x: number
  /** Top of the first line of text. */
  readonly y: number
  readonly size: number
  readonly font?: Font
  readonly colour?: string
  readonly width?: number
  readonly align?: 'left' | 'right' | 'center'
  readonly lineGap?: number
}

/** @returns where the next line of text would begin */
export function write(doc: Doc, text: string, line: Line): number {
  const {
    x,
    y,
    size,
    font = 'regular',
    colour = COLOURS.ink,
    width = INNER,
    align = 'left',
    lineGap = 0,
  } = line
  doc.font(font).fontSize(size).fillColor(colour).text(text, x, y, { width, align, lineGap })
  return doc.y
}

/** The largest size, up to the wished one, at which the text stays on one line. */
export function sizeFor(doc: Doc, text: string, font: Font, wished: number, width: number): number {
  doc.font(font).fontSize(wished)
  return Math.min(wished, (wished * width) / doc.widthOfString(text))
}

export function icon(
  doc: Doc,
  name: keyof typeof ICONS,
  x: number,
  y: number,
  size: number,
  colour: string,
): void {
  doc
    .save()
    .translate(x, y)
    .scale(size / 24)
  doc.path(ICONS[name]).lineWidth(2).lineCap('round').lineJoin('round').stroke(colour)
  doc.restore()
}

export function brandMark(doc: Doc, x: number, y: number, size = 36): void {
  doc
    .save()
    .translate(x, y)
    .scale(size / 26)
  doc.roundedRect(3, 2, 20, 22, 2).fill(COLOURS.onBand)
  doc.path('M7.5 2v22').lineWidth(1.6).stroke(COLOURS.band)
  doc.path('M15.3 7.5v9M10.8 12h9').lineWidth(3).stroke(COLOURS.band)
  doc.restore()
}

/** Neighbouring dark modules of a row as one bar, all bars as one shape: no hairline between them on any printer. */
/** @param mm width of the symbol alone; its four modules of quiet lie around it */
export function qrCode(doc: Doc, url: string, x: number, y: number, mm: number): void {
  const { data, size } = encode(url, { ecc: 'Q', border: 0 })
  const side = mm * MM
  const module = side / size
  const quiet = QUIET_MODULES * module
  doc.rect(x - quiet, y - quiet, side + 2 * quiet, side + 2 * quiet).fill('#ffffff')
  for (const [row, cells] of data.entries()) {
    for (let from = cells.indexOf(true); from >= 0; ) {
      const until = cells.indexOf(false, from)
      const end = until < 0 ? size : until
      doc.rect(x + from * module, y + row * module, (end - from) * module, module)
      from = cells.indexOf(true, end)
    }
  }
  doc.fill('#000000')
}

/** As people type it: no scheme. */
export const typed = (url: string): string => url.replace(/^https?:\/\//, '')

export interface Paper {
  /** Points. */
  readonly size: readonly [width: number, height: number]
  readonly title: string
  readonly subject: string
  readonly now: Date
}

/** One document; each page is drawn after the units were set. The same pages at the same time give the same bytes. */
export async function pdfOf(
  { size, title, subject, now }: Paper,
  pages: readonly ((doc: Doc) => void)[],
  scale = 1,
): Promise<Buffer> {
  const doc = new PDFDocument({
    autoFirstPage: false,
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: title, Author: 'Sổ Khỏe', Subject: subject, CreationDate: now },
  })
  const whole = Array.fromAsync(doc as AsyncIterable<Buffer>)
  for (const font of Object.keys(FONTS) as Font[]) doc.registerFont(font, fontBytes(font))
  for (const draw of pages) {
    // places are in our units, and reach further down than points do: no second page
    doc.addPage({ size: [...size], margins: { top: 0, right: 0, bottom: -4 * HEIGHT, left: 0 } })
    doc.scale(UNIT * scale)
    draw(doc)
  }
  doc.end()
  return Buffer.concat(await whole)
}

/** What a station's printer takes, in points. */
export const SIZES = {
  a3: [841.89, 1190.55],
  a4: [595.28, 841.89],
  a5: [419.53, 595.28],
} as const
