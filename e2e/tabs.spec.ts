import { expect, test } from './house.ts'
import { draftsOnPhone } from './kept.ts'
import {
  button,
  draftsOnServer,
  enter,
  goOn,
  kindsInBook,
  newPhone,
  onStep,
  sayWho,
  tell,
} from './resident.ts'

test('two tabs answer one declaration: both answers stand, and it is sent once', async ({
  page,
  context,
  house,
}) => {
  await enter(page, house, newPhone())
  await sayWho(page)
  await goOn(page)
  await onStep(page, 2)

  const second = await context.newPage()
  await second.goto('/app/declare/first/3')
  await second.getByText('Aspirin').click()
  await page.getByText('Bướu cổ').click()
  await expect.poll(() => draftsOnPhone(page)).toMatch(/^(?=.*"code":"7")(?=.*ALG011)/s)
  // a page that is opened in the very moment of the other's saving shows it when it is opened again
  await expect(async () => {
    await page.goto('/app/declare/first/3')
    await expect(page.getByLabel('Aspirin')).toBeChecked({ timeout: 5000 })
  }).toPass({ timeout: 45_000 })
  await expect(async () => {
    await second.goto('/app/declare/first/2')
    await expect(second.getByLabel('Bướu cổ')).toBeChecked({ timeout: 5000 })
  }).toPass({ timeout: 45_000 })
  await page.goto('/app/declare/first/2')
  await second.getByText('Viêm gan').first().click()
  await expect(page.getByLabel('Viêm gan').first()).toBeChecked()

  await expect.poll(async () => (await draftsOnServer(context)).length).toBe(1)
  await tell(page)
  await second.goto('/app/declare/first/9')
  await expect(button(second, 'Gửi')).toBeEnabled()
  // in one moment, as no two fingers could: where one tab is through already, the other's button is gone
  const both = await Promise.all([page, second].map((tab) => button(tab, 'Gửi').elementHandle()))
  await Promise.all(both.map((one) => one?.dispatchEvent('click')))
  await expect(page.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeVisible()
  await expect(second.getByRole('heading', { name: 'Sổ đã lập xong' })).toBeVisible()

  const kinds = await kindsInBook(context)
  expect(kinds.filter((kind) => kind === 'QuestionnaireResponse')).toHaveLength(1)
  expect(kinds.filter((kind) => kind === 'AllergyIntolerance')).toHaveLength(2)
})

test('signing out in one tab closes the book in the other', async ({ page, context, house }) => {
  await enter(page, house, newPhone())
  const second = await context.newPage()
  await second.goto('/app/more')
  await button(second, 'Đăng xuất khỏi máy này').click()
  await expect(page.getByRole('heading', { name: 'Đăng nhập lại' })).toBeVisible()
})
