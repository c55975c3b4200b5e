import { execFileSync } from 'node:child_process'
import { expect, test } from 'vitest'
import { NOON } from '../../../test/house.ts'
import { pdfPages, pdfText } from '../../../test/poppler.ts'
import type { Column, Paper, Row } from './paper.ts'
import { drawPaper } from './pdf.ts'
import { openPress } from './press.ts'

const COLUMNS: readonly Column[] = [
  { title: 'Xét nghiệm', share: 3, strong: true },
  { title: 'Kết quả', share: 2, align: 'right' },
  { title: 'Nơi làm', share: 3 },
]
const glucose: Row = {
  mark: 'hospital',
  cells: ['Glucose lúc đói', '10,0 mmol/L', 'Bệnh viện Nhân dân Gia Định'],
}
const paper: Paper = {
  title: 'Sổ sức khỏe điện tử',
  owner: 'Nguyễn Thị Thu Hà',
  ownerLines: ['Nữ, 65 tuổi, sinh 30/04/1961 · Số sổ 7920 4815 3306', 'Phường Bình Quới'],
  warning: 'Dị ứng: Penicillin (nổi mề đay)',
  sections: [
    { title: 'Kết quả đo và xét nghiệm', columns: COLUMNS, rows: [glucose], absent: 'Chưa có kết quả nào.' },
    { title: 'Khuyết tật', columns: COLUMNS, rows: [], absent: 'Không ghi nhận.' },
  ],
  leftOut: null,
  printed: '25/11/2026 09:52',
  printedFor: 'theo yêu cầu của chủ sổ',
  code: 'Q7M2-81XD-90AB',
  codeUrl: 'https://sokhoe.example/p/Q7M281XD90AB',
}
const withRows = (rows: readonly Row[]): Paper => ({
  ...paper,
  sections: [{ title: 'Kết quả', columns: COLUMNS, rows, absent: '' }],
})

test('a page is read as it was written: marks of Vietnamese, numbers with their last nought', async () => {
  const { pdf, pages } = await drawPaper(paper, NOON)
  const text = pdfText(pdf)

  expect(pages).toBe(1)
  for (const words of [
    'Nguyễn Thị Thu Hà',
    'Nữ, 65 tuổi, sinh 30/04/1961 · Số sổ 7920 4815 3306',
    'Dị ứng: Penicillin (nổi mề đay)',
    '10,0 mmol/L',
    'Bệnh viện Nhân dân Gia Định',
    'Khuyết tật Không ghi nhận.',
  ])
    expect(text).toContain(words)
})

test('every page says system and owner, mark of conversion, look-up code, time, for whom, and which page it is', async () => {
  const { pdf, pages } = await drawPaper(withRows(Array.from({ length: 150 }, () => glucose)), NOON)
  const texts = pdfPages(pdf)

  expect(pages).toBeGreaterThan(3)
  expect(texts).toHaveLength(pages)
  for (const [i, text] of texts.entries()) {
    expect(text).toContain(`Trang ${i + 1}/${pages}`)
    expect(text).toContain('Nguyễn Thị Thu Hà')
    expect(text).toContain('Hệ thống Sổ Khỏe, chủ quản: Sở Y tế TP. Hồ Chí Minh')
    expect(text).toContain('Bản giấy chuyển đổi từ dữ liệu điện tử')
    expect(text).toContain('Mã kiểm tra Q7M2-81XD-90AB')
    expect(text).toContain('In 25/11/2026 09:52 theo yêu cầu của chủ sổ')
    expect(text).toContain('Tự khai Trạm y tế Bệnh viện Nhập từ giấy')
  }
  expect(texts.join(' ').split('Glucose lúc đói')).toHaveLength(151)
})

test('the same paper gives the same pages, with the whole letters of its font within', async () => {
  const [first, second] = [await drawPaper(paper, NOON), await drawPaper(paper, NOON)]
  expect(Buffer.compare(Buffer.from(first.pdf), Buffer.from(second.pdf))).toBe(0)
  const file = Buffer.from(first.pdf).toString('latin1')
  for (const font of ['Regular', 'SemiBold', 'Bold'])
    expect(file).toMatch(new RegExp(`/BaseFont /[A-Z]{6}\\+BeVietnamPro-${font}`))
  expect(file.match(/\/FontFile2/g)).toHaveLength(3)
})

test.each([
  ['a word as long as a book', 'a'.repeat(9000)],
  ['a paragraph longer than a page', 'rất dài '.repeat(2500)],
  ['letters of other scripts and pictures', '漢字 العربية 🙂 👩‍👩‍👧'],
  ['text that turns its direction and hides things', 'abc\u202edcba\u2066\u0000\u0007\r\n\tx'],
  ['half a character', '\ud83d'],
  ['nothing', ''],
])('%s does not stop the press, and no line leaves the page', async (_, hostile) => {
  const row: Row = { mark: 'self', cells: [hostile, hostile, hostile], note: hostile }
  const { pdf, pages } = await drawPaper(
    { ...withRows([row, glucose]), owner: hostile, warning: hostile },
    NOON,
  )
  const boxes = execFileSync('pdftotext', ['-bbox', '-', '-'], {
    input: pdf,
    encoding: 'utf8',
    maxBuffer: 1e8,
  })
  const ends = [...boxes.matchAll(/xMax="([\d.]+)" yMax="([\d.]+)"/g)].map(([, x, y]) => [
    Number(x),
    Number(y),
  ])

  expect(ends.length).toBeGreaterThan(20)
  expect(Math.max(...ends.map(([x = 0]) => x))).toBeLessThan(595 - 34)
  expect(Math.max(...ends.map(([, y = 0]) => y))).toBeLessThan(842 - 20)
  expect(pdfPages(pdf)).toHaveLength(pages)
  expect(pdfText(pdf)).toContain('Glucose lúc đói')
})

test('the press prints many papers beside one another, and the house goes on meanwhile', async () => {
  const press = openPress()
  const long = withRows(Array.from({ length: 400 }, () => glucose))
  const gaps: number[] = []
  let last = performance.now()
  const pulse = setInterval(() => {
    gaps.push(performance.now() - last)
    last = performance.now()
  }, 5)
  const printed = await Promise.all([
    press.print({ paper: long }, NOON),
    press.print({ paper }, NOON),
    press.print({ paper: long }, NOON),
  ])
  clearInterval(pulse)
  await press.close()

  expect(printed.map(({ pages }) => pages > 1)).toEqual([true, false, true])
  expect(gaps.length).toBeGreaterThan(10)
  expect(pdfText(printed[1]?.pdf ?? Buffer.alloc(0))).toContain('10,0 mmol/L')
})

test('more papers than can wait are refused for a moment', async () => {
  const press = openPress()
  const asked = Array.from({ length: 25 }, () => press.print({ paper }, NOON))
  const done = await Promise.allSettled(asked)
  await press.close()

  expect(done.filter(({ status }) => status === 'fulfilled')).toHaveLength(20)
  const refused = done.flatMap((one) => (one.status === 'rejected' ? [one.reason] : []))
  expect(refused.map(({ code }) => code)).toEqual(Array.from({ length: 5 }, () => 'request.busy'))
})
