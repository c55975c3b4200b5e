import { randomUUID } from 'node:crypto'
import { formOf } from '@sokhoe/codes'
import { decimal, type FhirResource, parseJson, writeJson } from '@sokhoe/fhir'
import { type Answer, emptyResponse, type QuestionnaireResponse, withAnswer } from '@sokhoe/model'
import { type DeskApp, personAt } from './desk.ts'
import { CAMPAIGN } from './house.ts'

export const form = formOf('2026-11-23')

export const code = (one: string): Answer => ({ valueCoding: { code: one } })
export const text = (valueString: string): Answer => ({ valueString })
/** A number as somebody wrote it. */
export const written = (number: string): Answer => ({ valueDecimal: decimal(number) })
export const whole = (valueInteger: number): Answer => ({ valueInteger })
export const yes: Answer = { valueBoolean: true }
export const no: Answer = { valueBoolean: false }

export type Answers = Readonly<Record<string, readonly Answer[]>>

export const HA: Answers = {
  'A.01': [text('Nguyễn Thị Thu Hà')],
  'A.02': [code('2')],
  'A.05': [{ valueDate: '1961-04-30' }],
}

/** The whole first part, as somebody with hypertension answers it. */
export const FIRST_PART: Answers = {
  'B3.2.1': [code('2')],
  'medicine.2': [code('yes')],
  'B3.2.3.2': [whole(2015)],
  allergy: [code('ALG001')],
  medicine: [code('blood-pressure')],
  'B2.1.a': [code('0')],
  'B2.1.b': [no],
  'D2.1.6': [written('160.0')],
  'D2.1.7': [written('54.50')],
  'D2.1.3': [whole(142)],
  'D2.1.4': [whole(88)],
  'B6.2.1': [code('3')],
  'B6.2.3.3': [code('first')],
  'consent.treatment': [yes],
  'consent.programme': [yes],
  'consent.research': [no],
}

export const responseOf = (answers: Answers): QuestionnaireResponse => ({
  ...Object.entries(answers).reduce(
    (response, [linkId, given]) => withAnswer(form, response, linkId, given),
    emptyResponse(form),
  ),
  status: 'completed',
})

const JSON_BODY = { 'content-type': 'application/json' }

/** A resident with her telephone and browser, from the poster to the book. */
export function residentAt(app: DeskApp, phone: string, options: { at?: string } = {}) {
  const person = personAt(app, phone, options)
  const { ask } = person
  const put = (url: string, body: string) => ask('PUT', url, { payload: body, headers: JSON_BODY })
  return {
    ...person,
    scanAndSignIn: async (campaign = CAMPAIGN) => {
      const started = await ask('POST', `/api/campaigns/${campaign}/start`, { payload: { phone } })
      return await person.answer(started.json().challenge, await person.lastCode())
    },
    declareText: (body: string, uuid: string = randomUUID()) => put(`/api/me/declarations/${uuid}`, body),
    declare: (answers: Answers, uuid: string = randomUUID()) =>
      put(`/api/me/declarations/${uuid}`, writeJson(responseOf(answers))),
    saveDraft: (uuid: string, answers: Answers) =>
      put(`/api/me/drafts/${uuid}`, writeJson({ response: responseOf(answers) })),
    drafts: async () => (await ask('GET', '/api/me/drafts')).json(),
    me: async () => (await ask('GET', '/api/me')).json(),
    recordText: async () => (await ask('GET', '/api/me/record')).body,
    record: async () => resourcesIn((await ask('GET', '/api/me/record')).body),
    accesses: async () => (await ask('GET', '/api/me/accesses')).json(),
    card: async () => (await ask('GET', '/api/me/card')).json(),
  }
}

export type ResidentAt = ReturnType<typeof residentAt>

/** The resources of a bundle, every number as written. */
export function resourcesIn(bundle: string): FhirResource[] {
  const { entry = [] } = parseJson(bundle) as { entry?: { resource: FhirResource }[] }
  return entry.map(({ resource }) => resource)
}

export const ofType = (resources: readonly FhirResource[], type: string): FhirResource[] =>
  resources.filter(({ resourceType }) => resourceType === type)

/** The statement that a declaration made under this key. */
export const statedAs = (resources: readonly FhirResource[], key: string): FhirResource | undefined =>
  resources.find(({ identifier }) => {
    const [first] = (identifier ?? []) as { system?: string; value?: string }[]
    return first?.system === 'urn:sokhoe:statement' && first.value === key
  })
