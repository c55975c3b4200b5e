import PDFDocument from 'pdfkit'
import { drawBook, drawQr, printable, registerFonts } from '../../platform/ink.ts'
import {
  CONVERTED,
  type Column,
  MARKS,
  type Mark,
  NO_DIAGNOSIS,
  type Paper,
  type Row,
  type Section,
  SYSTEM,
} from './paper.ts'
import { linesOf, type Type } from './ruler.ts'

type Doc = PDFKit.PDFDocument

export interface Printed {
  readonly pdf: Uint8Array
  readonly pages: number
}

/** Points: 1/72 inch. */
const MM = 72 / 25.4
const [WIDTH, HEIGHT] = [210 * MM, 297 * MM]
const MARGIN = 13 * MM
const INNER = WIDTH - 2 * MARGIN
const FOOT = 54
const BOTTOM = HEIGHT - MARGIN - FOOT
/** The symbol alone, as small as a telephone may still be asked to read from paper. */
const QR = 25 * MM

const INK = {
  text: '#0e1b1d',
  soft: '#3a4a4d',
  line: '#b9c6c9',
  brand: '#00474e',
  urgent: '#b0211a',
} as const

const BODY: Type = { font: 'regular', size: 9.5 }
const STRONG: Type = { font: 'semi', size: 9.5 }
const SMALL: Type = { font: 'regular', size: 8.2 }
const HEAD: Type = { font: 'semi', size: 8.4 }
const TITLE: Type = { font: 'semi', size: 11.5 }
const NAME: Type = { font: 'bold', size: 19 }
/** Room for stacked marks above and below. */
const LEADING = 1.42
const [PAD, GAP, MARK] = [2.4, 8, 13]

interface Look {
  readonly colour?: string
  readonly width?: number
  readonly align?: 'right'
  /** Lines; what is longer ends in '…'. */
  readonly most?: number
}

function writeLine(doc: Doc, type: Type, text: string, x: number, y: number, look: Look = {}): void {
  const { colour = INK.text, width = INNER, align } = look
  doc.font(type.font).fontSize(type.size).fillColor(colour)
  const left = align === 'right' ? x + width - doc.widthOfString(text) : x
  doc.text(text, left, y, { lineBreak: false })
}

/** @returns where the next line would begin */
function write(doc: Doc, type: Type, text: string, x: number, y: number, look: Look = {}): number {
  const height = type.size * LEADING
  const { width = INNER, most = Number.POSITIVE_INFINITY } = look
  const all = linesOf(doc, type, text, width)
  const lines = all.length > most ? [...all.slice(0, most - 1), `${all[most - 1]}…`] : all
  for (const [i, line] of lines.entries()) writeLine(doc, type, line, x, y + i * height, look)
  return y + lines.length * height
}

function rule(doc: Doc, y: number, weight: number, colour: string): void {
  doc
    .moveTo(MARGIN, y)
    .lineTo(MARGIN + INNER, y)
    .lineWidth(weight)
    .stroke(colour)
}

/** Circle and square, filled or hollow, diamond: told apart in black and white. */
function drawMark(doc: Doc, mark: Mark, x: number, y: number): void {
  const [size, middle] = [6.4, 3.2]
  doc.lineWidth(1.5)
  if (mark === 'self') doc.circle(x + middle, y + middle, 2.5).stroke(INK.text)
  if (mark === 'station') doc.circle(x + middle, y + middle, middle).fill(INK.text)
  if (mark === 'hospital') doc.rect(x + 0.4, y + 0.4, size - 0.8, size - 0.8).fill(INK.text)
  if (mark === 'import')
    doc
      .polygon([x + middle, y], [x + size, y + middle], [x + middle, y + size], [x, y + middle])
      .stroke(INK.text)
}

