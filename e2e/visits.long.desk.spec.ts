import type { Browser, BrowserContext, Page } from '@playwright/test'
import { expect, type House, test } from './house.ts'
import { accessible, button } from './resident.ts'
import { signInAs } from './staff.ts'

// whole shifts by hand: more than a screen's minute
const PIN = '482913'

async function prepareRound(page: Page, house: House, user = 'station.bq'): Promise<void> {
  await signInAs(page, house, user, '/station/visits')
  await expect(page.getByRole('heading', { name: 'Chuẩn bị trước khi đi' })).toBeVisible()
  await page.getByLabel('Đặt mã PIN').fill(PIN)
  await page.getByLabel('Nhập lại mã PIN').fill(PIN)
  await button(page, 'Chuẩn bị máy này').click()
  await expect(page.getByText('0 lần khai chờ gửi')).toBeVisible()
}

/** The tablet's clock, moved on; the server's stays. */
const later = (page: Page, ms: number): Promise<void> => page.clock.setFixedTime(Date.now() + ms)

async function visit(page: Page, name: string, year: string, illness?: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Họ và tên', exact: true }).fill(name)
  await page.locator('#q-A-05-0-year').fill(year)
  await page.locator('label[for="q-A-02-0"]').click()
  if (illness) await page.getByText(illness).first().click()
  await page.locator('#confirm-thumb').click()
  await button(page, 'Giữ trên máy này').click()
  await expect(page.getByRole('status').filter({ hasText: `của ${name} trên máy này` })).toBeVisible()
}

/** A whole day's work by the same screen, as fast as the screen takes it. */
const visitMany = (page: Page, names: readonly string[]): Promise<void> =>
  page.evaluate(async (names) => {
    const setValue = Object.getOwnPropertyDescriptor(HTMLInputElement.prototype, 'value')?.set
    const fill = (id: string, text: string): void => {
      const input = document.getElementById(id)
      setValue?.call(input, text)
      input?.dispatchEvent(new Event('input', { bubbles: true }))
    }
    const until = async (holds: () => boolean): Promise<void> => {
      while (!holds()) await new Promise((resolve) => setTimeout(resolve, 5))
    }
    for (const name of names) {
      await until(() => document.querySelector<HTMLInputElement>('#q-A-01-0')?.value === '')
      fill('q-A-01-0', name)
      fill('q-A-05-0-year', '1961')
      document.querySelector<HTMLElement>('label[for="q-A-02-0"]')?.click()
      document.getElementById('confirm-thumb')?.click()
      await until(() => document.querySelector('#confirm-thumb[aria-pressed="true"]') !== null)
      document.querySelector<HTMLElement>('button[form="visit-form"]')?.click()
      await until(() => document.body.textContent?.includes(`của ${name} trên máy này`) === true)
    }
  }, names)

async function openRound(page: Page, pin = PIN): Promise<void> {
  await page.getByLabel('Mã PIN').fill(pin)
  await button(page, 'Mở vòng').click()
}

const VISITS = 200

/** Another browser at the same station. */
async function secondTablet(browser: Browser, house: House): Promise<{ page: Page }> {
  const context = await browser.newContext({ baseURL: house.base, viewport: { width: 1280, height: 800 } })
  return { page: await context.newPage() }
}

async function atStation(page: Page, name: string, illness: string): Promise<void> {
  await page.getByRole('textbox', { name: 'Họ và tên', exact: true }).fill(name)
  await page.locator('#q-A-05-0-year').fill('1961')
  await page.locator('label[for="q-A-02-0"]').click()
  await page.getByText(illness).first().click()
  await page.locator('#confirm-signature').click()
  await button(page, 'Lưu vào sổ').click()
  await expect(page.getByText(`Đã lưu sổ của ${name}`)).toBeVisible()
}

/** How many rows the tablet could read, and how many boxes only the server opens. */
const readable = (page: Page): Promise<{ sealed: number; boxes: number }> =>
  page.evaluate(async () => {
    const done = <T>(request: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        request.onsuccess = () => resolve(request.result)
        request.onerror = () => reject(request.error)
      })
    const db = await done(indexedDB.open('sokhoe-visits'))
    const count = (name: string) => done(db.transaction(name).objectStore(name).count())
    const counts = { sealed: await count('sealed'), boxes: await count('boxes') }
    db.close()
    return counts
  })

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

