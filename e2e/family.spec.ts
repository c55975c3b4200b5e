import { randomUUID } from 'node:crypto'
import type { BrowserContext, Page } from '@playwright/test'
import { formOf } from '@sokhoe/codes'
import { emptyResponse, withAnswer } from '@sokhoe/model'
import { haveBook } from './declared.ts'
import { expect, type House, test } from './house.ts'
import { draftsOnPhone } from './kept.ts'
import { accessible, button, giveCode, newPhone } from './resident.ts'

const later = (date: string): string => `${date}T03:00:00.000Z`

async function addChild(page: Page, child: { name: string; day: string; month: string; year: string }) {
  await page.goto('/app/family/add')
  await page.getByLabel('Họ và tên của trẻ').fill(child.name)
  const birth = page.getByRole('group', { name: 'Ngày sinh của trẻ' })
  await birth.getByLabel('Ngày', { exact: true }).fill(child.day)
  await birth.getByLabel('Tháng').fill(child.month)
  await birth.getByLabel('Năm').fill(child.year)
  await page.getByLabel('Nam', { exact: true }).check()
  await accessible(page)
  await button(page, 'Lập sổ cho trẻ').click()
}

const switcher = (page: Page) => page.getByRole('navigation', { name: 'Người trong nhà' })

async function signIn(page: Page, house: House, phone: string): Promise<void> {
  await page.goto('/')
  await page.getByLabel('Nhập số điện thoại di động').fill(phone)
  await button(page, 'Gửi mã cho tôi').click()
  await giveCode(page, house, phone)
}

test('a family of four on one phone: each book is opened, named, and told of by itself', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  const year = new Date().getFullYear()
  await addChild(page, { name: 'Trần Bình An', day: '5', month: '5', year: String(year - 2) })
  await expect(page.getByText('Đang mở sổ của Trần Bình An')).toBeVisible()
  await addChild(page, { name: 'Trần Gia Bảo', day: '6', month: '6', year: String(year - 4) })
  await addChild(page, { name: 'Trần Bảo Chi', day: '7', month: '1', year: String(year - 10) })

  await expect(page.getByText('Chào Trần Bảo Chi')).toBeVisible()
  await accessible(page)
  await button(page, 'Em đồng ý').click()
  await expect(page.getByText('Đang mở sổ của Trần Bảo Chi')).toBeVisible()
  await expect(switcher(page).getByRole('button')).toHaveCount(4)
  await accessible(page)

  await switcher(page).getByRole('button', { name: 'Bình An' }).click()
  await expect(page.getByText('Đang mở sổ của Trần Bình An')).toBeVisible()
  await page.goto('/app/declare/first/2')
  await expect(page.getByText('Đang mở sổ của Trần Bình An')).toBeVisible()
  await page.getByText('Penicilin, amoxicilin').click()
  await expect.poll(() => draftsOnPhone(page)).toContain('ALG001')
  await page.goto('/app/declare/first/99')
  await button(page, 'Gửi').click()
  await expect(page.getByRole('heading', { name: 'Trần Bình An' })).toBeVisible()
  await switcher(page).getByRole('button', { name: 'Tôi' }).click()
  await expect(page.getByRole('heading', { name: 'Nguyễn Thị Thu Hà' })).toBeVisible()
  await expect(page.getByText('Đang mở sổ của')).toHaveCount(0)

  await page.goto('/app/family')
  await expect(page.getByText('Em đồng ý trên máy của người đại diện, chưa kiểm chứng.')).toBeVisible()
  await accessible(page)
})

test('somebody gives a right by a code, changes it and ends it', async ({ page, browser, house }) => {
  await haveBook(page, house, newPhone())
  const context = await browser.newContext({ baseURL: house.base })
  const other = await context.newPage()
  await haveBook(other, house, newPhone())

  await page.goto('/app/family/invite')
  await accessible(page)
  await page.getByLabel('Khai và ghi thay').check()
  await button(page, 'Tạo mã').click()
  const code = (await page.locator('output').textContent()) ?? ''
  expect(code).toMatch(/^[0-9A-Z]{5}-[0-9A-Z]{5}$/)
  await accessible(page)

  await other.goto(`/app/family/accept#${code}`)
  await button(other, 'Xem lời mời').click()
  await expect(other.getByText('Nguyễn Thị Thu Hà giao quyền')).toBeVisible()
  await accessible(other)
  await button(other, 'Tôi đồng ý').click()
  await expect(other.getByRole('heading', { name: 'Nguyễn Thị Thu Hà' })).toBeVisible()
  await button(other, 'Mở sổ').click()
  await expect(other.getByText('Đang mở sổ của Nguyễn Thị Thu Hà')).toBeVisible()

  await page.goto('/app/family/proxies')
  await button(page, 'Đổi phần được xem').click()
  await page.getByRole('dialog').getByLabel('Sinh sản, thai kỳ').check()
  await accessible(page)
  await button(page, 'Lưu').click()
  await expect(page.getByText('Sinh sản, thai kỳ')).toBeVisible()
  await accessible(page)
  await button(page, 'Chấm dứt quyền').click()
  await page.getByRole('dialog').getByRole('button', { name: 'Chấm dứt quyền' }).click()
  await expect(page.getByText('Chưa ai được giao quyền.')).toBeVisible()
  await other.goto('/app/family')
  await expect(other.getByText('Chưa giữ sổ của ai khác')).toBeVisible()
  await context.close()
})

