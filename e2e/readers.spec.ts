import type { Page } from '@playwright/test'
import { expect, test } from './house.ts'
import {
  accessible,
  CAMPAIGN,
  enter,
  fits,
  giveCode,
  latestCode,
  makeBook,
  newPhone,
  onStep,
} from './resident.ts'

test('the way to the book in English', async ({ page, house }) => {
  const phone = newPhone()
  await page.goto(`/q/${CAMPAIGN}`)
  await page.getByRole('button', { name: 'English: switch to English' }).click()
  await expect(page.locator('html')).toHaveAttribute('lang', 'en')
  await expect(page.getByRole('heading', { name: 'Start your health book' })).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Start my book' }).click()
  await page.getByLabel('Mobile phone number').fill(phone)
  await page.getByRole('button', { name: 'Send me the code' }).click()
  const field = page.getByLabel('Enter the 6-digit code from the text')
  await expect(field).toBeVisible()
  await field.fill(await latestCode(house, phone))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('button', { name: 'Type', exact: true }).click()
  await page.getByLabel('Full name').fill('Nguyễn Thị Thu Hà')
  await page.getByRole('group', { name: 'Date of birth' }).getByLabel('Year').fill('1961')
  await page.getByRole('button', { name: 'Female' }).click()
  await accessible(page)
  const next = page.getByRole('button', { name: 'Continue' })
  await next.click()
  await page.getByText('High blood pressure').click()
  await accessible(page)
  for (let step = 3; step <= 9; step += 1) {
    await next.click()
    await expect(page.getByText(`Step ${step} of 9`)).toBeVisible()
  }
  await accessible(page)
  await page.getByRole('button', { name: 'Send', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Your book is ready' })).toBeVisible()
  await page.getByRole('link', { name: 'Open my book' }).click()
  await expect(page.getByText('Self-declared').first()).toBeVisible()
  await accessible(page)
  await page.reload()
  await expect(page.getByRole('heading', { name: 'What the book holds' })).toBeVisible()
})

/** The reader's own setting in the browser, twice the usual size. */
const doubled = (page: Page) =>
  page.addInitScript(() =>
    document.addEventListener('DOMContentLoaded', () => {
      document.documentElement.style.fontSize = '200%'
    }),
  )

test('at 320 pixels and twice the text size every screen keeps its width', async ({ page, house }) => {
  await page.setViewportSize({ width: 320, height: 640 })
  await doubled(page)
  await page.goto(`/q/${CAMPAIGN}`)
  await expect(page.getByRole('link', { name: 'Bắt đầu lập sổ' })).toBeVisible()
  await accessible(page)
  await makeBook(page, house, newPhone())
  await accessible(page)
  for (const path of [
    '/app/book',
    '/app/card',
    '/app/looked',
    '/app/timeline',
    '/app/results',
    '/app/results/29463-7',
    '/app/list/condition',
    '/app/list/medicine',
    '/app/more',
    '/app/print',
    '/p/000000000000',
    '/app/help',
    '/app/data',
    '/app/unlock',
    '/app/later',
    '/app/under-18',
    '/app/for-others',
  ]) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await fits(page)
  }
  for (const part of [
    'first',
    'risk',
    'surgery',
    'immunisation',
    'reproductive',
    'birth',
    'disability',
    'about',
  ]) {
    await page.goto(`/app/declare/${part}/1`)
    await expect(page.getByText(/Bước 1 trong/)).toBeVisible()
    await fits(page)
  }
})

test('large text is offered on the first screen and kept', async ({ page }) => {
  await page.goto(`/q/${CAMPAIGN}`)
  await page.getByRole('button', { name: 'Chữ lớn' }).click()
  await expect(page.locator('html')).toHaveAttribute('data-text', 'large')
  await page.reload()
  await expect(page.locator('html')).toHaveAttribute('data-text', 'large')
  await accessible(page)
})

test('the dark theme of the system is readable on every kind of screen', async ({ page, house }) => {
  await page.emulateMedia({ colorScheme: 'dark' })
  await page.goto(`/q/${CAMPAIGN}`)
  await expect(page.getByRole('link', { name: 'Bắt đầu lập sổ' })).toBeVisible()
  await accessible(page)
  await makeBook(page, house, newPhone())
  await accessible(page)
  for (const path of ['/app/book', '/app/declare/first/1', '/app/declare/first/7', '/app/more']) {
    await page.goto(path)
    await expect(page.getByRole('heading', { level: 1 })).toBeVisible()
    await accessible(page)
  }
})

/** Goes with Tab until something with that name has the focus; fails where it cannot be reached. */
async function tabTo(page: Page, name: RegExp): Promise<void> {
  for (let presses = 0; presses < 60; presses += 1) {
    await page.keyboard.press('Tab')
    const focused = await page.evaluate(() => {
      const element = document.activeElement as HTMLInputElement | null
      const labels = [...(element?.labels ?? [])].map((label) => label.textContent)
      return [element?.getAttribute('aria-label') ?? '', ...labels, element?.textContent ?? '']
        .join(' ')
        .trim()
    })
    if (name.test(focused)) return
  }
  throw new Error(`Tab never reaches ${name}`)
}

test('with the keyboard alone from the poster to the book', async ({ page, house }) => {
  const phone = newPhone()
  await page.goto(`/q/${CAMPAIGN}`)
  await expect(page.getByRole('link', { name: 'Bắt đầu lập sổ' })).toBeVisible()
  await tabTo(page, /Bắt đầu lập sổ/)
  await page.keyboard.press('Enter')
  await tabTo(page, /Nhập số điện thoại/)
  await page.keyboard.type(phone)
  await page.keyboard.press('Enter')
  await expect(page.getByLabel('Nhập mã 6 số trong tin nhắn')).toBeVisible()
  await tabTo(page, /Nhập mã 6 số/)
  await page.keyboard.type(await latestCode(house, phone))
  await page.keyboard.press('Enter')
  await onStep(page, 1)
  await tabTo(page, /^Nhập tay/)
  await page.keyboard.press('Enter')
  await tabTo(page, /Họ và tên/)
  await page.keyboard.type('Nguyễn Thị Thu Hà')
  await tabTo(page, /^Năm/)
  await page.keyboard.type('1961')
  await tabTo(page, /^Nữ/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Tiếp tục/)
  await page.keyboard.press('Enter')
  await onStep(page, 2)
  await expect(page.getByRole('heading', { name: 'Bệnh đang có' })).toBeFocused()
  await tabTo(page, /Tăng huyết áp/)
  await page.keyboard.press('Space')
  await expect(page.getByLabel(/Tăng huyết áp/).first()).toBeChecked()
  await tabTo(page, /^Có$/)
  await page.keyboard.press('Enter')
  await tabTo(page, /^Tiếp tục/)
  await page.keyboard.press('Enter')
  for (const step of [3, 4, 5, 6, 7, 8]) {
    await onStep(page, step)
    await tabTo(page, /^Tiếp tục/)
    await page.keyboard.press('Enter')
  }
  await onStep(page, 9)
  await tabTo(page, /^Gửi/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeFocused()
  await tabTo(page, /Mở sổ của tôi/)
  await page.keyboard.press('Enter')
  await expect(page.getByRole('heading', { name: 'Nguyễn Thị Thu Hà' })).toBeVisible()
})

test('a resident of the city signs in on a new phone and proves a card before the book opens', async ({
  page,
  house,
}) => {
  const demo = JSON.parse(await house.cli('demo', '--json')) as {
    residents: { phone: string; level: string; name: string }[]
  }
  const verified = demo.residents.find(({ level }) => level === 'verified')
  if (!verified) throw new Error('the demonstration city has no verified resident')
  await page.goto('/')
  await page.getByLabel('Nhập số điện thoại di động').fill(verified.phone)
  await page.getByRole('button', { name: 'Gửi mã cho tôi' }).click()
  await giveCode(page, house, verified.phone)
  await expect(page.getByRole('heading', { name: 'Mở sổ đã khóa' })).toBeVisible()
  await accessible(page)
  await page.getByLabel('Số căn cước (12 số)').fill('079161004238')
  const birth = page.getByRole('group', { name: 'Ngày sinh', exact: true })
  await birth.getByLabel('Ngày', { exact: true }).fill('1')
  await birth.getByLabel('Tháng').fill('1')
  await birth.getByLabel('Năm').fill('1961')
  await page.getByRole('button', { name: 'Mở sổ', exact: true }).click()
  await expect(page.getByText(/Thông tin chưa khớp/)).toBeVisible()
  await enter(page, house, newPhone())
})
