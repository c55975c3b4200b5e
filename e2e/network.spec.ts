import { expect, test } from './house.ts'
import { draftsOnPhone } from './kept.ts'
import {
  button,
  draftsOnServer,
  enter,
  giveCode,
  goOn,
  HA,
  kindsInBook,
  newPhone,
  onStep,
  sayWho,
  shellKept,
  tell,
} from './resident.ts'

test('with the network cut half way, closing the page loses nothing, and another phone goes on', async ({
  page,
  context,
  browser,
  house,
}) => {
  const phone = newPhone()
  await enter(page, house, phone)
  await shellKept(page)
  await sayWho(page)
  await goOn(page)
  await onStep(page, 2)
  await page.getByText('Tăng huyết áp').click()
  await expect.poll(async () => JSON.stringify(await draftsOnServer(context))).toContain('B3.2.1')

  await context.setOffline(true)
  await page.getByText('Hen suyễn (suyễn)').click()
  await goOn(page)
  await onStep(page, 3)
  await page.getByText('Penicilin, amoxicilin').click()
  await expect(page.getByText(/Mất mạng từ \d\d:\d\d\./)).toBeVisible()
  await expect(page.getByText(/câu chờ gửi, tự gửi khi có mạng/)).toBeVisible()
  await expect(page.getByText(/Đã giữ trên máy lúc/)).toBeVisible()

  await expect.poll(() => draftsOnPhone(page)).toContain('ALG001')
  await page.reload()
  await expect(page.getByLabel('Penicilin, amoxicilin')).toBeChecked()
  await page.getByRole('link', { name: 'Quay lại' }).first().click()
  await expect(page.getByLabel('Hen suyễn (suyễn)')).toBeChecked()

  await context.setOffline(false)
  await expect
    .poll(async () => JSON.stringify(await draftsOnServer(context)), { timeout: 30_000 })
    .toContain('ALG001')

  const other = await browser.newContext({
    baseURL: house.base,
    viewport: { width: 390, height: 844 },
    locale: 'vi-VN',
  })
  const phone2 = await other.newPage()
  await phone2.goto('/')
  await phone2.getByLabel('Nhập số điện thoại di động').fill(phone)
  await button(phone2, 'Gửi mã cho tôi').click()
  await giveCode(phone2, house, phone)
  await phone2.getByRole('link', { name: 'Khai tiếp' }).click()
  await onStep(phone2, 3)
  await expect(phone2.getByLabel('Penicilin, amoxicilin')).toBeChecked()
  await phone2.getByRole('link', { name: 'Quay lại' }).first().click()
  await expect(phone2.getByLabel('Hen suyễn (suyễn)')).toBeChecked()
  await phone2.goto('/app/declare/first/1')
  await expect(phone2.getByLabel('Họ và tên')).toHaveValue(HA.name)
  await other.close()
})

test('a declaration sent without network waits, and goes by itself, once', async ({
  page,
  context,
  house,
}) => {
  await enter(page, house, newPhone())
  await shellKept(page)
  await sayWho(page)
  await goOn(page)
  await tell(page)

  await context.setOffline(true)
  await button(page, 'Gửi').click()
  await expect(page.getByRole('heading', { name: 'Đang chờ mạng để gửi' })).toBeVisible()
  await page.reload()
  await expect(page.getByRole('heading', { name: 'Đang chờ mạng để gửi' })).toBeVisible()

  await context.setOffline(false)
  await expect(page.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeVisible({ timeout: 30_000 })
  expect(await draftsOnServer(context)).toEqual([])
  const kinds = await kindsInBook(context)
  expect(kinds.filter((kind) => kind === 'QuestionnaireResponse')).toHaveLength(1)
})

test('an answer of the server that never arrives does not make a second declaration', async ({
  page,
  context,
  house,
}) => {
  await enter(page, house, newPhone())
  await sayWho(page)
  await goOn(page)
  await tell(page)
  let lost = 0
  await page.route('**/api/me/declarations/*', async (route) => {
    if (lost > 0) return route.continue()
    lost += 1
    await route.fetch()
    await route.abort('connectionreset')
  })
  await button(page, 'Gửi').click()
  await expect(page.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeVisible({ timeout: 30_000 })
  expect(lost).toBe(1)
  const kinds = await kindsInBook(context)
  expect(kinds.filter((kind) => kind === 'QuestionnaireResponse')).toHaveLength(1)
})

test('the book opens without network, with the time of its data', async ({ page, context, house }) => {
  await enter(page, house, newPhone())
  await shellKept(page)
  await sayWho(page)
  await goOn(page)
  await tell(page)
  await button(page, 'Gửi').click()
  await page.getByRole('link', { name: 'Mở sổ của tôi' }).click()
  await expect(page.getByText('Dị ứng: Penicilin, amoxicilin')).toBeVisible()
  await context.setOffline(true)
  await page.reload()
  await expect(page.getByText('Dị ứng: Penicilin, amoxicilin')).toBeVisible()
  await expect(page.getByText(/Số liệu đang xem: lúc \d\d:\d\d/)).toBeVisible()
  await context.setOffline(false)
})
