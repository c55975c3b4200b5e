import { sayDate } from '@sokhoe/model/dates'
import PDFDocument from 'pdfkit'
import { printable, registerFonts } from '../../platform/ink.ts'
import type { Stop, WalkedStreet } from './walk.ts'

export interface Round {
  readonly ward: string
  readonly streets: readonly WalkedStreet[]
  /** Day of printing in Vietnam, YYYY-MM-DD. */
  readonly day: string
  readonly now: Date
}

type Doc = PDFKit.PDFDocument

/** Points on A4: nothing that is read on the way is smaller than 12. */
const [WIDTH, HEIGHT, MARGIN] = [595.28, 841.89, 42]
const INNER = WIDTH - 2 * MARGIN
const SIZE = 12
const INK = '#0e1b1d'
const SOFT = '#3a4a4d'
/** House · who has a book · how many live there · what the visit found, by hand. */
const COLUMNS = [
  { x: 0, width: 74 },
  { x: 80, width: 250 },
  { x: 336, width: 78 },
  { x: 420, width: INNER - 420 },
] as const
const PAD = 5
const BOX = 10
/** A name that is longer is somebody's joke; the house number tells where to knock. */
const LONGEST_NAME = 80

const short = (text: string): string => {
  const plain = printable(text)
  return plain.length > LONGEST_NAME ? `${plain.slice(0, LONGEST_NAME)}…` : plain
}

const streetName = ({ name, alley }: WalkedStreet): string =>
  name === '' ? 'Chưa rõ đường' : alley === null ? short(name) : `Hẻm ${short(alley)}, ${short(name)}`

const livesThere = ({ told, missing }: Stop): string =>
  told === null || missing === null
    ? 'chưa hỏi'
    : missing === 0
      ? `${told} người\nđủ sổ`
      : `${told} người\ncòn thiếu ${missing}`

const personLine = ({ name, born, child, confirmed }: Stop['people'][number]): string =>
  `${short(name)}, ${child ? 'trẻ em, ' : ''}${born}${confirmed ? '' : ' · chưa xác nhận'}`

const cell = (column: 0 | 1 | 2 | 3) => {
  const { x, width } = COLUMNS[column]
  return { x: MARGIN + x, width }
}

function heightOf(doc: Doc, text: string, column: 0 | 1 | 2 | 3): number {
  return doc
    .font('regular')
    .fontSize(SIZE)
    .heightOfString(text, { width: cell(column).width })
}

function line(doc: Doc, y: number, weight = 0.5): void {
  doc
    .moveTo(MARGIN, y)
    .lineTo(WIDTH - MARGIN, y)
    .lineWidth(weight)
    .stroke(SOFT)
}

function write(doc: Doc, text: string, column: 0 | 1 | 2 | 3, y: number, bold = false): void {
  const { x, width } = cell(column)
  doc
    .font(bold ? 'semi' : 'regular')
    .fontSize(SIZE)
    .fillColor(INK)
    .text(text, x, y, { width })
}

const fits = (doc: Doc, y: number, height: number): number => {
  if (y + height <= HEIGHT - MARGIN - 24) return y
  doc.addPage()
  return MARGIN
}

function stopRow(doc: Doc, stop: Stop, from: number): number {
  const names = stop.people.map(personLine)
  const house = stop.house === null ? 'chưa rõ số' : short(stop.house)
  const told = livesThere(stop)
  const heights = names.map((name) => heightOf(doc, name, 1))
  const height = Math.max(
    heightOf(doc, house, 0),
    heights.reduce((sum, one) => sum + one, 0),
    heightOf(doc, told, 2),
    SIZE + PAD,
  )
  const y = fits(doc, from, height + 2 * PAD)
  write(doc, house, 0, y + PAD, true)
  let at = y + PAD
  for (const [i, name] of names.entries()) {
    write(doc, name, 1, at)
    at += heights[i] ?? 0
  }
  write(doc, told, 2, y + PAD)
  doc
    .rect(cell(3).x, y + PAD + 2, BOX, BOX)
    .lineWidth(0.8)
    .stroke(INK)
  line(doc, y + height + 2 * PAD)
  return y + height + 2 * PAD
}

const HEADS = ['Số nhà', 'Đã có sổ', 'Trong nhà', 'Ghi chú'] as const

function streetPart(doc: Doc, street: WalkedStreet, from: number): number {
  const y = fits(doc, from + 10, 90)
  doc.font('semi').fontSize(15).fillColor(INK).text(streetName(street), MARGIN, y, { width: INNER })
  const heads = doc.y + 4
  for (const column of [0, 1, 2, 3] as const) write(doc, HEADS[column], column, heads, true)
  line(doc, heads + SIZE + 6, 1)
  return street.stops.reduce((at, stop) => stopRow(doc, stop, at), heads + SIZE + 6)
}

function head(doc: Doc, { ward, streets, day }: Round): number {
  const doorsOf = streets.reduce((sum, { stops }) => sum + stops.length, 0)
  doc
    .font('bold')
    .fontSize(20)
    .fillColor(INK)
    .text(`Đi vận động: ${short(ward)}`, MARGIN, MARGIN, { width: INNER })
  doc
    .font('regular')
    .fontSize(SIZE)
    .fillColor(SOFT)
    .text(`${doorsOf} nhà, in ngày ${sayDate(day)}. Không có thông tin sức khỏe. Hủy sau khi dùng.`, {
      width: INNER,
    })
  return doc.y
}

function foot(doc: Doc): void {
  const { start, count } = doc.bufferedPageRange()
  for (let page = start; page < start + count; page++) {
    doc.switchToPage(page)
    doc.font('regular').fontSize(SIZE).fillColor(SOFT)
    doc.text(`Trang ${page + 1}/${count}`, MARGIN, HEIGHT - MARGIN, {
      width: INNER,
      align: 'right',
      lineBreak: false,
    })
  }
}

/** A walk to print: street by street, door by door, odd numbers first; a box and room to write at each. */
export async function roundPdf(round: Round): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    bufferPages: true,
    margins: { top: MARGIN, right: MARGIN, bottom: 0, left: MARGIN },
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    info: { Title: 'Danh sách đi vận động', Author: 'Sổ Khỏe', CreationDate: round.now },
  })
  const whole = Array.fromAsync(doc as AsyncIterable<Buffer>)
  registerFonts(doc)
  const from = head(doc, round)
  round.streets.reduce((y, street) => streetPart(doc, street, y), from)
  foot(doc)
  doc.end()
  return Buffer.concat(await whole)
}