test('a day offline with two hundred declarations: three are settled, nothing is lost and nothing double', async ({
  page,
  context,
  browser,
  house,
}) => {
  test.setTimeout(420_000)
  const { page: other } = await secondTablet(browser, house)
  await prepareRound(page, house)
  // meanwhile, at the station: two of those who will be visited get their books there
  await signInAs(other, house, 'lead.bq', '/station/assist')
  for (const { name, illness } of [
    { name: 'Ngô Thị Một', illness: 'Hen suyễn' },
    { name: 'Ngô Thị Hai', illness: 'Bướu cổ' },
    { name: 'Ngô Thị Ba', illness: 'Động kinh' },
  ])
    await atStation(other, name, illness)

  await cut(context, true)
  await button(page, 'Khai giúp người này').click()
  await visit(page, 'Ngô Thị Một', '1961', 'Tăng huyết áp')
  await visit(page, 'Ngô Thị Hai', '1961', 'Đái tháo đường')
  await visit(page, 'Ngô Thị Ba', '1961')
  await visitMany(
    page,
    Array.from({ length: VISITS - 3 }, (_, n) => `Ngô Thị ${n + 4}`),
  )
  await button(page, 'Về danh sách').click()
  await expect(button(page, `Gửi ${VISITS} lần khai`)).toBeVisible()

  // the way back: the connection breaks in the middle, and the rest is sent later
  await cut(context, false)
  let journeys = 0
  await page.route('**/api/station/sync', async (route) => {
    journeys += 1
    if (journeys % 5 === 0) return await route.abort('connectionreset')
    await route.continue()
  })
  await button(page, `Gửi ${VISITS} lần khai`).click()
  await expect(page.getByRole('status').filter({ hasText: `trên ${VISITS}` })).toBeVisible()
  for (;;) {
    const send = page.getByRole('button', { name: /^Gửi \d+ lần khai$/ })
    await expect(page.locator('progress')).toHaveCount(0, { timeout: 60_000 })
    if (!(await send.isVisible())) break
    await send.click()
  }
  await expect(page.getByText(`Đã lưu ${VISITS - 3} · cần chọn 3 · không nhận 0`)).toBeVisible()
  await accessible(page)

  // one is somebody else, one the same where the visit is right, one the same where the book is right
  await page.unroute('**/api/station/sync')
  await expect(page.getByText('Vừa khai: Ngô Thị Ba')).toBeVisible()
  await button(page, 'Người khác, lập sổ mới').click()
  for (const side of ['Lần khai giúp này', 'Trong sổ'] as const) {
    await page.getByRole('button', { name: 'Là người này' }).click()
    const differs = page.locator('.differ')
    await expect(differs).toHaveCount(1)
    await accessible(page)
    await differs.getByLabel(side).check()
    await button(page, 'Lưu theo các câu đã chọn').click()
    await expect(differs).toHaveCount(0)
  }
  await expect(page.getByText(`Đã lưu ${VISITS} · cần chọn 0 · không nhận 0`)).toBeVisible()
  await button(page, 'Kết thúc vòng').click()
  await expect(page.getByRole('heading', { name: 'Chuẩn bị trước khi đi' })).toBeVisible()
})

test('after five wrong PINs nothing can be read any more, and what waited is sent after signing in', async ({
  page,
  context,
  house,
}) => {
  await prepareRound(page, house)
  await cut(context, true)
  await button(page, 'Khai giúp người này').click()
  await visit(page, 'Phan Văn Mật', '1949')
  await button(page, 'Về danh sách').click()
  await button(page, 'Khóa').click()
  for (const left of [4, 3, 2, 1]) {
    await openRound(page, `99999${left}`)
    await expect(page.getByText(`Mã chưa đúng. Còn ${left} lần.`)).toBeVisible()
  }
  await openRound(page, '999999')
  await expect(page.getByText('Nhập sai mã PIN 5 lần')).toBeVisible()
  await expect(page.getByText('Còn 1 lần khai của Nhân viên trạm minh họa niêm phong')).toBeVisible()
  expect(await readable(page)).toEqual({ sealed: 0, boxes: 1 })
  await accessible(page)
  await cut(context, false)
  await button(page, 'Gửi các lần khai đã niêm phong').click()
  await expect(page.getByRole('heading', { name: 'Chuẩn bị trước khi đi' })).toBeVisible()
  expect(await readable(page)).toEqual({ sealed: 0, boxes: 0 })
})

