import { expect, test } from './house.ts'
import { accessible, button } from './resident.ts'
import { demoAccount, giveProof, signInAs } from './staff.ts'

test('a lead makes an account, sees its secrets once, and the new worker signs in; suspended, her shift ends and keeps its place', async ({
  page,
  house,
  browser,
}) => {
  await signInAs(page, house, 'lead.gv', '/station/accounts')
  await page.getByRole('link', { name: 'Lập tài khoản' }).click()
  await accessible(page)
  await page.keyboard.press('Tab')
  await page.getByLabel('Họ và tên').fill('Đặng Thị Mỹ Tâm')
  await page.getByLabel('Tên đăng nhập').fill('Tâm')
  await page.keyboard.press('Enter')
  await expect(page.getByText('Từ 3 đến 40 chữ thường không dấu, số, chấm hoặc gạch.')).toBeVisible()
  await page.getByLabel('Tên đăng nhập').fill('tam.gv')
  await page.keyboard.press('Enter')

  await expect(page.getByText('Đã lập tài khoản tam.gv.')).toBeVisible()
  await expect(page.getByRole('img', { name: 'Mã QR xác thực của tam.gv' })).toBeVisible()
  await accessible(page)
  const told = async (words: string): Promise<string> =>
    (await page.locator('dl div', { hasText: words }).locator('dd').textContent()) ?? ''
  const account = {
    user: 'tam.gv',
    password: await told('Mật khẩu'),
    totpSecret: await told('Mã bí mật cho ứng dụng xác thực'),
  }

  const desk = await browser.newPage({ viewport: { width: 1280, height: 800 }, baseURL: house.base })
  await desk.goto('/station')
  await giveProof(desk, account)
  await expect(desk.getByRole('banner')).toContainText('Đặng Thị Mỹ Tâm')

  await page.goto('/station/accounts')
  await button(page, 'Ngưng: Đặng Thị Mỹ Tâm').click()
  await expect(page.getByText('Đang ngưng')).toBeVisible()
  await accessible(page)

  await desk.getByRole('link', { name: /^Lập sổ sức khỏe/ }).click()
  await expect(desk.getByText('Ca của Đặng Thị Mỹ Tâm đã hết giờ.', { exact: false })).toBeVisible()
  await expect(desk.getByLabel('Tên đăng nhập')).toHaveValue('tam.gv')
  await button(page, 'Cho dùng lại: Đặng Thị Mỹ Tâm').click()
  await expect(page.getByText('Đang ngưng')).toHaveCount(0)
  await giveProof(desk, account)
  await expect(desk.getByRole('heading', { level: 1, name: /^Lập sổ sức khỏe/ })).toBeVisible()
  expect(new URL(desk.url()).pathname).toMatch(/^\/station\/campaigns\//)
  await desk.close()
})

test('the Department sees the accounts of every ward, and one ward or role where it asks', async ({
  page,
  house,
}) => {
  await signInAs(page, house, 'department', '/department/accounts')
  await expect(page.getByRole('cell', { name: 'lead.bt' })).toBeVisible()
  await page.getByLabel('Phường, xã').selectOption({ label: 'Phường Bình Quới' })
  await expect(page.getByRole('cell', { name: 'lead.bt' })).toBeHidden()
  await expect(page.getByRole('cell', { name: (await demoAccount(house, 'lead.bq')).user })).toBeVisible()
  await accessible(page)
})
