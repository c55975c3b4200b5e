import type { Page } from '@playwright/test'
import { photo } from '../packages/server/test/pictures.ts'
import { haveBook } from './declared.ts'
import { expect, test } from './house.ts'
import { accessible, button, newPhone } from './resident.ts'
import { workerOf } from './staff.ts'

const personOf = async (page: Page): Promise<string> => {
  const me = (await (await page.request.get('/api/me')).json()) as { books: { person: string }[] }
  return me.books[0]?.person ?? ''
}

test('a line that the station wrote is disputed, with its clock, and corrected; both versions stay', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  const person = await personOf(page)
  const station = await workerOf(house, 'station.bq')
  const measured = await station.post(`/api/station/people/${person}/measurements`, {
    data: { uuid: crypto.randomUUID(), pressures: [{ systolic: '141', diastolic: '88' }] },
  })
  expect(measured.status()).toBe(201)
  const record = (await (await page.request.get('/api/me/record')).json()) as {
    entry: { resource: { id: string; resourceType: string; meta: { source?: string } } }[]
  }
  const line = record.entry.findLast(
    ({ resource }) => resource.resourceType === 'Observation' && resource.meta.source?.includes('TYT'),
  )
  await page.goto(`/app/line/${line?.resource.id}`)
  await button(page, 'Báo dòng này sai').click()
  await button(page, 'Số hoặc kết quả sai').click()
  await page.getByLabel('Nói rõ hơn').fill('Số đúng là 131.')
  await accessible(page)
  await button(page, 'Gửi báo sai').click()
  await expect(page.getByText('Còn 10 ngày')).toBeVisible()
  await expect(page.getByText('Trạm đã nhận')).toBeVisible()
  await accessible(page)

  const answer = await station.post(`/api/station/disputes/${person}/1/answer`, {
    data: { is: 'corrected', words: 'Đã xem lại phiếu đo.', values: { '8480-6': '131' } },
  })
  expect(answer.status()).toBe(204)
  await page.reload()
  await expect(page.getByText('Đã sửa')).toBeVisible()
  await expect(page.getByText('Bản 1: ')).toContainText('141/88')
  await expect(page.getByText('Bản 2: ')).toContainText('131/88')
  await page.goto('/app/mine/disputes')
  await expect(page.getByText('Đã xem lại phiếu đo.')).toBeVisible()
  await accessible(page)
})

test('a consent is withdrawn at once and can be read back', async ({ page, house }) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/more')
  await page.getByRole('link', { name: 'Đồng ý chia sẻ' }).click()
  const treatment = page.getByRole('group', { name: /được đọc sổ này/ })
  await expect(treatment.getByRole('button', { name: 'Đồng ý', exact: true })).toHaveAttribute(
    'aria-pressed',
    'true',
  )
  await treatment.getByRole('button', { name: 'Không đồng ý' }).click()
  await expect(page.getByText('Đã ghi: không đồng ý, có hiệu lực từ bây giờ.')).toBeVisible()
  await accessible(page)
  const consents = (await (await page.request.get('/api/me/consents')).json()) as { given: boolean | null }[]
  expect(consents[0]?.given).toBe(false)
  await page.getByText('Các lần trả lời (2)').click()
  await accessible(page)
})

test('a photo of a paper is added, and comes back without the place where it was taken', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/mine/documents')
  await expect(page.getByText('Chưa có giấy tờ nào.')).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Thêm giấy tờ' }).click()
  await accessible(page)
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Chọn một ảnh hoặc PDF.')).toBeVisible()
  const file = photo(6)
  expect(file.toString('latin1')).toContain('GPS')
  await page
    .getByLabel('Chụp hoặc chọn tệp')
    .setInputFiles({ name: 'a.jpg', mimeType: 'image/jpeg', buffer: file })
  await expect(page.getByRole('img', { name: 'Ảnh sắp gửi' })).toBeVisible()
  await button(page, 'Phiếu xét nghiệm').click()
  await page.getByLabel('Đặt tên').fill('Xét nghiệm máu')
  await page.getByLabel('Năm').fill('2024')
  await accessible(page)
  await button(page, 'Lưu vào sổ').click()
  await page.getByRole('button', { name: /Xét nghiệm máu/ }).click()
  const shown = page.getByRole('img', { name: 'Ảnh giấy tờ: Xét nghiệm máu' })
  await expect(shown).toBeVisible()
  // the camera lay on its side: twelve by eight stand as eight by twelve
  await expect
    .poll(() => shown.evaluate((image: HTMLImageElement) => [image.naturalWidth, image.naturalHeight]))
    .toEqual([8, 12])
  const bytes = await page.request.get((await shown.getAttribute('src')) ?? '')
  expect((await bytes.body()).toString('latin1')).not.toMatch(/GPS|Exif|Telephone/)
  await accessible(page)
})

