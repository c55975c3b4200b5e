import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import PDFDocument from 'pdfkit'
import { encode } from 'uqr'
import { tellCampaign } from './campaign.ts'
import type { CampaignRow } from './tables.ts'

export interface Poster {
  /** Where residents reach us, without a path. */
  readonly publicUrl: string
  readonly campaign: CampaignRow
  readonly now: Date
}

type Doc = PDFKit.PDFDocument

/** The page is drawn in units of 1/96 inch, 794 × 1123 to an A4 page. */
const UNIT = 0.75
const [WIDTH, HEIGHT] = [794, 1123]
const MARGIN = 56
const INNER = WIDTH - 2 * MARGIN
const MM = 96 / 25.4
/** The symbol alone; its four modules of quiet lie around it. */
export const QR_MM = 90
const QUIET_MODULES = 4

const COLOURS = {
  band: '#00474e',
  onBand: '#ffffff',
  onBandSoft: '#c9e3e5',
  ink: '#0e1b1d',
  inkSoft: '#3a4a4d',
  brand: '#00616a',
  brandSoft: '#e0f0f1',
} as const

const FONTS = { regular: '400Regular', semi: '600SemiBold', bold: '700Bold' } as const
type Font = keyof typeof FONTS

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
function write(doc: Doc, text: string, line: Line): number {
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
function sizeFor(doc: Doc, text: string, font: Font, wished: number, width: number): number {
  doc.font(font).fontSize(wished)
  return Math.min(wished, (wished * width) / doc.widthOfString(text))
}

function icon(doc: Doc, name: keyof typeof ICONS, x: number, y: number, size: number, colour: string): void {
  doc
    .save()
    .translate(x, y)
    .scale(size / 24)
  doc.path(ICONS[name]).lineWidth(2).lineCap('round').lineJoin('round').stroke(colour)
  doc.restore()
}

function brandMark(doc: Doc, x: number, y: number): void {
  doc
    .save()
    .translate(x, y)
    .scale(36 / 26)
  doc.roundedRect(3, 2, 20, 22, 2).fill(COLOURS.onBand)
  doc.path('M7.5 2v22').lineWidth(1.6).stroke(COLOURS.band)
  doc.path('M15.3 7.5v9M10.8 12h9').lineWidth(3).stroke(COLOURS.band)
  doc.restore()
}

function band(doc: Doc): void {
  doc.rect(0, 0, WIDTH, 285).fill(COLOURS.band)
  brandMark(doc, MARGIN, 30)
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

/** Neighbouring dark modules of a row as one bar, all bars as one shape: no hairline between them on any printer. */
function qrCode(doc: Doc, url: string, x: number, y: number): void {
  const { data, size } = encode(url, { ecc: 'Q', border: 0 })
  const module = (QR_MM * MM) / size
  const quiet = QUIET_MODULES * module
  doc.rect(x - quiet, y - quiet, QR_MM * MM + 2 * quiet, QR_MM * MM + 2 * quiet).fill('#ffffff')
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

/** As people type it: no scheme. */
const typed = (url: string): string => url.replace(/^https?:\/\//, '')

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

const dayText = (day: string): string => day.split('-').reverse().join('/')

/** What the sheet is and how long it hangs, for whoever puts it up. */
export function footOf(campaign: CampaignRow, now: Date): readonly [where: string, when: string] {
  const { title, alley, code, starts, ends, synthetic } = campaign
  const ward = tellCampaign(campaign, now).ward.name
  const where = title.includes(ward) ? [title, alley] : [title, ward, alley]
  const until = ends === null ? '' : ` đến ${dayText(ends)}`
  const kind = synthetic ? ['Tờ minh họa'] : []
  return [
    where.filter((part) => part !== null && part !== '').join(' · '),
    [...kind, `Tờ ${code}`, `treo từ ${dayText(starts)}${until}`].join(' · '),
  ]
}

function foot(doc: Doc, lines: readonly string[]): void {
  for (const [i, text] of lines.entries()) {
    const size = sizeFor(doc, text, 'regular', 14, INNER - 8)
    write(doc, text, { x: MARGIN, y: 1060 + i * 20, size, colour: COLOURS.inkSoft })
  }
}

function draw(doc: Doc, url: string, campaign: CampaignRow, now: Date): void {
  for (const font of Object.keys(FONTS) as Font[]) doc.registerFont(font, fontBytes(font))
  doc.scale(UNIT)
  band(doc)
  const [side, top] = [QR_MM * MM, 345]
  qrCode(doc, url, MARGIN, top)
  const x = MARGIN + side + 58
  steps(doc, x, top + 2, WIDTH - MARGIN - x)
  address(doc, url, 744)
  promises(doc, 808)
  station(doc, campaign)
  foot(doc, footOf(campaign, now))
}

/**
 * The poster of a campaign: one A4 page, its QR code drawn as lines of ink (90 mm, a quarter of it may be lost), readable
 * in black and white. The same campaign at the same time gives the same page.
 */
export async function posterPdf({ publicUrl, campaign, now }: Poster): Promise<Buffer> {
  const doc = new PDFDocument({
    size: 'A4',
    // places are in our units, and reach further down than points do: no second page
    margins: { top: 0, right: 0, bottom: -HEIGHT, left: 0 },
    lang: 'vi',
    displayTitle: true,
    pdfVersion: '1.7',
    info: {
      Title: campaign.title,
      Author: 'Sổ Khỏe',
      Subject: 'Tờ mã QR lập sổ sức khỏe',
      CreationDate: now,
    },
  })
  const whole = Array.fromAsync(doc as AsyncIterable<Buffer>)
  draw(doc, `${publicUrl.replace(/\/+$/, '')}/q/${campaign.code}`, campaign, now)
  doc.end()
  return Buffer.concat(await whole)
}
