import { declaredAtHome } from './declared.ts'
import { expect, test } from './house.ts'
import { accessible } from './resident.ts'
import { signInAs } from './staff.ts'

test('at the desk an elder lets her daughter act for her, and takes it back', async ({ page, house }) => {
  await declaredAtHome(house, 'Phạm Thị Sáu', '079138011111')
  const daughter = await declaredAtHome(house, 'Lê Thị Bảy', '079166022222')
  await signInAs(page, house, 'station.bq', '/station/verify')
  await page.getByLabel('Quét mã hoặc gõ').fill('079138011111')
  await page.keyboard.press('Enter')
  const panel = page.getByRole('region', { name: 'Phạm Thị Sáu' })
  await panel.getByRole('button', { name: 'Thay mặt, đổi số' }).click()
  await expect(panel.getByText('Chưa ai được giao quyền.')).toBeVisible()

  await panel.getByLabel('Người sẽ thay mặt').fill('079000000000')
  await panel.getByRole('button', { name: 'Lập quyền thay mặt' }).click()
  await expect(panel.getByText('Không thấy đúng một người.', { exact: false })).toBeVisible()
  await panel.getByLabel('Người sẽ thay mặt').fill('079166022222')
  await panel.getByRole('button', { name: 'Lập quyền thay mặt' }).click()
  await expect(panel.getByText('Lê Thị Bảy · con')).toBeVisible()
  await accessible(page)
  const me = await fetch(`${house.base}/api/me`, { headers: { cookie: daughter.cookie } })
  expect((await me.json()).books).toHaveLength(2)

  await panel.getByLabel('Mã trên điện thoại mới').fill('ABCDEFGHJK')
  await panel.getByRole('button', { name: 'Đã kiểm tra, chuyển sổ' }).click()
  await expect(panel.getByText('Mã không đúng, đã dùng hoặc hết hạn', { exact: false })).toBeVisible()
  await panel.getByRole('button', { name: /Chấm dứt/ }).click()
  await expect(panel.getByText('Chưa ai được giao quyền.')).toBeVisible()
})
