import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import type { Page } from '@playwright/test'
import { renderSVG } from 'uqr'
import { expect, test } from './house.ts'
import {
  accessible,
  button,
  CAMPAIGN,
  enter,
  goOn,
  latestCode,
  newPhone,
  onStep,
  sayWho,
} from './resident.ts'

const READER = fileURLToPath(new URL('../node_modules/qr-scanner/qr-scanner.legacy.min.js', import.meta.url))

/** Draws the first page of a PDF as a picture; undefined on a machine without Poppler. */
function pictureOf(pdf: Buffer): Buffer | undefined {
  const folder = mkdtempSync(join(tmpdir(), 'sokhoe-poster-'))
  try {
    writeFileSync(join(folder, 'poster.pdf'), pdf)
    execFileSync('pdftoppm', [
      '-png',
      '-r',
      '80',
      '-singlefile',
      join(folder, 'poster.pdf'),
      join(folder, 'poster'),
    ])
    return readFileSync(join(folder, 'poster.png'))
  } catch {
    return undefined
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** What a phone's camera sees in a picture. */
async function scan(page: Page, picture: Buffer): Promise<string> {
  await page.goto('about:blank')
  await page.addScriptTag({ path: READER })
  return page.evaluate(
    async (data) => {
      const { QrScanner } = window as unknown as {
        QrScanner: { scanImage(url: string, options: object): Promise<{ data: string }> }
      }
      const found = await QrScanner.scanImage(data, { returnDetailedScanResult: true })
      return found.data
    },
    `data:image/png;base64,${picture.toString('base64')}`,
  )
}

test('the poster’s code leads to the ward’s campaign', async ({ page, request, house }) => {
  const poster = await request.get(`/posters/${CAMPAIGN}.pdf`)
  expect(poster.ok()).toBe(true)
  const picture = pictureOf(await poster.body())
  if (!picture)
    throw new Error('the poster cannot be read: install pdftoppm (Debian: apt-get install poppler-utils)')
  const address = await scan(page, picture)
  expect(address).toBe(`${house.base}/q/${CAMPAIGN}`)
  await page.goto(address)
  await expect(page.getByText('Trạm Y tế phường Bình Quới')).toBeVisible()
})

test('a resident scans, proves her phone, declares, and has her book', async ({ page, house }) => {
  const phone = newPhone()
  await page.goto(`/q/${CAMPAIGN}`)
  await expect(page.getByRole('heading', { name: 'Lập sổ sức khỏe điện tử' })).toBeVisible()
  await expect(page).toHaveTitle('Lập sổ sức khỏe · Sổ Khỏe')
  await accessible(page)

  await page.getByRole('link', { name: 'Bắt đầu lập sổ' }).click()
  await expect(page.getByRole('heading', { name: 'Số điện thoại' })).toBeFocused()
  await button(page, 'Gửi mã cho tôi').click()
  await expect(page.getByText('Chưa nhập số điện thoại.')).toBeVisible()
  await page.getByLabel('Nhập số điện thoại di động').fill('028 3822 1234')
  await button(page, 'Gửi mã cho tôi').click()
  await expect(page.getByText('Đây là số điện thoại bàn.')).toBeVisible()
  await accessible(page)
  await page.getByLabel('Nhập số điện thoại di động').fill(`+84 ${phone.slice(1, 4)} ${phone.slice(4)}`)
  await button(page, 'Gửi mã cho tôi').click()

  const field = page.getByLabel('Nhập mã 6 số trong tin nhắn')
  await expect(field).toHaveAttribute('autocomplete', 'one-time-code')
  const right = await latestCode(house, phone)
  await field.fill(right === '000000' ? '111111' : '000000')
  await button(page, 'Xác nhận').click()
  await expect(page.getByText('Mã chưa đúng. Xem lại tin nhắn mới nhất. Còn thử được 4 lần.')).toBeVisible()
  await expect(field).toBeFocused()
  await accessible(page)
  await field.fill(right)
  await button(page, 'Xác nhận').click()

  await onStep(page, 1)
  await accessible(page)
  await button(page, 'Nhập tay').click()
  await goOn(page)
  await expect(page.getByText('Có 3 chỗ cần xem lại')).toBeVisible()
  await expect(page.getByLabel('Họ và tên')).toBeFocused()
  await accessible(page)
  await sayWho(page)
  await page.getByText('Tôi đang sống ở Phường Bình Quới').click()
  await accessible(page)
  await goOn(page)

  await onStep(page, 2)
  await accessible(page)
  await page.getByText('Tăng huyết áp').click()
  const since = page.getByLabel('Biết tăng huyết áp từ khoảng năm nào?')
  await since.fill('1850')
  await goOn(page)
  await expect(page.getByText(/Năm phải từ 1900 đến 20\d\d/).first()).toBeVisible()
  await expect(since).toBeFocused()
  await since.fill('2019')
  await accessible(page)
  await goOn(page)

  await onStep(page, 3)
  await page.getByText('Không có', { exact: true }).click()
  await page.getByText('Penicilin, amoxicilin').click()
  await expect(page.getByLabel('Không có', { exact: true })).not.toBeChecked()
  await page.getByText('Thứ khác', { exact: true }).click()
  await page.getByLabel('Tên thứ gây dị ứng').fill('Mực khô')
  await accessible(page)
  await goOn(page)

  await onStep(page, 4)
  await page.getByText('Thuốc huyết áp', { exact: true }).click()
  await goOn(page)
  await onStep(page, 5)
  await page.getByText('Không hút').click()
  await accessible(page)
  await goOn(page)

  await onStep(page, 6)
  await page.getByLabel('Chiều cao').fill('1565')
  await goOn(page)
  await expect(page.getByText(/Số này phải từ 30 đến 250 cm/).first()).toBeVisible()
  await page.getByLabel('Chiều cao').fill('105')
  await page.getByLabel('Cân nặng').fill('62,50')
  await goOn(page)
  await expect(page.getByText('Vừa nhập 105 cm. Có đúng không?')).toBeVisible()
  await accessible(page)
  await button(page, 'Sửa lại').click()
  await page.getByLabel('Chiều cao').fill('156,5')
  await page.getByLabel('Số trên (tâm thu)').fill('148')
  await page.getByLabel('Số dưới (tâm trương)').fill('92')
  await goOn(page)

  await onStep(page, 7)
  await page.getByText('Không rõ', { exact: true }).click()
  await goOn(page)
  await onStep(page, 8)
  for (const agree of await page.getByRole('button', { name: 'Đồng ý', exact: true }).all())
    await expect(agree).toHaveAttribute('aria-pressed', 'false')
  await page
    .getByRole('group', { name: /Nơi đang khám/ })
    .getByRole('button', { name: 'Đồng ý', exact: true })
    .click()
  await page
    .getByRole('group', { name: /thống kê/ })
    .getByRole('button', { name: 'Không đồng ý' })
    .click()
  await accessible(page)
  await goOn(page)

  await onStep(page, 9)
  await expect(page.getByText('62,50 kg')).toBeVisible()
  await accessible(page)
  await button(page, 'Gửi').click()

  await expect(page.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeVisible()
  await expect(page.getByRole('img', { name: 'Mã QR thẻ sức khỏe của Nguyễn Thị Thu Hà' })).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Mở sổ của tôi' }).click()

  await expect(page.getByRole('heading', { name: 'Nguyễn Thị Thu Hà' })).toBeVisible()
  await expect(page.getByText(/Dị ứng: .*Mực khô/)).toBeVisible()
  await expect(page.getByText('Huyết áp 148/92 cao hơn mức thường.')).toBeVisible()
  await expect(page.getByText('62,50')).toBeVisible()
  await expect(page.getByText('Tự khai').first()).toBeVisible()
  await accessible(page)

  await page.getByRole('link', { name: 'Ai đã xem' }).click()
  await expect(page.getByText('Chưa có ai khác xem sổ này.')).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Thẻ', exact: true }).click()
  await expect(page.getByText('Số sổ')).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Thêm', exact: true }).click()
  await accessible(page)
})

test('somebody under 18 is sent to the station, kindly and with nothing lost', async ({ page, house }) => {
  await enter(page, house, newPhone())
  await sayWho(page, {
    name: 'Lê Gia Bảo',
    day: '2',
    month: '9',
    year: String(new Date().getFullYear() - 10),
    sex: 'Nam',
  })
  await goOn(page)
  await expect(page.getByRole('heading', { name: 'Dưới 18 tuổi cần người đại diện' })).toBeVisible()
  await accessible(page)
  await page.getByRole('link', { name: 'Sửa ngày sinh' }).click()
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Lê Gia Bảo')
})

test('a card of the ward, an unknown, a malformed and a lost address each get a helpful page', async ({
  page,
}) => {
  for (const [path, heading] of [
    ['/q/khongco1', 'Không tìm thấy mã này'],
    ['/q/a%20b', 'Địa chỉ chưa đúng'],
    ['/app/khong-co', 'Không có trang này'],
    ['/c/anything', 'Đây là một thẻ sức khỏe'],
    ['/app/help', 'Trợ giúp'],
    ['/app/data', 'Sở Y tế giữ dữ liệu thế nào'],
  ] as const) {
    await page.goto(path)
    await expect(page.getByRole('heading', { name: heading })).toBeVisible()
    await accessible(page)
  }
})

/** A picture of a QR code, as a phone's gallery would hold one. */
async function photoOf(page: Page, text: string): Promise<Buffer> {
  const drawing = await page.context().newPage()
  await drawing.setContent(
    `<body style="margin:40px;background:#fff;width:600px">${renderSVG(text, { ecc: 'M', border: 4 })}</body>`,
  )
  const photo = await drawing.screenshot()
  await drawing.close()
  return photo
}

test('a photo of the identity card fills in who I am, and a photo of something else says so', async ({
  page,
  house,
}) => {
  await enter(page, house, newPhone())
  const photo = page.getByLabel('Chọn ảnh chụp thẻ')
  await photo.setInputFiles({
    name: 'sữa.png',
    mimeType: 'image/png',
    buffer: await photoOf(page, '8934673573399'),
  })
  await expect(page.getByText('Mã này không phải của căn cước', { exact: false })).toBeVisible()
  const card = '079161004238|024123456|Nguyễn Thị Thu Hà|14031961|Nữ|12 Lê Lợi, Phường Bình Quới|20052021'
  await photo.setInputFiles({ name: 'thẻ.png', mimeType: 'image/png', buffer: await photoOf(page, card) })
  await expect(page.getByText('Đã đọc thẻ. Xem lại cho đúng.')).toBeVisible()
  await expect(page.getByLabel('Họ và tên')).toHaveValue('Nguyễn Thị Thu Hà')
  await expect(page.getByLabel('Số định danh (căn cước công dân)')).toHaveValue('079161004238')
  // a card keeps the address of its day: the ward of today is told beside it
  await page.getByLabel('Số nhà, đường, khu phố').fill('12 Lê Lợi, Phường 27, Quận Bình Thạnh')
  await expect(page.getByText('Phường 27 nay thuộc Phường Bình Quới.')).toBeVisible()
  await expect(page.getByRole('group', { name: 'Ngày sinh' }).getByLabel('Năm')).toHaveValue('1961')
  await accessible(page)
  await goOn(page)
  await onStep(page, 2)
})

test('without a camera the other ways stay open', async ({ page, house }) => {
  await page.addInitScript(() => {
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('none', 'NotFoundError'))
  })
  await enter(page, house, newPhone())
  await button(page, 'Quét mã QR trên thẻ').click()
  await expect(page.getByText('Không mở được máy ảnh.', { exact: false })).toBeVisible()
  await accessible(page)
  await page.getByRole('button', { name: /Không có thẻ ở đây/ }).click()
  await expect(page.getByLabel('Họ và tên')).toBeVisible()
})
