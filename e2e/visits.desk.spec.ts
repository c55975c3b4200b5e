import type { BrowserContext, Page } from '@playwright/test'
import { expect, type House, test } from './house.ts'
import { accessible, button } from './resident.ts'
import { signInAs } from './staff.ts'

const PIN = '482913'

async function prepareRound(page: Page, house: House, user = 'station.bq'): Promise<void> {
  await signInAs(page, house, user, '/station/visits')
  await expect(page.getByRole('heading', { name: 'Chuẩn bị trước khi đi' })).toBeVisible()
  await page.getByLabel('Đặt mã PIN').fill(PIN)
  await page.getByLabel('Nhập lại mã PIN').fill(PIN)
  await button(page, 'Chuẩn bị máy này').click()
  await expect(page.getByText('0 lần khai chờ gửi')).toBeVisible()
}

async function visit(page: Page, name: string, year: string, illness?: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Họ và tên', exact: true }).fill(name)
  await page.locator('#q-A-05-0-year').fill(year)
  await page.locator('label[for="q-A-02-0"]').click()
  if (illness) await page.getByText(illness).first().click()
  await page.locator('#confirm-thumb').click()
  await button(page, 'Giữ trên máy này').click()
  await expect(page.getByRole('status').filter({ hasText: `của ${name} trên máy này` })).toBeVisible()
}

async function openRound(page: Page, pin = PIN): Promise<void> {
  await page.getByLabel('Mã PIN').fill(pin)
  await button(page, 'Mở vòng').click()
}

const cut = (context: BrowserContext, off: boolean): Promise<void> => context.setOffline(off)

test('a tablet is prepared, goes on without network, opens by its PIN after a restart, and sends when it is back', async ({
  page,
  context,
  house,
}) => {
  await prepareRound(page, house)
  await accessible(page)
  await cut(context, true)
  await button(page, 'Khai giúp người này').click()
  await visit(page, 'Phạm Văn Tám', '1950', 'Tăng huyết áp')
  await visit(page, 'Phạm Thị Chín', '1953')
  await button(page, 'Về danh sách').click()
  await expect(page.getByText('Mất mạng từ').first()).toBeVisible()
  await expect(button(page, 'Gửi 2 lần khai')).toBeVisible()
  await accessible(page)

  await page.reload()
  await expect(page.getByRole('heading', { name: 'Vòng đi thăm đang khóa' })).toBeVisible()
  await accessible(page)
  await openRound(page, '000000')
  await expect(page.getByText('Mã chưa đúng. Còn 4 lần.')).toBeVisible()
  await openRound(page)
  await expect(page.getByRole('cell', { name: 'Phạm Văn Tám' })).toBeVisible()

  await cut(context, false)
  await button(page, 'Gửi 2 lần khai').click()
  await expect(page.getByText('Đã lưu 2 · cần chọn 0 · không nhận 0')).toBeVisible()
  await button(page, 'Kết thúc vòng').click()
  await expect(page.getByRole('heading', { name: 'Chuẩn bị trước khi đi' })).toBeVisible()
})
