import { expect, test } from './house.ts'
import { accessible, button } from './resident.ts'
import { demoAccount, giveProof } from './staff.ts'

test('a lead signs in with password and code, sees who is at work, and ends her shift', async ({
  page,
  house,
}) => {
  await page.goto('/station')
  await expect(page.getByRole('heading', { name: 'Đăng nhập nhân viên' })).toBeVisible()
  await accessible(page)

  const lead = await demoAccount(house, 'lead.bq')
  await giveProof(page, { ...lead, password: 'not-the-password-at-all' })
  await expect(page.getByRole('alert')).toContainText('Tên, mật khẩu hoặc mã chưa đúng.')
  await accessible(page)

  await giveProof(page, lead)
  await expect(page.getByRole('banner')).toContainText('Trạm Y tế phường Bình Quới')
  await page.getByRole('link', { name: 'Tài khoản' }).click()
  await expect(page.getByRole('heading', { name: 'Tài khoản nhân viên' })).toBeVisible()
  await expect(page.getByRole('cell', { name: 'station.bq' })).toBeVisible()
  await accessible(page)

  await page.goto('/department/accounts')
  await expect(
    page.getByRole('heading', { name: 'Mục này không dành cho tài khoản đang dùng' }),
  ).toBeVisible()

  await button(page, 'Kết thúc ca').click()
  await expect(page.getByRole('heading', { name: 'Đăng nhập nhân viên' })).toBeVisible()
})

test('whoever opens an address of staff signs in first and then stands where she wanted to be', async ({
  page,
  house,
}) => {
  await page.goto('/department/accounts')
  const department = await demoAccount(house, 'department')
  await giveProof(page, department)
  await expect(page.getByRole('heading', { name: 'Tài khoản nhân viên' })).toBeVisible()

  await page.context().clearCookies()
  await page.reload()
  await giveProof(page, department)
  await expect(page.getByRole('heading', { name: 'Tài khoản nhân viên' })).toBeVisible()
  expect(new URL(page.url()).pathname).toBe('/department/accounts')
})
