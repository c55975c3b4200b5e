import type { BrowserContext, Page } from '@playwright/test'
import { haveBook } from './declared.ts'
import { expect, type House, test } from './house.ts'
import { draftsOnPhone, keptOnPhone } from './kept.ts'
import {
  accessible,
  button,
  draftsOnServer,
  enter,
  giveCode,
  goOn,
  newPhone,
  onStep,
  sayWho,
  shellKept,
} from './resident.ts'

const HOUR = 3600 * 1000
const DAY = 24 * HOUR
const name = (page: Page) => page.getByText('Nguyễn Thị Thu Hà').first()
const signInAgain = (page: Page) => page.getByRole('heading', { name: 'Đăng nhập lại' })

async function openBook(page: Page): Promise<void> {
  await page.goto('/app/book')
  await expect(name(page)).toBeVisible()
  await expect(page.getByText('Penicilin, amoxicilin').first()).toBeVisible()
}

test('a book of which only the first page was opened reads whole without network: timeline, filters, trends, lists, who looked', async ({
  page,
  context,
  house,
}) => {
  await haveBook(page, house, newPhone())
  await shellKept(page)
  await openBook(page)
  await expect
    .poll(async () => (await keptOnPhone(page)).names, { timeout: 15_000 })
    .toContain('data//api/books/own/lines')
  await context.setOffline(true)
  await page.reload()
  await expect(name(page)).toBeVisible()
  await expect(page.getByText(/Số liệu đang xem: lúc \d\d:\d\d/)).toBeVisible()

  await page.goto('/app/timeline')
  await expect(page.getByText('Khai sức khỏe').first()).toBeVisible()
  await page.getByRole('button', { name: 'Dị ứng' }).click()
  await expect(page.getByText('Penicilin, amoxicilin')).toBeVisible()
  await expect(page.getByText('Khai sức khỏe', { exact: true })).toHaveCount(0)
  await accessible(page)
  await page.goto('/app/results')
  await page.getByRole('link', { name: /Cân nặng/ }).click()
  await expect(page.getByRole('img', { name: /^Cân nặng/ })).toBeVisible()
  await accessible(page)
  await page.goto('/app/looked')
  await expect(page.getByText('Chưa có ai khác xem sổ này.', { exact: false })).toBeVisible()
  await page.goto('/app/card')
  await expect(page.getByRole('heading', { name: 'Thẻ sức khỏe' })).toBeVisible()
  await context.setOffline(false)
})

