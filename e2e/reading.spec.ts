import type { Page } from '@playwright/test'
import { haveBook } from './declared.ts'
import { expect, type House, test } from './house.ts'
import { accessible, fits, newPhone } from './resident.ts'

/** A book of a first declaration, open on its first page. */
async function openBook(page: Page, house: House): Promise<void> {
  await haveBook(page, house, newPhone())
  await page.goto('/app/book')
  await expect(page.getByRole('heading', { name: 'Việc cần làm' })).toBeVisible()
}

test('the first page says what is in the book, what to do and who looked; every part leads on', async ({
  page,
  house,
}) => {
  await openBook(page, house)
  await expect(page.getByText('Dị ứng: Penicilin, amoxicilin')).toBeVisible()
  await expect(page.getByRole('link', { name: /Xác nhận sổ tại trạm y tế/ })).toBeVisible()
  await expect(page.getByText('Chưa có ai khác xem sổ này.', { exact: false })).toBeVisible()
  await expect(page.getByRole('link', { name: /Bệnh, dị ứng, thuốc, số đo/ })).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: /^Bệnh Tăng huyết áp/ }).click()
  await expect(page.getByRole('heading', { name: 'Bệnh', exact: true })).toBeVisible()
  await expect(page.getByText('Tăng huyết áp').first()).toBeVisible()
  await expect(page.getByText('Tự khai').first()).toBeVisible()
  await accessible(page)
})

test('the timeline tells who says what, and its filters leave only what was asked for', async ({
  page,
  house,
}) => {
  await openBook(page, house)
  await page.getByRole('link', { name: /Diễn biến sức khỏe/ }).click()
  await expect(page.getByText('Khai sức khỏe').first()).toBeVisible()
  await accessible(page)
  await page.getByRole('button', { name: 'Dị ứng' }).click()
  await expect(page.getByRole('button', { name: 'Dị ứng' })).toHaveAttribute('aria-pressed', 'true')
  await expect(page.getByText('Penicilin, amoxicilin')).toBeVisible()
  await expect(page.getByText('Khai sức khỏe', { exact: true })).toHaveCount(0)
  await page.getByRole('button', { name: 'Bệnh viện' }).click()
  await expect(page.getByText('Không có mục nào như vậy.', { exact: false })).toBeVisible()
  await accessible(page)
})

test('a measurement is a picture with its finding as name, and a table one tap away', async ({
  page,
  house,
}) => {
  await openBook(page, house)
  await page.getByRole('navigation').getByRole('link', { name: 'Kết quả' }).click()
  await page.getByRole('link', { name: /Cân nặng/ }).click()
  await expect(page.getByRole('img', { name: /^Cân nặng\. Một lần/ })).toBeVisible()
  await page.getByText('Xem dạng bảng, đủ 1 lần').click()
  await expect(page.getByRole('table')).toBeVisible()
  await accessible(page)
})

test('who looked says each access in a sentence, one’s own apart', async ({ page, house }) => {
  await openBook(page, house)
  await page.getByRole('navigation').getByRole('link', { name: 'Ai đã xem' }).click()
  await expect(page.getByRole('heading', { name: 'Ai đã xem sổ của tôi' })).toBeVisible()
  await page.getByText('Tôi tự mở và tự ghi').click()
  await expect(page.getByText('khai sức khỏe.', { exact: false }).first()).toBeVisible()
  await accessible(page)
})

test('in English, at twice the text size on a narrow phone, the reading screens keep their width', async ({
  page,
  house,
}) => {
  await openBook(page, house)
  await page.getByRole('button', { name: /English/ }).click()
  await page.setViewportSize({ width: 320, height: 640 })
  await page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.fontSize = '200%'
    }),
  )
  for (const [path, words] of [
    ['/app/book', 'What to do'],
    ['/app/timeline', 'Health over time'],
    ['/app/results', 'Results'],
    ['/app/results/29463-7', 'Weight'],
    ['/app/list/medicine', 'Medicines'],
    ['/app/looked', 'What I opened and wrote myself'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByText(words).first()).toBeVisible()
    await fits(page)
    await accessible(page)
  }
})

test('a screen that was read once is read without network, with the time of its copy', async ({
  page,
  house,
  context,
}) => {
  await openBook(page, house)
  for (const path of ['/app/timeline', '/app/results']) {
    await page.goto(path)
    await expect(page.getByText(/Khai sức khỏe|Cân nặng/).first()).toBeVisible()
  }
  await page.goto('/app/book')
  await expect(page.getByRole('heading', { name: 'Việc cần làm' })).toBeVisible()
  await context.setOffline(true)
  await page.getByRole('link', { name: /Diễn biến sức khỏe/ }).click()
  await expect(page.getByText('Khai sức khỏe').first()).toBeVisible()
  await expect(
    page.getByRole('status').filter({ hasText: 'Mất mạng' }).or(page.locator('.network')),
  ).toBeVisible()
  await context.setOffline(false)
})
