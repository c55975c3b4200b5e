import { readFile } from 'node:fs/promises'
import type { Page } from '@playwright/test'
import { pdfText } from '../packages/server/test/poppler.ts'
import { cutOut, decode, render } from '../packages/server/test/printed.ts'
import { expect, test } from './house.ts'
import { accessible, button, makeBook, newPhone } from './resident.ts'
import { signInAs } from './staff.ts'

/** What the browser keeps when this is done. */
async function fileOf(page: Page, work: () => Promise<void>): Promise<Buffer> {
  const waiting = page.waitForEvent('download')
  await work()
  return await readFile(await (await waiting).path())
}

const dialog = (page: Page) => page.getByRole('dialog')

test('a lead begins a campaign by keyboard, names a place, prints its poster and a sheet of tickets', async ({
  page,
  house,
  browser,
}) => {
  await signInAs(page, house, 'lead.bq', '/station')
  await expect(page.getByRole('heading', { name: 'Lập sổ sức khỏe, Phường Bình Quới' })).toBeVisible()
  await expect(page.getByText('mục tiêu 90% dân số ước tính', { exact: false })).toBeVisible()
  await expect(page.getByRole('rowheader', { name: 'Từ 60 tuổi' })).toBeVisible()
  await accessible(page)

  await page.getByRole('link', { name: 'Mở chiến dịch' }).click()
  await page.getByLabel('Hẻm, khu phố').check()
  await button(page, 'Mở chiến dịch Enter').click()
  await expect(page.getByText('Cần nói hẻm hoặc khu phố nào.')).toBeVisible()
  await expect(page.getByLabel('Hẻm hoặc khu phố')).toBeFocused()
  await accessible(page)
  await page.keyboard.type('Hẻm 480 Bình Quới')
  await page.getByLabel('Tên', { exact: true }).fill('Hẻm 480, tháng 12')
  await page.getByLabel('Ngày cuối').fill('31/12/2027')
  await page.getByLabel('Mục tiêu (người)').fill('300')
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Hẻm 480, tháng 12' })).toBeVisible()
  await expect(page.getByText('mục tiêu 300 người, 31/12/2027')).toBeVisible()
  const code = new URL(page.url()).pathname.split('/').at(-1) ?? ''
  await page.getByLabel('Thêm nơi treo').fill('Chợ Bình Quới, cổng chính')
  await page.keyboard.press('Enter')
  await expect(page.getByText('1 tờ đang treo')).toBeVisible()
  await accessible(page)

  await button(page, 'In tờ mã QR').click()
  await page.getByText('Cả 1 nơi treo, mỗi nơi một trang').click()
  await expect(dialog(page).getByText('2 trang trong một tệp PDF')).toBeVisible()
  await accessible(page)
  const posters = await fileOf(page, () => button(page, 'Tải PDF').click())
  expect(decode(render(posters, 72, 1))).toBe(`${house.base}/q/${code}`)
  const ofPlace = decode(render(posters, 72, 2)) ?? ''
  expect(pdfText(posters)).toContain('Chợ Bình Quới, cổng chính')
  await page.keyboard.press('Escape')

  await button(page, 'In phiếu').click()
  await page.getByLabel('Số phiếu').fill('3')
  const tickets = await fileOf(page, () => button(page, 'Tải tờ phiếu').click())
  expect(pdfText(tickets).match(/[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]{4}/g)).toHaveLength(3)
  expect(decode(cutOut(render(tickets, 150), 0, 0, 0.5, 0.2))).toBe(`${house.base}/q/${code}`)
  await expect(page.getByText('Đã tải. Giữ tệp cẩn thận', { exact: false })).toBeVisible()
  await page.keyboard.press('Escape')

  const phone = await browser.newPage({ viewport: { width: 390, height: 844 } })
  await phone.goto(ofPlace)
  await expect(phone.getByRole('heading', { level: 1 })).toBeVisible()
  await phone.close()
  await expect(async () => {
    await page.reload()
    await expect(page.getByText('1 quét')).toBeVisible({ timeout: 5000 })
  }).toPass({ timeout: 45_000 })

  await button(page, 'Kết thúc ngay').click()
  await dialog(page).getByRole('button', { name: 'Kết thúc ngay' }).click()
  await expect(page.getByText('đã kết thúc', { exact: false })).toBeVisible()
  await page.goto(`/q/${code}`)
  await expect(page.getByRole('heading', { name: 'Đợt khai này đã kết thúc' })).toBeVisible()
})

test('campaigns stand side by side, and the numbers leave as CSV and as XLSX', async ({ page, house }) => {
  await signInAs(page, house, 'department', '/department/campaigns')
  const choose = page.getByRole('checkbox')
  await expect(choose.nth(1)).toBeVisible()
  await accessible(page)
  await choose.nth(0).check()
  await choose.nth(1).check()
  await button(page, 'So sánh').click()
  await expect(page.getByRole('heading', { level: 2 })).toHaveCount(2)
  await expect(page.getByText('Sổ mỗi ngày, 7 ngày qua')).toHaveCount(2)
  await accessible(page)

  await page.getByRole('heading', { level: 2 }).first().getByRole('link').click()
  const csv = await fileOf(page, () => button(page, 'Tải CSV').click())
  expect(csv.toString('utf8')).toContain('Tuổi,Đã có sổ,Đã xác nhận,Dân số ước tính')
  const xlsx = await fileOf(page, () => button(page, 'Tải XLSX').click())
  expect(xlsx.subarray(0, 2).toString()).toBe('PK')
})

test('the board counts a book as soon as it is there; a nurse sees it and changes nothing', async ({
  page,
  house,
  browser,
}) => {
  await signInAs(page, house, 'station.bq', '/station')
  await expect(page.getByRole('link', { name: 'Mở chiến dịch' })).toHaveCount(0)
  await expect(page.getByRole('link', { name: 'Tài khoản' })).toHaveCount(0)
  const newToday = async (): Promise<number> =>
    Number(
      /^(\d+) sổ mới/.exec(
        (await page
          .getByText(/^\d+ sổ mới/)
          .first()
          .textContent()) ?? '',
      )?.[1],
    )
  const before = await newToday()

  const phone = await browser.newPage({ viewport: { width: 390, height: 844 }, baseURL: house.base })
  await makeBook(phone, house, newPhone())
  await phone.close()
  await page.reload()
  await expect.poll(newToday).toBe(before + 1)
  await page.getByLabel('Chiến dịch', { exact: true }).check()
  await expect(
    page.getByRole('rowheader', { name: 'Lập sổ sức khỏe Phường Bình Quới' }).first(),
  ).toBeVisible()
  await accessible(page)
})

test('more books than estimated people are flagged, never hidden', async ({ page, house }) => {
  await page.route('**/api/station/board', async (route) => {
    const reply = await route.fetch()
    const board = (await reply.json()) as { population: { estimated: number } }
    await route.fulfill({ json: { ...board, declared: board.population.estimated + 800, overFull: true } })
  })
  await signInAs(page, house, 'lead.bt', '/station')
  await expect(page.getByText(/^[\d.]+ sổ trên [\d.]+ người ước tính/)).toBeVisible()
  await expect(page.getByText(/^10\d,\d%$/).first()).toBeVisible()
  await accessible(page)
})
