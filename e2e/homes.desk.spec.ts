import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { declaredAtHome } from './declared.ts'
import { expect, test } from './house.ts'
import { accessible } from './resident.ts'
import { signInAs } from './staff.ts'

test('a street is looked through door by door, a household is asked, and the walk is printed', async ({
  page,
  house,
}) => {
  await declaredAtHome(house, 'Đỗ Thị <b>Hẻm</b>', '079161066666', '7 Hẻm 999 Đường Thử')
  await declaredAtHome(house, 'Đỗ Thị Nhà', '079161066667', '999/7 đ. Thử')
  await signInAs(page, house, 'station.bq', '/station/households')
  const street = 'Hẻm 999, Đường Thử'
  await page.getByRole('row', { name: street }).getByRole('button').click()
  const houses = page.getByRole('region', { name: street })
  await expect(houses).toContainText('chưa hỏi')
  await houses.getByRole('listitem').filter({ hasText: '999/7' }).getByRole('button').click()
  await expect(houses).toContainText('Đỗ Thị <b>Hẻm</b>')
  await houses.getByLabel('Số người trong nhà').fill('5')
  await houses.getByRole('button', { name: 'Lưu số người' }).click()
  await expect(houses).toContainText('còn thiếu 3')
  await accessible(page)

  await page.getByLabel(`Chọn để đi: ${street}`).check()
  const download = page.waitForEvent('download')
  await page.getByRole('button', { name: 'In danh sách (1 đường, hẻm)' }).click()
  const path = await (await download).path()
  expect(readFileSync(path).subarray(0, 5).toString()).toBe('%PDF-')
  const words = execFileSync('pdftotext', ['-layout', path, '-']).toString().normalize('NFC')
  expect(words).toContain('Đi vận động: Phường Bình Quới')
  expect(words).toContain(street)
  expect(words).toContain('Đỗ Thị <b>Hẻm</b>, 1961')
  expect(words).toContain('còn thiếu 3')
})

test('the screen holds at 1024, at 200 % text, and in English', async ({ page, house }) => {
  await signInAs(page, house, 'lead.bq', '/station/households')
  await expect(page.getByRole('row').nth(1)).toBeVisible()
  for (const size of [
    { width: 1024, height: 768 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size)
    await accessible(page)
  }
  await page.getByRole('button', { name: 'English' }).click()
  await expect(page.getByRole('heading', { name: 'Households by street and alley' })).toBeVisible()
})
