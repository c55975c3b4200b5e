import { randomUUID } from 'node:crypto'
import { type APIRequestContext, type Page, request } from '@playwright/test'
import { formOf } from '@sokhoe/codes'
import { type Answer, emptyResponse, withAnswer } from '@sokhoe/model/questionnaire'
import { expect, type House } from './house.ts'
import { CAMPAIGN, makeBook, newPhone } from './resident.ts'

export interface Declared {
  readonly phone: string
  readonly cookie: string
  readonly person: string
}

type Answers = Readonly<Record<string, readonly Answer[]>>

/** From the poster to the book by the doors her telephone uses. @returns the book's person */
async function declare(
  api: APIRequestContext,
  house: House,
  phone: string,
  answers: Answers,
): Promise<string> {
  const started = await api.post(`/api/campaigns/${CAMPAIGN}/start`, { data: { phone } })
  const { challenge } = (await started.json()) as { challenge: string }
  const code = (await house.messages(phone)).at(-1)?.text.match(/\d{6}/)?.[0]
  expect((await api.post(`/api/challenges/${challenge}/answer`, { data: { code } })).ok()).toBe(true)
  const form = formOf('2026-11-23')
  const response = Object.entries(answers).reduce(
    (all, [linkId, given]) => withAnswer(form, all, linkId, given),
    emptyResponse(form),
  )
  const reply = await api.put(`/api/me/declarations/${randomUUID()}`, {
    data: { ...response, status: 'completed' },
  })
  expect(reply.status(), await reply.text()).toBe(201)
  return ((await reply.json()) as { person: string }).person
}

/** Somebody who has declared at home. */
export async function declaredAtHome(
  house: House,
  name: string,
  idNumber: string,
  address = '12/3 Đường Số 4',
): Promise<Declared> {
  const phone = newPhone()
  const api = await request.newContext({ baseURL: house.base })
  const person = await declare(api, house, phone, {
    'A.01': [{ valueString: name }],
    'A.02': [{ valueCoding: { code: '2' } }],
    'A.05': [{ valueDate: '1961-04-30' }],
    'A.11': [{ valueString: idNumber }],
    'A.18.1': [{ valueString: address }],
    'A.18.2': [{ valueCoding: { code: '26911' } }],
  })
  const { cookies } = await api.storageState()
  await api.dispose()
  return { phone, cookie: cookies.map((one) => `${one.name}=${one.value}`).join('; '), person }
}

/** A book made on the screens, where a test is about what comes after. It stands open. */
export async function haveBook(page: Page, house: House, phone: string): Promise<void> {
  await makeBook(page, house, phone)
  await page.goto('/app/book')
  await expect(page.getByText('Nguyễn Thị Thu Hà').first()).toBeVisible()
}
