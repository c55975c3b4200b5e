import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from './house.ts'
import { accessible, button } from './resident.ts'
import { signInAs } from './staff.ts'

const pem = (half: 'public' | 'private' = 'public'): string => {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-384' })
  return half === 'public'
    ? publicKey.export({ format: 'pem', type: 'spki' }).toString()
    : privateKey.export({ format: 'pem', type: 'pkcs8' }).toString()
}

test('the Department registers a program with its key, sets a second one beside it, ends the first, and suspends it', async ({
  page,
  house,
}) => {
  await page.setViewportSize({ width: 1280, height: 800 })
  await signInAs(page, house, 'department', '/department/clients')
  await expect(page.getByRole('row', { name: /sandbox/ })).toContainText('1 khóa')
  await accessible(page)

  await page.getByRole('link', { name: 'Đăng ký phần mềm' }).click()
  await accessible(page)
  await page.getByLabel('Tên phần mềm').fill('Phần mềm bệnh án thử')
  await page.getByLabel('Mã phần mềm').fill('Bệnh án')
  await page.getByRole('button', { name: /^Đăng ký/ }).click()
  await expect(page.getByText('Từ 2 đến 40 chữ thường không dấu, số hoặc gạch.')).toBeVisible()
  await accessible(page)
  await page.getByLabel('Mã phần mềm').fill('benh-an')
  await page.getByLabel('Cơ sở').selectOption({ label: 'Bệnh viện Chợ Rẫy' })
  await page.getByLabel('Đọc và ghi').check()
  await page.getByLabel('Khóa công khai mới').fill(pem('private'))
  await expect(page.getByText('Đây là khóa riêng, không gửi đi đâu.', { exact: false })).toBeVisible()
  await page.getByLabel('Khóa công khai mới').fill(pem())
  await page.getByRole('button', { name: /^Đăng ký/ }).click()

  await expect(page.getByRole('heading', { level: 1, name: 'Phần mềm bệnh án thử' })).toBeVisible()
  await page
    .getByLabel('Hoặc chọn tệp')
    .setInputFiles({ name: 'key.pem', mimeType: 'text/plain', buffer: Buffer.from(pem()) })
  await button(page, 'Thêm khóa').click()
  await expect(page.getByText('Đã thêm khóa.', { exact: false })).toBeVisible()
  const ends = page.getByRole('button', { name: /^Chấm dứt: / })
  await expect(ends).toHaveCount(2)
  await accessible(page)
  await ends.first().click()
  await accessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Chấm dứt' }).click()
  await expect(ends).toHaveCount(1)
  await ends.first().click()
  await expect(page.getByText('Đây là khóa cuối cùng', { exact: false })).toBeVisible()
  await page.keyboard.press('Escape')

  await button(page, 'Ngưng: Phần mềm bệnh án thử').click()
  await expect(page.getByText('Đang ngưng')).toBeVisible()
  await expect(house.cli('token', '--client', 'benh-an')).rejects.toThrow('There is no such client')
  await page.goto('/department/clients')
  await button(page, 'Cho dùng lại: Phần mềm bệnh án thử').click()
  await expect(page.getByText('Đang ngưng')).toHaveCount(0)
  expect(await house.cli('token', '--client', 'benh-an')).toMatch(/^[\w-]{43}\n$/)
})