test('a child turns seven: the parent goes on for some weeks, then asks her', async ({
  page,
  context,
  house,
}) => {
  await haveBook(page, house, newPhone())
  const today = new Date()
  const birthday = new Date(
    Date.UTC(today.getUTCFullYear() - 7, today.getUTCMonth(), today.getUTCDate() + 10),
  )
  const [year = '', month = '', day = ''] = birthday.toISOString().slice(0, 10).split('-')
  await addChild(page, { name: 'Trần Minh Khôi', day, month, year })
  await expect(page.getByText('Đang mở sổ của Trần Minh Khôi')).toBeVisible()

  const after = (days: number) => later(new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10))
  await context.setExtraHTTPHeaders({ 'x-test-clock': after(12) })
  await page.goto('/app/family')
  await expect(page.getByText('Em đã đủ 7 tuổi: cần hỏi em')).toBeVisible()
  await accessible(page)
  await expect(button(page, 'Mở sổ')).toBeVisible()

  await context.setExtraHTTPHeaders({ 'x-test-clock': after(80) })
  await signInAgain(page, context)
  await page.goto('/app/family')
  await expect(page.getByText('Chờ em đồng ý')).toBeVisible()
  await expect(button(page, 'Mở sổ')).toHaveCount(0)
  await page.getByRole('link', { name: 'Hỏi em ngay' }).click()
  await button(page, 'Em đồng ý').click()
  await expect(page.getByText('Đang mở sổ của Trần Minh Khôi')).toBeVisible()
})

/** A session ends after thirty days without use: it is used on the way. */
async function signInAgain(page: Page, context: BrowserContext): Promise<void> {
  for (const days of [25, 50, 75])
    await context.request.get('/api/me', {
      headers: { 'x-test-clock': later(new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10)) },
    })
  await page.goto('/app/family')
}

const NUMBER = '079161012345'
const INSURANCE = 'GD4797123456789'
const form = formOf(new Date().toISOString().slice(0, 10))

/** Her book learns the numbers of her two cards. */
async function tellNumbers(context: BrowserContext): Promise<void> {
  const answers = {
    'A.01': [{ valueString: 'Nguyễn Thị Thu Hà' }],
    'A.02': [{ valueCoding: { code: '2' } }],
    'A.05': [{ valueDate: '1961-03-14' }],
    'A.11': [{ valueString: NUMBER }],
    'A.14': [{ valueString: INSURANCE }],
  }
  const response = Object.entries(answers).reduce(
    (all, [linkId, given]) => withAnswer(form, all, linkId, given),
    emptyResponse(form),
  )
  const reply = await context.request.put(`/api/me/declarations/${randomUUID()}`, {
    data: { ...response, status: 'completed' },
  })
  expect(reply.status()).toBe(201)
}

async function claim(next: Page, old: string): Promise<void> {
  await next.goto('/app/move')
  await next.getByLabel('Số điện thoại cũ').fill(old)
  await next.getByLabel('Số định danh (12 số)').fill(NUMBER)
  await next.getByLabel('Số thẻ bảo hiểm y tế').fill(INSURANCE)
  const birth = next.getByRole('group', { name: 'Ngày sinh' })
  await birth.getByLabel('Ngày', { exact: true }).fill('14')
  await birth.getByLabel('Tháng').fill('3')
  await birth.getByLabel('Năm').fill('1961')
  await accessible(next)
  await button(next, 'Gửi yêu cầu').click()
}

test('a book moves to a new number; the old number sees the countdown and says no', async ({
  page,
  context,
  browser,
  house,
}) => {
  const old = newPhone()
  await haveBook(page, house, old)
  await tellNumbers(context)
  const elsewhere = await browser.newContext({ baseURL: house.base })
  const next = await elsewhere.newPage()
  await signIn(next, house, newPhone())
  await claim(next, old)
  await expect(next.getByText('Sổ đang trên đường chuyển về số này')).toBeVisible()
  await expect(next.getByText(/7[12] giờ \d+ phút/)).toBeVisible()
  await accessible(next)

  const message = (await house.messages(old)).at(-1)?.text ?? ''
  expect(message).toMatch(/\/app\/undo#[0-9A-Z]{10}/)
  expect(message).not.toContain('Hà')
  await page.goto('/app/book')
  await expect(page.getByText('Có người yêu cầu chuyển sổ của bạn sang số khác')).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Xem chi tiết' }).click()
  await accessible(page)
  await button(page, 'Hủy, giữ sổ ở số cũ').click()
  await expect(page.getByText('Số này đã có sổ của chủ')).toBeVisible()

  await next.goto('/app/move')
  await expect(next.getByText('Số cũ đã hủy việc chuyển')).toBeVisible()
  await accessible(next)
  await page.goto('/app/book')
  await expect(page.getByRole('heading', { name: 'Nguyễn Thị Thu Hà' })).toBeVisible()
  await elsewhere.close()
})

test('the link in the message says no without signing in', async ({ page, context, browser, house }) => {
  const old = newPhone()
  await haveBook(page, house, old)
  await tellNumbers(context)
  const elsewhere = await browser.newContext({ baseURL: house.base })
  const next = await elsewhere.newPage()
  await signIn(next, house, newPhone())
  await claim(next, old)
  await expect(next.getByText('Sổ đang trên đường chuyển về số này')).toBeVisible()
  const message = (await house.messages(old)).at(-1)?.text ?? ''
  const code = /undo#([0-9A-Z]{10})/.exec(message)?.[1] ?? ''
  await next.goto(`/app/undo#${code}`)
  await expect(next.getByLabel('Mã hủy')).toHaveValue(code)
  await accessible(next)
  await button(next, 'Hủy, giữ sổ ở số cũ').click()
  await expect(next.getByText('Đã hủy. Sổ ở lại số cũ như trước.')).toBeVisible()
  await elsewhere.close()
})
