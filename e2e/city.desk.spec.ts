import AxeBuilder from '@axe-core/playwright'
import type { BrowserContext, Page } from '@playwright/test'
import { expect, type House, test } from './house.ts'
import { accessible, button } from './resident.ts'
import { signInAs } from './staff.ts'

/** One shift for all tests of this file: a code serves once, and the next comes after half a minute. */
let shift: Awaited<ReturnType<BrowserContext['cookies']>> = []

async function openMap(page: Page, house: House) {
  if (shift.length === 0) {
    await signInAs(page, house, 'department', '/department/coverage')
    shift = await page.context().cookies()
  } else {
    await page.context().addCookies(shift)
    await page.goto('/department/coverage')
  }
  await expect(page.getByRole('link', { name: /^Phường Bình Quới: / })).toBeVisible()
}

test('the Department sees its three wards on the map, the others hatched, and every place in the table', async ({
  page,
  house,
}) => {
  await openMap(page, house)
  await expect(page.getByRole('heading', { name: 'Bao nhiêu người đã có sổ sức khỏe' })).toBeVisible()
  await expect(page.getByRole('group', { name: /^Bản đồ tỷ lệ người có sổ/ }).getByRole('link')).toHaveCount(
    168,
  )
  await expect(
    page.getByRole('link', { name: /^Phường Bình Quới: \d,\d%, \d+ trong 46\.200 người$/ }),
  ).toBeVisible()
  await expect(page.getByRole('link', { name: 'Phường Sài Gòn: chưa có sổ nào' })).toHaveClass(/none/)
  await expect(page.getByText('165 nơi chưa có sổ nào, không xếp ở đây.')).toBeVisible()
  await expect(page.getByText('Dữ liệu minh họa.')).toBeVisible()
  await accessible(page)

  await button(page, 'Cả 168 nơi').click()
  const table = page.getByRole('table', { name: 'Số người có sổ theo nơi' })
  await expect(table.getByRole('row')).toHaveCount(169)
  await expect(table.getByRole('row', { name: /P\. Bình Quới 46\.200/ })).toBeVisible()
  await accessible(page)

  const saving = page.waitForEvent('download')
  await button(page, 'Tải bảng').click()
  const file = await (await saving).createReadStream()
  const text = Buffer.concat(await file.toArray()).toString()
  expect(text.split('\r\n')).toHaveLength(170)
  expect(text).toMatch(/^26911,Phường Bình Quới,/m)
})

