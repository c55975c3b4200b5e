import { expect, test } from './house.ts'
import { draftsOnPhone } from './kept.ts'
import { accessible, button, CAMPAIGN, giveCode, goOn, makeBook, newPhone } from './resident.ts'

test('a returning resident opens her book, tells a further part and changes an answer', async ({
  page,
  house,
}) => {
  const phone = newPhone()
  await makeBook(page, house, phone)

  await page.getByRole('link', { name: 'Mở sổ của tôi' }).click()
  await page.getByRole('link', { name: 'Thêm', exact: true }).click()
  await button(page, 'Đăng xuất khỏi máy này').click()
  await expect(page.getByRole('heading', { name: 'Mở sổ sức khỏe của tôi' })).toBeVisible()
  await accessible(page)

  await page.getByLabel('Nhập số điện thoại di động').fill(phone)
  await button(page, 'Gửi mã cho tôi').click()
  await giveCode(page, house, phone)
  await expect(page.getByRole('heading', { name: 'Nguyễn Thị Thu Hà' })).toBeVisible()

  await page.getByRole('link', { name: /Nếp sống, nguy cơ/ }).click()
  await page.getByLabel('Vòng bụng (đo ngang rốn)').fill('84')
  await accessible(page)
  await expect.poll(() => draftsOnPhone(page)).toMatch(/:84\b/)
  await page.goto('/app/declare/risk/99')
  await expect(page.getByText('84 cm')).toBeVisible()
  await button(page, 'Gửi').click()
  await expect(page.getByText('Đã trả lời 1 trong 1', { exact: false }).first()).toBeVisible()

  await page.getByRole('link', { name: /Bệnh, dị ứng, thuốc, số đo/ }).click()
  await expect(page.getByLabel('Tăng huyết áp', { exact: false }).first()).toBeChecked()
  await page.getByText('Hen suyễn (suyễn)').click()
  await goOn(page)
  await expect(page.getByLabel('Penicilin, amoxicilin')).toBeChecked()
  await expect.poll(() => draftsOnPhone(page)).toContain('"code":"6"')
  await page.goto('/app/declare/first/99')
  await button(page, 'Gửi').click()
  await expect(page.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeVisible()
  await page.getByRole('link', { name: 'Mở sổ của tôi' }).click()
  await expect(page.getByText('Hen suyễn (suyễn)')).toBeVisible()
  await page.goto('/app/results')
  await expect(page.getByRole('link', { name: /Vòng bụng.*84/ })).toBeVisible()
})

test('signing out leaves nothing about health on the phone', async ({ page, house }) => {
  await makeBook(page, house, newPhone())
  await page.getByRole('link', { name: 'Mở sổ của tôi' }).click()
  await expect(page.getByText('Dị ứng: Penicilin, amoxicilin')).toBeVisible()
  await page.getByRole('link', { name: 'Thêm', exact: true }).click()
  await button(page, 'Đăng xuất khỏi máy này').click()
  await expect(page.getByRole('heading', { name: 'Mở sổ sức khỏe của tôi' })).toBeVisible()

  const left = await page.evaluate(async () => {
    const db = await new Promise<IDBDatabase>((resolve, reject) => {
      const request = indexedDB.open('sokhoe')
      request.onsuccess = () => resolve(request.result)
      request.onerror = () => reject(request.error)
    })
    const sealed = await new Promise<IDBValidKey[]>((resolve) => {
      const request = db.transaction('sealed').objectStore('sealed').getAllKeys()
      request.onsuccess = () => resolve(request.result)
    })
    const names = await caches.keys()
    const urls = await Promise.all(
      names.map(async (name) => (await (await caches.open(name)).keys()).map(({ url }) => url)),
    )
    return {
      sealed,
      urls: urls.flat(),
      local: Object.keys(localStorage),
      session: Object.keys(sessionStorage),
    }
  })
  expect(left.sealed).toEqual([])
  expect(left.urls.filter((url) => /\/(api|fhir|dev)\//.test(url))).toEqual([])
  expect(left.local.filter((key) => !['sk.text', 'sk.language'].includes(key))).toEqual([])
  expect(left.session).toEqual([])
  await page.goto('/app/book')
  await expect(page.getByRole('heading', { name: 'Đăng nhập lại' })).toBeVisible()
})

test('a phone without a book gets a session, and is shown the way to one', async ({ page, house }) => {
  const phone = newPhone()
  await page.goto('/')
  await page.getByLabel('Nhập số điện thoại di động').fill(phone)
  await button(page, 'Gửi mã cho tôi').click()
  await giveCode(page, house, phone)
  await expect(page.getByRole('heading', { name: 'Số điện thoại này chưa có sổ' })).toBeVisible()
  await accessible(page)
  await page.goto('/app/book')
  await expect(page.getByRole('heading', { name: 'Số điện thoại này chưa có sổ' })).toBeVisible()
})

test('a wrong ticket is refused in words, and the station stays open', async ({ page }) => {
  await page.goto(`/q/${CAMPAIGN}`)
  await page.getByRole('link', { name: 'Dùng mã in trên phiếu' }).click()
  await page.getByLabel('Nhập mã in trên phiếu').fill('ABCD-2345-EFGH')
  await button(page, 'Dùng mã này').click()
  await expect(page.getByText('Mã không đúng, đã dùng hoặc hết hạn.', { exact: false })).toBeVisible()
  await accessible(page)
  await page.goto(`/app/q/${CAMPAIGN}/station`)
  await expect(page.getByText('Trạm Y tế phường Bình Quới')).toBeVisible()
  await accessible(page)
})
