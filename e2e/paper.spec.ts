import { execFileSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import type { Download, Page } from '@playwright/test'
import { haveBook } from './declared.ts'
import { scanPicture } from './decode.ts'
import { expect, test } from './house.ts'
import { accessible, button, fits, newPhone } from './resident.ts'

const fileOf = async (download: Download): Promise<string> => await download.path()

async function download(page: Page, name: string): Promise<Download> {
  const [file] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('button', { name }).click(),
  ])
  await expect(page.getByText(/Đã tải về máy/)).toBeVisible()
  return file
}

test('the book is printed in parts, and whoever holds the paper finds that it is genuine', async ({
  page,
  house,
}) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/more')
  await page.getByRole('link', { name: 'In và tải sổ' }).click()
  await expect(page.getByRole('heading', { name: 'In và tải sổ' })).toBeVisible()
  await accessible(page)
  for (const part of ['Tiền sử gia đình', 'Tiêm chủng', 'Lần khám, thuốc được kê', 'Giấy tờ'])
    await page.getByText(part, { exact: true }).click()
  const pdf = await fileOf(await download(page, 'Tạo bản in (PDF)'))
  await accessible(page)

  const text = execFileSync('pdftotext', [pdf, '-'], { encoding: 'utf8' }).replaceAll(/\s+/g, ' ')
  for (const words of ['Nguyễn Thị Thu Hà', 'Dị ứng: Penicilin, amoxicilin', '156,5', 'Tăng huyết áp'])
    expect(text).toContain(words)
  expect(text).not.toContain('C. Tiêm chủng')
  const picture = execFileSync('pdftoppm', ['-png', '-r', '150', '-f', '1', '-singlefile', pdf], {
    maxBuffer: 1e8,
  })
  const link = await scanPicture(page, picture)
  expect(link).toMatch(/\/p\/[0-9A-Z]{12}$/)

  await page.goto(link ?? '')
  await expect(page.getByText('Bản này do Sổ Khỏe in')).toBeVisible()
  await expect(page.getByText('Gồm: Thông tin chung, dị ứng, bệnh, thuốc; Số đo, xét nghiệm')).toBeVisible()
  await expect(page.locator('main')).not.toContainText('Hà')
  await accessible(page)
  await page.getByLabel('Mã kiểm tra').fill('0000-0000-0000')
  await button(page, 'Kiểm tra').click()
  await expect(page.getByText('Không có bản in nào mang mã này')).toBeVisible()
  await accessible(page)
})

test('the page to keep is read from the disk without network and without scripts, and by whoever listens', async ({
  page,
  house,
  browser,
}) => {
  await haveBook(page, house, newPhone())
  await page.goto('/app/print')
  const html = await fileOf(await download(page, 'Trang để đọc'))
  const json = await fileOf(await download(page, 'Dữ liệu FHIR'))

  const bundle = JSON.parse(readFileSync(json, 'utf8')) as { type: string; entry: { fullUrl: string }[] }
  expect(bundle.type).toBe('collection')
  expect(bundle.entry.length).toBeGreaterThan(5)

  const elsewhere = await browser.newContext({ offline: true, viewport: { width: 390, height: 844 } })
  const reader = await elsewhere.newPage()
  const asked: string[] = []
  reader.on('request', (request) => asked.push(request.url()))
  execFileSync('cp', [html, `${html}.html`])
  await reader.goto(pathToFileURL(`${html}.html`).href)
  await expect(reader.getByRole('heading', { level: 1, name: 'Nguyễn Thị Thu Hà' })).toBeVisible()
  await expect(reader.getByText('Dị ứng: Penicilin, amoxicilin')).toBeVisible()
  await expect(reader.getByRole('heading', { name: 'B3. Bệnh tật' })).toBeVisible()
  await accessible(reader)
  await reader.setViewportSize({ width: 320, height: 640 })
  await fits(reader)
  expect(asked).toEqual([pathToFileURL(`${html}.html`).href])
  await elsewhere.close()
})
