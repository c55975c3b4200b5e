import type { Page } from '@playwright/test'
import { writeIdCard } from '@sokhoe/model/card'
import { declaredAtHome } from './declared.ts'
import { expect, type House, test } from './house.ts'
import { accessible } from './resident.ts'
import { signInAs } from './staff.ts'

const WORK_SECONDS = 10

/** A button by its words; a key drawn on it stands after them. */
const button = (page: Page, name: string) => page.getByRole('button', { name })

/** What the code of an identity card holds. */
const cardText = (idNumber: string, name: string, birthDate: string): string =>
  writeIdCard({
    idNumber,
    oldIdNumber: null,
    name,
    birthDate,
    sex: 'female',
    address: '12/3 Đường Số 4, Phường 27, Bình Thạnh, TP. Hồ Chí Minh',
    issuedOn: '2021-04-22',
  })

/** As a hand scanner does it: quickly, then Enter, wherever the focus is; its first character brings the rest to the field. */
async function scan(page: Page, text: string): Promise<void> {
  await page.keyboard.type(text.slice(0, 1))
  await page.keyboard.insertText(text.slice(1))
  await page.keyboard.press('Enter')
}

async function openDesk(page: Page, house: House, user: string): Promise<void> {
  await signInAs(page, house, user, '/station/verify')
  await expect(page.getByLabel('Quét mã hoặc gõ')).toBeFocused()
}

test('a card is scanned and the book confirmed within ten seconds of work, by keyboard alone', async ({
  page,
  house,
}) => {
  const name = 'Nguyễn Thị Thu Hà'
  const ha = await declaredAtHome(house, name, '079161012345')
  await openDesk(page, house, 'lead.bq')
  await expect(page.getByRole('heading', { name: 'Ai đang trước bàn' })).toBeVisible()
  await expect(page.getByRole('region', { name: 'Chờ xác nhận' }).getByRole('listitem').first()).toBeVisible()
  await accessible(page)

  const live = await fetch(`${house.base}/api/books/own/live-code`, {
    method: 'POST',
    headers: { cookie: ha.cookie },
  })
  const { text } = await live.json()
  const began = Date.now()
  await scan(page, text)
  await expect(page.getByText('Tìm bằng mã 60 giây trên điện thoại')).toBeVisible()
  await scan(page, cardText('079161012345', name, '1961-04-30'))
  await expect(page.getByText('Mọi mục cần đối chiếu đều giống.')).toBeVisible()
  await expect(button(page, 'Xác nhận đúng người')).toBeFocused()
  await page.keyboard.press('Enter')
  await expect(page.getByText(`Đã xác nhận ${name}`)).toBeVisible()
  expect((Date.now() - began) / 1000).toBeLessThan(WORK_SECONDS)
  await accessible(page)
  expect((await house.messages(ha.phone)).at(-1)?.text).toContain('xác nhận danh tính')

  // the same code again is nobody's
  await page.keyboard.press('Escape')
  await scan(page, text)
  await expect(page.getByText('Không thấy ai trong phường.', { exact: false })).toBeVisible()

  // the card alone finds her too
  await scan(page, cardText('079161012345', name, '1961-04-30'))
  await expect(page.getByRole('region', { name })).toContainText('Đã xác nhận')
  await button(page, 'Rút lại xác nhận').click()
  await expect(page.getByText('Đã rút lại xác nhận.')).toBeVisible()
})

test('a difference is settled before anybody confirms', async ({ page, house }) => {
  await declaredAtHome(house, 'Tran Thi Mau', '079161012346')
  await openDesk(page, house, 'station.bq')
  await scan(page, cardText('079161012346', 'Trần Thị Mẫu', '1961-04-30'))
  await expect(page.getByText('Gần giống')).toBeVisible()
  const confirm = button(page, 'Xác nhận đúng người')
  await expect(confirm).toBeDisabled()
  await accessible(page)
  await page.getByLabel('Theo giấy: Họ tên').check()
  await button(page, 'Sửa theo giấy và xác nhận').click()
  await expect(page.getByText('Đã xác nhận Trần Thị Mẫu', { exact: false })).toBeVisible()
})

test('what is measured at the station is asked back where it is rare, and stands in her book', async ({
  page,
  house,
}) => {
  const lan = await declaredAtHome(house, 'Lê Thị Lan', '079161012347')
  await openDesk(page, house, 'station.bq')
  await scan(page, 'lê lan 30/04/1961')
  await button(page, 'Ghi số đo').click()
  const measured = page.getByRole('form', { name: 'Đo tại trạm' })
  for (const [i, [upper, lower]] of [
    ['142', '88'],
    ['139', '86'],
  ].entries()) {
    await measured
      .getByLabel('Số trên')
      .nth(i)
      .fill(upper ?? '')
    await measured
      .getByLabel('Số dưới')
      .nth(i)
      .fill(lower ?? '')
  }
  await measured.getByLabel('Cân nặng').fill('54,50')
  await measured.getByLabel('Mạch').fill('140')
  await measured.getByLabel('Đường huyết').fill('5,6')
  await accessible(page)
  await button(page, 'Lưu số đo').click()
  await expect(page.getByText('Mạch: số này hiếm gặp.')).toBeVisible()
  await button(page, 'Đã xem lại, lưu như trên').click()
  await expect(page.getByText('trung bình hai lần cuối: 140,5/87 mmHg', { exact: false })).toBeVisible()
  await accessible(page)
  const record = await fetch(`${house.base}/api/me/record`, { headers: { cookie: lan.cookie } })
  expect(await record.text()).toContain('"value":54.50,')
})

test('the desk holds at 1024, at 200 % text, and in English', async ({ page, house }) => {
  await declaredAtHome(house, 'Phạm Thị Tư', '079161012348')
  await openDesk(page, house, 'station.bq')
  await scan(page, cardText('079161012348', 'Phạm Thị Tư', '1961-04-30'))
  await expect(button(page, 'Xác nhận đúng người')).toBeVisible()
  for (const size of [
    { width: 1024, height: 768 },
    { width: 640, height: 400 },
  ]) {
    await page.setViewportSize(size)
    await accessible(page)
  }
  await page.setViewportSize({ width: 1280, height: 800 })
  await page.getByRole('button', { name: 'English' }).click()
  await expect(button(page, 'Verify this person')).toBeVisible()
  await accessible(page)
})
