import { drawBook } from '../../platform/ink.ts'
import { tellCampaign } from '../campaign.ts'
import type { CampaignRow } from '../tables.ts'
import {
  COLOURS,
  type Doc,
  INNER,
  icon,
  MARGIN,
  MM,
  pdfOf,
  qrCode,
  SIZES,
  sizeFor,
  typed,
  WIDTH,
  write,
} from './paper.ts'

/** A campaign's poster, or that of one of the places where it hangs. */
export interface PosterItem {
  readonly campaign: CampaignRow
  readonly place?: { readonly code: string; readonly name: string }
}

export interface Posters {
  /** Where residents reach us, without a path. */
  readonly publicUrl: string
  readonly items: readonly PosterItem[]
  readonly now: Date
  readonly size?: keyof typeof SIZES
}

/** Of the poster's symbol alone, on A4. */
export const QR_MM = 90

/** The short address that the poster opens. */
export const addressOf = (publicUrl: string, { campaign, place }: PosterItem): string =>
  `${publicUrl.replace(/\/+$/, '')}/q/${(place ?? campaign).code}`

function band(doc: Doc): void {
  doc.rect(0, 0, WIDTH, 285).fill(COLOURS.band)
  drawBook(doc, MARGIN, 30, 36, COLOURS.onBand, COLOURS.band)
  write(doc, 'Sổ Khỏe', { x: MARGIN + 44, y: 31, size: 25, font: 'semi', colour: COLOURS.onBand })
  const right = { x: MARGIN, size: 19, align: 'right', colour: COLOURS.onBand } as const
  write(doc, 'Sở Y tế TP. Hồ Chí Minh', { ...right, y: 36 })
  const title = { x: MARGIN, size: 60, font: 'bold', colour: COLOURS.onBand } as const
  write(doc, 'Quét mã, lập sổ', { ...title, y: 78 })
  write(doc, 'sức khỏe điện tử', { ...title, y: 150 })
  write(doc, 'Scan to open your electronic health book. English inside.', {
    x: MARGIN,
    y: 233,
    size: 20,
    colour: COLOURS.onBandSoft,
  })
}

const STEPS: readonly (readonly [mark: string, what: string, more: string])[] = [
  ['1', 'Mở máy ảnh, quét mã', 'Không cần cài ứng dụng'],
  ['2', 'Nhập điện thoại', 'Nhận mã 6 số qua tin nhắn'],
  ['3', 'Khai sức khỏe', 'Khoảng 3 phút, dừng giữa chừng vẫn còn'],
  ['', 'Có thẻ sức khỏe', 'Xem lại sổ bất cứ lúc nào'],
]

function steps(doc: Doc, x: number, top: number, width: number): void {
  let y = top
  for (const [mark, what, more] of STEPS) {
    doc.circle(x + 24, y + 26, 24).fill(COLOURS.brand)
    if (mark)
      write(doc, mark, {
        x,
        y: y + 9,
        size: 25,
        font: 'bold',
        colour: COLOURS.onBand,
        width: 48,
        align: 'center',
      })
    else icon(doc, 'check', x + 10, y + 12, 28, COLOURS.onBand)
    const text = { x: x + 60, width: width - 60 }
    const next = write(doc, what, { ...text, y, size: 20, font: 'bold' })
    y = Math.max(write(doc, more, { ...text, y: next, size: 17, colour: COLOURS.inkSoft }) + 22, y + 80)
  }
}

function address(doc: Doc, url: string, y: number): void {
  const say = 'Hoặc gõ: '
  const text = typed(url)
  doc.font('regular').fontSize(22)
  const before = doc.widthOfString(say)
  const size = sizeFor(doc, text, 'bold', 34, INNER - before)
  write(doc, say, { x: MARGIN, y: y + (size - 22), size: 22, colour: COLOURS.inkSoft })
  write(doc, text, { x: MARGIN + before, y, size, font: 'bold', width: INNER })
}

const PROMISES = [
  ['heart', 'Miễn phí', 'Không ai được thu tiền hay bán hàng khi lập sổ.'],
  ['lock', 'Giữ kín', 'Chỉ nơi đang khám cho bà con mới xem được.'],
  ['shield', 'Cẩn thận kẻ gian', 'Không đọc mã 6 số cho bất cứ ai qua điện thoại.'],
] as const

