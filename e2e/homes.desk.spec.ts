import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { declaredAtHome } from './declared.ts'
import { expect, test } from './house.ts'
import { accessible } from './resident.ts'
import { signInAs } from './staff.ts'

test('two books that may be one person’s are compared side by side and settled; nothing is joined', async ({
  page,
  house,
}) => {
  const [first, second] = ['Nguyễn Thị Một', 'Nguyễn Thị Hai']
  await declaredAtHome(house, first, '079161055555', '9 Bình Quới')
  await declaredAtHome(house, second, '079161055555', '11 Bình Quới')
  await signInAs(page, house, 'station.bq', '/station/duplicates')
  const pair = page.getByRole('region', { name: first })
  await expect(pair).toContainText('Cùng số giấy tờ')
  await accessible(page)
  await pair.getByRole('button', { name: 'So hai sổ' }).click()
  await expect(pair.getByRole('row', { name: 'Họ tên' })).toContainText('Khác')
  await expect(pair.getByRole('row', { name: 'Ngày sinh' })).toContainText('Giống')
  await expect(pair).not.toContainText('079161055555')
  await accessible(page)
  await pair.getByRole('button', { name: 'Chuyển xem xét' }).click()
  await expect(page.getByText('Đã chuyển xem xét. Hai sổ vẫn riêng.')).toBeVisible()
  await expect(pair).toContainText('Đã chuyển xem xét')
  await pair.getByRole('button', { name: 'So hai sổ' }).click()
  await pair.getByRole('button', { name: 'Hai người khác nhau' }).click()
  await expect(pair).toHaveCount(0)
})

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

test('both screens hold at 1024, at 200 % text, and in English', async ({ page, house }) => {
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
  await page.getByRole('link', { name: 'Verify' }).click()
  await page.getByRole('link', { name: 'Possible duplicates' }).click()
  await expect(page.getByRole('heading', { name: 'May be one person' })).toBeVisible()
  await accessible(page)
})