test('blood pressure measured at home stands in the book; an unlikely one is asked back', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/mine/measure')
  await button(page, 'Ghi vào sổ').click()
  await expect(page.getByText('Chỉ nhập số nguyên.').first()).toBeVisible()
  await page.getByLabel('Số trên').fill('238')
  await page.getByLabel('Số dưới').fill('86')
  await button(page, 'Ghi vào sổ').click()
  await expect(page.getByText('Vừa nhập 238/86 mmHg. Có đúng không?')).toBeVisible()
  await accessible(page)
  await button(page, 'Sửa lại').click()
  await page.getByLabel('Số trên').fill('138')
  await page.getByLabel('Mạch').fill('72')
  await button(page, 'Tay trái').click()
  await button(page, 'Ghi vào sổ').click()
  await expect(page.getByText(/Đã ghi 138\/86 mmHg/)).toBeVisible()
  await accessible(page)
  expect(await (await page.request.get('/api/me/record')).text()).toContain('"value":138,"unit":"mmHg"')
})

test('a statement is added, changed on two devices, and neither is lost', async ({ page, house }) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/mine/statements')
  await accessible(page)
  await page.getByRole('link', { name: 'Thêm thuốc' }).click()
  await page.getByLabel('Tên thuốc, hàm lượng').fill('Metformin 500 mg')
  await accessible(page)
  await button(page, 'Lưu vào sổ').click()
  await page.getByRole('link', { name: /Metformin 500 mg/ }).click()
  await page.getByLabel('Uống như thế nào?').fill('Sáng 1 viên')

  const list = (await (await page.request.get('/api/books/own/statements')).json()) as {
    id: string
    name: string
  }[]
  const id = list.find(({ name }) => name === 'Metformin 500 mg')?.id
  const said = { kind: 'medicine', name: 'Metformin 500 mg', note: 'Tối 1 viên' }
  const data = { uuid: crypto.randomUUID(), version: 1, said }
  expect((await page.request.put(`/api/books/own/statements/${id}`, { data })).status()).toBe(201)

  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Điều này vừa được sửa trên máy khác.')).toBeVisible()
  await expect(page.getByText(/Bản trên máy kia:.*Tối 1 viên/)).toBeVisible()
  await accessible(page)
  await button(page, 'Dùng bản đang viết ở đây').click()
  await expect(page.getByRole('link', { name: /Metformin 500 mg.*Sáng 1 viên/ })).toBeVisible()
})

test('to be erased is asked, and the answer names what the law makes us keep', async ({ page, house }) => {
  await haveBook(page, house, newPhone())
  const person = await personOf(page)
  await page.goto('/app/mine/requests')
  await button(page, 'Xóa sổ').click()
  await accessible(page)
  await button(page, 'Gửi yêu cầu').click()
  await accessible(page)
  await page.getByRole('dialog').getByRole('button', { name: 'Gửi yêu cầu' }).click()
  await expect(page.getByText('Còn 20 ngày')).toBeVisible()

  const office = await workerOf(house, 'privacy')
  const answer = await office.post(`/api/department/requests/${person}/1/answer`, {
    data: { is: 'refused', words: 'Luật chưa cho xóa sổ này.', retentionClass: 'health-book' },
  })
  expect(answer.status()).toBe(204)
  await page.reload()
  await expect(page.getByText('Luật chưa cho xóa sổ này.')).toBeVisible()
  await expect(page.getByText(/Sổ sức khỏe điện tử phải giữ 10 năm sau khi qua đời/)).toBeVisible()
  await accessible(page)
})

test('every screen of one’s own rights fits a narrow phone at twice the text, and speaks English', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/more')
  await page
    .getByRole('main')
    .getByRole('button', { name: /English/ })
    .click()
  await page.setViewportSize({ width: 320, height: 640 })
  const screens = [
    ['consents', 'What I agree to'],
    ['statements', 'What I stated'],
    ['statements/new/condition', 'Add a condition'],
    ['measure', 'Measured at home'],
    ['documents', 'Papers'],
    ['documents/new', 'Add a paper'],
    ['disputes', 'What I reported'],
    ['requests', 'Requests about my data'],
  ] as const
  for (const [path, title] of screens) {
    await page.goto(`/app/mine/${path}`)
    await page.addStyleTag({ content: 'html { font-size: 200% !important }' })
    await expect(page.getByRole('heading', { level: 1, name: title })).toBeVisible()
    await accessible(page)
  }
})

test('somebody says that she has moved: types a few letters, chooses the ward, and the book follows', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/more')
  await page.getByRole('link', { name: 'Tôi đã chuyển nơi ở' }).click()
  const typed = page.getByLabel('Phường, xã đang ở bây giờ')
  await typed.fill('khong dau ca')
  await expect(page.getByText('Không tìm thấy phường, xã nào như vậy')).toBeVisible()
  await typed.fill('tan binh')
  const send = button(page, 'Ghi nơi ở mới')
  await expect(send).toBeDisabled()
  await button(page, 'Phường Tân Bình').click()
  await page.getByLabel('Số nhà, đường').fill('5 Đường Cộng Hòa')
  await accessible(page)
  await send.click()
  await expect(page.getByText('Đã ghi: đang ở Phường Tân Bình.')).toBeVisible()
  await accessible(page)
  const card = (await (await page.request.get('/api/me/card')).json()) as { ward: { name: string } }
  expect(card.ward.name).toContain('Tân Bình')
  await send.click()
  await expect(page.getByText('Sổ đã ghi nơi ở này từ trước')).toBeVisible()
})
