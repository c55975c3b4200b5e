import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import type { Page } from '@playwright/test'
import { haveBook } from './declared.ts'
import { scan, scanPicture } from './decode.ts'
import { expect, type House, test } from './house.ts'
import { accessible, button, fits, newPhone, shellKept } from './resident.ts'

async function openCard(page: Page, house: House): Promise<void> {
  await haveBook(page, house, newPhone())
  await page.goto('/app/card')
  await expect(page.getByRole('heading', { name: 'Mã in trên thẻ' })).toBeVisible()
}

const live = (page: Page) => page.getByRole('img', { name: 'Mã QR dùng một lần' })
const printed = (page: Page) => page.getByRole('img', { name: /Mã QR thẻ sức khỏe của/ })

test('the card holds two codes, told apart: one for a minute, one that is printed', async ({
  page,
  house,
}) => {
  await page.clock.install()
  await openCard(page, house)
  await accessible(page)
  const onCard = await scan(page, printed(page))
  expect(onCard).toMatch(/\/c\/[A-Za-z0-9_-]{22}$/)

  await button(page, 'Hiện mã dùng một lần').click()
  await expect(live(page)).toBeVisible()
  const told = (seconds: RegExp) => page.getByRole('status').filter({ hasText: seconds })
  await expect(told(/Mã còn dùng được khoảng [3-6][05] giây/)).toBeAttached()
  const first = await scan(page, live(page))
  expect(first).toMatch(/\/l\/[A-Za-z0-9_-]{22}$/)
  await accessible(page)

  await page.clock.runFor(31_000)
  await expect(told(/khoảng (?:5|10|15|20|25|30) giây|đã hết hạn/)).toBeAttached()
  await page.clock.runFor(30_000)
  await expect(page.getByText('Mã đã hết hạn.')).toBeVisible()
  await expect(live(page)).toHaveCount(0)
  await accessible(page)

  await button(page, 'Lấy mã mới').click()
  await expect(live(page)).toBeVisible()
  expect(await scan(page, live(page))).not.toBe(first)
})

test('whoever scans a code with a camera learns what it is, and nothing of the person', async ({
  page,
  house,
}) => {
  await openCard(page, house)
  await button(page, 'Hiện mã dùng một lần').click()
  const codes = [await scan(page, live(page)), await scan(page, printed(page))]
  const stranger = await (await page.context().browser())?.newContext({ baseURL: house.base })
  const camera = await stranger?.newPage()
  if (!stranger || !camera) throw new Error('no second browser')
  for (const [i, title] of ['Đây là mã dùng một lần của Sổ Khỏe', 'Đây là một thẻ sức khỏe'].entries()) {
    await camera.goto(codes[i] ?? '')
    await expect(camera.getByRole('heading', { name: title })).toBeVisible()
    await expect(camera.locator('body')).not.toContainText('Hà')
    await accessible(camera)
  }
  await stranger.close()
})

test('a card is printed, kept as a picture, and renewed, after which the old code is another', async ({
  page,
  house,
}) => {
  await openCard(page, house)
  const before = await scan(page, printed(page))

  const [pdf] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'In thẻ, hoặc lưu thành PDF').click(),
  ])
  const text = execFileSync('pdftotext', [await pdf.path(), '-'], { encoding: 'utf8' })
  expect(text).toContain('Nguyễn Thị Thu Hà')
  const page1 = execFileSync('pdftoppm', ['-png', '-r', '150', '-singlefile', await pdf.path()], {
    maxBuffer: 1e8,
  })
  expect(await scanPicture(page, page1)).toBe(before)

  const [picture] = await Promise.all([
    page.waitForEvent('download'),
    button(page, 'Lưu ảnh thẻ vào máy').click(),
  ])
  expect(await scanPicture(page, readFileSync(await picture.path()))).toBe(before)

  await button(page, 'Thay mã in').click()
  await expect(page.getByRole('dialog')).toContainText('hết dùng ngay')
  await accessible(page)
  await button(page, 'Thay mã, bỏ thẻ cũ').click()
  await expect(page.getByText('Đã thay mã.', { exact: false })).toBeVisible()
  await expect.poll(() => scan(page, printed(page))).not.toBe(before)
})

test('without network the printed code shows, and the one-time code says that it needs one', async ({
  page,
  context,
  house,
}) => {
  await openCard(page, house)
  await shellKept(page)
  const before = await scan(page, printed(page))
  await context.setOffline(true)
  await page.reload()
  await expect(printed(page)).toBeVisible()
  expect(await scan(page, printed(page))).toBe(before)
  await expect(button(page, 'Hiện mã dùng một lần')).toBeDisabled()
  await expect(page.getByText('Mã dùng một lần cần có mạng.', { exact: false })).toBeVisible()
  await accessible(page)
  await context.setOffline(false)
})

test('the card keeps its width at 320 pixels and twice the text size, in both languages', async ({
  page,
  house,
}) => {
  await openCard(page, house)
  await page.setViewportSize({ width: 320, height: 640 })
  await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
  await button(page, 'Hiện mã dùng một lần').click()
  await expect(live(page)).toBeVisible()
  await fits(page)
  await page.getByRole('button', { name: 'English: switch to English' }).click()
  await expect(page.getByRole('heading', { name: 'One-time code' })).toBeVisible()
  await fits(page)
})
