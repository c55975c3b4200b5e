import { expect, test } from 'vitest'
import { pdfText as textOf } from '../../../test/poppler.ts'
import { decode, hasPoppler, type Picture, render } from '../../../test/printed.ts'
import type { CampaignRow } from '../tables.ts'
import { footOf, posterPdf, QR_MM } from './poster.ts'

const now = new Date('2026-11-23T05:00:00Z')
const campaign: CampaignRow = {
  code: 'bq3kd7',
  ward: '26911',
  alley: 'Hẻm 480 Bình Quới',
  title: 'Lập sổ sức khỏe mùa khô',
  starts: '2026-11-02',
  ends: '2026-12-31',
  target: null,
  station_name: 'Trạm Y tế phường Bình Quới',
  station_phone: '(028) 5550 1127',
  station_hours: '7:00–17:00, thứ Hai đến thứ Bảy',
  station_address: null,
  synthetic: false,
  created_at: now,
  kind: 'ward',
  ended_at: null,
}
const nothingKnown = { ...campaign, alley: null, ends: null, station_phone: null, station_hours: null }
const print = (other: Partial<CampaignRow> = {}, publicUrl = 'https://sokhoe.example') =>
  posterPdf({ publicUrl, items: [{ campaign: { ...campaign, ...other } }], now })

const poppler = test.runIf(hasPoppler())

/** Dark places of the page between two heights, as a box in millimetres. */
function darkBox({ width, height, grey }: Picture, dpi: number, from: number, until: number, right: number) {
  const mm = dpi / 25.4
  const box = { left: Number.POSITIVE_INFINITY, right: 0, top: Number.POSITIVE_INFINITY, bottom: 0 }
  for (let y = Math.round(from * mm); y < Math.min(until * mm, height); y++)
    for (let x = 0; x < Math.min(right * mm, width); x++) {
      if ((grey[y * width + x] ?? 255) > 128) continue
      box.left = Math.min(box.left, x / mm)
      box.right = Math.max(box.right, (x + 1) / mm)
      box.top = Math.min(box.top, y / mm)
      box.bottom = Math.max(box.bottom, (y + 1) / mm)
    }
  return box
}

test('a poster is one A4 page in Vietnamese, named after its campaign, and the same each time', async () => {
  const pdf = await print()
  const text = pdf.toString('latin1')

  expect(text.startsWith('%PDF-1.7')).toBe(true)
  expect(text.match(/\/Type \/Page\b/g)).toHaveLength(1)
  expect(text).toContain('/MediaBox [0 0 595.28 841.89]')
  expect(text).toContain('/Lang (vi)')
  expect((await print()).equals(pdf)).toBe(true)
})

poppler('the printed code opens the campaign, on paper and on a bad copy', async () => {
  const pdf = await print()
  expect(decode(render(pdf, 72))).toBe('https://sokhoe.example/q/bq3kd7')
  expect(decode(render(pdf, 40))).toBe('https://sokhoe.example/q/bq3kd7')

  const long = await print({}, 'https://sokhoe.medinet.hochiminhcity.gov.vn/')
  expect(decode(render(long, 72))).toBe('https://sokhoe.medinet.hochiminhcity.gov.vn/q/bq3kd7')
})

poppler('with an eighth of the code torn out of its middle it still opens', async () => {
  const dpi = 100
  const picture = render(await print(), dpi)
  const mm = dpi / 25.4
  const torn = Buffer.from(picture.grey)
  for (let y = Math.round(118 * mm); y < 150 * mm; y++)
    torn.fill(255, Math.round(y * picture.width + 44 * mm), Math.round(y * picture.width + 76 * mm))
  expect(torn.equals(picture.grey)).toBe(false)

  expect(decode({ ...picture, grey: torn })).toBe('https://sokhoe.example/q/bq3kd7')
})

poppler('the code is 90 mm wide, dark on white, with four modules of quiet on every side', async () => {
  const dpi = 200
  const picture = render(await print(), dpi)
  const box = darkBox(picture, dpi, 80, 190, 115)
  expect(box.right - box.left).toBeCloseTo(QR_MM, 0)
  expect(box.bottom - box.top).toBeCloseTo(QR_MM, 0)

  const quiet = (QR_MM / 29) * 4
  expect(box.left).toBeGreaterThan(quiet)
  const around = darkBox(
    picture,
    dpi,
    box.top - quiet + 0.3,
    box.bottom + quiet - 0.3,
    box.right + quiet - 0.3,
  )
  expect([around.top, around.bottom, around.right]).toEqual([box.top, box.bottom, box.right])
})

poppler('the words are there with every mark, and the address can be typed', async () => {
  const text = textOf(await print())
  for (const words of [
    'Quét mã, lập sổ sức khỏe điện tử',
    'Scan to open your electronic health book. English inside.',
    'Không ai được thu tiền hay bán hàng khi lập sổ.',
    'Không đọc mã 6 số cho bất cứ ai qua điện thoại.',
    'Hoặc gõ: sokhoe.example/q/bq3kd7',
    'Trạm Y tế phường Bình Quới',
    '7:00–17:00, thứ Hai đến thứ Bảy',
    '(028) 5550 1127',
    'Lập sổ sức khỏe mùa khô · Phường Bình Quới · Hẻm 480 Bình Quới',
    'Tờ bq3kd7 · treo từ 02/11/2026 đến 31/12/2026',
  ])
    expect(text.normalize('NFC')).toContain(words)
})

poppler('what nobody filled in is left out', async () => {
  const text = textOf(await print(nothingKnown))
  expect(text).not.toMatch(/null|undefined|NaN|đến \d|\(028\)/)
  expect(text).toContain('Trạm Y tế phường Bình Quới')
})

test('the foot names the ward once, the days as they are written here, and what is only a demonstration', () => {
  expect(
    footOf(
      { campaign: { ...nothingKnown, title: 'Lập sổ sức khỏe Phường Bình Quới', synthetic: true } },
      now,
    ),
  ).toEqual(['Lập sổ sức khỏe Phường Bình Quới', 'Tờ minh họa · Tờ bq3kd7 · treo từ 02/11/2026'])
})
