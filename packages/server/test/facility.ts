import { expect } from 'vitest'
import { clientAt } from './client.ts'
import { openTestHouse } from './house.ts'

export const PATIENT = {
  resourceType: 'Patient',
  name: [{ text: 'Nguyễn Thị Thu Hà' }],
  gender: 'female',
  birthDate: '1961-04-30',
}

/** A weight of this Patient. */
export const weightOf = (patient: string) => ({
  resourceType: 'Observation',
  status: 'final',
  code: { coding: [{ system: 'http://loinc.org', code: '29463-7' }] },
  subject: { reference: `Patient/${patient}` },
  effectiveDateTime: '2026-11-20',
})

/** The same as text, with a number as somebody wrote it. */
export const weighing = (patient: string, kg: string): string =>
  JSON.stringify({ ...weightOf(patient), valueQuantity: { value: 0, unit: 'kg' } }).replace(
    '"value":0',
    `"value":${kg}`,
  )

/** A second facility of the list. */
export const ELSEWHERE = 'HCM-002'

/** A house with the program of one facility. */
export async function openFacility() {
  const house = await openTestHouse()
  const client = await clientAt(house.app, house.system)
  const { ask } = client
  return {
    ...house,
    client,
    ask,
    /** Creates it. */
    post: async (type: string, body: unknown) => {
      const reply = await ask('POST', type, { body })
      expect(reply.statusCode, reply.body).toBe(201)
      return { reply, id: reply.json().id as string }
    },
  }
}
