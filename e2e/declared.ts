import { randomUUID } from 'node:crypto'
import { formOf } from '@sokhoe/codes'
import { emptyResponse, withAnswer } from '@sokhoe/model/questionnaire'
import { expect, type House } from './house.ts'
import { CAMPAIGN, newPhone } from './resident.ts'

export interface Declared {
  readonly phone: string
  readonly cookie: string
  readonly person: string
}

/** Somebody who has declared at home, through the same doors as her telephone. */
export async function declaredAtHome(
  house: House,
  name: string,
  idNumber: string,
  address = '12/3 Đường Số 4',
): Promise<Declared> {
  const phone = newPhone()
  const json = { 'content-type': 'application/json' }
  const send = (method: string, path: string, body: object, cookie = '') =>
    fetch(`${house.base}${path}`, { method, headers: { ...json, cookie }, body: JSON.stringify(body) })
  const { challenge } = await (await send('POST', `/api/campaigns/${CAMPAIGN}/start`, { phone })).json()
  const code = (await house.messages(phone)).at(-1)?.text.match(/\d{6}/)?.[0]
  const signed = await send('POST', `/api/challenges/${challenge}/answer`, { code })
  const cookie = signed.headers
    .getSetCookie()
    .map((one) => one.split(';')[0])
    .join('; ')
  const form = formOf('2026-11-23')
  const answers = {
    'A.01': [{ valueString: name }],
    'A.02': [{ valueCoding: { code: '2' } }],
    'A.05': [{ valueDate: '1961-04-30' }],
    'A.11': [{ valueString: idNumber }],
    'A.18.1': [{ valueString: address }],
    'A.18.2': [{ valueCoding: { code: '26911' } }],
  }
  const response = Object.entries(answers).reduce(
    (all, [linkId, given]) => withAnswer(form, all, linkId, given),
    emptyResponse(form),
  )
  const body = { ...response, status: 'completed' }
  const reply = await send('PUT', `/api/me/declarations/${randomUUID()}`, body, cookie)
  expect(reply.status).toBe(201)
  return { phone, cookie, person: (await reply.json()).person }
}