function firstHead(doc: Doc, paper: Paper): number {
  const qrLeft = MARGIN + INNER - QR
  drawQr(doc, paper.codeUrl, qrLeft, MARGIN, QR)
  drawBook(doc, MARGIN - 2, MARGIN - 2, 19, INK.brand)
  writeLine(doc, { font: 'semi', size: 10.5 }, 'Sổ Khỏe TP. Hồ Chí Minh', MARGIN + 22, MARGIN + 1, {
    colour: INK.brand,
  })
  const width = INNER - QR - 24
  let y = write(doc, NAME, paper.owner, MARGIN, MARGIN + 21, { width, most: 3 })
  for (const line of paper.ownerLines)
    y = write(doc, BODY, line, MARGIN, y + 1, { width, most: 2, colour: INK.soft })
  y = Math.max(write(doc, STRONG, paper.title, MARGIN, y + 1, { width, most: 2 }) + 6, MARGIN + QR + 10)
  rule(doc, y, 1.6, INK.text)
  return y + 9
}

function laterHead(doc: Doc, paper: Paper): number {
  const text = `${paper.owner} · ${paper.title}`
  const [first = ''] = linesOf(doc, HEAD, text, INNER)
  writeLine(doc, HEAD, first, MARGIN, MARGIN - 6, { colour: INK.soft })
  rule(doc, MARGIN + 8, 0.8, INK.text)
  return MARGIN + 16
}

function warning(doc: Doc, text: string, top: number): number {
  const type: Type = { font: 'semi', size: 11 }
  // all of it stands in its own part below
  const inner = { width: INNER - 36, most: 8, colour: INK.urgent }
  const bottom = write(doc, type, text, MARGIN + 12, top + 7, inner) + 6
  doc
    .rect(MARGIN, top, INNER, bottom - top)
    .lineWidth(1.8)
    .stroke(INK.urgent)
  return bottom + 4
}

interface Placed extends Column {
  readonly x: number
  readonly width: number
}

function place(columns: readonly Column[]): Placed[] {
  const shares = columns.reduce((sum, { share }) => sum + share, 0)
  const room = INNER - MARK - GAP * (columns.length - 1)
  let x = MARGIN + MARK
  return columns.map((column) => {
    const width = (room * column.share) / shares
    const placed = { ...column, x, width }
    x += width + GAP
    return placed
  })
}

interface Pen {
  /** Makes room for this height on the page, or begins the next one. @returns whether a page began */
  readonly need: (height: number) => boolean
  y: number
}

function tableHead(doc: Doc, columns: readonly Placed[], y: number): number {
  const titles = columns.map((column) => linesOf(doc, HEAD, column.title, column.width))
  const height = Math.max(1, ...titles.map((lines) => lines.length)) * HEAD.size * LEADING
  for (const column of columns)
    write(doc, HEAD, column.title, column.x, y + PAD, { ...lookOf(column), colour: INK.soft })
  rule(doc, y + height + 2 * PAD, 0.6, INK.line)
  return y + height + 2 * PAD
}

const lookOf = ({ width, align }: Placed): Look => ({ width, ...(align && { align }) })
const typeOf = ({ strong }: Column): Type => (strong ? STRONG : BODY)

const LINE = BODY.size * LEADING
const NOTE_LINE = SMALL.size * LEADING

interface Band {
  readonly height: number
  readonly draw: (y: number) => void
}

/** The lines of a row from top to bottom, so that a row longer than a page goes on on the next. */
function bandsOf(doc: Doc, columns: readonly Placed[], { cells, note = '' }: Row): Band[] {
  const left = columns[0]?.x ?? MARGIN
  const texts = columns.map((column, i) => linesOf(doc, typeOf(column), cells[i] ?? '', column.width))
  const most = Math.max(1, ...texts.map((lines) => lines.length))
  const lines = Array.from({ length: most }, (_, i) => (y: number) => {
    for (const [c, column] of columns.entries())
      writeLine(doc, typeOf(column), texts[c]?.[i] ?? '', column.x, y, lookOf(column))
  })
  const notes = linesOf(doc, SMALL, note, MARGIN + INNER - left).map((line) => (y: number) => {
    writeLine(doc, SMALL, line, left, y, { colour: INK.soft })
  })
  return [
    ...lines.map((draw) => ({ height: LINE, draw })),
    ...notes.map((draw) => ({ height: NOTE_LINE, draw })),
  ]
}

