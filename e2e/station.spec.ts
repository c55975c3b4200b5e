import { expect, test } from './house.ts'
import { accessible, button, CAMPAIGN, newPhone } from './resident.ts'

test('where no message comes, a ticket from the station opens a new book', async ({ page, house }) => {
  const [ticket = ''] = JSON.parse(
    await house.cli('campaign', 'tickets', CAMPAIGN, '1', '--json'),
  ) as string[]
  await page.goto(`/q/${CAMPAIGN}`)
  await page.getByRole('link', { name: 'Dùng mã in trên phiếu' }).click()
  await page.getByLabel('Nhập mã in trên phiếu').fill(ticket.toLowerCase().replaceAll('-', ' '))
  await button(page, 'Dùng mã này').click()
  await expect(page.getByRole('heading', { name: 'Thông tin cá nhân' })).toBeVisible()
  await accessible(page)

  await page.context().clearCookies()
  await page.goto(`/q/${CAMPAIGN}`)
  await page.getByRole('link', { name: 'Dùng mã in trên phiếu' }).click()
  await page.getByLabel('Nhập mã in trên phiếu').fill(ticket)
  await button(page, 'Dùng mã này').click()
  await expect(page.getByText('Mã không đúng, đã dùng hoặc hết hạn.', { exact: false })).toBeVisible()
})

test('the poster of a campaign that has ended says so, and whom to ask', async ({ page, house }) => {
  const asked = [
    'campaign',
    'new',
    '--ward',
    '26911',
    '--starts',
    '2026-01-01',
    '--ends',
    '2026-01-31',
    '--json',
  ]
  const { code } = JSON.parse(await house.cli(...asked)) as { code: string }
  await page.goto(`/q/${code}`)
  await expect(page.getByRole('heading', { name: 'Đợt khai này đã kết thúc' })).toBeVisible()
  await expect(page.getByText('Trạm Y tế phường Bình Quới').first()).toBeVisible()
  await accessible(page)
})

test('after five wrong codes the screen says how long to wait, and the other ways stay open', async ({
  page,
}) => {
  await page.goto(`/q/${CAMPAIGN}`)
  await page.getByRole('link', { name: 'Bắt đầu lập sổ' }).click()
  await page.getByLabel('Nhập số điện thoại di động').fill(newPhone())
  await button(page, 'Gửi mã cho tôi').click()
  const field = page.getByLabel('Nhập mã 6 số trong tin nhắn')
  for (const left of [4, 3, 2, 1]) {
    await field.fill('000000')
    await button(page, 'Xác nhận').click()
    await expect(page.getByText(`Còn thử được ${left} lần`, { exact: false })).toBeVisible()
  }
  await field.fill('000000')
  await button(page, 'Xác nhận').click()
  await expect(page.getByText('Dùng mã in trên phiếu của trạm')).toBeVisible()
  await expect(page.getByText('Còn thử được 1 lần', { exact: false })).toBeHidden()
  await accessible(page)
})
