import type { Page } from '@playwright/test'
import { expect, test } from './house.ts'
import { accessible, button } from './resident.ts'
import { signInAs } from './staff.ts'

// whole shifts by hand: more than a screen's minute
interface Told {
  readonly name: string
  readonly year: string
  readonly sex?: string
  readonly illness?: string
}

async function takeDown(page: Page, { name, year, sex = 'Nam', illness }: Told): Promise<void> {
  await page.getByRole('textbox', { name: 'Họ và tên', exact: true }).fill(name)
  await page.getByLabel('Năm', { exact: true }).first().fill(year)
  await page.getByText(sex, { exact: true }).first().click()
  if (illness) await page.getByText(illness).first().click()
}

test('a worker takes down what somebody without a telephone tells, and the paper confirms it', async ({
  page,
  house,
}) => {
  await signInAs(page, house, 'station.bq', '/station/assist')
  await expect(page.getByRole('heading', { name: 'Khai giúp' })).toBeVisible()
  await accessible(page)
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Có 3 chỗ cần xem lại')).toBeVisible()

  await takeDown(page, { name: 'Trần Văn Nam', year: '1948', illness: 'Tăng huyết áp' })
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Chọn chữ ký hoặc điểm chỉ.')).toBeVisible()
  await accessible(page)
  await button(page, 'Điểm chỉ').click()
  await page.getByLabel('Số giấy hoặc số tập').fill('BQ-0012')
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Đã lưu sổ của Trần Văn Nam')).toBeVisible()

  // the same person once more: the worker is asked before there are two books
  await takeDown(page, { name: 'Tran Van Nam', year: '1948', illness: 'Đái tháo đường' })
  await button(page, 'Chữ ký').click()
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByRole('heading', { name: 'Có thể người này đã có sổ' })).toBeVisible()
  await accessible(page)
  await page.getByRole('button', { name: 'Là người này' }).click()
  await expect(page.getByRole('heading', { name: '2 câu khác với sổ' })).toBeVisible()
  await accessible(page)
  const name = page.getByRole('group', { name: 'Họ và tên' })
  await name.getByLabel('Trong sổ').check()
  await button(page, 'Lưu theo các câu đã chọn').click()
  await expect(page.getByText('Còn 1 câu chưa chọn.')).toBeVisible()
  await page.locator('.differ').nth(1).getByLabel('Lần khai giúp này').check()
  await button(page, 'Lưu theo các câu đã chọn').click()
  await expect(page.getByText('Đã lưu sổ của Tran Van Nam')).toBeVisible()
})

test('a child is declared by whoever speaks for it, and is asked from seven years on', async ({
  page,
  house,
}) => {
  await signInAs(page, house, 'station.bq', '/station/assist')
  await takeDown(page, { name: 'Lê An', year: '2016', sex: 'Nữ' })
  await button(page, 'Chữ ký').click()
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Ghi họ tên người đại diện.')).toBeVisible()
  await page.getByLabel('Họ tên người đại diện').fill('Lê Thị Bé')
  await button(page, 'Ông, bà').click()
  await button(page, 'Trẻ đồng ý').click()
  await accessible(page)
  const synced = page.waitForResponse('**/api/station/sync')
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Đã lưu sổ của Lê An')).toBeVisible()

  // a further declaration: whose book it is stands above, and she is a child here too
  const { visits } = (await (await synced).json()) as { visits: { person: string }[] }
  await page.goto(`/station/assist/${visits[0]?.person}`)
  await expect(page.getByRole('heading', { name: /^Lê An/ })).toBeVisible()
  await expect(page.getByRole('textbox', { name: 'Họ và tên', exact: true })).toHaveCount(0)
  await accessible(page)
  await page.locator('#q-D2-1-7-0').fill('31,5')
  await page.getByLabel('Họ tên người đại diện').fill('Lê Thị Bé')
  await button(page, 'Ông, bà').click()
  await button(page, 'Trẻ đồng ý').click()
  await button(page, 'Chữ ký').click()
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText('Đã lưu sổ của Lê An')).toBeVisible()
})