test('without a mouse one goes over the map by arrows, opens a ward, its campaign, and comes back', async ({
  page,
  house,
}) => {
  await openMap(page, house)
  await page.getByRole('link', { name: /^Phường Gò Vấp: / }).focus()
  await page.keyboard.press('ArrowRight')
  const standing = page.locator('path:focus')
  await expect(standing).not.toHaveAttribute('aria-label', /Gò Vấp/)
  await page.keyboard.press('ArrowLeft')
  await page.getByRole('link', { name: /^Phường Bình Quới: / }).focus()
  await page.keyboard.press('Enter')

  await expect(page.getByRole('heading', { name: 'Phường Bình Quới' })).toBeFocused()
  await expect(page.getByRole('heading', { name: 'Theo lứa tuổi' })).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Lập sổ sức khỏe Phường Bình Quới' }).click()
  await expect(page.getByRole('heading', { name: 'Lập sổ sức khỏe Phường Bình Quới' })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/department/campaigns/bq27')
  await page.goBack()
  await page.getByRole('link', { name: 'Toàn thành phố' }).click()
  await expect(page.getByRole('link', { name: /^Phường Bình Quới: / })).toBeVisible()
})

test('each number opens what it means; ages, levels, past days and old districts are chosen', async ({
  page,
  house,
}) => {
  await openMap(page, house)
  await page.getByRole('button', { name: /^trong 14,54 triệu người/ }).click()
  const meaning = page.getByRole('dialog', { name: 'Dân số ước tính' })
  await expect(meaning).toContainText('sapnhap.bando.com.vn')
  await accessible(page)
  await meaning.getByRole('button', { name: 'Đóng' }).click()
  await expect(page.getByRole('button', { name: /^trong 14,54 triệu người/ })).toBeFocused()

  await page.getByLabel('Lứa tuổi').selectOption('Từ 60 tuổi')
  await page.getByRole('button', { name: /^Dân số/ }).click()
  await expect(page.getByRole('dialog', { name: 'Dân số ước tính theo tuổi' })).toBeVisible()
  await page.keyboard.press('Escape')
  await page.getByLabel('Mức xác thực').selectOption('Sổ đã xác nhận')
  await page.getByLabel('Tính đến hết ngày').selectOption({ index: 12 })
  await expect(page.getByText('Chưa nơi nào có sổ vào ngày này.')).toBeVisible()

  await page.getByLabel('Tính đến hết ngày').selectOption('Hiện nay')
  await page.getByLabel('Lứa tuổi').selectOption('Mọi lứa tuổi')
  await page.getByLabel('Mức xác thực').selectOption('Mọi sổ')
  await page.getByLabel('Theo nơi nào').selectOption('Quận, huyện cũ')
  await expect(page.getByRole('link', { name: /^Quận Bình Thạnh: / })).toBeVisible()
  await accessible(page)
  await button(page, 'Cả 37 nơi').click()
  await expect(page.getByRole('row', { name: /^Quận 8 / })).toContainText('P. Bình Đông')
})

test('at twice the size of letters, on a narrow screen and in English nothing is lost sideways', async ({
  page,
  house,
}) => {
  await openMap(page, house)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'How many people have a health book' })).toBeVisible()
  await expect(
    page.getByRole('link', { name: /^Phường Bình Quới: \d\.\d%, \d+ of 46,200 people$/ }),
  ).toBeVisible()
  await page.evaluate(() => {
    document.documentElement.style.fontSize = '200%'
  })
  const sideways = () => page.evaluate(() => document.documentElement.scrollWidth - innerWidth)
  expect(await sideways()).toBeLessThanOrEqual(0)
  await page.evaluate(() => {
    document.documentElement.style.fontSize = ''
  })
  for (const width of [640, 320]) {
    await page.setViewportSize({ width, height: 800 })
    expect(await sideways(), `at ${width} px`).toBeLessThanOrEqual(0)
  }
  const { violations } = await new AxeBuilder({ page }).analyze()
  expect(violations.map(({ id }) => id)).toEqual([])
})

test('an old ward is looked up by its name of any day, and leads to where its people are counted now', async ({
  page,
  house,
}) => {
  await openMap(page, house)
  await page.getByRole('link', { name: 'Tra phường, quận cũ' }).click()
  await page.getByLabel('Tên hoặc mã, cũ hay mới').fill('phuong 27 binh thanh')
  const row = page.getByRole('row', { name: /^Phường 27, Quận Bình Thạnh/ })
  await expect(row).toContainText('26911')
  await accessible(page)
  await button(page, 'Đến 31/12/2020').click()
  await page.getByLabel('Tên hoặc mã, cũ hay mới').fill('quận 2 an khánh')
  await expect(page.getByRole('row', { name: /^Phường An Khánh, Quận 2/ })).toBeVisible()
  await button(page, 'Đến 30/06/2025').click()
  await page.getByLabel('Tên hoặc mã, cũ hay mới').fill('phuong 27 binh thanh')
  await row.getByRole('link', { name: 'Phường Bình Quới' }).click()
  await expect(page.getByRole('heading', { name: 'Phường Bình Quới' })).toBeVisible()
})

test('when the server is away the map says so, what is safe, and comes back by itself', async ({
  page,
  house,
}) => {
  await openMap(page, house)
  await page.context().setOffline(true)
  await page.getByLabel('Mức xác thực').selectOption('Sổ đã xác nhận')
  await expect(page.getByRole('alert')).toContainText('app.offline')
  await page.context().setOffline(false)
  await expect(page.getByRole('link', { name: /^Phường Bình Quới: / })).toBeVisible()
})
