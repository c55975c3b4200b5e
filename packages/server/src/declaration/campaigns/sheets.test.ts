import { expect, test } from 'vitest'
import { pdfText as textOf } from '../../../test/poppler.ts'
import { cutOut, decode, hasPoppler, render } from '../../../test/printed.ts'
import type { CampaignRow } from '../tables.ts'
import { posterPdf } from './poster.ts'
import { HANDOUT_QR_MM, handoutPdf, TICKET_QR_MM, ticketPdf } from './sheets.ts'

const now = new Date('2026-11-23T05:00:00Z')
const campaign: CampaignRow = {
  code: 'bq3kd7',
  ward: '26911',
  kind: 'ward',
  alley: null,
  title: 'Lập sổ sức khỏe Phường Bình Quới',
  starts: '2026-11-02',
  ends: null,
  target: null,
  station_name: 'Trạm Y tế phường Bình Quới',
  station_phone: '(028) 5550 1127',
  station_hours: null,
  station_address: null,
  synthetic: false,
  created_at: now,
  ended_at: null,
}
const market = { code: 'mk2qx5z', name: 'Chợ Bình Quới, cổng chính' }
const publicUrl = 'https://sokhoe.example'
const pagesOf = (pdf: Buffer): number => pdf.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0
const poppler = test.runIf(hasPoppler())

poppler('many posters are one document, a page each, and each page opens its own place', async () => {
  const items = [{ campaign }, { campaign, place: market }]
  const pdf = await posterPdf({ publicUrl, items, now })

  expect(pagesOf(pdf)).toBe(2)
  expect(decode(render(pdf, 72, 1))).toBe(`${publicUrl}/q/bq3kd7`)
  expect(decode(render(pdf, 72, 2))).toBe(`${publicUrl}/q/mk2qx5z`)
  expect(textOf(pdf)).toContain('Chợ Bình Quới, cổng chính')
  expect(textOf(pdf)).toContain('Tờ mk2qx5z')
})

poppler.each([
  ['a3', [841.89, 1190.55], 50],
  ['a5', [419.53, 595.28], 110],
] as const)('a poster of size %s has its own paper and still opens', async (size, [width, height], dpi) => {
  const pdf = await posterPdf({ publicUrl, items: [{ campaign }], now, size })

  expect(pdf.toString('latin1')).toContain(`/MediaBox [0 0 ${width} ${height}]`)
  expect(pagesOf(pdf)).toBe(1)
  expect(decode(render(pdf, dpi))).toBe(`${publicUrl}/q/bq3kd7`)
})

poppler('a sheet of slips has eight, each with a code that opens, words and whom to ask', async () => {
  const pdf = await handoutPdf({ publicUrl, items: [{ campaign, place: market }], now })
  const picture = render(pdf, 150)

  expect(pagesOf(pdf)).toBe(1)
  for (const row of [0, 1, 2, 3])
    for (const column of [0, 0.5])
      expect(decode(cutOut(picture, column, row / 4, column + 0.5, (row + 1) / 4))).toBe(
        `${publicUrl}/q/mk2qx5z`,
      )
  const text = textOf(pdf).normalize('NFC')
  expect(text.match(/lập sổ sức khỏe điện tử/g)).toHaveLength(8)
  expect(text).toContain('Cần giúp: (028) 5550 1127')
  expect(text).toContain('Hoặc gõ: sokhoe.example/q/mk2qx5z')
})

poppler(
  'tickets are ten to a page, every one with its own code, how to use it, and its last day',
  async () => {
    const tickets = Array.from({ length: 12 }, (_, at) => `ABCD-EFGH-${String(1000 + at)}`)
    const pdf = await ticketPdf({ publicUrl, campaign, tickets, until: '2026-12-23', now })
    const text = textOf(pdf).normalize('NFC')

    expect(pagesOf(pdf)).toBe(2)
    for (const ticket of tickets) expect(text.split(ticket)).toHaveLength(2)
    expect(text.match(/Dùng mã in trên phiếu/g)).toHaveLength(12)
    expect(text).toContain('dùng đến hết 23/12/2026')
    expect(decode(cutOut(render(pdf, 150, 1), 0.5, 0.8, 1, 1))).toBe(`${publicUrl}/q/bq3kd7`)
    expect(decode(cutOut(render(pdf, 150, 2), 0, 0, 0.5, 0.2))).toBe(`${publicUrl}/q/bq3kd7`)
  },
)

test('every code on paper is at least 25 mm wide', () => {
  expect(Math.min(HANDOUT_QR_MM, TICKET_QR_MM)).toBeGreaterThanOrEqual(25)
})