test('what the phone keeps is sealed under a key that nobody reads out of it, and gone at sign-out', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  await openBook(page)
  await expect.poll(async () => (await keptOnPhone(page)).names.length).toBeGreaterThan(3)
  const kept = await keptOnPhone(page)
  expect([kept.extractable, kept.exported]).toEqual([false, 'InvalidAccessError'])
  expect(kept.text).not.toMatch(/Nguyễn|Penicilin|huyết áp|resourceType|1961/)
  expect(kept.caches.filter((url) => /\/(api|fhir|dev)\//.test(url))).toEqual([])

  await page.goto('/app/more')
  await button(page, 'Đăng xuất khỏi máy này').click()
  await expect(page.getByRole('heading', { name: 'Mở sổ sức khỏe của tôi' })).toBeVisible()
  await page.waitForTimeout(1500)
  expect((await keptOnPhone(page)).names).toEqual([])
})

test('a book reads without network for seven days; setting the clock back does not prolong them', async ({
  page,
  context,
  house,
}) => {
  const start = new Date()
  const at = (ms: number) => new Date(start.getTime() + ms)
  await page.clock.install({ time: start })
  await haveBook(page, house, newPhone())
  await shellKept(page)
  await openBook(page)
  await expect.poll(async () => (await keptOnPhone(page)).names).toContain('age')
  // an answer still under way would be one of the day to which the clock is moved
  await page.waitForLoadState('networkidle')
  await context.setOffline(true)
  const look = async (ms: number) => {
    await page.clock.setSystemTime(at(ms))
    await page.reload()
  }
  await look(5 * DAY)
  await expect(name(page)).toBeVisible()
  await look(-5 * DAY)
  await expect(name(page)).toBeVisible()
  await look(-4 * DAY)
  await expect(name(page)).toBeVisible()
  expect((await keptOnPhone(page)).names).toContain('me')

  await look(-2 * DAY + HOUR)
  await expect(signInAgain(page)).toBeVisible()
  await expect(page.locator('body')).not.toContainText('Hà')
  const left = (await keptOnPhone(page)).names
  expect(left.filter((one) => one === 'me' || one.startsWith('data/'))).toEqual([])

  await context.setOffline(false)
  await page.clock.setSystemTime(new Date())
  await page.reload()
  await expect(name(page)).toBeVisible()
})

test('a screen left open for a week without network closes by itself', async ({ page, context, house }) => {
  await page.clock.install()
  await haveBook(page, house, newPhone())
  await openBook(page)
  await expect.poll(async () => (await keptOnPhone(page)).names).toContain('age')
  await context.setOffline(true)
  await page.clock.fastForward(7 * DAY + HOUR)
  await page.clock.runFor(2 * 60_000)
  await expect(signInAgain(page)).toBeVisible()
  await expect(page.locator('body')).not.toContainText('Hà')
})

/** Somebody half way through her first declaration, with an answer that the server does not have. */
async function withUnsent(page: Page, context: BrowserContext, house: House, phone: string): Promise<void> {
  await halfWay(page, context, house, phone)
  await page.getByText('Hen suyễn (suyễn)').click()
  await expect(page.getByText(/câu chờ gửi, tự gửi khi có mạng/)).toBeVisible()
  await page.goto('/app/more')
  await button(page, 'Đăng xuất khỏi máy này').click()
  await expect(whatOfUnsent(page)).toBeVisible()
}

const whatOfUnsent = (page: Page) => page.getByRole('dialog', { name: /câu chưa gửi/ })

/** Somebody half way through her first declaration, with everything sent, and the network gone. */
async function halfWay(page: Page, context: BrowserContext, house: House, phone: string): Promise<void> {
  await enter(page, house, phone)
  await shellKept(page)
  await sayWho(page)
  await goOn(page)
  await onStep(page, 2)
  await expect.poll(async () => (await draftsOnServer(context)).length).toBe(1)
  await context.setOffline(true)
}

async function signIn(page: Page, house: House, phone: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Nhập số điện thoại di động').fill(phone)
  await button(page, 'Gửi mã cho tôi').click()
  await giveCode(page, house, phone)
}

const signedOut = (page: Page) => page.getByRole('heading', { name: 'Mở sổ sức khỏe của tôi' })

test('an answer that is said to wait is kept: leaving the page in that moment does not lose it', async ({
  page,
  context,
  house,
}) => {
  await halfWay(page, context, house, newPhone())
  await page.evaluate(() => {
    new MutationObserver((_, watch) => {
      if (!document.body.textContent.includes('câu chờ gửi')) return
      watch.disconnect()
      location.href = '/app/more'
    }).observe(document.body, { subtree: true, childList: true, characterData: true })
  })
  await page.getByText('Hen suyễn (suyễn)').click()
  await page.waitForURL('**/app/more')
  await expect(page.getByText('1 câu chờ gửi', { exact: false })).toBeVisible()
  await expect.poll(() => draftsOnPhone(page)).toContain('"code":"6"')
})

test('signing out in the first moment of the screen asks about unsent answers too', async ({
  page,
  context,
  house,
}) => {
  await halfWay(page, context, house, newPhone())
  await page.getByText('Hen suyễn (suyễn)').click()
  await expect.poll(() => draftsOnPhone(page)).toContain('"code":"6"')
  await page.addInitScript(() => {
    new MutationObserver((_, watch) => {
      const leave = [...document.querySelectorAll('button')].find(
        ({ textContent }) => textContent === 'Đăng xuất khỏi máy này',
      )
      if (!leave) return
      watch.disconnect()
      leave.click()
    }).observe(document, { subtree: true, childList: true })
  })
  await page.goto('/app/more')
  await expect(whatOfUnsent(page)).toBeVisible()
})

test('signing out with unsent answers: sent first, and told where that did not go', async ({
  page,
  context,
  house,
}) => {
  const phone = newPhone()
  await withUnsent(page, context, house, phone)
  await accessible(page)
  await button(page, 'Gửi ngay rồi đăng xuất').click()
  await expect(page.getByText('Chưa gửi được.', { exact: false })).toBeVisible({ timeout: 25_000 })
  await accessible(page)

  await context.setOffline(false)
  await button(page, 'Gửi ngay rồi đăng xuất').click()
  await expect(signedOut(page)).toBeVisible({ timeout: 25_000 })
  expect((await keptOnPhone(page)).names).toEqual([])
  await signIn(page, house, phone)
  await expect.poll(async () => JSON.stringify(await draftsOnServer(context))).toContain('"6"')
})

test('signing out with unsent answers: kept sealed, shown to nobody else, and there for the same person', async ({
  page,
  context,
  house,
}) => {
  const [phone, other] = [newPhone(), newPhone()]
  await withUnsent(page, context, house, phone)
  await button(page, 'Giữ kín trên máy, gửi sau').click()
  await expect(signedOut(page)).toBeVisible()
  const kept = await keptOnPhone(page)
  expect(kept.names.filter((one) => !/^(draft\/[0-9a-f]{24}\/|salt$)/.test(one))).toEqual([])
  expect(kept.names.filter((one) => one.startsWith('draft/'))).toHaveLength(1)
  expect([kept.extractable, kept.text.includes('suyễn')]).toEqual([false, false])

  await context.setOffline(false)
  await signIn(page, house, other)
  await expect(page.getByRole('heading', { name: 'Số điện thoại này chưa có sổ' })).toBeVisible()
  await expect(page.getByRole('link', { name: 'Khai tiếp' })).toHaveCount(0)
  expect(await draftsOnServer(context)).toEqual([])
  await page.goto('/app/more')
  await button(page, 'Đăng xuất khỏi máy này').click()
  await expect(signedOut(page)).toBeVisible()
  expect((await keptOnPhone(page)).names.filter((one) => one.startsWith('draft/'))).toHaveLength(1)

  await signIn(page, house, phone)
  await page.getByRole('link', { name: 'Khai tiếp' }).click()
  await onStep(page, 2)
  await expect(page.getByLabel('Hen suyễn (suyễn)')).toBeChecked()
  await expect
    .poll(async () => JSON.stringify(await draftsOnServer(context)), { timeout: 30_000 })
    .toContain('"6"')
})

test('signing out with unsent answers: discarded, and nothing of them is left', async ({
  page,
  context,
  house,
}) => {
  await withUnsent(page, context, house, newPhone())
  await button(page, 'Bỏ các câu này và đăng xuất').click()
  await expect(signedOut(page)).toBeVisible({ timeout: 25_000 })
  expect((await keptOnPhone(page)).names).toEqual([])
})
