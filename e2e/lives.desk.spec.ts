import type { Page } from '@playwright/test'
import { writeIdCard } from '@sokhoe/model/card'
import { declaredAtHome } from './declared.ts'
import { expect, type House, test } from './house.ts'
import { accessible } from './resident.ts'
import { signInAs } from './staff.ts'

const button = (page: Page, name: string) => page.getByRole('button', { name })

const cardText = (idNumber: string, name: string, issuedOn = '2021-04-22'): string =>
  writeIdCard({
    idNumber,
    oldIdNumber: null,
    name,
    birthDate: '1961-04-30',
    sex: 'female',
    address: '12/3 Đường Số 4, Phường 27, Bình Thạnh, TP. Hồ Chí Minh',
    issuedOn,
  })

async function openDesk(page: Page, house: House): Promise<void> {
  await signInAs(page, house, 'lead.bq', '/station/verify')
  await expect(page.getByLabel('Quét mã hoặc gõ')).toBeFocused()
}

async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text.slice(0, 1))
  await page.keyboard.insertText(text.slice(1))
  await page.keyboard.press('Enter')
}

test('a new number, a corrected name, a death and its undoing are recorded at the desk, by keyboard and in both languages', async ({
  page,
  house,
}) => {
  const name = 'Nguyễn Thị Thu Hà'
  await declaredAtHome(house, name, '079161012361')
  await openDesk(page, house)
  await scan(page, cardText('079161012361', name))
  await expect(button(page, 'Xác nhận đúng người')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã xác nhận ${name}`)).toBeVisible()

  await button(page, 'Thay đổi giấy tờ, nơi ở').click()
  const panel = page.getByRole('region', { name: 'Điều gì đã thay đổi' })
  await expect(panel.getByText('Chưa có thay đổi nào.')).toBeVisible()
  await accessible(page)
  await panel.getByLabel('Quét thẻ mới').focus()
  await scan(page, cardText('079161098361', name, '2026-11-02'))
  await expect(page.getByText(`Đã ghi số mới cho ${name}`, { exact: false })).toBeVisible()
  await expect(page.getByText('đã hết hiệu lực').first()).toBeVisible()
  await expect(panel.getByRole('listitem').filter({ hasText: 'Số giấy tờ' })).toContainText('Căn cước')

  await panel.getByLabel('Họ tên, ngày sinh, giới tính').check()
  await panel.getByLabel('Họ tên trên giấy').fill('Nguyễn Thu Hà')
  await panel.getByLabel('Số của giấy tờ').fill('12/2026/QĐST')
  await accessible(page)
  await panel.getByLabel('Số của giấy tờ').press('Enter')
  await expect(page.getByText('Nội dung trước khi sửa vẫn được giữ', { exact: false })).toBeVisible()
  await expect(panel.getByText('Quyết định của tòa án 12/2026/QĐST', { exact: false })).toBeVisible()

  await panel.getByLabel('Đã qua đời').check()
  const close = panel.getByRole('button', { name: 'Đóng sổ' })
  await panel.getByLabel('Ngày qua đời').fill('31/02/2026')
  await expect(panel.getByText('Ngày này không có.', { exact: false })).toBeVisible()
  await panel.getByLabel('Ngày qua đời').fill('20/11/2025')
  await expect(close).toBeDisabled()
  await panel.getByLabel('Đã xem giấy tờ', { exact: false }).check()
  await accessible(page)
  await close.click()
  await expect(page.getByText('Đã đóng sổ của Nguyễn Thu Hà.')).toBeVisible()
  await expect(button(page, 'Ghi số đo')).toHaveCount(0)
  await page.getByRole('button', { name: 'English' }).click()
  await expect(button(page, 'A mistake: reopen the book')).toBeVisible()
  await accessible(page)
  await button(page, 'A mistake: reopen the book').click()
  await expect(page.getByText('The book of Nguyễn Thu Hà is open again.')).toBeVisible()
})

test('somebody who moves away is no more to be seen at the old desk', async ({ page, house }) => {
  await declaredAtHome(house, 'Lê Thị Dời', '079161012362')
  await openDesk(page, house)
  await scan(page, 'lê dời 30/04/1961')
  await button(page, 'Thay đổi giấy tờ, nơi ở').click()
  const panel = page.getByRole('region', { name: 'Điều gì đã thay đổi' })
  await panel.getByLabel('Chuyển nơi ở').check()
  await panel.getByLabel('Phường, xã mới').selectOption({ label: 'Phường Bình Thạnh' })
  await panel.getByLabel('Số nhà, đường').fill('5 Nơ Trang Long')
  await accessible(page)
  await panel.getByRole('button', { name: 'Ghi nơi ở mới' }).click()
  await expect(page.getByText('Đã chuyển sổ của Lê Thị Dời', { exact: false })).toBeVisible()
  await page.keyboard.press('Escape')
  await scan(page, '079161012362')
  await expect(page.getByText('Không thấy ai trong phường.', { exact: false })).toBeVisible()
})