/** A row of few lines stays on one page. */
const KEPT_TOGETHER = 4

function drawRow(doc: Doc, pen: Pen, columns: readonly Placed[], row: Row, again: () => void): void {
  const bands = bandsOf(doc, columns, row)
  const whole = bands.slice(0, KEPT_TOGETHER).reduce((sum, { height }) => sum + height, 2 * PAD)
  if (pen.need(whole)) again()
  if (row.mark) drawMark(doc, row.mark, MARGIN, pen.y + PAD + 3)
  pen.y += PAD
  for (const { height, draw } of bands) {
    if (pen.need(height)) again()
    draw(pen.y)
    pen.y += height
  }
  pen.y += PAD
  rule(doc, pen.y, 0.5, INK.line)
}

function drawSection(doc: Doc, pen: Pen, { title, columns, rows, absent }: Section): void {
  const placed = place(columns)
  pen.need(64)
  pen.y = write(doc, TITLE, title, MARGIN, pen.y + 9) + 1
  rule(doc, pen.y, 0.9, INK.text)
  if (rows.length === 0) {
    pen.y = write(doc, BODY, absent, MARGIN, pen.y + PAD, { colour: INK.soft }) + PAD
    return
  }
  const head = (): void => {
    pen.y = tableHead(doc, placed, pen.y)
  }
  head()
  for (const row of rows) drawRow(doc, pen, placed, row, head)
}

function legend(doc: Doc, y: number): void {
  let x = MARGIN
  for (const [mark, word] of Object.entries(MARKS) as [Mark, string][]) {
    drawMark(doc, mark, x, y + 2)
    writeLine(doc, SMALL, word, x + 11, y)
    x += 11 + doc.widthOfString(word) + 14
  }
}

/** On every page, so that a page alone still says what it is. */
function foot(doc: Doc, paper: Paper, page: number, pages: number): void {
  const y = HEIGHT - MARGIN - FOOT + 10
  rule(doc, y, 0.8, INK.text)
  legend(doc, y + 5)
  const right = { align: 'right', width: INNER } as const
  writeLine(doc, SMALL, `Trang ${page}/${pages}`, MARGIN, y + 5, right)
  writeLine(doc, { ...SMALL, font: 'semi' }, `Mã kiểm tra ${paper.code}`, MARGIN, y + 17, right)
  const soft = { width: INNER - 150, colour: INK.soft }
  const next = write(
    doc,
    SMALL,
    `${CONVERTED}. ${SYSTEM}. In ${paper.printed} ${paper.printedFor}.`,
    MARGIN,
    y + 17,
    soft,
  )
  write(
    doc,
    SMALL,
    `Kiểm tra tại ${paper.codeUrl.replace(/^https?:\/\//, '')}. ${NO_DIAGNOSIS}`,
    MARGIN,
    next,
    soft,
  )
}

function draw(doc: Doc, paper: Paper): void {
  const pen: Pen = {
    y: firstHead(doc, paper),
    need: (height) => {
      if (pen.y + height <= BOTTOM) return false
      doc.addPage()
      pen.y = laterHead(doc, paper)
      return true
    },
  }
  if (paper.warning !== null) pen.y = warning(doc, paper.warning, pen.y)
  if (paper.leftOut !== null) pen.y = write(doc, BODY, paper.leftOut, MARGIN, pen.y + 4)
  for (const section of paper.sections) drawSection(doc, pen, section)
}

/** The pages of a paper: A4, black on white, the whole font within. The same paper gives the same pages. */
export async function drawPaper(paper: Paper, at: Date): Promise<Printed> {
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    bufferPages: true,
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: printable(paper.title), Author: 'Sổ Khỏe', Subject: CONVERTED, CreationDate: at },
  })
  const whole = Array.fromAsync(doc as AsyncIterable<Buffer>)
  registerFonts(doc)
  draw(doc, paper)
  const { count: pages } = doc.bufferedPageRange()
  for (let page = 0; page < pages; page++) {
    doc.switchToPage(page)
    foot(doc, paper, page + 1, pages)
  }
  doc.end()
  return { pdf: Buffer.concat(await whole), pages }
}