function promises(doc: Doc, top: number): void {
  doc.rect(MARGIN, top, INNER, 2).fill(COLOURS.ink)
  const width = (INNER - 2 * 22) / 3
  for (const [i, [name, what, more]] of PROMISES.entries()) {
    const x = MARGIN + i * (width + 22)
    icon(doc, name, x, top + 14, 30, COLOURS.brand)
    const next = write(doc, what, { x, y: top + 48, size: 17.5, font: 'bold', width })
    write(doc, more, { x, y: next, size: 17, width })
  }
}

/** Only what is known: a line that nobody filled in is left out. */
function station(
  doc: Doc,
  { station_name, station_phone, station_hours, station_address }: CampaignRow,
): void {
  const [x, height] = [MARGIN + 94, 108]
  const top = 1048 - height
  doc.roundedRect(MARGIN, top, INNER, height, 10).fill(COLOURS.brandSoft)
  icon(doc, 'station', MARGIN + 22, top + 27, 54, COLOURS.brand)
  const phone = station_phone ?? ''
  doc.font('bold').fontSize(26)
  const phoneWidth = phone ? doc.widthOfString(phone) + 4 : 0
  const width = INNER - 94 - 22 - (phone ? phoneWidth + 18 : 0)
  const lines = [station_name, station_address, station_hours].filter((line) => line !== null && line !== '')
  let y = top + height / 2 - (26 + lines.length * 21) / 2 - 1
  const ask = 'Không có điện thoại? Cứ ra trạm'
  y = write(doc, ask, { x, y, size: sizeFor(doc, ask, 'bold', 19, width), font: 'bold', width })
  for (const line of lines) {
    write(doc, line ?? '', { x, y, size: sizeFor(doc, line ?? '', 'regular', 16, width), width })
    y += 21
  }
  const right = MARGIN + INNER - 22 - phoneWidth
  if (phone)
    write(doc, phone, { x: right, y: top + height / 2 - 17, size: 26, font: 'bold', width: phoneWidth })
}

export const dayText = (day: string): string => day.split('-').reverse().join('/')

/** What the sheet is and how long it hangs, for whoever puts it up. */
export function footOf({ campaign, place }: PosterItem, now: Date): readonly [where: string, when: string] {
  const { title, alley, starts, ends, synthetic } = campaign
  const ward = tellCampaign(campaign, now).ward.name
  const where = [...(title.includes(ward) ? [title, alley] : [title, ward, alley]), place?.name ?? null]
  const until = ends === null ? '' : ` đến ${dayText(ends)}`
  const kind = synthetic ? ['Tờ minh họa'] : []
  return [
    where.filter((part) => part !== null && part !== '').join(' · '),
    [...kind, `Tờ ${(place ?? campaign).code}`, `treo từ ${dayText(starts)}${until}`].join(' · '),
  ]
}

function foot(doc: Doc, lines: readonly string[]): void {
  for (const [i, text] of lines.entries()) {
    const size = sizeFor(doc, text, 'regular', 14, INNER - 8)
    write(doc, text, { x: MARGIN, y: 1060 + i * 20, size, colour: COLOURS.inkSoft })
  }
}

function draw(doc: Doc, publicUrl: string, item: PosterItem, now: Date): void {
  band(doc)
  const url = addressOf(publicUrl, item)
  const [side, top] = [QR_MM * MM, 345]
  qrCode(doc, url, MARGIN, top, QR_MM)
  const x = MARGIN + side + 58
  steps(doc, x, top + 2, WIDTH - MARGIN - x)
  address(doc, url, 744)
  promises(doc, 808)
  station(doc, item.campaign)
  foot(doc, footOf(item, now))
}

const WIDTHS = { a3: 297, a4: 210, a5: 148 } as const

/**
 * Posters, one page each, their QR codes drawn as lines of ink (90 mm on A4, a quarter of it may be lost), readable in
 * black and white. The same campaigns at the same time give the same pages.
 */
export async function posterPdf({ publicUrl, items, now, size = 'a4' }: Posters): Promise<Buffer> {
  const title = items[0]?.campaign.title ?? 'Sổ Khỏe'
  return await pdfOf(
    { size: SIZES[size], title, subject: 'Tờ mã QR lập sổ sức khỏe', now },
    items.map((item) => (doc: Doc) => draw(doc, publicUrl, item, now)),
    WIDTHS[size] / WIDTHS.a4,
  )
}
