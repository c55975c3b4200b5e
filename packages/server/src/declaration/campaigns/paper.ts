import { setImmediate } from 'node:timers/promises'
import PDFDocument from 'pdfkit'
import { drawQr, type Font, printable, registerFonts } from '../../platform/ink.ts'

/** What posters and sheets of tickets are drawn with: ink only, whole fonts, QR codes as lines. */
export type Doc = PDFKit.PDFDocument

/** Pages are drawn in units of 1/96 inch, 794 × 1123 to an A4 page. */
const UNIT = 0.75
export const [WIDTH, HEIGHT] = [794, 1123]
export const MARGIN = 56
export const INNER = WIDTH - 2 * MARGIN
export const MM = 96 / 25.4

export const COLOURS = {
  band: '#00474e',
  onBand: '#ffffff',
  onBandSoft: '#c9e3e5',
  ink: '#0e1b1d',
  inkSoft: '#3a4a4d',
  brand: '#00616a',
  brandSoft: '#e0f0f1',
} as const

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
  doc.font(font).fontSize(size).fillColor(colour).text(printable(text), x, y, { width, align, lineGap })
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

/** @param mm width of the symbol alone; its four modules of quiet are the white page around it */
export const qrCode = (doc: Doc, url: string, x: number, y: number, mm: number): void =>
  drawQr(doc, url, x, y, mm * MM, 'Q')

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
  registerFonts(doc)
  for (const draw of pages) {
    // many pages must not keep everybody else waiting
    await setImmediate()
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
