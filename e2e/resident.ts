import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Locator, Page } from '@playwright/test'
import { expect, type House } from './house.ts'

/** The open campaign of the demonstration city. */
export const CAMPAIGN = 'bq27'

let last = 0

/** A number that rings nowhere and is nobody's in the demonstration's city, another one each time in one house. */
export const newPhone = (): string => {
  last += 1
  return `050099${String(last).padStart(4, '0')}`
}

export async function latestCode(house: House, phone: string): Promise<string> {
  const messages = await house.messages(phone)
  const code = /\b\d{6}\b/.exec(messages.at(-1)?.text ?? '')?.[0]
  if (!code) throw new Error('no message with a code')
  return code
}

export const button = (page: Page, name: string): Locator => page.getByRole('button', { name, exact: true })
export const goOn = async (page: Page): Promise<void> => button(page, 'Tiếp tục').click()

/** From the poster's address through the phone number and its code to the first question. */
export async function enter(page: Page, house: House, phone: string): Promise<void> {
  await page.goto(`/q/${CAMPAIGN}`)
  await page.getByRole('link', { name: 'Bắt đầu lập sổ' }).click()
  await page.getByLabel('Nhập số điện thoại di động').fill(phone)
  await button(page, 'Gửi mã cho tôi').click()
  await giveCode(page, house, phone)
  await expect(page.getByRole('heading', { name: 'Thông tin cá nhân' })).toBeVisible()
}

export async function giveCode(page: Page, house: House, phone: string): Promise<void> {
  const field = page.getByLabel('Nhập mã 6 số trong tin nhắn')
  await expect(field).toBeVisible()
  await field.fill(await latestCode(house, phone))
  await button(page, 'Xác nhận').click()
  // whoever goes elsewhere before the answer came is not signed in
  await expect(field).toHaveCount(0)
}

type Who = { name: string; day: string; month: string; year: string; sex: 'Nữ' | 'Nam' }
export const HA: Who = { name: 'Nguyễn Thị Thu Hà', day: '14', month: '3', year: '1961', sex: 'Nữ' }

export async function sayWho(page: Page, who: Who = HA): Promise<void> {
  await button(page, 'Nhập tay').click()
  await page.getByLabel('Họ và tên').fill(who.name)
  const birth = page.getByRole('group', { name: 'Ngày sinh' })
  await birth.getByLabel('Ngày', { exact: true }).fill(who.day)
  await birth.getByLabel('Tháng').fill(who.month)
  await birth.getByLabel('Năm').fill(who.year)
  await button(page, who.sex).click()
}

export const onStep = async (page: Page, n: number): Promise<void> =>
  expect(page.getByText(`Bước ${n} trong 9`)).toBeVisible()

/** The seven screens of the first declaration, with a few answers, up to the review. */
export async function tell(page: Page): Promise<void> {
  await onStep(page, 2)
  await page.getByText('Tăng huyết áp').click()
  await page
    .getByRole('group', { name: 'Đang uống thuốc huyết áp?' })
    .getByRole('button', { name: 'Có', exact: true })
    .click()
  await goOn(page)
  await onStep(page, 3)
  await page.getByText('Penicilin, amoxicilin').click()
  await goOn(page)
  await onStep(page, 4)
  await goOn(page)
  await onStep(page, 5)
  await page.getByText('Không hút').click()
  await goOn(page)
  await onStep(page, 6)
  await page.getByLabel('Chiều cao').fill('156,5')
  await page.getByLabel('Cân nặng').fill('62')
  await goOn(page)
  await onStep(page, 7)
  await goOn(page)
  await onStep(page, 8)
  await page
    .getByRole('group', { name: /Nơi đang khám/ })
    .getByRole('button', { name: 'Đồng ý', exact: true })
    .click()
  await goOn(page)
  await onStep(page, 9)
}

/** The whole way to an own book. */
export async function makeBook(page: Page, house: House, phone: string): Promise<void> {
  await enter(page, house, phone)
  await sayWho(page)
  await goOn(page)
  await tell(page)
  await button(page, 'Gửi').click()
  await expect(page.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeVisible()
}

/** No fault that WCAG 2.2 A or AA names, and nothing wider than the screen. */
export async function accessible(page: Page): Promise<void> {
  await expect(page.getByRole('main')).toBeVisible()
  await page.waitForTimeout(150)
  const tags = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']
  // what scrolls below a dock is reached by scrolling, which axe cannot do
  const style = await page.addStyleTag({ content: '.dock, .tabs { position: static !important }' })
  // no screen has frames: all is looked at in the page itself, and no second page is opened for the sum
  const { violations } = await new AxeBuilder({ page }).setLegacyMode(true).withTags(tags).analyze()
  await style.evaluate((element) => element.parentNode?.removeChild(element))
  expect(violations.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([])
  await fits(page)
}

export async function fits(page: Page): Promise<void> {
  const wide = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  )
  expect(wide).toBeLessThanOrEqual(0)
}

type Draft = { uuid: string; response: unknown }

/** What the server keeps of unsent answers, for whoever is signed in there. */
export const draftsOnServer = async (context: BrowserContext): Promise<Draft[]> => {
  const reply = await context.request.get('/api/me/drafts')
  return (await reply.json()) as Draft[]
}

/** Waits until the app can start without network. */
export async function shellKept(page: Page): Promise<void> {
  await page.evaluate(async () => {
    await navigator.serviceWorker.ready
  })
}

/** The kinds of resources in the book of whoever is signed in there, one entry each. */
export async function kindsInBook(context: BrowserContext): Promise<string[]> {
  const bundle = (await (await context.request.get('/api/me/record')).json()) as {
    entry: { resource: { resourceType: string } }[]
  }
  return bundle.entry.map(({ resource }) => resource.resourceType)
}
