import { drawBook } from '../../platform/ink.ts'
import type { CampaignRow } from '../tables.ts'
import { COLOURS, type Doc, HEIGHT, MM, pdfOf, qrCode, SIZES, sizeFor, typed, WIDTH, write } from './paper.ts'
import { addressOf, dayText, type PosterItem, type Posters } from './poster.ts'

/** Every code on paper is at least 25 mm wide. */
export const HANDOUT_QR_MM = 36
export const TICKET_QR_MM = 28

interface Grid {
  readonly columns: number
  readonly rows: number
}
const HANDOUTS: Grid = { columns: 2, rows: 4 }
const TICKETS: Grid = { columns: 2, rows: 5 }
const perSheet = ({ columns, rows }: Grid): number => columns * rows

/** Dashed, so that nobody takes them for a frame. */
function cutLines(doc: Doc, { columns, rows }: Grid): void {
  doc.lineWidth(1).dash(6, { space: 6 }).strokeColor('#74858a')
  for (let column = 1; column < columns; column++) {
    const x = (WIDTH / columns) * column
    doc.moveTo(x, 0).lineTo(x, HEIGHT).stroke()
  }
  for (let row = 1; row < rows; row++) {
    const y = (HEIGHT / rows) * row
    doc.moveTo(0, y).lineTo(WIDTH, y).stroke()
  }
  doc.undash()
}

const cornerOf = ({ columns, rows }: Grid, at: number) => ({
  left: (WIDTH / columns) * (at % columns),
  top: (HEIGHT / rows) * Math.floor(at / columns),
})

function brand(doc: Doc, x: number, y: number): void {
  drawBook(doc, x, y, 26, COLOURS.band)
  write(doc, 'Sổ Khỏe', { x: x + 34, y: y + 1, size: 16, font: 'semi' })
}

function handout(doc: Doc, publicUrl: string, item: PosterItem, left: number, top: number): void {
  const url = addressOf(publicUrl, item)
  brand(doc, left + 24, top + 20)
  qrCode(doc, url, left + 34, top + 74, HANDOUT_QR_MM)
  const x = left + 34 + HANDOUT_QR_MM * MM + 30
  const width = left + WIDTH / 2 - 20 - x
  let y = write(doc, 'Quét mã, lập sổ sức khỏe điện tử', {
    x,
    y: top + 62,
    size: 19,
    font: 'bold',
    width,
  })
  y = write(doc, 'Miễn phí, khoảng 3 phút. Không cần cài ứng dụng.', { x, y: y + 6, size: 14, width })
  const { station_phone, station_name } = item.campaign
  const help = station_phone ? `Cần giúp: ${station_phone}` : `Cần giúp: ${station_name}`
  write(doc, help, {
    x,
    y: y + 6,
    size: sizeFor(doc, help, 'semi', 14, width),
    font: 'semi',
    width: width + 2,
  })
  const text = `Hoặc gõ: ${typed(url)}`
  const whole = WIDTH / 2 - 48
  write(doc, text, {
    x: left + 24,
    y: top + 248,
    size: sizeFor(doc, text, 'semi', 15, whole),
    font: 'semi',
    width: whole + 2,
  })
}

/** Slips to hand out: one sheet of A4 to each campaign or place, eight to a sheet, with cut lines. */
export async function handoutPdf({ publicUrl, items, now }: Posters): Promise<Buffer> {
  const sheet = (item: PosterItem) => (doc: Doc) => {
    cutLines(doc, HANDOUTS)
    for (let at = 0; at < perSheet(HANDOUTS); at++) {
      const { left, top } = cornerOf(HANDOUTS, at)
      handout(doc, publicUrl, item, left, top)
    }
  }
  const title = items[0]?.campaign.title ?? 'Sổ Khỏe'
  return await pdfOf({ size: SIZES.a4, title, subject: 'Tờ rơi lập sổ sức khỏe', now }, items.map(sheet))
}

export interface TicketSheets {
  readonly publicUrl: string
  readonly campaign: CampaignRow
  /** Told once, here. */
  readonly tickets: readonly string[]
  /** Last day on which they are good, YYYY-MM-DD. */
  readonly until: string
  readonly now: Date
}

function ticket(doc: Doc, sheets: TicketSheets, code: string, left: number, top: number): void {
  const url = addressOf(sheets.publicUrl, { campaign: sheets.campaign })
  qrCode(doc, url, left + 34, top + 36, TICKET_QR_MM)
  const x = left + 34 + TICKET_QR_MM * MM + 26
  const width = left + WIDTH / 2 - 18 - x
  let y = write(doc, 'Phiếu lập sổ sức khỏe', { x, y: top + 16, size: 16, font: 'bold', width })
  const steps = [
    '1. Quét mã bên trái, hoặc gõ địa chỉ dưới đây.',
    '2. Chọn “Dùng mã in trên phiếu”.',
    '3. Nhập mã này. Mã dùng một lần, không cần tin nhắn:',
  ]
  for (const step of steps) y = write(doc, step, { x, y: y + 2, size: 12.5, width })
  write(doc, code, {
    x,
    y: y + 4,
    size: sizeFor(doc, code, 'bold', 24, width),
    font: 'bold',
    width: width + 4,
  })
  const whole = WIDTH / 2 - 48
  for (const [text, up, size] of [
    [typed(url), 48, 14],
    [`${sheets.campaign.title} · dùng đến hết ${dayText(sheets.until)}`, 26, 12],
  ] as const)
    write(doc, text, {
      x: left + 24,
      y: top + HEIGHT / TICKETS.rows - up,
      size: sizeFor(doc, text, 'regular', size, whole),
      colour: COLOURS.inkSoft,
      width: whole + 2,
    })
}

/** Sheets of tickets with cut lines, ten to an A4 page: each opens one new book without a text message. */
export async function ticketPdf(sheets: TicketSheets): Promise<Buffer> {
  const size = perSheet(TICKETS)
  const pages = Array.from({ length: Math.ceil(sheets.tickets.length / size) }, (_, page) =>
    sheets.tickets.slice(page * size, (page + 1) * size),
  )
  const draw = (tickets: readonly string[]) => (doc: Doc) => {
    cutLines(doc, TICKETS)
    for (const [at, code] of tickets.entries()) {
      const { left, top } = cornerOf(TICKETS, at)
      ticket(doc, sheets, code, left, top)
    }
  }
  const { campaign, now } = sheets
  return await pdfOf(
    { size: SIZES.a4, title: campaign.title, subject: 'Phiếu lập sổ sức khỏe', now },
    pages.map(draw),
  )
}
