import type { Page } from '@playwright/test'
import { askNothing } from '../packages/server/test/review.ts'
import { askedOfBooks, askedTogether, beside, confirmed } from './asked.ts'
import { declaredAtHome } from './declared.ts'
import { expect, type House, test } from './house.ts'
import { accessible } from './resident.ts'
import { signInAs } from './staff.ts'

const WORK_SECONDS = 10
const PATH = '/station/duplicates'

const table = (page: Page) => page.getByRole('table')
const said = (page: Page, words: string) => expect(page.getByRole('status').getByText(words)).toBeVisible()

/** The queue as it stands before each test: empty. */
test.beforeEach(async ({ house }) => {
  await beside(house, askNothing)
})

/** One worker says by a key that two books are one person's; her queue holds nothing else. */
async function proposesToMerge(
  page: Page,
  house: House,
  [one, two]: readonly [string, string],
  name: string,
) {
  await beside(house, askNothing)
  await askedOfBooks(house, one, two)
  await signInAs(page, house, 'station.bq', PATH)
  await expect(table(page)).toContainText(name)
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await said(page, 'Đã lưu đề nghị gộp')
}

test('a queue is worked through by keyboard alone, each case in less than ten seconds, and a slip is taken back', async ({
  page,
  house,
}) => {
  await askedTogether(house, ['Phan Thị Bảy', 'PHAN THI BAY'])
  await askedTogether(house, ['Phan Văn Tám', 'Phan Tám'])
  await askedTogether(house, ['Phan Thị Chín', 'Phan Thị Chính'], {
    birthDates: ['1970-01-02', '1970-02-01'],
  })
  await signInAs(page, house, 'station.bq', PATH)
  await expect(page.getByRole('heading', { name: '3 nhóm hồ sơ chờ quyết định' })).toBeVisible()
  await expect(table(page)).toContainText('PHAN THI BAY')
  await accessible(page)

  for (const [key, done, next] of [
    ['1', 'Đã lưu: cùng một người', 'Phan Tám'],
    ['2', 'Đã lưu: khác người', 'Phan Thị Chính'],
  ] as const) {
    const began = Date.now()
    await page.keyboard.press(key)
    await page.keyboard.press('Enter')
    await said(page, done)
    await expect(table(page)).toContainText(next)
    expect((Date.now() - began) / 1000).toBeLessThan(WORK_SECONDS)
  }
  await expect(page.getByRole('heading', { name: '1 nhóm hồ sơ chờ quyết định' })).toBeVisible()
  await page.keyboard.press('u')
  await said(page, 'Đã rút lại quyết định trước')
  await expect(table(page)).toContainText('Phan Tám')
  await page.keyboard.press('3')
  await page.keyboard.press('Enter')
  await said(page, 'Đã để lại cuối danh sách')
  await expect(page.getByRole('listitem').filter({ hasText: 'Gọi hỏi' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Tình hình' })).toContainText('Đã quyết định1')
})

test('three records lie side by side, differences are marked, and two of them are said to be one person', async ({
  page,
  house,
}) => {
  await askedTogether(house, ['Võ Thị Thu Hà', 'VO THI THU HA', 'Võ Thu Hạnh'], {
    birthDates: ['1961-03-04', '1961-04-03', '1961-03-04'],
  })
  await signInAs(page, house, 'station.bq', PATH)
  await expect(table(page).getByRole('columnheader')).toHaveCount(4)
  await expect(table(page).locator('mark').first()).toBeVisible()
  for (const size of [
    { width: 390, height: 844 },
    { width: 1024, height: 768 },
    { width: 640, height: 400 },
    { width: 1440, height: 900 },
  ]) {
    await page.setViewportSize(size)
    expect(await page.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true)
    await accessible(page)
  }
  await page.keyboard.press('5')
  await expect(page.getByText('Chọn ít nhất hai cột')).toBeVisible()
  await page.keyboard.press('a')
  await page.keyboard.press('b')
  await page.keyboard.press('Enter')
  await said(page, 'Đã lưu: một số là cùng người')
  await expect(page.getByText('Không còn nhóm nào chờ', { exact: false })).toBeVisible()
  await accessible(page)
})

test('a confirmed book is merged by two people: the first proposes by a key, another account compares and agrees', async ({
  page,
  house,
  browser,
}) => {
  const one = await declaredAtHome(house, 'Mạc Thị Đào', '079161077771', '5 Bình Quới')
  const two = await declaredAtHome(house, 'Mac Thi Dao', '079161077772', '5 Bình Quới')
  await confirmed(house, one.person)
  await proposesToMerge(page, house, [one.person, two.person], 'Mac Thi Dao')
  await expect(page.getByRole('region', { name: 'Chờ người thứ hai' })).toContainText('Bạn đã đề nghị')
  await accessible(page)
  const other = await (await browser.newContext({ baseURL: house.base, locale: 'vi-VN' })).newPage()
  await signInAs(other, house, 'lead.bq', PATH)
  const waiting = other.getByRole('region', { name: 'Chờ người thứ hai' })
  await waiting.getByRole('button', { name: 'Xem hai sổ' }).click()
  await expect(waiting.getByRole('table')).toContainText('Mac Thi Dao')
  await accessible(other)
  await waiting.getByRole('button', { name: 'Đồng ý gộp' }).click()
  await expect(waiting).toContainText('Đã gộp hai sổ')
  expect((await house.messages(one.phone)).at(-1)?.text).toContain('gộp')
  await other.context().close()
})

test('two books that nobody confirmed wait for a document: whoever looks at the proposal cannot agree yet', async ({
  page,
  house,
  browser,
}) => {
  const one = await declaredAtHome(house, 'Mạc Thị Mai', '079161077773', '7 Bình Quới')
  const two = await declaredAtHome(house, 'Mac Thi Mai', '079161077774', '7 Bình Quới')
  await proposesToMerge(page, house, [one.person, two.person], 'Mac Thi Mai')
  const other = await (await browser.newContext({ baseURL: house.base, locale: 'vi-VN' })).newPage()
  await signInAs(other, house, 'lead.bq', PATH)
  const waiting = other.getByRole('region', { name: 'Chờ người thứ hai' })
  const proposed = waiting.getByRole('listitem').filter({ hasText: 'chờ xác nhận một sổ bằng giấy tờ' })
  await proposed.getByRole('button', { name: 'Xem hai sổ' }).click()
  await expect(waiting).toContainText('Chưa sổ nào được xác nhận')
  await expect(waiting.getByRole('button', { name: 'Đồng ý gộp' })).toHaveCount(0)
  await accessible(other)
  await waiting.getByRole('button', { name: 'Không gộp' }).click()
  await expect(waiting).toContainText('Không gộp. Nhóm này được hỏi lại')
  await other.context().close()
})

test('a sample of automatic links is asked like any other, without any opinion of the house', async ({
  page,
  house,
}) => {
  const [one, two] = await askedTogether(house, ['Bùi Thị Mẫu', 'Bùi Thị Mẫu'])
  await signInAs(page, house, 'lead.bq', PATH)
  await expect(table(page)).toContainText('Bùi Thị Mẫu')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await said(page, 'Đã lưu: cùng một người')
  await beside(house, async ({ db }) => {
    await db
      .updateTable('identity.pair')
      .set({ state: 'sample', ward: '26911' })
      .where('patient_id', '=', Math.min(one ?? 0, two ?? 0))
      .where('other_patient_id', '=', Math.max(one ?? 0, two ?? 0))
      .execute()
  })
  await page.reload()
  await expect(page.getByText('Nhóm này không hiện gợi ý', { exact: false })).toBeVisible()
  await expect(table(page)).not.toContainText('Máy so')
  await page.keyboard.press('1')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('region', { name: 'Tình hình' })).toContainText('1 trong 1')
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByText('Automatic links that were right', { exact: true })).toBeVisible()
  await accessible(page)
})

test('single keys can be turned off, and never act while somebody types or answers a question', async ({
  page,
  house,
}) => {
  await askedTogether(house, ['Đinh Thị Một', 'Đinh Thị Một'])
  await signInAs(page, house, 'station.bq', PATH)
  await expect(table(page)).toContainText('Đinh Thị Một')
  await page.keyboard.press('?')
  const dialog = page.getByRole('dialog', { name: 'Phím tắt' })
  await expect(dialog).toBeVisible()
  await accessible(page)
  await page.keyboard.press('2')
  await dialog.getByLabel('Dùng phím tắt một ký tự trên máy này').uncheck()
  await page.keyboard.press('Escape')
  await page.keyboard.press('2')
  await expect(page.getByRole('radio', { checked: true })).toHaveCount(0)
  await page.getByRole('radio', { name: 'Khác người' }).focus()
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await said(page, 'Đã lưu: khác người')
})

test('without network the case that lies open stays, and what was decided is not said to be saved', async ({
  page,
  house,
}) => {
  await askedTogether(house, ['Hồ Thị Mạng', 'Hồ Thị Mạng'])
  await signInAs(page, house, 'station.bq', PATH)
  await expect(table(page)).toContainText('Hồ Thị Mạng')
  await page.context().setOffline(true)
  await page.keyboard.press('2')
  await page.keyboard.press('Enter')
  await expect(page.getByRole('alert')).toBeVisible()
  await expect(table(page)).toContainText('Hồ Thị Mạng')
  await page.context().setOffline(false)
  await page.keyboard.press('Enter')
  await said(page, 'Đã lưu: khác người')
})

test('the Department sees how long each ward waits, and nobody’s name', async ({ page, house }) => {
  await askedTogether(house, ['Tô Thị Sở', 'Tô Thị Sở'], {
    asking: { at: new Date(Date.now() - 8 * 86_400_000) },
  })
  await signInAs(page, house, 'department', '/department/review')
  const ward = page.getByRole('row', { name: 'Phường Bình Quới' })
  await expect(ward).toContainText('8,0 ngày')
  await expect(page.getByText('Tô Thị Sở')).toHaveCount(0)
  await accessible(page)
})

test('the Department gives questions that no station is asked to one, and sees nobody', async ({
  page,
  house,
}) => {
  await askedTogether(house, ['Mạc Thị Vô Danh', 'Mạc Thị Vô Danh'], {
    asking: { ward: null, at: new Date(Date.now() - 2 * 86_400_000) },
  })
  await signInAs(page, house, 'department', '/department/review')
  await expect(page.getByRole('row', { name: 'Chưa rõ phường' })).toBeVisible()
  await page.getByLabel('Trạm của phường').selectOption({ label: 'Phường Bình Quới' })
  await page.getByLabel('Số câu').fill('500')
  await accessible(page)
  await page.getByRole('button', { name: 'Giao', exact: true }).click()
  await expect(page.getByText('Đã giao 1 câu hỏi.')).toBeVisible()
  await expect(page.getByRole('row', { name: 'Chưa rõ phường' })).toHaveCount(0)
  await expect(page.getByText('Mạc Thị')).toHaveCount(0)
})