test('after 24 hours the tablet has wiped itself, also while somebody looks at it', async ({
  page,
  context,
  house,
}) => {
  await prepareRound(page, house)
  await cut(context, true)
  await button(page, 'Khai giúp người này').click()
  await visit(page, 'Phan Thị Hạn', '1949')
  await later(page, 86_400_000 + 60_000)
  await page.evaluate(() => document.dispatchEvent(new Event('visibilitychange')))
  await expect(page.getByText('Đã quá 24 giờ')).toBeVisible()
  await expect(page.getByText('Phan Thị Hạn')).toHaveCount(0)
  expect(await readable(page)).toEqual({ sealed: 0, boxes: 1 })
})

test('a suspended worker’s tablet hands its visits to the lead at the next contact and keeps nothing', async ({
  page,
  context,
  browser,
  house,
}) => {
  await prepareRound(page, house, 'station.gv')
  await cut(context, true)
  await button(page, 'Khai giúp người này').click()
  await visit(page, 'Phan Văn Giao', '1949')
  const { page: lead } = await secondTablet(browser, house)
  await signInAs(lead, house, 'lead.gv', '/station/accounts')
  const row = lead.getByRole('row').filter({ hasText: 'station.gv' })
  await row.getByRole('button', { name: /^Ngưng/ }).click()
  await expect(row.getByRole('button', { name: /^Cho dùng lại/ })).toBeVisible()

  await cut(context, false)
  await page.reload()
  await expect(page.getByText('Tài khoản đã bị tạm ngưng')).toBeVisible()
  await expect(page.getByText('1 lần khai chưa gửi đã giao cho trưởng trạm.')).toBeVisible()
  expect(await readable(page)).toEqual({ sealed: 0, boxes: 0 })
  await accessible(page)

  await lead.goto('/station/visits')
  await expect(lead.getByRole('heading', { name: '1 lần khai chờ trưởng trạm' })).toBeVisible()
  await accessible(lead)
  await button(lead, 'Gửi các lần khai đã niêm phong').click()
  await expect(lead.getByRole('heading', { name: /chờ trưởng trạm/ })).toHaveCount(0)
})

test('a round through a street takes along who has a book there, and a further declaration goes into it', async ({
  page,
  context,
  house,
}) => {
  await signInAs(page, house, 'lead.bt', '/station/visits')
  await page.getByRole('group', { name: 'Đi qua những đường nào' }).getByRole('checkbox').first().check()
  await accessible(page)
  await page.getByLabel('Đặt mã PIN').fill(PIN)
  await page.getByLabel('Nhập lại mã PIN').fill(PIN)
  await button(page, 'Chuẩn bị máy này').click()
  await expect(page.getByText('0 lần khai chờ gửi')).toBeVisible({ timeout: 30_000 })
  await cut(context, true)
  await page.locator('details summary').first().click()
  await accessible(page)
  const grownUp = page.locator('.stops .btn', { hasText: /19[3-7]\d$/ }).first()
  await grownUp.click()
  await expect(page.getByRole('textbox', { name: 'Họ và tên', exact: true })).toHaveCount(0)
  await page.locator('#q-D2-1-7-0').fill('56,5')
  await page.locator('#confirm-signature').click()
  await button(page, 'Giữ trên máy này').click()
  await cut(context, false)
  await button(page, 'Gửi 1 lần khai').click()
  await expect(page.getByText('Đã lưu 1 · cần chọn 0 · không nhận 0')).toBeVisible()
})
