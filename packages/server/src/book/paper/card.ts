import PDFDocument from 'pdfkit'
import { drawBook, drawQr, printable, registerFonts } from '../../platform/ink.ts'
import type { Printed } from './pdf.ts'
import { linesOf, type Type } from './ruler.ts'

type Doc = PDFKit.PDFDocument

/** A card to cut out: what its face says, and the code that opens nothing by itself. */
export interface CardFace {
  readonly name: string
  readonly birth: string
  readonly number: string
  readonly station: string | null
  /** What its QR holds. */
  readonly url: string
}

const MM = 72 / 25.4
/** A bank card's (ISO/IEC 7810 ID-1). */
const [WIDTH, HEIGHT] = [85.6 * MM, 53.98 * MM]
const [LEFT, TOP] = [62.2 * MM, 30 * MM]
const QR = 30 * MM
const INK = { text: '#0e1b1d', soft: '#3a4a4d', brand: '#00474e' } as const

function write(doc: Doc, type: Type, text: string, x: number, y: number, width: number, most = 1): number {
  const lines = linesOf(doc, type, text, width).slice(0, most)
  const height = type.size * 1.4
  doc.font(type.font).fontSize(type.size)
  for (const [i, line] of lines.entries()) doc.text(line, x, y + i * height, { lineBreak: false })
  return y + lines.length * height
}

function face(doc: Doc, card: CardFace): void {
  doc
    .roundedRect(LEFT, TOP, WIDTH, HEIGHT, 3.2 * MM)
    .lineWidth(0.7)
    .dash(3, { space: 2 })
    .stroke(INK.soft)
    .undash()
  drawBook(doc, LEFT + 9, TOP + 9, 16, INK.brand)
  doc.fillColor(INK.brand)
  write(doc, { font: 'semi', size: 9.5 }, 'Sổ Khỏe TP. Hồ Chí Minh', LEFT + 28, TOP + 11, WIDTH - 38)
  drawQr(doc, card.url, LEFT + WIDTH - QR - 13, TOP + HEIGHT - QR - 13, QR)
  const width = WIDTH - QR - 40
  doc.fillColor(INK.text)
  let y = write(doc, { font: 'bold', size: 12 }, card.name, LEFT + 11, TOP + 40, width, 3)
  doc.fillColor(INK.soft)
  y = write(doc, { font: 'regular', size: 8.5 }, `Sinh ${card.birth}`, LEFT + 11, y + 2, width)
  if (card.station) write(doc, { font: 'regular', size: 8.5 }, card.station, LEFT + 11, y, width, 2)
  doc.fillColor(INK.soft)
  write(doc, { font: 'regular', size: 7.5 }, 'Số sổ', LEFT + 11, TOP + HEIGHT - 35, width)
  doc.fillColor(INK.text)
  write(doc, { font: 'semi', size: 11 }, card.number, LEFT + 11, TOP + HEIGHT - 25, width)
}

const HOW = [
  'Cắt theo đường kẻ. Đưa thẻ này khi đi khám hoặc đến trạm y tế.',
  'Mã trên thẻ không có tên, số giấy tờ hay bệnh tật, và không tự mở được sổ: nơi khám còn phải đối chiếu căn cước, mã trên máy hoặc mã gửi tới điện thoại.',
  'Mất thẻ: mở ứng dụng, mục Thẻ, bấm “Thay mã in”. Thẻ cũ hết dùng ngay.',
]

/** One card on an A4 page, with how to use it. */
export async function drawCard(card: CardFace, at: Date): Promise<Printed> {
  const info = { Title: 'Thẻ sức khỏe', Author: 'Sổ Khỏe', Subject: printable(card.number), CreationDate: at }
  const doc = new PDFDocument({
    size: 'A4',
    margin: 0,
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    info,
  })
  const whole = Array.fromAsync(doc as AsyncIterable<Buffer>)
  registerFonts(doc)
  face(doc, card)
  doc.fillColor(INK.text)
  let y = TOP + HEIGHT + 16
  for (const text of HOW) y = write(doc, { font: 'regular', size: 11 }, text, 30 * MM, y, 150 * MM, 4) + 6
  doc.end()
  return { pdf: Buffer.concat(await whole), pages: 1 }
}
